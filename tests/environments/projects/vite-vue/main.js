import { createApp, defineComponent, h, ref } from 'vue';
import { tresen, TresenCheckout, TresenHint, useTresen } from 'tresen/vue';
import { open, order, TOTAL } from '../shop.js';

const opened = await open();

const Shop = defineComponent({
  setup() {
    const { methods, order: place } = useTresen();
    const done = ref('');
    const placeOrder = (detail) => order(opened.session, detail).then((answer) => ((done.value = answer.outcome), answer));
    return () =>
      h('main', [
        h(TresenHint, { amount: TOTAL, currency: 'EUR' }),
        h('p', { id: 'offered' }, methods.value.filter(({ state }) => state === 'offered').map(({ id }) => id).join(' ')),
        h(TresenCheckout, { session: opened.session, facts: { ...opened.facts }, appearance: { accent: '#7a1f4b' }, placeOrder }),
        h('button', { type: 'button', id: 'place', onClick: place }, 'Bestellen'),
        h('p', { id: 'done' }, done.value),
      ]);
  },
});

createApp(Shop).use(tresen, { publicKey: opened.public_key, api: '/tresen', locale: 'de' }).mount('#root');
