//! Whoever wants to be told is told of everything that happens, by signed messages (Standard Webhooks).
//!
//! Each event is a delivery to each endpoint, written in the event's own transaction: what happened is told, however often the service is
//! killed, and what did not happen never is. A delivery is leased before it is sent, so that several instances share the work; whoever is
//! killed while sending leaves a lease that ends, and the message goes again: at least once, always under the same `webhook-id`.
//!
//! **Invariant:** of one customer's account an endpoint gets the events in the order in which they happened; the next waits until the one
//! before has arrived or was given up.
//! **Invariant:** nothing here reads a tenant's own time: receivers live by the world's.

mod address;
mod deliver;
mod deliveries;
mod endpoints;
mod lease;
mod message;
mod schedule;
mod send;
mod sign;

pub use deliver::deliver;
pub use deliveries::{enqueue, list, replay};
pub use endpoints::{all, create, enable, remove, rotate};
pub use sign::{is_signed, secret_of, signatures};

use crate::app::App;

/// What time it is for receivers, in milliseconds since 1970
fn now(app: &App) -> i64 {
    app.config.clock.now().as_millisecond()
}
