/**
 * `<tresen-hint amount currency public-key api src locale address-form>`: one line for product and cart pages, or nothing
 *
 * `amount` in whole minor units. What may be said comes from the service (`public-key`, `api`) or from a file (`src`) that
 * `tresen policy hint` wrote. It keeps one line free from the start, so that nothing jumps; where it may wrap, give it a `min-height`.
 */
export class TresenHint extends HTMLElement {}

declare global {
  interface HTMLElementTagNameMap {
    'tresen-hint': TresenHint;
  }
}
