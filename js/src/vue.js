// `tresen/vue`: the elements as Vue 3 components, on a server too.
//
// What is more than a text is set as a property. An element is defined in the browser, when the first of its components is there.

import { defineComponent, h, inject, onBeforeUnmount, onMounted, provide, ref, shallowRef, watch } from 'vue';
import { attributeNames, attributesOf, EVENTS, hear, LOADERS, PROPERTIES, said } from './components.js';

const SHOP = Symbol('tresen');

const shopOf = (settings) => ({ settings, checkout: shallowRef(null), methods: shallowRef([]) });

/** `app.use(tresen, { publicKey, api, locale })`: what all elements of the app share. */
export const tresen = { install: (app, settings = {}) => app.provide(SHOP, shopOf(settings)) };

/** The same for what is below one component. */
export function provideTresen(settings = {}) {
  const shop = shopOf(settings);
  provide(SHOP, shop);
  return handed(shop);
}

const handed = ({ checkout, methods }) => ({ checkout, methods, order: () => checkout.value?.order?.() ?? false });

/** The checkout below the same provider once it is there, the methods as it has decided last, and `order()`, which places the order as its button does. */
export const useTresen = () => handed(inject(SHOP, () => shopOf({}), true));

const optional = (names, type) => Object.fromEntries(names.map((name) => [name, { type, default: undefined }]));

function component(kind, more = {}, told = () => {}) {
  return defineComponent({
    name: `Tresen${kind[0].toUpperCase()}${kind.slice(1)}`,
    props: { ...optional(attributeNames(kind), [String, Number]), ...optional(PROPERTIES[kind], Object), ...more },
    emits: EVENTS[kind],
    setup(props, { emit, expose, slots }) {
      const element = ref(null);
      const shop = inject(SHOP, () => shopOf({}), true);
      let unhear = () => {};
      expose({ element });
      onMounted(() => {
        for (const name of PROPERTIES[kind]) {
          const given = () => props[name] ?? shop.settings[name];
          watch(() => said(given()), () => given() !== undefined && (element.value[name] = given()), { immediate: true });
        }
        unhear = hear(element.value, kind, (name, event) => {
          emit(name, event.detail, event);
          told(name, event, { props, shop });
        });
        if (kind === 'checkout') shop.checkout.value = element.value;
        // Where it cannot be loaded the page keeps what stands inside the element.
        LOADERS[kind]().catch(() => {});
      });
      onBeforeUnmount(() => {
        unhear();
        if (kind === 'checkout') [shop.checkout.value, shop.methods.value] = [null, []];
      });
      // A property that was not given is there all the same, as undefined.
      const own = () => Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
      return () => h(`tresen-${kind}`, { ...attributesOf(kind, { ...shop.settings, ...own() }), ref: element }, slots.default?.());
    },
  });
}

/** `<tresen-checkout>`. What `placeOrder` returns, the answer of the shop's own server or a promise of it, is handed in. */
export const TresenCheckout = component('checkout', optional(['placeOrder'], Function), (name, event, { props, shop }) => {
  if (name === 'submit' && props.placeOrder) event.detail.respondWith(props.placeOrder(event.detail));
  if (name === 'ready' || name === 'change') shop.methods.value = event.detail.methods;
});

/** `<tresen-account>`. What stands in its slot is shown until it is there, and stays where it cannot run. */
export const TresenAccount = component('account');

/** `<tresen-hint>`: one line on a product or cart page */
export const TresenHint = component('hint');
