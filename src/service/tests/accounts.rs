//! A customer's account: who opens it, what it shows, and for how long.

use crate::common::collection::{advance, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use crate::common::{Answer, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};

impl Service {
    /// The shop opens the account of a customer
    pub fn access(&self, customer: &str, body: &Value) -> String {
        let answer = self.client.post(&format!("/v1/customers/{customer}/access"), &body.to_string());
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    pub fn looks(&self, token: &str) -> Answer {
        self.client.send("GET", &format!("/v1/accounts/{token}"), &[], b"")
    }

    pub fn sees(&self, token: &str) -> Value {
        let answer = self.looks(token);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

#[test]
fn an_account_shows_what_is_open_what_it_is_made_of_and_where_it_goes() {
    let service = Service::start();
    letterhead(&service);
    let (claim, reference) = owes(&service, "cus_1", "order-5512", 10_000);
    let token = service.access("cus_1", &json!({"receivable": claim}));
    let events = service.events();
    let answer = service.looks(&token);
    assert_eq!(service.events(), events, "looking changes nothing");
    for (header, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex")] {
        assert_eq!(answer.header(header), Some(value));
    }
    let view = answer.json();
    assert_eq!((&view["today"], &view["locale"], &view["address_form"]), (&json!("2026-11-21"), &json!("de"), &json!("sie")));
    assert_eq!((&view["receivable"], &view["owed"], &view["asked"]), (&json!(claim), &eur(10_000), &eur(10_000)));
    assert_eq!(view["shop"]["creditor"], "Kiesel & Lein GmbH");
    let human = &view["human"];
    assert_eq!((&human["phone"], &human["email"]), (&json!("0431 000000"), &json!("hallo@kiesel-lein.example")));
    assert_eq!(human["hours"], view["shop"]["hours"]);
    assert_eq!((&view["transfer"]["reference"], &view["transfer"]["amount"]), (&json!(reference), &eur(10_000)));
    let expected = json!({
        "receivable": claim, "reference": reference, "order": "order-5512", "ordered_on": "2026-11-21",
        "items": [{"id": "1", "sku": "KL-1", "name": "Decke", "quantity": 1, "amount": eur(10_000)}], "due_date": "2026-12-07", "late": false,
        "agreed": eur(10_000), "extra": [], "credited": eur(0), "let_go": eur(0), "paid": eur(0),
        "open": eur(10_000), "payable": eur(10_000), "parts": [{"kind": "principal", "amount": eur(10_000)}], "state": "open", "under_way": false, "why": null,
        "next": {"what": "note", "from": "2026-12-04"}, "plan": null
    });
    assert_eq!(view["claims"], json!([expected]));
    assert_eq!(view["payments"], json!([]));
}

#[test]
fn whoever_looks_learns_in_every_language_when_somebody_answers_and_whether_now() {
    let service = Service::start();
    letterhead(&service);
    let (claim, _) = owes(&service, "cus_1", "order-5512", 10_000);
    let token = service.access("cus_1", &json!({"receivable": claim, "minutes": 1440}));
    let hours = service.looks(&token).json()["human"]["hours"].clone();
    let week = json!([{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "from": "08:00", "until": "20:00"}]);
    assert_eq!((&hours["open"], &hours["now"]), (&week, &json!(true)), "at 13 o'clock of a Saturday");
    assert_eq!(
        hours["said"],
        json!({
            "de": "Mo–Sa 8–20 Uhr · jetzt erreichbar, bis 20 Uhr", "en": "Mon–Sat, 8 am–8 pm · open now, until 8 pm",
            "fr": "lun.–sam. 8 h–20 h · joignable maintenant, jusqu’à 20 h", "it": "lun–sab ore 8–20 · raggiungibile ora, fino alle ore 20",
            "nl": "ma–za 8–20 uur · nu bereikbaar, tot 20 uur"
        })
    );
    advance(&service, 1);
    let token = service.access("cus_1", &json!({"receivable": claim}));
    let hours = service.looks(&token).json()["human"]["hours"].clone();
    let said = (&hours["now"], &hours["said"]["de"], &hours["said"]["en"]);
    let again = ("Mo–Sa 8–20 Uhr · wieder am Montag ab 8 Uhr", "Mon–Sat, 8 am–8 pm · again on Monday from 8 am");
    assert_eq!(said, (&json!(false), &json!(again.0), &json!(again.1)));
}

#[test]
fn what_was_paid_is_shown_and_what_has_ended_stands_last() {
    let service = Service::start();
    letterhead(&service);
    let (first, one) = owes(&service, "cus_1", "1", 10_000);
    let (second, _) = owes(&service, "cus_1", "2", 2_000);
    service.comes(&with(told("a", 10_000), "remittance", one.as_str()));
    service.comes(&with(with(told("b", 500), "customer", "cus_1"), "value_date", "2026-11-20"));
    let view = service.sees(&service.access("cus_1", &json!({})));
    assert_eq!((&view["owed"], &view["receivable"]), (&eur(1_500), &Value::Null));
    let claims: Vec<(&Value, &Value, &Value)> =
        view["claims"].as_array().unwrap().iter().map(|claim| (&claim["receivable"], &claim["state"], &claim["paid"])).collect();
    assert_eq!(claims, [(&json!(second), &json!("open"), &eur(500)), (&json!(first), &json!("settled"), &eur(10_000))]);
    let paid: Vec<(&Value, &Value, &Value, &Value)> = view["payments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|payment| (&payment["amount"], &payment["on"], &payment["state"], &payment["method"]))
        .collect();
    let (received, bank) = (json!("received"), json!("bank"));
    assert_eq!(
        paid,
        [(&eur(10_000), &json!("2026-11-21"), &received, &bank), (&eur(500), &json!("2026-11-20"), &received, &bank)],
        "the newest first"
    );
}

#[test]
fn what_a_human_looks_at_is_seen_and_not_asked_for() {
    let service = Service::start();
    letterhead(&service);
    let (held, _) = owes(&service, "cus_1", "1", 10_000);
    owes(&service, "cus_1", "2", 2_000);
    assert_eq!(service.does("/v1/customers/cus_1/holds", json!({"reason": "complaint_review", "receivable": held})).status, 201);
    let view = service.sees(&service.access("cus_1", &json!({})));
    assert_eq!((&view["owed"], &view["asked"], &view["transfer"]["amount"]), (&eur(12_000), &eur(2_000), &eur(2_000)));
    let claim = view["claims"].as_array().unwrap().iter().find(|claim| claim["receivable"] == json!(held)).unwrap();
    assert_eq!((&claim["state"], &claim["why"], &claim["next"]), (&json!("in_clarification"), &json!("complaint_review"), &Value::Null));
}

#[test]
fn a_guest_has_an_account_too_and_it_is_nobody_elses() {
    let service = Service::start();
    letterhead(&service);
    let session = service.client.guest_session("visit-1", Some("gast@example.org"));
    let claim = service.client.confirmed(&session, &Order::new("g1", "invoice", 5_000))["receivable"]["id"].as_str().unwrap().to_owned();
    let (others, _) = owes(&service, "cus_1", "1", 10_000);
    let open = |path: &str, body: Value| service.client.post(path, &body.to_string());
    let answer = open("/v1/guests/visit-1/access", json!({"receivable": claim}));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let view = service.sees(answer.json()["token"].as_str().unwrap());
    assert_eq!((view["claims"].as_array().unwrap().len(), &view["claims"][0]["order"]), (1, &json!("g1")));
    let foreign = open("/v1/guests/visit-1/access", json!({"receivable": others}));
    assert_eq!((foreign.status, foreign.code().as_str()), (404, "receivable.unknown"));
    assert_eq!(open("/v1/customers/visit-1/access", json!({})).code(), "customer.unknown", "a guest is no customer");
    assert_eq!(open("/v1/guests/cus_1/access", json!({})).code(), "customer.unknown");
}

#[test]
fn an_access_is_the_shops_to_give_for_as_long_as_it_says() {
    let service = Service::start();
    owes(&service, "cus_1", "1", 10_000);
    let path = "/v1/customers/cus_1/access";
    assert_eq!(service.client.post_as_browser(path, "{}").code(), "auth.secret_key_needed");
    for (minutes, status) in [(0, 422), (1, 201), (1_440, 201), (1_441, 422)] {
        assert_eq!(service.does(path, json!({"minutes": minutes})).status, status, "{minutes}");
    }
    assert_eq!(service.does(path, json!({"minutes": 0})).code(), "access.minutes");
    assert_eq!(service.does(path, json!({"hours": 1})).code(), "body.invalid");
    let (usual, short) = (service.access("cus_1", &json!({})), service.access("cus_1", &json!({"minutes": 1})));
    let second = SignedDuration::from_secs(1);
    service.clock.go(SignedDuration::from_mins(1) - second);
    assert_eq!((service.looks(&usual).status, service.looks(&short).status), (200, 200));
    service.clock.go(second);
    let over = service.looks(&short);
    assert_eq!((over.status, over.code().as_str(), service.looks(&usual).status), (410, "account.over", 200));
    service.clock.go(SignedDuration::from_mins(59));
    assert_eq!(service.looks(&usual).code(), "account.over");
}

#[test]
fn a_confirmed_order_opens_the_account_and_no_answer_that_is_kept_holds_its_token() {
    let service = Service::start();
    letterhead(&service);
    let session = service.client.session_of("cus_1");
    let order = Order { access: json!({"minutes": 5}), ..Order::new("1", "invoice", 10_000) };
    let first = service.client.confirmed(&session, &order);
    let token = |answer: &Value| answer["access"]["token"].as_str().unwrap().to_owned();
    assert_eq!(service.sees(&token(&first))["receivable"], first["receivable"]["id"]);
    assert_eq!(first["access"]["expires_at"], "2026-11-21T12:05:00.000Z");
    // The same attempt, and the same order under another key: one claim, and a way of their own to look at it.
    let events = service.events();
    let again = service.client.confirmed(&session, &order);
    let other = service.client.confirmed(&session, &Order { key: "another".to_owned(), ..order.clone() });
    assert_eq!(service.events(), events);
    let but_for_access = |answer: &Value| {
        let mut answer = answer.clone();
        answer.as_object_mut().unwrap().remove("access");
        answer
    };
    assert_eq!((but_for_access(&again), but_for_access(&other)), (but_for_access(&first), but_for_access(&first)));
    let tokens = [token(&first), token(&again), token(&other)];
    assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2]);
    let database = std::fs::read(service.database()).unwrap();
    let log = std::fs::read(service.database().with_extension("sqlite-wal")).unwrap_or_default();
    for token in &tokens {
        assert_eq!(service.looks(token).status, 200);
        assert!([&database, &log].iter().all(|bytes| bytes.windows(token.len()).all(|window| window != token.as_bytes())));
    }
    assert_eq!(service.client.confirm(&session, &Order { access: Value::Null, ..order.clone() }).code(), "idempotency.key_reused");
    // Of whoever is erased only the answer is left.
    assert_eq!(service.does("/v1/customers/cus_1/erase", json!({"despite_open": true})).status, 200);
    assert_eq!(service.client.confirmed(&session, &order), but_for_access(&first));
}

#[test]
fn an_order_opens_an_account_where_it_is_asked_to_something_is_owed_and_the_time_is_one() {
    let service = Service::start();
    letterhead(&service);
    let asked = |number: &str, method: &str, access: Value| Order { access, ..Order::new(number, method, 10_000) };
    let session = service.client.guest_session("visit-1", None);
    for minutes in [0, 1_441] {
        let answer = service.client.confirm(&session, &asked("1", "invoice", json!({"minutes": minutes})));
        assert_eq!((answer.status, answer.code().as_str()), (422, "access.minutes"), "{minutes}");
        assert_eq!(answer.json()["error"]["at"], "/access/minutes");
    }
    assert_eq!(service.client.confirm(&session, &asked("1", "invoice", json!({"hours": 1}))).code(), "body.invalid");
    let guest = service.client.confirmed(&session, &asked("1", "invoice", json!({})));
    assert_eq!(service.sees(guest["access"]["token"].as_str().unwrap())["owed"], eur(10_000));
    let opens = |customer: &str, order: &Order| {
        let session = service.client.session_of(customer);
        service.client.confirm(&session, order).json().get("access").is_some()
    };
    assert!(opens("cus_2", &asked("2", "invoice", json!({"minutes": 1440}))));
    assert!(!opens("cus_3", &asked("3", "invoice", Value::Null)), "nobody has asked");
    assert!(!opens("cus_4", &asked("4", "prepayment", json!({}))), "nothing is owed");
    let refused = Order { amount: eur(1), ..asked("5", "invoice", json!({})) };
    assert!(!opens("cus_5", &refused), "nothing was ordered");
}

#[test]
fn a_token_is_nowhere_and_who_guesses_is_slow() {
    let service = Service::start();
    owes(&service, "cus_1", "1", 10_000);
    let token = service.access("cus_1", &json!({}));
    for wrong in [format!("acc_{}", "0".repeat(40)), "x".to_owned(), token[4..].to_owned(), token.to_uppercase()] {
        let answer = service.looks(&wrong);
        assert_eq!((answer.status, answer.code().as_str()), (404, "account.unknown"), "{wrong}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
    let database = std::fs::read(service.database()).unwrap();
    let log = std::fs::read(service.database().with_extension("sqlite-wal")).unwrap_or_default();
    let is_in = |bytes: &[u8]| bytes.windows(token.len()).any(|window| window == token.as_bytes());
    assert!(!is_in(&database) && !is_in(&log));
    assert!((0..80).any(|_| service.looks("acc_0").status == 429));
    assert_eq!(service.looks(&token).status, 200, "who holds one is not kept waiting");
    assert_eq!(service.does("/v1/customers/cus_1/erase", json!({"despite_open": true})).status, 200);
    assert_eq!(service.count("SELECT count(*) FROM accesses"), 0);
    let gone = (0..40).map(|_| service.looks(&token)).find(|answer| answer.status != 429);
    assert!(gone.is_none_or(|answer| answer.code() == "account.unknown"));
}

#[test]
fn the_menu_says_what_there_is_room_for_and_why_not() {
    let service = Service::start();
    letterhead(&service);
    let (claim, _) = owes(&service, "cus_1", "1", 10_000);
    let menu = service.sees(&service.access("cus_1", &json!({})))["menu"].clone();
    assert_eq!(menu["part"], json!({"from": eur(1_000), "to": eur(10_000)}));
    assert_eq!(menu["promise"], json!({"until": "2026-12-21"}));
    // Thirty days end on Epiphany, on which not every bank works.
    assert_eq!(menu["deferral"], json!({"receivable": claim, "from": "2026-12-08", "until": "2027-01-05"}));
    assert_eq!((&menu["dispute"], &menu["return"]), (&json!(true), &json!({"receivables": [claim]})));
    assert_eq!(menu["withdrawal"], json!({"receivables": [{"receivable": claim, "until": null}]}));
    assert_eq!(menu["hardship"]["pause_until"], "2026-12-21");
    // So much more time before it is due would be credit (Directive (EU) 2023/2225 Art. 2(2)).
    assert_eq!((&menu["methods"], &menu["why_not"]), (&json!([]), &json!({"plan": "plan.regime"})));
    service.clock.go(SignedDuration::from_hours(24 * 17));
    let menu = service.sees(&service.access("cus_1", &json!({})))["menu"].clone();
    assert_eq!((&menu["plan"]["receivables"], &menu["plan"]["total"]), (&json!([claim]), &eur(10_000)));
    assert_eq!(menu["plan"]["rates"], json!({"from": 2, "to": 10}));
    assert_eq!(service.does("/v1/customers/cus_1/holds", json!({"reason": "insolvency"})).status, 201);
    let menu = service.sees(&service.access("cus_1", &json!({})))["menu"].clone();
    for wish in ["part", "promise", "deferral", "plan", "return", "hardship"] {
        assert_eq!(menu[wish], Value::Null, "{wish}: {menu:#}");
        assert!(menu["why_not"][wish].is_string(), "{wish}: {menu:#}");
    }
    assert!(menu["withdrawal"].is_object(), "nothing takes that right away: {menu:#}");
}
