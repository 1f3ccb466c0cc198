// The cart: the server's own, never the browser's. Quantities by article; everything else is looked up.

import { PRODUCTS, productBySku } from './catalogue.js';

export const CURRENCY = 'EUR';
export const QUANTITY_MAX = 20;
const SHIPPING_MINOR = 490;
const SHIPPING_FREE_FROM = 20000;

export const money = (minor) => ({ minor, currency: CURRENCY });

/** Sets how many of an article lie in the cart; 0 takes it out. Returns whether the article exists and the number is sensible. */
export function setQuantity(cart, sku, quantity) {
  if (productBySku(sku) === null || !Number.isInteger(quantity) || quantity < 0 || quantity > QUANTITY_MAX) return false;
  if (quantity === 0) delete cart[sku];
  else cart[sku] = quantity;
  return true;
}

export const quantityOf = (cart, sku) => (Object.hasOwn(cart, sku) ? cart[sku] : 0);

/** What was bought leaves the cart; what was put in since stays. */
export function takeOut(cart, lines) {
  for (const { sku, quantity } of lines) setQuantity(cart, sku, Math.max(0, quantityOf(cart, sku) - quantity));
}

/** Lines in the catalogue's order, shipping, total. */
export function priced(cart) {
  const items = PRODUCTS.filter((product) => Object.hasOwn(cart, product.sku)).map((product) => ({
    product,
    quantity: cart[product.sku],
    minor: product.minor * cart[product.sku],
  }));
  const goods = items.reduce((sum, item) => sum + item.minor, 0);
  const shipping = items.length === 0 || goods >= SHIPPING_FREE_FROM ? 0 : SHIPPING_MINOR;
  return { items, goods, shipping, total: goods + shipping, pieces: items.reduce((sum, item) => sum + item.quantity, 0) };
}

/** The cart as the service hashes it: shipping is a line, so that the lines add up to the total. */
export function cartForConfirm(cart, language, shippingName) {
  const { items, shipping, total } = priced(cart);
  const lines = items.map(({ product, quantity, minor }) => ({ sku: product.sku, name: product.text[language].name, quantity, amount: money(minor) }));
  if (shipping > 0) lines.push({ sku: 'shipping', name: shippingName, quantity: 1, amount: money(shipping) });
  return { lines, total: money(total) };
}

export function cartFacts(cart) {
  const { items, pieces, total } = priced(cart);
  return {
    'cart.total': money(total),
    'cart.item_count': pieces,
    'cart.categories': [...new Set(items.map((item) => item.product.category))].sort(),
    'cart.digital_only': false,
  };
}
