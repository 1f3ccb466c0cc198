// Where two answers differ.

/** One line a place. */
export function differences(native, here, at = '') {
  const deep = (value) => typeof value === 'object' && value !== null;
  if (!deep(native) || !deep(here)) return native === here ? [] : [`  ${at}: native ${JSON.stringify(native)}, here ${JSON.stringify(here)}`];
  return [...new Set([...Object.keys(native), ...Object.keys(here)])].flatMap((key) => differences(native[key], here[key], `${at}/${key}`));
}
