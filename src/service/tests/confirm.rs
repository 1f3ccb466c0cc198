//! Confirming orders: what stands, what does not, and that one order stays one order.

use crate::common::Service;
use crate::common::shop::{Order, eur};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use jiff::SignedDuration;
use serde_json::{Value, json};

fn claims(service: &Service, token: &str) -> Value {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = signed.split_once('.').unwrap();
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
    let header: Value = serde_json::from_slice(&decode(header)).unwrap();
    assert_eq!(header["alg"], "EdDSA");
    let keys = service.client.get("/v1/keys").json();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap().clone();
    let public: [u8; 32] = decode(key["x"].as_str().unwrap()).try_into().unwrap();
    let signature = Signature::from_slice(&decode(signature)).unwrap();
    VerifyingKey::from_bytes(&public).unwrap().verify(signed.as_bytes(), &signature).unwrap();
    serde_json::from_slice(&decode(payload)).unwrap()
}

#[test]
fn a_confirmed_invoice_is_signed_owed_and_seen_by_the_next_checkout() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let answer = service.client.confirmed(&session, &Order::new("2026-1", "invoice", 20_000));

    let claims = claims(&service, answer["decision_token"].as_str().unwrap());
    assert_eq!(claims["tenant"], "demo");
    assert_eq!(claims["session"], session.as_str());
    assert_eq!(claims["order"], "2026-1");
    assert_eq!(claims["method"], "invoice");
    assert_eq!(claims["amount"], eur(20_000));
    assert_eq!(claims["decision_id"], answer["decision_id"]);
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3_600);

    assert_eq!(answer["receivable"]["amount"], eur(20_000));
    assert_eq!(answer["receivable"]["due_date"], "2026-12-07", "5 December is a Saturday");
    assert!(answer["receivable"]["reference"].as_str().unwrap().starts_with("RF"));
    assert_eq!(answer["payment"], Value::Null);

    let account = service.client.account("cus_1");
    assert_eq!(account["open_balance"], eur(20_000));
    assert_eq!(account["overdue_balance"], eur(0));
    assert_eq!(account["receivables"][0]["balance"], eur(20_000));

    let record = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json();
    assert_eq!(record["outcome"], "confirmed");
    assert_eq!(record["facts"]["customer.birth_date"], "1985-03-27");
    assert_eq!(record["decision"], answer["decision"]);

    // 100.00 are left of 300.00: exactly that is offered, and one cent more is not.
    let next = service.client.session_of("cus_1");
    assert_eq!(service.client.refused(&next, &Order::new("2026-2", "invoice", 10_001)), ["method.withheld", "exposure.exceeded"]);
    service.client.confirmed(&next, &Order::new("2026-3", "invoice", 10_000));
}

#[test]
fn the_methods_limit_holds_to_the_cent() {
    let service = Service::start();
    for (number, total, stands) in [("1", 24_999, true), ("2", 25_000, true), ("3", 25_001, false)] {
        let session = service.client.session_of(&format!("cus_{number}"));
        let order = Order::new(number, "invoice", total);
        if stands {
            service.client.confirmed(&session, &order);
        } else {
            assert_eq!(service.client.refused(&session, &order), ["method.withheld", "amount.maximum"]);
        }
    }
}

#[test]
fn what_differs_from_the_shops_own_cart_is_refused_with_the_corrected_offer() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let good = Order::new("1", "invoice", 20_000);
    let mut attempt = 0;
    let mut refused = |order: Order| {
        attempt += 1;
        service.client.refused(&session, &Order { key: format!("attempt-{attempt}"), ..order })
    };
    assert_eq!(refused(Order { amount: eur(19_999), ..good.clone() }), ["amount.differs"]);
    assert_eq!(refused(Order { amount: eur(20_001), ..good.clone() }), ["amount.differs"]);
    assert_eq!(refused(Order { amount: json!({"minor": 20_000, "currency": "CHF"}), ..good.clone() }), ["currency.foreign"]);
    assert_eq!(refused(Order { method: "gold".into(), ..good.clone() }), ["method.unknown"]);
    assert_eq!(refused(Order { method: "elsewhere".into(), ..good.clone() }), ["method.withheld", "provider.not_configured"]);
    assert_eq!(
        refused(Order { facts: json!({"customer.birth_date": "2009-11-22"}), ..good.clone() }),
        ["method.withheld", "customer.minor"]
    );
    assert_eq!(refused(Order { facts: json!({}), ..good.clone() }), ["method.incomplete"]);
    let mut edited = good.clone();
    edited.facts["cart.total"] = eur(1_000);
    assert_eq!(refused(edited), ["cart.total_differs"]);
    assert_eq!(service.count("SELECT count(*) FROM receivables"), 0);
    assert_eq!(service.count("SELECT count(*) FROM orders"), 0);
    service.client.confirmed(&session, &good);
}

