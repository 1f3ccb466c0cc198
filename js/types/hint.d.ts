/**
 * `<tresen-hint amount currency public-key api channel src locale address-form>`: one line for product and cart pages, or nothing
 *
 * `amount` in whole minor units. What may be said comes from the service (`public-key`, `api`) or from a file (`src`) that
 * `tresen policy hint` wrote. `channel` is where the visitors come from, as in `order.origin_channel`: a policy may grant less to those from a
 * social network. It keeps one line free from the start, so that nothing jumps; where it may wrap, give it a `min-height`.
 */
export class TresenHint extends HTMLElement {}

declare global {
  interface HTMLElementTagNameMap {
    'tresen-hint': TresenHint;
  }
}
