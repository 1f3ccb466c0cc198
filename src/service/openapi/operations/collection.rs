//! The operations about collection.

use super::{Key, Operation, Repeat, op, post};

pub const COLLECTION: &[Operation] = &[
    op(
        "get",
        "/v1/collection",
        "collection",
        "The open claims, those that are due first first: what comes next of each, and why nothing is done now",
        Key::Secret,
        (200, "OpenClaims"),
        &[404],
    ),
    op(
        "get",
        "/v1/customers/{reference}/case",
        "case",
        "The open claims of one customer: what comes next, and why this customer got nothing",
        Key::Secret,
        (200, "OpenClaims"),
        &[404],
    ),
    Operation {
        method: "put",
        ..post(
            "/v1/customers/{reference}/contact",
            "putContact",
            "How a customer can be reached, in place of what was said before",
            Repeat::May,
            "ContactDetails",
            (200, "ContactDetails"),
            &[404, 409, 422],
        )
    },
];
