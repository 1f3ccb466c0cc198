//! The operations about being told.

use super::{Key, Operation, Repeat, op, post};

pub const WEBHOOKS: &[Operation] = &[
    op("get", "/v1/webhooks", "webhooks", "Where the shop wants to be told of what happens", Key::Secret, (200, "Webhooks"), &[]),
    post(
        "/v1/webhooks",
        "createWebhook",
        "Be told of everything that happens, by signed messages (Standard Webhooks)",
        Repeat::No,
        "CreateWebhook",
        (201, "WebhookSecret"),
        &[409, 422],
    ),
    op("delete", "/v1/webhooks/{webhook}", "removeWebhook", "Be told no longer", Key::Secret, (200, "WebhookRemoved"), &[404]),
    op(
        "post",
        "/v1/webhooks/{webhook}/rotate",
        "rotateWebhook",
        "Sign with a new secret; the one before signs as well for a day",
        Key::Secret,
        (200, "WebhookSecret"),
        &[404],
    ),
    op(
        "post",
        "/v1/webhooks/{webhook}/enable",
        "enableWebhook",
        "Tell an endpoint again that was given up",
        Key::Secret,
        (200, "Webhook"),
        &[404],
    ),
    post(
        "/v1/webhooks/{webhook}/replay",
        "replayWebhook",
        "Tell once more what happened from an instant on or behind a position",
        Repeat::May,
        "ReplayWebhook",
        (200, "WebhookReplay"),
        &[404, 409, 422],
    ),
    op(
        "get",
        "/v1/webhooks/{webhook}/deliveries",
        "webhookDeliveries",
        "How it went lately",
        Key::Secret,
        (200, "WebhookDeliveries"),
        &[404],
    ),
];
