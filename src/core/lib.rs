//! The counter's mind: decides which payment methods are offered, and why the others are not
