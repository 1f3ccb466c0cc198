//! The adapters of real providers, against the providers' own published descriptions: what we ask is what they take, and what they answer is read rightly.
//!
//! No account was used: `providers/*.json` are excerpts of the descriptions, each with its source, and the answers are the examples that stand there, changed in what
//! each test is about.

use crate::common::published::{Asked, Published, mistakes};
use axum::http::HeaderMap;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tresen_service::{
    About, Checkout, Dispute, Known, Looked, Mollie, Paid, PayPal, Provider, RefundStanding, Refunding, Reply, Started, Stripe, WhyClosed,
};
use tresen_wire::money::Money;

struct Description(Value);

impl Description {
    fn of(file: &str) -> Self {
        Self(serde_json::from_str(file).unwrap())
    }

    fn answer(&self, name: &str, change: Value) -> Value {
        let mut answer = self.0["answers"][name].clone();
        assert!(answer.is_object(), "{name}");
        change.as_object().unwrap().iter().for_each(|(key, value)| answer[key] = value.clone());
        answer
    }

    fn statuses(&self, name: &str) -> Vec<String> {
        self.0["statuses"][name].as_array().unwrap().iter().map(|status| status.as_str().unwrap().to_owned()).collect()
    }

    /// Holds what was asked against the description of the operation
    fn takes(&self, operation: &str, asked: &Asked) {
        let schema = &self.0["bodies"][operation];
        assert!(schema.is_object(), "{operation} is not described");
        let found = mistakes(schema, &asked.value(), "");
        assert!(found.is_empty(), "{operation}: {found:#?}\n{asked:#?}");
    }
}

fn stripe_says() -> Description {
    Description::of(include_str!("providers/stripe.json"))
}

fn mollie_says() -> Description {
    Description::of(include_str!("providers/mollie.json"))
}

fn paypal_says() -> Description {
    Description::of(include_str!("providers/paypal.json"))
}

const KEY: &str = "pay_0123456789012345678901234567890123456789";

fn checkout(minor: i64, currency: &str) -> Checkout {
    Checkout {
        key: KEY.into(),
        method: "card".into(),
        amount: Money::new(minor, currency),
        description: "Kiesel & Lein".into(),
        locale: "de-AT".into(),
        return_url: "https://shop.example/pay/return/abc".into(),
        notice_url: "https://shop.example/v1/providers/x/webhooks/demo".into(),
        begun_at: 1_795_262_400,
        expires_at: 1_795_264_200,
    }
}

fn known(reference: &str, wanted: bool) -> Known {
    Known { reference: reference.into(), key: KEY.into(), wanted }
}

fn refunding(reference: &str) -> Refunding {
    Refunding { key: "rfd_01".into(), reference: reference.into(), amount: Money::new(595, "EUR") }
}

fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
    all.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
}

/// What failing means is the same for all of them
fn fails_as_it_should(provider: &dyn Provider, server: &Published, start: &'static str) {
    for (status, is) in [(400, "refused"), (401, "not now"), (429, "not now"), (503, "not now"), (500, "unknown"), (502, "unknown")] {
        server.answers(vec![("POST /v1/oauth2/token", 200, json!({"access_token": "A", "expires_in": 3_600})), (start, status, json!({}))]);
        let said = match provider.start(&checkout(1_000, "EUR")) {
            Reply::Done(_) => "done",
            Reply::Refused(_) => "refused",
            Reply::NotNow(_) => "not now",
            Reply::Unknown(_) => "unknown",
        };
        assert_eq!(said, is, "{status}");
    }
    for answer in [json!("<html>"), json!({}), json!([])] {
        server.answers(vec![("POST /v1/oauth2/token", 200, json!({"access_token": "A", "expires_in": 3_600})), (start, 201, answer)]);
        assert!(matches!(provider.start(&checkout(1_000, "EUR")), Reply::Unknown(_)), "it may have done it");
    }
}

