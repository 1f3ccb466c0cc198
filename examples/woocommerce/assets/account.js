// The account view: what defines <tresen-account> is loaded where one stands on the page.

(() => {
  const places = document.querySelectorAll('.tresen-account');
  if (places.length === 0) return;
  const { widget, clothes } = places[0].dataset;

  /** Nobody has followed a link to the shop's own page: whether one is genuine, and what it leaves out, is not said here. */
  const AT_HOME = '.foot, .sunk > .soft:last-child { display: none; }';
  /** A link that leads nowhere any more is none of the shopper's business either: what the page itself says takes its place. */
  const NOWHERE = ['superseded', 'expired', 'unknown'];

  Promise.all([import(clothes), import(new URL('account.js', widget).href)]).then(
    ([{ clothe, wear }]) => {
      for (const place of places) {
        const element = place.querySelector('tresen-account');
        const said = [...element.children].map((child) => child.cloneNode(true));
        element.addEventListener('tresen-account', ({ detail }) => NOWHERE.includes(detail.state) && element.replaceWith(...said));
        clothe(element, place);
        if ('adoptedStyleSheets' in document) wear(element, AT_HOME);
      }
    },
    () => {}, // what the page itself says stands there
  );
})();
