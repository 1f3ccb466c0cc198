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
    op("get", "/v1/messages/{message}", "message", "A message about what somebody owes", Key::Secret, (200, "ContactMessage"), &[404]),
    op(
        "get",
        "/v1/messages/{message}/{form}",
        "messageForm",
        "A message as text, as a page, or as a letter",
        Key::Secret,
        (200, "MessageForm"),
        &[404],
    ),
    post(
        "/v1/messages/{message}/delivery",
        "tellDelivery",
        "What is heard of a message after it left: another way is tried where it came back",
        Repeat::May,
        "TellDelivery",
        (200, "ContactMessage"),
        &[404, 409],
    ),
    post(
        "/v1/mail",
        "receiveMail",
        "A mail that came back, as a mail server hands it on: what it says of a message is taken down",
        Repeat::No,
        "Mail",
        (200, "MailRead"),
        &[],
    ),
    op("get", "/v1/tasks", "tasks", "What waits for a human", Key::Secret, (200, "Tasks"), &[]),
    post("/v1/tasks/{task}/done", "finishTask", "A human has looked at it", Repeat::May, "FinishTask", (200, "Task"), &[404, 409, 422]),
];
