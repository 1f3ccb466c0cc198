// Light or dark: `data-theme` on the element or on any ancestor decides, else the device.

const targets = new Map();
let device;
let watcher;

const isDark = (host) => {
  const named = host.closest('[data-theme]') ?? host.getRootNode().host?.closest('[data-theme]');
  return named ? named.dataset.theme === 'dark' : device.matches;
};

const paint = () => targets.forEach((root, host) => root.classList.toggle('dark', isDark(host)));

/** Keeps the class `dark` of `root` right while the element stands in the page. */
export function followTheme(host, root) {
  if (!device) {
    device = matchMedia('(prefers-color-scheme: dark)');
    device.addEventListener?.('change', paint);
    watcher = new MutationObserver(paint);
  }
  if (targets.size === 0) watcher.observe(document, { subtree: true, attributeFilter: ['data-theme'] });
  targets.set(host, root);
  paint();
}

export function unfollowTheme(host) {
  targets.delete(host);
  if (targets.size === 0) watcher?.disconnect();
}
