// The classic checkout and the page where an order is paid: each gateway's box has its row of the widget.

(() => {
  const { jQuery: $ } = window;
  const parts = import(window.tresenClassic.row);
  const FIELD = 'tresen_wish';
  const rows = new Map();
  let why = null;

  const offerOf = (box) => JSON.parse(box.dataset.offer);
  const form = () => document.querySelector('form.checkout, form#order_review');
  const chosen = () => form()?.querySelector('input[name="payment_method"]:checked')?.value;
  const boxOf = (gateway) => document.querySelector(`.tresen-box[data-gateway="${CSS.escape(gateway ?? '')}"]`);

  /** The row of the chosen method is opened; the others when they are chosen. Whatever WooCommerce has replaced is made anew. */
  async function show() {
    const { Row, Why } = await parts;
    for (const [box, row] of rows) {
      if (box.isConnected) continue;
      row.close();
      rows.delete(box);
    }
    const box = boxOf(chosen());
    if (box && !rows.has(box)) {
      const row = new Row(box.firstElementChild, offerOf(box), box.dataset.gateway);
      rows.set(box, row);
      row.open();
    } else if (box) rows.get(box).chosenAgain();
    const place = below();
    if (!place) return;
    if (why?.place !== place) why = { place, why: new Why(place) };
    why.why.show(offerOf(place));
  }

  /**
   * What is not offered stands below the list: plugins that put the products right before the button (BGB section 312j (2)) have everything that is
   * printed there stand in between. The newest that was printed counts; where the list was drawn anew and it was not, the one that was shown.
   */
  function below() {
    const printed = Array.from(document.querySelectorAll('.tresen-why'));
    const place = printed.find((one) => one !== why?.place) ?? why?.place ?? null;
    for (const old of printed) if (old !== place) old.remove();
    const list = form()?.querySelector('.wc_payment_methods');
    if (place && list && list.nextElementSibling !== place) list.after(place);
    return place;
  }

  function put(wish) {
    const found = form().querySelector(`input[name="${FIELD}"]`) ?? Object.assign(document.createElement('input'), { type: 'hidden', name: FIELD });
    found.value = wish;
    form().append(found);
  }

  const row = () => rows.get(boxOf(chosen()));

  function complain(text) {
    $('.woocommerce-NoticeGroup-checkout, .woocommerce-error, .woocommerce-message').remove();
    const list = document.createElement('ul');
    list.className = 'woocommerce-error';
    list.setAttribute('role', 'alert');
    list.append(Object.assign(document.createElement('li'), { textContent: text }));
    form().prepend(list);
  }

  /** True once what was agreed to lies in the form. */
  let isReady = false;
  async function ask(current, again) {
    const wish = await current.wish();
    // What is missing is said in the row itself.
    if (wish === null) return current.element?.scrollIntoView?.({ block: 'center' });
    put(wish);
    isReady = true;
    return again();
  }

  function before(again) {
    const box = boxOf(chosen());
    if (!box || isReady) {
      isReady = false;
      return true;
    }
    const current = rows.get(box);
    if (!current?.isThere) {
      if (!box.dataset.needsWidget) return true;
      complain(box.dataset.unavailable);
      return false;
    }
    ask(current, again);
    return false;
  }

  $(document.body).on('updated_checkout payment_method_selected', show);
  $(document.body).on('checkout_error', () => {
    row()?.refused();
    $(document.body).trigger('update_checkout');
  });
  $(() => {
    show();
    $('form.checkout').on('checkout_place_order', () => before(() => $('form.checkout').trigger('submit')));
    $('form#order_review').on('submit', (event) => {
      if (!before(() => event.target.submit())) {
        event.preventDefault();
        $(event.target).unblock();
      }
    });
    $('form#order_review').on('change', 'input[name="payment_method"]', show);
  });
})();
