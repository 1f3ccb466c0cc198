//! A human looks at a decision: asked for, answered once, and what was granted counts, but never against the law.

use crate::common::shop::{Order, eur};
use crate::common::{Answer, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// A session of a customer who asks for a review of the invoice
fn asked(service: &Service, customer: &str) -> (String, String) {
    let session = service.client.session_of(customer);
    let review = ask(service, &session, "invoice");
    (session, review)
}

fn ask(service: &Service, session: &str, method: &str) -> String {
    let body = json!({"session": session, "method": method, "message": "Ich bin seit Jahren Kundin.", "contact": "greta@example.com"});
    let answer = service.client.post_as_browser("/v1/reviews", &body.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["review"].as_str().unwrap().to_owned()
}

fn answer(service: &Service, review: &str, body: &Value) -> Answer {
    service.client.post(&format!("/v1/reviews/{review}/answer"), &body.to_string())
}

fn changed(grant: Value) -> Value {
    json!({"outcome": "changed", "by": "mk", "words": "Sie können auf Rechnung bezahlen.", "why": "Adresse telefonisch geklärt", "grant": grant})
}

/// Answers and expects that it is taken
fn granted(service: &Service, review: &str, grant: Value) -> Value {
    let answer = answer(service, review, &changed(grant));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn until(amount: i64) -> Value {
    json!({"amount": eur(amount), "until": "2026-12-01"})
}

fn own(service: &Service, session: &str) -> Value {
    service.client.get_as_browser(&format!("/v1/checkout/{session}/reviews")).json()["reviews"].clone()
}

#[test]
fn an_answer_is_kept_and_told_to_the_shop_and_to_the_person_who_asked() {
    let service = Service::start();
    let (session, review) = asked(&service, "cus_1");
    assert_eq!(own(&service, &session)[0]["state"], "open");
    service.clock.go(SignedDuration::from_mins(5));
    let upheld = json!({"outcome": "upheld", "by": "mk", "words": "Es bleibt dabei, denn …", "why": "drei offene Rechnungen"});
    let taken = service.client.post_with(&format!("/v1/reviews/{review}/answer"), &upheld.to_string(), &[("idempotency-key", "a")]);
    assert_eq!(
        taken.json(),
        json!({"review": review, "state": "upheld", "answered_at": "2026-11-21T12:05:00.000Z"}),
        "what is kept of a request holds no words"
    );
    let seen = service.client.get(&format!("/v1/reviews/{review}")).json();
    assert_eq!([&seen["state"], &seen["message"]], ["upheld", "Ich bin seit Jahren Kundin."]);
    assert_eq!(
        seen["answer"],
        json!({"outcome": "upheld", "by": "mk", "words": "Es bleibt dabei, denn …", "why": "drei offene Rechnungen",
               "answered_at": "2026-11-21T12:05:00.000Z", "grant": null, "used_by": null})
    );
    assert_eq!(service.client.get("/v1/reviews").json()["reviews"], json!([seen]));
    let told = &own(&service, &session)[0];
    assert_eq!([&told["state"], &told["words"], &told["answered_at"]], ["upheld", "Es bleibt dabei, denn …", "2026-11-21T12:05:00.000Z"]);
    assert!(told.get("why").is_none() && told.get("by").is_none() && told.get("answer").is_none(), "{told}");
    // An answer is still there when the session itself is over.
    service.clock.go(SignedDuration::from_hours(24));
    assert_eq!(own(&service, &session)[0]["state"], "upheld");

    let event: (String, String) = service
        .sql()
        .query_row("SELECT data, actor FROM events WHERE type = 'DecisionReviewed'", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert!(event.0.contains(r#""outcome":"upheld","by":"mk","grant":null"#) && !event.0.contains("Rechnungen"), "{}", event.0);
    assert!(event.1.contains("shop"), "{}", event.1);
    let file = std::fs::read(service.database()).unwrap();
    let wal = std::fs::read(service.database().with_extension("sqlite-wal")).unwrap_or_default();
    assert!(![file, wal].concat().windows(6).any(|bytes| bytes == b"offene"), "the words lie under the customer's key");
}

#[test]
fn a_guest_is_told_that_there_is_an_answer_and_another_session_nothing() {
    let service = Service::start();
    let session = service.client.guest_session("visit", Some("greta@example.com"));
    let review = ask(&service, &session, "invoice");
    answer(&service, &review, &json!({"outcome": "upheld", "by": "mk", "words": "Ihre Rechnung ist offen."}));
    let told = own(&service, &session);
    assert_eq!([&told[0]["state"], &told[0]["words"]], [&json!("upheld"), &Value::Null]);
    assert_eq!(own(&service, &service.client.session_of("cus_1")), json!([]));
    assert_eq!(service.client.get_as_browser(&format!("/v1/reviews/{review}")).status, 403);
    let answer = service.client.post_as_browser(&format!("/v1/reviews/{review}/answer"), &changed(until(1)).to_string());
    assert_eq!(answer.status, 403, "no browser answers for the shop");
}

#[test]
fn a_review_is_answered_once_and_a_repeated_answer_is_the_same() {
    let service = Service::start();
    let (_, review) = asked(&service, "cus_1");
    let path = format!("/v1/reviews/{review}/answer");
    let body = changed(until(30_000)).to_string();
    let keyed = |body: &str| service.client.post_with(&path, body, &[("idempotency-key", "a1")]);
    let first = keyed(&body);
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(keyed(&body).bytes, first.bytes);
    assert_eq!(keyed(&changed(until(30_001)).to_string()).code(), "idempotency.key_reused");
    assert_eq!(service.client.post(&path, &body).code(), "review.answered");
    assert_eq!(service.client.post(&path, r#"{"outcome":"withdrawn","by":"mk"}"#).code(), "review.answered");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'DecisionReviewed'"), 1);
    assert_eq!(service.client.post("/v1/reviews/rev_1/answer", &body).code(), "review.unknown");
    let (_, other) = asked(&service, "cus_1");
    assert_eq!(answer(&service, &other, &json!({"outcome": "withdrawn", "by": "mk"})).json()["state"], "withdrawn");
}

/// What makes an answer wrong, and what is said to it
type Wrong<'a> = (&'a dyn Fn(&mut Value), u16, &'a str);

#[test]
fn an_answer_that_is_none_is_refused() {
    let service = Service::start();
    let (_, review) = asked(&service, "cus_1");
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = changed(until(30_000));
        change(&mut body);
        let answer = answer(&service, &review, &body);
        (answer.status, answer.code())
    };
    let long = "x".repeat(4_001);
    let refused: [Wrong<'_>; 12] = [
        (&|body| body["by"] = json!(" "), 422, "text.empty"),
        (&|body| body["by"] = json!("x".repeat(101)), 422, "text.too_long"),
        (&|body| body["words"] = Value::Null, 422, "review.no_words"),
        (&|body| body["words"] = json!("\n "), 422, "review.no_words"),
        (&|body| body["words"] = json!(long), 422, "text.too_long"),
        (&|body| body["outcome"] = json!("upheld"), 422, "grant.not_changed"),
        (&|body| body["outcome"] = json!("open"), 400, "body.invalid"),
        (&|body| body["grant"]["amount"] = eur(0), 422, "grant.amount"),
        (&|body| body["grant"]["amount"]["currency"] = json!("CHF"), 422, "currency.foreign"),
        (&|body| body["grant"]["until"] = json!("2026-11-20"), 422, "grant.until"),
        (&|body| body["grant"]["until"] = json!("2027-02-20"), 422, "grant.until"),
        (&|body| body["grant"]["until"] = json!("2026-12-1"), 422, "grant.until"),
    ];
    for (change, status, code) in refused {
        assert_eq!(with(change), (status, code.to_owned()));
    }
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'DecisionReviewed'"), 0);
    // From today to ninety days from now.
    for day in ["2026-11-21", "2027-02-19"] {
        let (_, review) = asked(&service, "cus_1");
        granted(&service, &review, json!({"amount": eur(1), "until": day}));
    }
}

#[test]
fn a_grant_counts_up_to_its_amount_and_not_a_cent_further() {
    for (total, stands) in [(27_999, true), (28_000, true), (28_001, false)] {
        let service = Service::start();
        let (session, review) = asked(&service, "cus_1");
        let refused = service.client.refused(&session, &Order::new("0", "invoice", total));
        assert_eq!(refused, ["method.withheld", "amount.maximum"], "before");
        granted(&service, &review, until(28_000));
        let order = Order::new("1", "invoice", total);
        if !stands {
            assert_eq!(service.client.refused(&session, &order), ["method.withheld", "amount.maximum"]);
            assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'GrantUsed'"), 0);
            continue;
        }
        let confirmed = service.client.confirmed(&session, &order);
        assert_eq!(confirmed["attention"], json!([{"code": "order.granted_by_review"}]));
        assert_eq!(confirmed["receivable"]["amount"], eur(total));
        assert_eq!(service.client.account("cus_1")["open_balance"], eur(total));
        let record = service.client.get(&format!("/v1/decisions/{}", confirmed["decision_id"].as_str().unwrap())).json();
        assert_eq!([&record["review"], &record["outcome"]], [&json!(review), &json!("confirmed")]);
        assert_eq!(service.client.get(&format!("/v1/reviews/{review}")).json()["answer"]["used_by"], "1");
        let used: String = service.sql().query_row("SELECT data FROM events WHERE type = 'GrantUsed'", [], |row| row.get(0)).unwrap();
        assert!(used.contains(r#""order_ref":"1""#) && used.contains(r#""reasons":["amount.maximum"]"#), "{used}");
        let text = service.client.get(&format!("/v1/decisions/{}/explanation", confirmed["decision_id"].as_str().unwrap())).json();
        let plain = text["text"]["plain"].as_str().unwrap();
        assert!(
            plain.contains("Danach hat ein Mensch bei Kiesel & Lein") && !plain.contains("Ein Mensch hat daran nicht mitgewirkt"),
            "{plain}"
        );
        // The same order again is the same answer.
        assert_eq!(service.client.confirmed(&session, &Order { key: "again".into(), ..order }), confirmed);
    }
}

#[test]
fn a_grant_counts_on_its_last_day_and_not_on_the_next() {
    for (hours, stands) in [(24 * 10, true), (24 * 11, false)] {
        let service = Service::start();
        let (_, review) = asked(&service, "cus_1");
        granted(&service, &review, until(28_000));
        service.clock.go(SignedDuration::from_hours(hours));
        // Of the customer and not of the session, which is long over.
        let session = service.client.session_of("cus_1");
        let order = Order::new("1", "invoice", 28_000);
        if stands {
            service.client.confirmed(&session, &order);
        } else {
            assert_eq!(service.client.refused(&session, &order), ["method.withheld", "amount.maximum"]);
        }
    }
}

#[test]
fn a_grant_counts_for_one_order_of_one_customer_with_one_method() {
    let service = Service::start();
    let (session, review) = asked(&service, "cus_1");
    granted(&service, &review, json!({"amount": eur(29_000), "until": "2026-12-01", "beyond_exposure": true}));
    let other = service.client.session_of("cus_2");
    assert_eq!(service.client.refused(&other, &Order::new("a", "invoice", 28_000)), ["method.withheld", "amount.maximum"]);
    let method = Order { amount: eur(30_001), ..Order::new("b", "invoice_agreed", 30_001) };
    assert!(service.client.refused(&session, &method).contains(&"exposure.exceeded".to_owned()));
    service.client.confirmed(&session, &Order::new("1", "invoice", 28_000));
    let again = service.client.session_of("cus_1");
    assert_eq!(
        service.client.refused(&again, &Order::new("2", "invoice", 28_000)),
        ["method.withheld", "amount.maximum", "exposure.exceeded"]
    );
}

#[test]
fn twenty_orders_at_once_use_a_grant_once() {
    let service = Service::start();
    let (_, review) = asked(&service, "cus_1");
    granted(&service, &review, json!({"amount": eur(29_000), "until": "2026-12-01", "beyond_exposure": true}));
    let outcomes: Vec<String> = std::thread::scope(|scope| {
        let confirms: Vec<_> = (0..20)
            .map(|number| {
                let client = service.client.clone();
                scope.spawn(move || {
                    let session = client.session_of("cus_1");
                    client.confirm(&session, &Order::new(&format!("o{number}"), "invoice", 28_000)).json()["outcome"]
                        .as_str()
                        .unwrap()
                        .to_owned()
                })
            })
            .collect();
        confirms.into_iter().map(|confirm| confirm.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "confirmed").count(), 1, "{outcomes:?}");
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(28_000));
}

#[test]
fn what_a_customer_may_owe_in_all_is_exceeded_only_where_the_human_said_so() {
    for (beyond, stands) in [(false, false), (true, true)] {
        let service = Service::start();
        service.client.confirmed(&service.client.session_of("cus_1"), &Order::new("0", "invoice", 20_000));
        let (session, review) = asked(&service, "cus_1");
        granted(&service, &review, json!({"amount": eur(20_000), "until": "2026-12-01", "beyond_exposure": beyond}));
        let order = Order::new("1", "invoice", 20_000);
        if stands {
            service.client.confirmed(&session, &order);
            assert_eq!(service.client.account("cus_1")["open_balance"], eur(40_000));
        } else {
            assert_eq!(service.client.refused(&session, &order), ["method.withheld", "exposure.exceeded"]);
        }
    }
}

#[test]
fn nothing_that_the_law_forbids_is_granted() {
    let grant = json!({"amount": eur(50_000), "until": "2026-12-01", "beyond_exposure": true});
    // A minor, whatever the rule that finds them is called.
    for reason in ["customer.minor", "risk.class"] {
        let service = Service::start();
        let policy = crate::common::shop::POLICY.replace(r#""reason": "customer.minor""#, &format!(r#""reason": "{reason}""#));
        assert_eq!(service.client.post("/v1/policies", &policy).status, 201);
        let (session, review) = asked(&service, "cus_1");
        granted(&service, &review, grant.clone());
        let mut order = Order::new("1", "invoice", 10_000);
        order.facts["customer.birth_date"] = json!("2008-11-22");
        assert_eq!(service.client.refused(&session, &order), ["method.withheld", reason]);
        // Eighteen today: then nothing is against it.
        order.facts["customer.birth_date"] = json!("2008-11-21");
        order.key = "of-age".to_owned();
        service.client.confirmed(&session, &order);
    }
    // A minor against whom another reason stands as well.
    let service = Service::start();
    let policy: Value = serde_json::from_str(crate::common::shop::POLICY).unwrap();
    let mut without = policy.clone();
    without["rules"].as_array_mut().unwrap().remove(1);
    assert_eq!(service.client.post("/v1/policies", &without.to_string()).status, 201);
    let (session, review) = asked(&service, "cus_1");
    granted(&service, &review, grant.clone());
    let mut order = Order::new("1", "invoice", 28_000);
    order.facts["customer.birth_date"] = json!("2010-01-01");
    assert_eq!(service.client.refused(&session, &order), ["method.withheld", "amount.maximum"]);
    // Whose age is not known is asked for it.
    order.facts.as_object_mut().unwrap().remove("customer.birth_date");
    order.key = "unknown".to_owned();
    assert_eq!(service.client.refused(&session, &order), ["method.incomplete"]);

    // Nobody checked the registration duties.
    let service = Service::start();
    let mut unchecked = policy;
    unchecked.as_object_mut().unwrap().remove("legal");
    assert_eq!(service.client.post("/v1/policies", &unchecked.to_string()).status, 201);
    let (session, review) = asked(&service, "cus_1");
    granted(&service, &review, grant);
    assert_eq!(service.client.refused(&session, &Order::new("1", "invoice", 10_000)), ["method.withheld", "legal.registration_unchecked"]);
}

#[test]
fn consent_amount_and_cart_are_asked_of_a_granted_order_like_of_any_other() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let review = ask(&service, &session, "invoice_agreed");
    granted(&service, &review, json!({"amount": eur(50_000), "until": "2026-12-01", "beyond_exposure": true}));
    let order = Order { amount: eur(40_000), ..Order::new("1", "invoice_agreed", 40_001) };
    assert_eq!(service.client.refused(&session, &order), ["amount.differs", "consent.missing"]);
}

#[test]
fn an_order_that_its_payment_released_gives_the_grant_back() {
    let service = Service::start();
    let policy = crate::common::shop::POLICY
        .replace(r#""kind": "sepa_debit", "provider""#, r#""kind": "sepa_debit", "limits": [{"maximum": "10.00 EUR"}], "provider""#);
    assert_eq!(service.client.post("/v1/policies", &policy).status, 201);
    let session = service.client.session_of("cus_1");
    let review = ask(&service, &session, "debit");
    granted(&service, &review, until(5_000));
    let first = service.client.confirmed(&session, &Order::new("1", "debit", 5_000));
    service.client.send("POST", &format!("{}/decline", first["payment"]["redirect_url"].as_str().unwrap()), &[], b"");
    assert_eq!(service.client.get(&format!("/v1/reviews/{review}")).json()["answer"]["used_by"], Value::Null);
    let second = service.client.confirmed(&service.client.session_of("cus_1"), &Order::new("2", "debit", 5_000));
    for answer in [first, second] {
        let record = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json();
        assert_eq!(record["review"], json!(review), "both stood on it");
    }
}

/// The methods that a browser of this session finds offered at a total
fn told(service: &Service, session: &str) -> Value {
    service.client.get_as_browser(&format!("/v1/checkout/{session}")).json()
}

fn preview(service: &Service, session: &str, total: i64) -> Value {
    let facts = json!({"facts": {"cart.total": eur(total), "customer.birth_date": "1985-03-27"}});
    service.client.post(&format!("/v1/sessions/{session}/preview"), &facts.to_string()).json()
}

#[test]
fn what_was_granted_is_previewed_and_decided_by_the_browser_too() {
    let service = Service::start();
    let (first, review) = asked(&service, "cus_1");
    let before = told(&service, &first);
    assert_eq!([&before["reviews"][0]["state"], &before["has_more"]], [&json!("open"), &json!(true)]);
    assert_eq!(preview(&service, &first, 28_000)["granted"], json!([]));
    granted(&service, &review, until(28_000));
    // Another session of the same customer, and one of somebody else.
    let (session, other) = (service.client.session_of("cus_1"), service.client.session_of("cus_2"));
    let after = told(&service, &session);
    assert_ne!(after["residual_hash"], before["residual_hash"]);
    assert_eq!(told(&service, &other)["residual_hash"], before["residual_hash"]);
    assert_eq!(told(&service, &other)["reviews"], json!([]));
    let own = &after["reviews"][0];
    assert_eq!([&own["state"], &own["words"]], ["changed", "Sie können auf Rechnung bezahlen."]);
    assert_eq!(own["granted"], json!({"amount": eur(28_000), "until": "2026-12-01"}));
    for (total, stands) in [(28_000, true), (28_001, false)] {
        let seen = preview(&service, &session, total);
        let expected = json!([{"method": "invoice", "review": review, "amount": eur(total), "until": "2026-12-01"}]);
        let covered = seen["granted"].as_array().unwrap().iter().any(|granted| *granted == expected[0]);
        assert_eq!(covered, stands, "{}", seen["granted"]);
        assert_eq!(seen["decision"]["methods"][0]["state"], "withheld", "what the program decides stays as it is");
    }
    // Once an order stands on it, it is gone from there.
    service.client.confirmed(&session, &Order::new("1", "invoice", 28_000));
    let used = told(&service, &service.client.session_of("cus_1"));
    assert_eq!([&used["reviews"][0]["state"], &used["reviews"][0]["granted"]], [&json!("changed"), &Value::Null]);
    assert_eq!(preview(&service, &session, 100)["granted"], json!([]));
}

#[test]
fn a_guest_who_comes_back_in_the_same_visit_is_told_and_whoever_types_the_same_address_is_not() {
    let service = Service::start();
    let session = service.client.guest_session("visit", Some("greta@example.com"));
    let review = ask(&service, &session, "invoice");
    granted(&service, &review, until(28_000));
    let again = told(&service, &service.client.guest_session("visit", Some("greta@example.com")));
    assert_eq!([&again["reviews"][0]["state"], &again["reviews"][0]["words"]], [&json!("changed"), &Value::Null]);
    assert_eq!(again["reviews"][0]["granted"]["amount"], eur(28_000));
    let stranger = told(&service, &service.client.guest_session("elsewhere", Some("greta@example.com")));
    assert_eq!([&stranger["reviews"], &stranger["has_more"]], [&json!([]), &json!(false)]);
    assert_ne!(stranger["residual_hash"], again["residual_hash"]);
}
