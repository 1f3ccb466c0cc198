//! What shops are told, and how that goes.

use crate::holds;
use tresen_wire::events::{Actor, ActorKind, DueDateSet, Event};
use tresen_wire::http::{
    Webhook, WebhookData, WebhookDeliveries, WebhookDelivery, WebhookMessage, WebhookRemoved, WebhookReplay, WebhookSecret, Webhooks,
};

fn active() -> Webhook {
    Webhook {
        id: "wh_01".into(),
        url: "https://shop.example/hooks".into(),
        events: Some(vec!["PaymentAllocated".into()]),
        state: "active",
        created_at: "2026-11-21T12:00:00.000Z".into(),
        failing_since: None,
        disabled_at: None,
        why_disabled: None,
        old_secret_until: Some("2026-11-22T12:00:00.000Z".into()),
    }
}

#[test]
fn endpoints() {
    let disabled = Webhook {
        id: "wh_02".into(),
        events: None,
        state: "disabled",
        failing_since: Some("2026-11-16T12:00:00.000Z".into()),
        disabled_at: Some("2026-11-21T12:00:00.000Z".into()),
        why_disabled: Some("failing".into()),
        old_secret_until: None,
        ..active()
    };
    holds("answers/webhooks", &Webhooks { webhooks: vec![active(), disabled] });
    holds("answers/webhook_secret", &WebhookSecret { webhook: active(), secret: "whsec_example".into() });
    holds("answers/webhook_removed", &WebhookRemoved { id: "wh_01".into() });
    holds("answers/webhook_replay", &WebhookReplay { queued: 3, through: 4_711, more: false });
}

#[test]
fn deliveries() {
    let arrived = WebhookDelivery {
        event_id: "0193".into(),
        kind: "DueDateSet".into(),
        stream: "receivable/rcv_01".into(),
        position: 4_711,
        state: "delivered".into(),
        attempts: 1,
        last_attempt_at: Some("2026-11-21T12:00:01.000Z".into()),
        status: Some(204),
        problem: None,
        next_attempt_at: None,
    };
    let refused = WebhookDelivery {
        state: "waiting".into(),
        attempts: 2,
        status: Some(500),
        problem: Some("status".into()),
        next_attempt_at: Some("2026-11-21T12:05:21.000Z".into()),
        ..arrived.clone()
    };
    holds("answers/webhook_deliveries", &WebhookDeliveries { deliveries: vec![arrived, refused] });
}

/// An event as it is stored
pub fn event() -> Event {
    let due = DueDateSet {
        receivable: "rcv_01".into(),
        date: "2026-12-07".into(),
        rule: "invoice.14.order".into(),
        calendar: "none".into(),
        zone: "Europe/Berlin".into(),
    };
    Event {
        event_id: "0193".into(),
        tenant_id: "kiesel".into(),
        stream: "receivable/rcv_01".into(),
        seq: 2,
        kind: "DueDateSet",
        v: 1,
        occurred_at: "2026-11-21T12:00:00.000Z".into(),
        recorded_at: "2026-11-21T12:00:00.000Z".into(),
        effective_date: "2026-11-21".into(),
        actor: Actor { kind: ActorKind::Shop, id: "key_01".into(), role: "secret".into() },
        causation_id: Some("0192".into()),
        correlation_id: "cs_01".into(),
        idempotency_key: Some("order-1".into()),
        policy_version: Some("a".repeat(64)),
        data: due.into(),
        prev_hash: "b".repeat(64),
        hash: "c".repeat(64),
    }
}

#[test]
fn a_message() {
    let event = event();
    let data = WebhookData {
        position: 4_711,
        stream: event.stream.clone(),
        seq: event.seq,
        customer: Some("cst_01".into()),
        receivable: Some("rcv_01".into()),
        order: Some("2026-1001".into()),
        payment: None,
        event,
    };
    holds("answers/webhook_message", &WebhookMessage { kind: "DueDateSet", timestamp: "2026-11-21T12:00:00.000Z".into(), data });
}