#[test]
fn a_fee_is_part_of_what_is_confirmed() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    assert_eq!(service.client.refused(&session, &Order::new("1", "card", 5_000)), ["amount.differs"]);
    let with_fee = Order { amount: eur(5_100), key: "second".into(), ..Order::new("1", "card", 5_000) };
    service.client.confirmed(&session, &with_fee);
}

#[test]
fn the_same_key_is_the_same_answer_and_the_same_order_is_one_order() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let order = Order::new("1", "invoice", 10_000);
    let first = service.client.confirm(&session, &order);
    let again = service.client.confirm(&session, &order);
    assert_eq!(first.bytes, again.bytes, "byte for byte");
    let other_key = service.client.confirm(&session, &Order { key: "another".into(), ..order.clone() });
    assert_eq!(first.bytes, other_key.bytes, "the order stands already");
    let reused = service.client.confirm(&session, &Order { number: "2".into(), ..order.clone() });
    assert_eq!((reused.status, reused.code().as_str()), (409, "idempotency.key_reused"));
    assert_eq!(service.count("SELECT count(*) FROM receivables"), 1);

    let second_order = Order { key: "k2".into(), ..Order::new("2", "invoice", 1_000) };
    assert_eq!(service.client.refused(&session, &second_order), ["session.already_bound"]);
    let changed_cart = Order { key: "k3".into(), ..Order::new("1", "invoice", 11_000) };
    assert_eq!(service.client.refused(&session, &changed_cart), ["session.already_bound"]);
    let other_session = service.client.session_of("cus_2");
    let stolen_number = Order { key: "k4".into(), ..order };
    assert_eq!(service.client.refused(&other_session, &stolen_number), ["order.already_confirmed"]);
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(10_000));
}

#[test]
fn a_key_belongs_to_one_request_of_one_kind() {
    let service = Service::start();
    let open = |reference: &str, key: &str| {
        let body = json!({"customer": {"reference": reference, "signed_in": true}}).to_string();
        service.client.post_with("/v1/sessions", &body, &[("idempotency-key", key)])
    };
    let first = open("cus_1", "k");
    assert_eq!((first.status, first.bytes.clone()), (201, open("cus_1", "k").bytes), "one session, asked for twice");
    assert_eq!(open("cus_2", "k").code(), "idempotency.key_reused");
    assert_eq!(service.count("SELECT count(*) FROM sessions"), 1);
    let session = first.json()["session"].as_str().unwrap().to_owned();
    let order = Order { key: "k".into(), ..Order::new("1", "invoice", 1_000) };
    assert_eq!(service.client.confirm(&session, &order).code(), "idempotency.key_reused", "of another route");
    let other = service.client.session_of("cus_1");
    service.client.confirmed(&session, &Order { key: "c".into(), ..order.clone() });
    let elsewhere = service.client.confirm(&other, &Order { key: "c".into(), ..order });
    assert_eq!((elsewhere.status, elsewhere.code().as_str()), (409, "idempotency.key_reused"), "of another session");
    // What could not be read has done nothing, so its key is still free.
    let path = format!("/v1/sessions/{other}/confirm");
    assert_eq!(service.client.post_with(&path, "{", &[("idempotency-key", "free")]).status, 400);
    service.client.confirmed(&other, &Order { key: "free".into(), ..Order::new("2", "invoice", 1_000) });
}

