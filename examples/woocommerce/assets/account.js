// The account view: what defines <tresen-account> is loaded where one stands on the page.

(() => {
  const places = document.querySelectorAll('.tresen-account');
  if (places.length === 0) return;
  const { widget, clothes } = places[0].dataset;
  Promise.all([import(clothes), import(new URL('account.js', widget).href)]).then(
    ([{ clothe }]) => places.forEach((place) => clothe(place.querySelector('tresen-account'), place)),
    () => {}, // what the page itself says stands there
  );
})();
