// The page's own type and its light or dark, read from where an element is put: a device may be dark while the shop is light. And one more style
// sheet for what is inside an element.

/** Whether a colour, as browsers tell it, is nearer to white than to black */
function isLight(colour) {
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140;
}

export function clothe(element, place) {
  const { fontFamily, color } = getComputedStyle(place);
  element.appearance = { font: fontFamily };
  // Light letters stand on something dark.
  element.dataset.theme = isLight(color) ? 'dark' : 'light';
}

const sheets = {};

/** A style sheet of ours in the open shadow root of an element */
export function wear({ shadowRoot }, css) {
  if (!sheets[css]) (sheets[css] = new CSSStyleSheet()).replaceSync(css);
  shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheets[css]];
}
