// Small comforts on every page; each page works without them.

for (const menu of document.querySelectorAll('details.menu')) {
  const close = () => menu.removeAttribute('open');
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) close();
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    close();
    menu.querySelector('summary').focus();
  });
}

for (const form of document.querySelectorAll('form[data-autosubmit]')) {
  form.querySelector('[data-update]').hidden = true;
  form.querySelector('select').addEventListener('change', () => form.requestSubmit());
}

// How much one takes decides what the line below the price can say.
const hint = document.querySelector('tresen-hint[data-amounts]');
document.querySelector('.buy select')?.addEventListener('change', ({ target }) => hint.setAttribute('amount', hint.dataset.amounts.split(' ')[target.selectedIndex]));

document.getElementById('wrong')?.focus();
