// The lines of an order: what they are called, and choosing some of them.

/** `2 × Wolldecke` */
export const nameOf = ({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name);
