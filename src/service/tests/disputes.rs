//! What a human finds about what a customer objects to: it ends, what is right is credited, the customer hears of it.

use crate::common::Service;
use crate::common::collection::{letterhead, owes};
use crate::common::shop::eur;
use crate::common::steps::Shopper as _;
use serde_json::{Value, json};

/// Greta objects to so much of 100.00: the service, the claim, her access
fn objects(minor: i64) -> (Service, String, String) {
    let service = Service::start();
    letterhead(&service);
    let (claim, _) = owes(&service, "greta", "order-5512", 10_000);
    let token = service.access("greta", &json!({}));
    let body = json!({"kind": "dispute", "receivable": claim, "reason": "defective", "amount": eur(minor)});
    service.gets(&token, "noted", &body);
    (service, claim, token)
}

fn ends(service: &Service, claim: &str, body: Value) -> crate::common::Answer {
    service.does(&format!("/v1/receivables/{claim}/dispute"), body)
}

fn last_text(service: &Service) -> String {
    service.client.messages()[0]["text"].as_str().unwrap().to_owned()
}

#[test]
fn who_is_right_is_credited_and_told() {
    let (service, claim, token) = objects(4_000);
    let record = ends(&service, &claim, json!({"outcome": "upheld"}));
    assert_eq!((record.status, &record.json()["balance"], &record.json()["holds"]), (200, &eur(6_000), &json!([])));
    assert!(
        last_text(&service).contains("Sie haben recht: Zu Ihrem Einwand zur Bestellung order-5512 haben wir 40,00\u{a0}€ gutgeschrieben.")
    );
    assert_eq!(service.client.get("/v1/tasks").json()["tasks"], json!([]), "nobody has to look any more");
    let view = service.sees(&token);
    assert_eq!((&view["owed"], &view["claims"][0]["state"]), (&eur(6_000), &json!("open")));
    assert_eq!(view["requests"][0]["take_back"], false);
    let again = service.refuses(|| ends(&service, &claim, json!({"outcome": "upheld"})));
    assert_eq!(again, (404, "dispute.unknown".to_owned()));
}

#[test]
fn who_is_right_about_some_of_it_is_credited_that() {
    let (service, claim, _) = objects(10_000);
    let part = |minor: i64| json!({"outcome": "partly_upheld", "amount": eur(minor), "words": "Eine von zwei Decken."});
    for (minor, status) in [(0, 422), (10_000, 422), (10_001, 422)] {
        let answer = ends(&service, &claim, part(minor));
        assert!(answer.status == status || answer.status == 409, "{minor}: {} {}", answer.status, answer.text());
    }
    for (body, code) in [
        (json!({"outcome": "partly_upheld"}), "dispute.amount_misplaced"),
        (json!({"outcome": "upheld", "amount": eur(1)}), "dispute.amount_misplaced"),
        (json!({"outcome": "upheld", "dispute": "dsp_0"}), "dispute.unknown"),
    ] {
        assert_eq!(service.refuses(|| ends(&service, &claim, body.clone())).1, code, "{body}");
    }
    assert_eq!(ends(&service, &claim, part(9_999)).json()["balance"], eur(1));
    let text = last_text(&service);
    assert!(
        text.contains("99,99\u{a0}€ gutgeschrieben. Der Rest bleibt offen.") && text.contains("Unsere Begründung: Eine von zwei Decken."),
        "{text}"
    );
}

#[test]
fn who_is_wrong_is_told_why() {
    let (service, claim, token) = objects(10_000);
    let without = ends(&service, &claim, json!({"outcome": "rejected", "words": "  "}));
    assert!(without.status >= 400, "nobody is turned away without a reason: {}", without.text());
    let body = json!({"outcome": "rejected", "words": "Sie kam heil an."});
    let key = [("idempotency-key", "d")];
    let path = format!("/v1/receivables/{claim}/dispute");
    let first = service.client.post_with(&path, &body.to_string(), &key);
    let mails = service.client.messages().len();
    let again = service.client.post_with(&path, &body.to_string(), &key);
    assert_eq!((first.status, first.bytes, service.client.messages().len()), (200, again.bytes, mails), "once");
    assert!(last_text(&service).contains("100,00\u{a0}€ bleibt offen.") && last_text(&service).contains("Sie kam heil an."));
    assert_eq!(service.sees(&token)["asked"], eur(10_000));
}
