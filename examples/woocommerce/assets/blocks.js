// The block checkout: the gateways under the policy as WooCommerce's payment methods, each with its row of the widget.

(() => {
  const { createElement, useEffect, useRef } = window.wp.element;
  const { useSelect, select, dispatch } = window.wp.data;
  const { decodeEntities } = window.wp.htmlEntities;
  const { registerPaymentMethod, registerPaymentMethodExtensionCallbacks } = window.wc.wcBlocksRegistry;
  const { getSetting } = window.wc.wcSettings;
  const { registerCheckoutBlock } = window.wc.blocksCheckout ?? {};

  const CART = 'wc/store/cart';
  const settings = window.tresenBlocks;
  const parts = () => import(settings.row);

  /** The offer for the cart as it is now: PHP made it of the one decision, WooCommerce carries it with every answer about the cart. */
  const offerNow = () => select(CART).getCartData()?.extensions?.tresen ?? null;
  const useOffer = () => useSelect((store) => store(CART).getCartData()?.extensions?.tresen ?? null, []);

  /** Whether a gateway may be shown. What no policy speaks of is none of our business. */
  const mayPay = (gateway) => offerNow()?.methods?.[gateway]?.allowed ?? true;

  const Text = ({ gateway, components }) => createElement(components.PaymentMethodLabel, { text: decodeEntities(gateway.title) });

  function Content({ gateway, eventRegistration, emitResponse }) {
    const place = useRef(null);
    const row = useRef(null);
    const offer = useOffer();

    useEffect(() => {
      if (!place.current || !offer) return undefined;
      let gone = false;
      parts().then(({ Row }) => {
        if (gone || !place.current) return;
        row.current = new Row(place.current, offerNow() ?? offer, gateway.id);
        row.current.open();
      }, () => {});
      return () => {
        gone = true;
        row.current?.close();
        row.current = null;
      };
      // Made once; what changes is told below.
    }, [gateway.id]);

    useEffect(() => {
      if (offer) row.current?.update(offer);
    }, [offer]);

    useEffect(() => {
      const { responseTypes, noticeContexts } = emitResponse;
      const refuse = (message) => ({ type: responseTypes.ERROR, message, messageContext: noticeContexts.PAYMENTS });
      return eventRegistration.onPaymentSetup(async () => {
        if (!row.current?.isThere) {
          if (settings.unsafe.includes(gateway.id)) return refuse(settings.texts.unavailable);
          return { type: responseTypes.SUCCESS, meta: { paymentMethodData: {} } };
        }
        const wish = await row.current.wish();
        if (wish === null) return refuse(settings.texts.missing);
        return { type: responseTypes.SUCCESS, meta: { paymentMethodData: { tresen_wish: wish } } };
      });
    }, [eventRegistration.onPaymentSetup, emitResponse]);

    useEffect(
      () =>
        eventRegistration.onCheckoutFail(() => {
          row.current?.refused();
          // What was refused may be offered no longer: the cart is asked again, and with it the offer.
          dispatch(CART).invalidateResolutionForStoreSelector('getCartData');
          return true;
        }),
      [eventRegistration.onCheckoutFail],
    );

    // Who has begun to fill in what was missing is no longer told that it is: WooCommerce does the same for whoever chooses another method.
    const seen = () => dispatch('core/notices').removeNotice('wc-payment-error', emitResponse.noticeContexts.PAYMENTS);
    // React's and the widget's nodes stay apart: inside, React draws only what is there without the widget.
    return createElement('div', { className: 'tresen-row', onInput: seen, onClick: seen }, createElement('div', { ref: place }, decodeEntities(gateway.description ?? '')));
  }

  for (const id of settings.own) {
    const gateway = getSetting(`${id}_data`, null);
    if (!gateway) continue;
    registerPaymentMethod({
      name: gateway.id,
      paymentMethodId: gateway.id,
      label: createElement(({ components }) => createElement(Text, { gateway, components })),
      ariaLabel: decodeEntities(gateway.title),
      content: createElement(Content, { gateway }),
      edit: createElement('p', null, decodeEntities(gateway.description ?? '')),
      canMakePayment: () => mayPay(gateway.id),
      supports: { features: gateway.supports ?? ['products'] },
    });
  }

  const others = Object.fromEntries(settings.others.map((gateway) => [gateway, () => mayPay(gateway)]));
  if (Object.keys(others).length > 0) registerPaymentMethodExtensionCallbacks('tresen', others);

  /** Under WooCommerce's list: what is not offered, and why. */
  function WhyNot() {
    const place = useRef(null);
    const why = useRef(null);
    const offer = useOffer();
    useEffect(() => {
      if (!offer) return;
      parts().then(({ Why }) => {
        if (!place.current) return;
        why.current ??= new Why(place.current);
        why.current.show(offer);
      }, () => {});
    }, [offer]);
    return createElement('div', { className: 'tresen-why', ref: place });
  }

  registerCheckoutBlock?.({
    metadata: {
      apiVersion: 3,
      name: 'tresen/why-not',
      title: 'Tresen',
      category: 'woocommerce',
      parent: ['woocommerce/checkout-payment-block'],
      attributes: { lock: { type: 'object', default: { remove: true, move: true } } },
    },
    component: WhyNot,
  });
})();
