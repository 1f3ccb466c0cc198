// The account view: what defines <tresen-account> is loaded where one stands on the page.

(() => {
  const place = document.querySelector('.tresen-account');
  if (place) import(new URL('account.js', place.dataset.widget).href).catch(() => {});
})();