#[test]
fn a_checkout_session_of_stripe_is_what_its_description_takes() {
    let (server, says) = (Published::start(), stripe_says());
    let stripe = Stripe::new(&server.url(), "sk_test_1\n", "whsec_x");
    server.answers(vec![("POST /v1/checkout/sessions", 200, says.answer("session", json!({})))]);
    let session = &says.0["answers"]["session"];
    let expected = Started { reference: session["id"].as_str().unwrap().into(), redirect: session["url"].as_str().unwrap().into() };
    assert_eq!(stripe.start(&checkout(5_995, "EUR")), Reply::Done(expected));
    let asked = server.asked().remove(0);
    says.takes("POST /v1/checkout/sessions", &asked);
    assert_eq!(asked.header("authorization"), "Bearer sk_test_1");
    assert_eq!((asked.header("idempotency-key"), asked.header("stripe-version")), (KEY, says.0["version"].as_str().unwrap()));
    let body = asked.value();
    assert_eq!(body["line_items"][0]["price_data"]["unit_amount"], "5995");
    assert_eq!(body["line_items"][0]["price_data"]["currency"], "eur");
    assert_eq!((&body["locale"], &body["mode"]), (&json!("de"), &json!("payment")));
    let expires: i64 = body["expires_at"].as_str().unwrap().parse().unwrap();
    assert!(expires - 1_795_262_400 > 30 * 60, "never under half an hour: {expires}");
    for (currency, takes) in [("JPY", true), ("KWD", false), ("ISK", false)] {
        assert_eq!(matches!(stripe.start(&checkout(500, currency)), Reply::Done(_)), takes, "{currency}");
    }
    fails_as_it_should(&stripe, &server, "POST /v1/checkout/sessions");
}

/// A session as it stands at Stripe, with what is expanded in it
fn session(says: &Description, (status, payment_status, intent): (&str, &str, &str), charge: Value) -> Value {
    let charge = says.answer("charge", charge);
    let intent =
        says.answer("payment_intent", json!({"status": intent, "amount_received": 5_995, "currency": "eur", "latest_charge": charge}));
    says.answer("session", json!({"status": status, "payment_status": payment_status, "payment_intent": intent}))
}

#[test]
fn how_a_payment_stands_at_stripe_is_read_rightly() {
    let (server, says) = (Published::start(), stripe_says());
    let stripe = Stripe::new(&server.url(), "sk_test_1", "whsec_x");
    let look = |answer: Value| {
        server.answers(vec![("GET /v1/checkout/sessions/cs_1", 200, answer)]);
        stripe.look(&known("cs_1", true))
    };
    for (stands, is) in [
        (("open", "unpaid", "requires_payment_method"), Looked::Open),
        (("open", "unpaid", "requires_action"), Looked::Open),
        (("open", "unpaid", "processing"), Looked::Pending),
        (("complete", "unpaid", "processing"), Looked::Pending),
        (("complete", "unpaid", "requires_payment_method"), Looked::Closed(WhyClosed::Declined)),
        (("expired", "unpaid", "canceled"), Looked::Closed(WhyClosed::Expired)),
    ] {
        assert_eq!(look(session(&says, stands, json!({}))), Reply::Done(is), "{stands:?}");
    }
    // Before anything is typed there is no payment at all.
    assert_eq!(look(says.answer("session", json!({"payment_intent": null}))), Reply::Done(Looked::Open));
    let fee = says.answer("balance_transaction", json!({"fee": 116, "currency": "eur"}));
    let charge = json!({"amount_refunded": 95, "currency": "eur", "balance_transaction": fee});
    let paid = Paid {
        reference: says.0["answers"]["payment_intent"]["id"].as_str().unwrap().into(),
        amount: Money::new(5_995, "EUR"),
        fee: Some(Money::new(116, "EUR")),
        at: 1_234_567_890,
        returned: 95,
        dispute: None,
    };
    assert_eq!(look(session(&says, ("complete", "paid", "succeeded"), charge)), Reply::Done(Looked::Paid(paid.clone())));
    let asked = server.asked().remove(0);
    assert!(asked.path.contains("expand%5B%5D=payment_intent.latest_charge.balance_transaction"), "{}", asked.path);
    // Not expanded yet: the fee is not known, the payment is.
    let bare = look(session(&says, ("complete", "paid", "succeeded"), json!({"amount_refunded": 95})));
    assert_eq!(bare, Reply::Done(Looked::Paid(Paid { fee: None, ..paid.clone() })));
    for (status, won, taken) in [
        ("needs_response", None, true),
        ("under_review", None, true),
        ("won", Some(true), true),
        ("lost", Some(false), true),
        ("warning_needs_response", None, false),
    ] {
        let disputed = session(&says, ("complete", "paid", "succeeded"), json!({"amount_refunded": 95, "disputed": true}));
        let dispute = says.answer("dispute", json!({"status": status, "amount": 5_900}));
        server.answers(vec![
            ("GET /v1/checkout/sessions/cs_1", 200, disputed),
            ("GET /v1/disputes", 200, json!({"object": "list", "data": [dispute]})),
        ]);
        let dispute = taken.then(|| Dispute { minor: 5_900, until: Some("2024-08-14".into()), won });
        let expected = Looked::Paid(Paid { fee: None, dispute, ..paid.clone() });
        assert_eq!(stripe.look(&known("cs_1", true)), Reply::Done(expected), "{status}");
    }
    assert!(matches!(look(json!({"status": "new"})), Reply::Unknown(_)));
}