#[test]
fn a_refusal_is_stored_under_its_key_too() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let order = Order::new("1", "invoice", 30_001);
    let first = service.client.confirm(&session, &order);
    assert_eq!(first.bytes, service.client.confirm(&session, &order).bytes);
    assert_eq!(service.count("SELECT count(*) FROM decisions"), 1);
}

#[test]
fn a_session_counts_until_it_expires() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let late = service.client.session_of("cus_2");
    service.clock.go(SignedDuration::from_secs(3_599));
    service.client.confirmed(&session, &Order::new("1", "invoice", 1_000));
    service.clock.go(SignedDuration::from_secs(1));
    assert_eq!(service.client.refused(&late, &Order::new("2", "invoice", 1_000)), ["session.expired"]);
    assert_eq!(service.client.get_as_browser(&format!("/v1/checkout/{late}")).code(), "session.expired");
}

#[test]
fn a_session_that_was_tampered_with_is_unknown() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let mut tampered = session;
    let last = tampered.pop().unwrap();
    tampered.push(if last == '0' { '1' } else { '0' });
    let answer = service.client.confirm(&tampered, &Order::new("1", "invoice", 1_000));
    assert_eq!((answer.status, answer.code().as_str()), (404, "session.unknown"));
    assert_eq!(service.count("SELECT count(*) FROM events"), 0);
}

#[test]
fn only_the_text_in_force_is_agreed_to() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let order = Order::new("1", "invoice_agreed", 1_000);
    assert_eq!(service.client.refused(&session, &order), ["consent.missing"]);
    let consent =
        |version: &str, hash: &str, at: &str| json!([{"id": "invoice", "version": version, "text_hash": hash, "accepted_at": at}]);
    let wrong = Order { consents: consent("1", &"0".repeat(64), "2026-11-21T12:00:00Z"), key: "k2".into(), ..order };
    assert_eq!(service.client.refused(&session, &wrong), ["consent.text_differs"]);
}

#[test]
fn a_preview_decides_the_same_and_keeps_nothing() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let facts =
        json!({"facts": {"cart.total": eur(20_000), "customer.birth_date": "1985-03-27", "billing.country": "DE", "billing.region": "BE"}});
    let previewed = service.client.post(&format!("/v1/sessions/{session}/preview"), &facts.to_string());
    assert_eq!(previewed.status, 200, "{}", previewed.text());
    assert_eq!(service.count("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM decisions)"), 0);
    let confirmed = service.client.confirmed(&session, &Order::new("1", "invoice", 20_000));
    assert_eq!(previewed.json()["decision"], confirmed["decision"]);
}

#[test]
fn the_browser_gets_the_residual_and_nothing_of_the_server() {
    let service = Service::start();
    let session = service.client.session(&json!({
        "customer": {"reference": "cus_1", "signed_in": true, "email": "greta@example.com"},
        "facts": {"history.orders_paid": 17, "cart.total": eur(5_000)}, "locale": "de", "address_form": "du"
    }));
    let checkout = service.client.get_as_browser(&format!("/v1/checkout/{session}"));
    assert_eq!(checkout.status, 200, "{}", checkout.text());
    let json = checkout.json();
    assert_eq!(json["facts"], json!({"cart.total": eur(5_000), "customer.confirmed": []}), "client facts, and what is confirmed");
    assert_eq!(json["today"], "2026-11-21");
    assert_eq!(json["address_form"], "du");
    assert_eq!(json["merchant"]["name"], "Kiesel & Lein");
    assert_eq!(json["fallback"], json!(["prepayment"]));
    let residual = STANDARD.decode(json["residual"].as_str().unwrap()).unwrap();
    assert!(!String::from_utf8_lossy(&residual).contains("overdue"), "no rule names");
    assert!(!checkout.text().contains("greta"));
    assert_eq!(service.client.get_as_browser(&format!("/v1/sessions/{session}/confirm")).status, 405);
    let as_browser = service.client.post_as_browser(&format!("/v1/sessions/{session}/confirm"), &Order::new("1", "invoice", 1).body());
    assert_eq!((as_browser.status, as_browser.code().as_str()), (403, "auth.secret_key_needed"));
}
