// Light or dark: `data-theme` on the element or on any ancestor decides; else the device, where the page says by `color-scheme` that it can be dark.

const targets = new Map();
let device;

const isDark = (host) => {
  const named = host.closest('[data-theme]') ?? host.getRootNode().host?.closest('[data-theme]');
  let said = named?.dataset.theme ?? getComputedStyle(host).colorScheme;
  // A page that says nothing of it is white on a dark device too.
  if (said === 'normal') said = document.querySelector('meta[name=color-scheme]')?.content;
  return /dark/.test(said) && (device.matches || !/light/.test(said));
};

const paint = () => targets.forEach((root, host) => root.classList.toggle('dark', isDark(host)));

/** Keeps the class `dark` of `root` right while the element stands in the page. */
export function followTheme(host, root) {
  if (!device) {
    device = matchMedia('(prefers-color-scheme: dark)');
    device.addEventListener?.('change', paint);
    new MutationObserver(paint).observe(document, { subtree: true, attributeFilter: ['data-theme'] });
  }
  targets.set(host, root);
  paint();
}

export const unfollowTheme = (host) => targets.delete(host);