#[test]
fn stripe_closes_and_gives_back_and_its_notices_are_signed() {
    let (server, says) = (Published::start(), stripe_says());
    let stripe = Stripe::new(&server.url(), "sk_test_1", "whsec_x");
    server.answers(vec![("POST /v1/checkout/sessions/cs_1/expire", 200, says.answer("session", json!({"status": "expired"})))]);
    assert_eq!(stripe.close(&known("cs_1", true)), Reply::Done(()));
    says.takes("POST /v1/checkout/sessions/{id}/expire", &server.asked()[0]);
    server.answers(vec![("POST /v1/checkout/sessions/cs_1/expire", 400, json!({"error": {"type": "invalid_request_error"}}))]);
    assert!(matches!(stripe.close(&known("cs_1", true)), Reply::Refused(_)), "it is paid, or being paid");
    for status in says.statuses("refund") {
        server.answers(vec![("POST /v1/refunds", 200, says.answer("refund", json!({"status": status})))]);
        let is = match status.as_str() {
            "succeeded" => RefundStanding::Settled,
            "failed" | "canceled" => RefundStanding::Failed,
            _ => RefundStanding::Pending,
        };
        assert_eq!(stripe.refund(&refunding("pi_1")), Reply::Done(is), "{status}");
        says.takes("POST /v1/refunds", &server.asked()[0]);
        assert_eq!(server.asked()[0].header("idempotency-key"), "rfd_01");
    }
    let notice = |object: Value, secret: &str| {
        let body = json!({"object": "event", "data": {"object": object}}).to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("1764000000.{body}").as_bytes());
        let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let header = format!("t=1764000000,v1={},v1={signature},v0=00", "00".repeat(32));
        stripe.notice(&headers(&[("stripe-signature", &header)]), body.as_bytes())
    };
    for (object, about) in [
        (json!({"object": "checkout.session", "id": "cs_1"}), Some(About::Checkout("cs_1".into()))),
        (json!({"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}), Some(About::Money("pi_1".into()))),
        (json!({"object": "dispute", "id": "dp_1", "payment_intent": "pi_1"}), Some(About::Money("pi_1".into()))),
        (json!({"object": "customer", "id": "cus_1"}), None),
    ] {
        assert_eq!(notice(object.clone(), "whsec_x"), Reply::Done(about), "{object}");
        assert!(matches!(notice(object, "whsec_y"), Reply::Refused(_)));
    }
    for header in ["", "t=1764000000", "v1=00", "t=1764000000,v1=zz", "t=1764000000,v1=ä"] {
        let Ok(value) = axum::http::HeaderValue::from_bytes(header.as_bytes()) else { continue };
        let headers = HeaderMap::from_iter([("stripe-signature".parse().unwrap(), value)]);
        assert!(matches!(stripe.notice(&headers, b"{}"), Reply::Refused(_)), "{header}");
    }
}

#[test]
fn mollie_is_asked_as_its_description_says_and_read_rightly() {
    let (server, says) = (Published::start(), mollie_says());
    let mollie = Mollie::new(&server.url(), "test_1");
    server.answers(vec![("POST /v2/payments", 201, says.answer("payment", json!({})))]);
    let begun = Started {
        reference: "tr_5B8cwPMGnU6qLbRvo7qEZo".into(),
        redirect: "https://www.mollie.com/checkout/select-method/7UhSN1zuXS".into(),
    };
    assert_eq!(mollie.start(&checkout(1_000, "EUR")), Reply::Done(begun));
    let asked = server.asked().remove(0);
    says.takes("POST /v2/payments", &asked);
    assert_eq!((asked.header("authorization"), asked.header("idempotency-key")), ("Bearer test_1", KEY));
    let body = asked.value();
    assert_eq!((&body["amount"], &body["locale"]), (&json!({"currency": "EUR", "value": "10.00"}), &json!("de_AT")));
    let here = Checkout { notice_url: "http://127.0.0.1/x".into(), locale: "xx".into(), ..checkout(1_000, "JPY") };
    mollie.start(&here);
    let asked = server.asked().remove(1);
    says.takes("POST /v2/payments", &asked);
    assert_eq!((&asked.value()["webhookUrl"], &asked.value()["amount"]["value"]), (&Value::Null, &json!("1000")));
    fails_as_it_should(&mollie, &server, "POST /v2/payments");
    let look = |answer: Value| {
        server.answers(vec![("GET /v2/payments/tr_1", 200, answer)]);
        mollie.look(&known("tr_1", true))
    };
    for status in says.statuses("payment").iter().filter(|status| *status != "paid") {
        let is = match status.as_str() {
            "open" => Looked::Open,
            "pending" | "authorized" => Looked::Pending,
            "canceled" => Looked::Closed(WhyClosed::Cancelled),
            "expired" => Looked::Closed(WhyClosed::Expired),
            "failed" => Looked::Closed(WhyClosed::Declined),
            other => panic!("nobody knows what {other} means"),
        };
        assert_eq!(look(says.answer("payment", json!({"status": status}))), Reply::Done(is), "{status}");
    }
    let paid = Paid {
        reference: "tr_oWpmDXm6sT".into(),
        amount: Money::new(1_000, "EUR"),
        fee: None,
        at: 1_685_970_432,
        returned: 250,
        dispute: None,
    };
    let returned = json!({"amountRefunded": {"value": "2.50", "currency": "EUR"}});
    assert_eq!(look(says.answer("paid", returned.clone())), Reply::Done(Looked::Paid(paid.clone())));
    assert!(server.asked()[0].path.ends_with("?embed=chargebacks"));
    for (reversed, won) in [(Value::Null, false), (json!("2023-07-01T10:00:00+00:00"), true)] {
        let mut chargeback = says.0["answers"]["chargebacks"][0].clone();
        chargeback["reversedAt"] = reversed;
        let mut answer = says.answer("paid", returned.clone());
        answer["_embedded"] = json!({"chargebacks": [chargeback]});
        let dispute = Some(Dispute { minor: 4_338, until: None, won: Some(won) });
        assert_eq!(look(answer), Reply::Done(Looked::Paid(Paid { dispute, ..paid.clone() })));
    }
    server.answers(vec![("DELETE /v2/payments/tr_1", 200, says.answer("canceled", json!({})))]);
    assert_eq!(mollie.close(&known("tr_1", true)), Reply::Done(()));
    server.answers(vec![("DELETE /v2/payments/tr_1", 422, json!({"status": 422, "title": "Unprocessable Entity"}))]);
    assert!(matches!(mollie.close(&known("tr_1", true)), Reply::Refused(_)), "a payment by card ends by itself");
    for status in says.statuses("refund") {
        server.answers(vec![("POST /v2/payments/tr_1/refunds", 201, says.answer("refund", json!({"status": status})))]);
        let is = match status.as_str() {
            "refunded" => RefundStanding::Settled,
            "failed" | "canceled" => RefundStanding::Failed,
            _ => RefundStanding::Pending,
        };
        assert_eq!(mollie.refund(&refunding("tr_1")), Reply::Done(is), "{status}");
        says.takes("POST /v2/payments/{id}/refunds", &server.asked()[0]);
    }
    assert_eq!(mollie.notice(&HeaderMap::new(), b"id=tr_1"), Reply::Done(Some(About::Checkout("tr_1".into()))));
    assert_eq!(mollie.notice(&HeaderMap::new(), b"{}"), Reply::Done(None));
}

fn token() -> (&'static str, u16, Value) {
    ("POST /v1/oauth2/token", 200, json!({"access_token": "A21", "token_type": "Bearer", "expires_in": 31_668}))
}

/// An order as it stands at PayPal; every name in it is one of the description's
fn order(says: &Description, status: &str, capture: Option<Value>, refunds: &[Value]) -> Value {
    let is_named = |part: &str, value: &Value| {
        let names = says.0["names"][part].as_array().unwrap();
        value.as_object().unwrap().keys().for_each(|key| assert!(names.contains(&json!(key)), "{part}: {key}"));
    };
    refunds.iter().for_each(|refund| is_named("refund", refund));
    let mut order = json!({"id": "5O190127TN364715T", "intent": "CAPTURE", "status": status, "purchase_units": [{"payments": {}}],
        "links": [{"rel": "self", "href": "https://api-m.paypal.com/v2/checkout/orders/5O190127TN364715T"},
                  {"rel": "payer-action", "href": "https://www.paypal.com/checkoutnow?token=5O190127TN364715T"}]});
    if let Some(capture) = capture {
        is_named("capture", &capture);
        is_named("seller_receivable_breakdown", &capture["seller_receivable_breakdown"]);
        order["purchase_units"][0]["payments"] = json!({"captures": [capture], "refunds": refunds});
    }
    is_named("order", &order);
    is_named("purchase_unit.payments", &order["purchase_units"][0]["payments"]);
    order
}

fn capture(status: &str) -> Value {
    let eur = |value: &str| json!({"currency_code": "EUR", "value": value});
    json!({"id": "3C679366HH908993F", "status": status, "amount": eur("59.95"), "create_time": "2026-11-24T12:00:00Z",
        "seller_receivable_breakdown": {"gross_amount": eur("59.95"), "paypal_fee": eur("1.84"), "net_amount": eur("58.11")}})
}

#[test]
fn paypal_is_asked_as_its_description_says_and_read_rightly() {
    let (server, says) = (Published::start(), paypal_says());
    let paypal = PayPal::new(&server.url(), "id:secret", "WH-1").unwrap();
    server.answers(vec![token(), ("POST /v2/checkout/orders", 201, order(&says, "PAYER_ACTION_REQUIRED", None, &[]))]);
    let begun =
        Started { reference: "5O190127TN364715T".into(), redirect: "https://www.paypal.com/checkoutnow?token=5O190127TN364715T".into() };
    assert_eq!(paypal.start(&checkout(5_995, "EUR")), Reply::Done(begun));
    let asked = server.asked();
    assert_eq!((asked[0].header("authorization"), asked[0].body.as_str()), ("Basic aWQ6c2VjcmV0", "grant_type=client_credentials"));
    says.takes("POST /v2/checkout/orders", &asked[1]);
    assert_eq!((asked[1].header("authorization"), asked[1].header("paypal-request-id")), ("Bearer A21", KEY));
    assert_eq!(asked[1].value()["purchase_units"][0]["amount"], json!({"currency_code": "EUR", "value": "59.95"}));
    fails_as_it_should(&paypal, &server, "POST /v2/checkout/orders");
    let look = |status: &str, taken: Option<Value>, wanted: bool, refunds: &[Value]| {
        let captured = ("POST /v2/checkout/orders/O1/capture", 201, order(&says, "COMPLETED", Some(capture("COMPLETED")), &[]));
        server.answers(vec![token(), ("GET /v2/checkout/orders/O1", 200, order(&says, status, taken, refunds)), captured]);
        paypal.look(&known("O1", wanted))
    };
    let paid = Paid {
        reference: "3C679366HH908993F".into(),
        amount: Money::new(5_995, "EUR"),
        fee: Some(Money::new(184, "EUR")),
        at: 1_795_521_600,
        returned: 0,
        dispute: None,
    };
    for status in says.statuses("order") {
        let is = match status.as_str() {
            "CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED" => Looked::Open,
            "VOIDED" => Looked::Closed(WhyClosed::Expired),
            "APPROVED" | "COMPLETED" => Looked::Paid(paid.clone()),
            other => panic!("nobody knows what {other} means"),
        };
        let taken = (status == "COMPLETED").then(|| capture("COMPLETED"));
        assert_eq!(look(&status, taken, true, &[]), Reply::Done(is), "{status}");
    }
    // What was approved is taken once, under a key of its own; and not at all when nobody wants it any more.
    look("APPROVED", None, true, &[]);
    let asked = server.asked().pop().unwrap();
    says.takes("POST /v2/checkout/orders/{id}/capture", &asked);
    assert_eq!(asked.header("paypal-request-id"), format!("take-{KEY}"));
    assert_eq!(look("APPROVED", None, false, &[]), Reply::Done(Looked::Closed(WhyClosed::Expired)));
    assert!(server.asked().iter().all(|asked| asked.method == "GET"), "nothing was taken");
    for status in says.statuses("capture") {
        let is = match status.as_str() {
            "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED" => Looked::Paid(paid.clone()),
            "PENDING" => Looked::Pending,
            "DECLINED" | "FAILED" => Looked::Closed(WhyClosed::Declined),
            other => panic!("nobody knows what {other} means"),
        };
        assert_eq!(look("COMPLETED", Some(capture(&status)), true, &[]), Reply::Done(is), "{status}");
    }
    let back = |status: &str| json!({"id": "1JU08902781691411", "status": status, "amount": {"currency_code": "EUR", "value": "9.95"}});
    let refunds = [back("COMPLETED"), back("FAILED"), back("PENDING")];
    let refunded = look("COMPLETED", Some(capture("PARTIALLY_REFUNDED")), true, &refunds);
    assert_eq!(refunded, Reply::Done(Looked::Paid(Paid { returned: 1_990, ..paid })));
    for (status, closes) in [("CREATED", true), ("APPROVED", true), ("COMPLETED", false)] {
        server.answers(vec![token(), ("GET /v2/checkout/orders/O1", 200, order(&says, status, None, &[]))]);
        assert_eq!(matches!(paypal.close(&known("O1", true)), Reply::Done(())), closes, "{status}");
    }
    for status in says.statuses("refund") {
        server.answers(vec![token(), ("POST /v2/payments/captures/C1/refund", 201, json!({"id": "R", "status": status}))]);
        let is = match status.as_str() {
            "COMPLETED" => RefundStanding::Settled,
            "PENDING" => RefundStanding::Pending,
            _ => RefundStanding::Failed,
        };
        assert_eq!(paypal.refund(&refunding("C1")), Reply::Done(is), "{status}");
        says.takes("POST /v2/payments/captures/{id}/refund", server.asked().last().unwrap());
    }
}

#[test]
fn paypals_notices_are_verified_by_paypal_byte_for_byte() {
    let (server, says) = (Published::start(), paypal_says());
    let paypal = PayPal::new(&server.url(), "id:secret", "WH-1").unwrap();
    let signed = headers(&[
        ("paypal-auth-algo", "SHA256withRSA"),
        ("paypal-cert-url", "https://api.paypal.com/cert"),
        ("paypal-transmission-id", "t1"),
        ("paypal-transmission-sig", "s=="),
        ("paypal-transmission-time", "2026-11-24T12:00:00Z"),
    ]);
    let path = "POST /v1/notifications/verify-webhook-signature";
    for (event, about) in [
        (r#"{ "resource_type":"checkout-order", "resource":{"id":"O1"} }"#, Some(About::Checkout("O1".into()))),
        (
            r#"{"resource_type":"capture","resource":{"id":"C1","supplementary_data":{"related_ids":{"order_id":"O1"}}}}"#,
            Some(About::Checkout("O1".into())),
        ),
        (r#"{"resource_type":"capture","resource":{"id":"C1"}}"#, Some(About::Money("C1".into()))),
        (
            r#"{"resource_type":"refund","resource":{"id":"R1","links":[{"rel":"up","href":"https://api.paypal.com/v2/payments/captures/C1"}]}}"#,
            Some(About::Money("C1".into())),
        ),
        (r#"{"resource_type":"plan","resource":{"id":"P1"}}"#, None),
    ] {
        server.answers(vec![token(), (path, 200, json!({"verification_status": "SUCCESS"}))]);
        assert_eq!(paypal.notice(&signed, event.as_bytes()), Reply::Done(about), "{event}");
        let asked = server.asked().pop().unwrap();
        says.takes(path, &asked);
        assert!(asked.body.contains(event), "as it was signed, with its blanks");
        assert_eq!(asked.value()["webhook_id"], "WH-1");
    }
    assert_eq!(says.statuses("verification"), ["SUCCESS", "FAILURE"]);
    server.answers(vec![token(), (path, 200, json!({"verification_status": "FAILURE"}))]);
    assert!(matches!(paypal.notice(&signed, b"{}"), Reply::Refused(_)));
    for (headers, body) in [(HeaderMap::new(), &b"{}"[..]), (signed.clone(), b"no json"), (signed.clone(), b"\xff")] {
        assert!(matches!(paypal.notice(&headers, body), Reply::Refused(_)));
    }
    server.answers(vec![token(), (path, 503, json!({}))]);
    assert!(matches!(paypal.notice(&signed, b"{}"), Reply::NotNow(_)), "it is told again");
    assert!(PayPal::new("https://api-m.paypal.com", "id", "WH-1").is_err());
}
