//! Customers pay at a provider that is a process of its own: it says yes, no, later, twice or with another amount, and dies; and so does the service.

use crate::common::collection::letterhead;
use crate::common::provider::{self, Provider};
use crate::common::shop::eur;
use crate::common::{Answer, HandClock, NOON, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;

/// Not a test of its own: started as a process, it is the provider until it is killed
#[test]
fn provides_as_a_child() {
    provider::provides();
}

/// The test that is the provider
pub const PROVIDER: &str = "paying::provides_as_a_child";

/// A shop, and a provider that tells it of what happens only when a test wants it: notices go where nobody is
pub fn quiet() -> (Service, Provider) {
    let provider = Provider::start(PROVIDER);
    let service = Service::start_with(|config| provider.is_known_to(config));
    (service, provider)
}

impl Service {
    pub fn open_balance(&self, customer: &str) -> i64 {
        self.client.account(customer)["open_balance"]["minor"].as_i64().unwrap()
    }

    fn credit(&self) -> i64 {
        self.count("SELECT coalesce(sum(credit_minor), 0) FROM accounts")
    }

    fn money_came(&self) -> i64 {
        self.count("SELECT count(*) FROM events WHERE type = 'PaymentSettled'")
    }

    pub fn on_their_way(&self) -> i64 {
        self.count("SELECT count(*) FROM pay_sessions WHERE lease_until_ms IS NOT NULL")
    }

    /// A notice as the provider would send it, with a body of the test's
    pub fn is_told(&self, provider: &Provider, body: &str) -> Answer {
        self.is_told_by(provider.secret(), body)
    }

    pub fn is_told_by(&self, secret: &str, body: &str) -> Answer {
        let signature = standardwebhooks::Webhook::new(secret).unwrap().sign("ntc_1", 1_764_000_000, body.as_bytes()).unwrap();
        let headers = [("webhook-id", "ntc_1"), ("webhook-timestamp", "1764000000"), ("webhook-signature", signature.as_str())];
        self.client.send("POST", "/v1/providers/sandbox/webhooks/demo", &headers, body.as_bytes())
    }
}

fn why(answer: &Answer) -> String {
    assert_eq!((answer.status, &answer.json()["outcome"]), (200, &json!("refused")), "{}", answer.text());
    answer.json()["why"].as_str().unwrap().to_owned()
}

pub fn about(page: &str) -> String {
    json!({"type": "checkout.updated", "checkout": page.rsplit('/').next().unwrap()}).to_string()
}

#[test]
fn a_card_pays_what_is_owed_and_the_link_shows_the_receipt_in_whichever_browser() {
    let (service, provider) = quiet();
    let (claim, _) = service.claim("cus_1", "1", 16_840);
    let token = service.link_of(&claim);
    assert_eq!(service.shown_by(&token)["methods"], json!([{"id": "card", "provider": "sandbox"}]));
    let page = service.is_sent(&token, None);
    let shown = provider.page(&page).text();
    assert!(shown.contains("168,40") && shown.contains("Jetzt bezahlen"), "{shown}");
    for personal in ["cus_1", "rcv_", "KL-1"] {
        assert!(!shown.contains(personal), "{personal}");
    }
    assert_eq!(service.shown_by(&token)["payment"]["state"], "open");
    // The bank asks back, and says yes; another browser without a cookie comes back.
    assert!(provider.page(&format!("{page}/bank")).text().contains("Ihre Bank fragt nach"));
    let back = provider.presses(&page, "pay");
    let shown = service.comes_back(&back);
    assert_eq!((&shown["state"], &shown["receipt"]["amount"]), (&json!("paid"), &eur(16_840)));
    assert_eq!(shown["payment"]["state"], "paid");
    let payment = shown["payment"]["payment"].as_str().unwrap();
    let known = service.client.get(&format!("/v1/payments/{payment}")).json();
    assert_eq!((&known["state"], &known["provider"]), (&json!("received"), &json!("sandbox")));
    assert_eq!(known["reference"], provider.payment(&page));
    assert_eq!(known["fee"], eur(260), "1.4 % and a quarter");
    assert_eq!(why(&service.wants_to_pay(&token, &json!({"method": "card"}))), "nothing_open");
    assert_eq!((service.money_came(), service.on_their_way()), (1, 0));
}

#[test]
fn declined_and_cancelled_cost_nothing_and_another_try_is_another_payment() {
    let (service, provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let access = service.access("cus_1", &json!({}));
    assert_eq!(service.sees(&access)["payment"], Value::Null, "nobody has tried");
    for (button, said) in [("decline", "declined"), ("cancel", "cancelled")] {
        let page = service.is_sent(&token, None);
        let shown = service.comes_back(&provider.presses(&page, button));
        assert_eq!((&shown["state"], &shown["amount"]), (&json!("open"), &eur(10_000)));
        assert_eq!((&shown["payment"]["state"], &shown["payment"]["why"]), (&json!("closed"), &json!(said)));
        assert_eq!(service.sees(&access)["payment"], shown["payment"], "whoever is signed in reads it too");
        assert_eq!((service.money_came(), service.on_their_way()), (0, 0));
    }
    let page = service.is_sent(&token, None);
    assert_eq!(service.comes_back(&provider.presses(&page, "pay"))["state"], "paid");
    assert_eq!(provider.count("paid"), 1);
}

#[test]
fn who_pays_a_part_is_asked_for_the_rest() {
    let (service, provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let page = service.is_sent(&token, Some(4_000));
    let shown = service.comes_back(&provider.presses(&page, "pay"));
    assert_eq!((&shown["state"], &shown["amount"]), (&json!("open"), &eur(6_000)));
    let paid = service.sees(&service.access("cus_1", &json!({})))["payments"][0].clone();
    assert_eq!((&paid["amount"], &paid["method"]), (&eur(4_000), &json!("card")), "the way that was chosen, not whose page it was");
}

#[test]
fn an_amount_is_above_zero_and_not_above_what_is_owed_today() {
    let (service, provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    for (amount, code) in
        [(eur(0), "amount.not_positive"), (eur(-1), "amount.not_positive"), (json!({"minor": 1, "currency": "CHF"}), "amount.currency")]
    {
        let answer = service.wants_to_pay(&token, &json!({"method": "card", "amount": amount}));
        assert_eq!((answer.status, answer.code().as_str()), (422, code), "{amount}");
    }
    let answer = service.wants_to_pay(&token, &json!({"method": "card", "amount": eur(10_001)}));
    assert_eq!((why(&answer).as_str(), &answer.json()["owed"]), ("amount", &eur(10_000)), "with the right amount");
    assert_eq!((service.on_their_way(), provider.checkouts().len()), (0, 0));
    for minor in [1, 10_000] {
        let page = service.is_sent(&token, Some(minor));
        let told = provider.checkouts().into_iter().find(|checkout| checkout["url"] == page.as_str()).unwrap();
        assert_eq!(told["amount"], eur(minor));
    }
    assert_eq!(why(&service.wants_to_pay(&token, &json!({"method": "paypal"}))), "method", "nobody takes it");
    assert_eq!(service.wants_to_pay(&token, &json!({"method": "card", "fee": 1})).code(), "body.invalid");
}

#[test]
fn a_link_that_was_replaced_while_somebody_paid_by_it_shows_what_was_paid() {
    let (service, provider) = quiet();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let older = service.link_of(&claim);
    let token = service.link_of(&claim);
    let page = service.is_sent(&token, Some(4_000));
    let newer = service.link_of(&claim);
    assert_eq!((&service.shown_by(&token)["state"], &service.shown_by(&token)["receipt"]), (&json!("superseded"), &json!(null)));
    let shown = service.comes_back(&provider.presses(&page, "pay"));
    let day = json!("2026-11-21");
    assert_eq!((&shown["state"], &shown["receipt"]), (&json!("superseded"), &json!({"amount": eur(4_000), "on": day})));
    assert_eq!((&shown["amount"], &shown["methods"], &shown["codes"]), (&json!(null), &json!([]), &json!([])), "and nothing else");
    assert_eq!(service.shown_by(&older)["receipt"], json!(null), "it is another link's, and the rest is open");
    assert_eq!(service.shown_by(&newer)["amount"], eur(6_000));
    // All of it: now the oldest tells as well that nothing is left of what it was about.
    let page = service.is_sent(&newer, None);
    assert_eq!(service.comes_back(&provider.presses(&page, "pay"))["state"], "paid");
    assert_eq!(service.shown_by(&older)["receipt"]["amount"], eur(10_000));
    assert_eq!(service.shown_by(&token)["receipt"]["amount"], eur(4_000));
    // Too old, each says what was paid by it alone.
    service.clock.go(SignedDuration::from_hours(45 * 24));
    let of = |token: &str| (service.shown_by(token)["state"].clone(), service.shown_by(token)["receipt"]["amount"].clone());
    assert_eq!(of(&older), (json!("superseded"), json!(null)));
    assert_eq!(of(&token), (json!("superseded"), eur(4_000)));
    assert_eq!(of(&newer), (json!("expired"), eur(6_000)));
}

#[test]
fn a_link_that_was_replaced_says_that_money_is_on_its_way_until_it_has_come_or_does_not() {
    let (service, provider) = quiet();
    for (customer, outcome, receipt) in
        [("cus_1", "paid", json!({"amount": eur(10_000), "on": "2026-11-21"})), ("cus_2", "declined", json!(null))]
    {
        let (claim, _) = service.claim(customer, customer, 10_000);
        let token = service.link_of(&claim);
        let page = service.is_sent(&token, None);
        let back = provider.presses(&page, "processing");
        service.link_of(&claim);
        let shown = service.comes_back(&back);
        assert_eq!((&shown["state"], &shown["under_way"], &shown["receipt"]), (&json!("superseded"), &json!(true), &json!(null)));
        provider.finishes(&page, outcome);
        assert_eq!(service.is_told(&provider, &about(&page)).status, 200);
        let shown = service.shown_by(&token);
        assert_eq!((&shown["under_way"], &shown["receipt"]), (&json!(false), &receipt), "{outcome}");
    }
}

#[test]
fn a_link_that_is_over_pays_nothing() {
    let (service, _provider) = quiet();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let (old, new) = (service.link_of(&claim), service.link_of(&claim));
    assert_eq!(service.wants_to_pay(&old, &json!({"method": "card"})).code(), "paylink.over");
    service.clock.go(SignedDuration::from_hours(45 * 24));
    assert_eq!(service.wants_to_pay(&new, &json!({"method": "card"})).code(), "paylink.over");
    assert_eq!(service.wants_to_pay("0000000000000000", &json!({"method": "card"})).code(), "paylink.unknown");
    assert_eq!(service.on_their_way(), 0);
}

#[test]
fn nobody_is_sent_back_to_a_page_that_is_not_the_shops() {
    let (service, provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    for (url, code) in [("https://evil.example/", "return_url.foreign"), ("https://127.0.0.1@evil.example/", "return_url.malformed")] {
        let answer = service.wants_to_pay(&token, &json!({"method": "card", "return_url": url}));
        assert_eq!(answer.code(), code, "{url}");
    }
    let answer = service.wants_to_pay(&token, &json!({"method": "card", "return_url": "http://localhost:8787/order/7?x=1"})).json();
    let back = provider.presses(answer["redirect"].as_str().unwrap(), "pay");
    let path = back.strip_prefix(&format!("http://{}", service.address)).unwrap();
    let to = service.client.send("GET", path, &[], b"");
    let expected = format!("http://localhost:8787/order/7?x=1&payment={}", answer["payment"].as_str().unwrap());
    assert_eq!((to.status, to.header("location")), (303, Some(expected.as_str())));
    for forged in ["x", &path[12..path.len() - 2], "AAAA"] {
        assert_eq!(service.client.send("GET", &format!("/pay/return/{forged}"), &[], b"").status, 404);
    }
    assert!(!back.contains(&token), "the provider does not learn the link");
    // The shop's own pages, by the imprint; where it is tried out, without a certificate too.
    letterhead(&service);
    let token = service.link_of(&service.claim("cus_2", "2", 10_000).0);
    for (url, is_shops) in [
        ("http://kiesel-lein.example/konto", true),
        ("https://www.kiesel-lein.example/konto", true),
        ("http://kiesel-lein.example.evil.example/", false),
        ("http://evil-kiesel-lein.example/", false),
    ] {
        let answer = service.wants_to_pay(&token, &json!({"method": "card", "return_url": url}));
        assert_eq!(answer.status == 200, is_shops, "{url}: {}", answer.text());
    }
}

#[test]
fn a_second_start_goes_on_where_the_first_is_and_another_amount_takes_its_place() {
    let (service, provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let first = service.is_sent(&token, None);
    assert_eq!(service.is_sent(&token, Some(10_000)), first, "the same page");
    let second = service.is_sent(&token, Some(5_000));
    assert_ne!(second, first);
    assert_eq!((provider.count("open"), provider.count("expired"), service.on_their_way()), (1, 1, 1));
    assert_eq!(
        provider.tries(&first, "pay").unwrap().header("location"),
        Some(format!("../{}", first.rsplit('/').next().unwrap()).as_str())
    );
    assert_eq!(provider.count("paid"), 0, "what was replaced can be paid by nobody");
    // What is paid already is found before anybody is sent again.
    provider.presses(&second, "pay");
    let answer = service.wants_to_pay(&token, &json!({"method": "card", "amount": eur(10_000)}));
    assert_eq!((why(&answer).as_str(), &answer.json()["owed"]), ("amount", &eur(5_000)));
}

#[test]
fn twenty_tabs_at_once_are_one_payment() {
    let (service, provider) = quiet();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let token = service.link_of(&claim);
    let pages: Vec<Answer> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..20).map(|_| scope.spawn(|| service.wants_to_pay(&token, &json!({"method": "card"})))).collect();
        tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
    });
    let pages: Vec<Value> = pages.iter().map(|answer| answer.json()["redirect"].clone()).collect();
    assert!(pages.iter().all(|page| page.is_string() && *page == pages[0]), "{pages:#?}");
    assert_eq!((provider.checkouts().len(), service.on_their_way()), (1, 1));
    // And with amounts of their own: whoever is in the way is told where to go on, and never are two payable at once.
    std::thread::scope(|scope| {
        for minor in 1..=20 {
            let (service, token) = (&service, &token);
            scope.spawn(move || service.wants_to_pay(token, &json!({"method": "card", "amount": eur(minor)})));
        }
    });
    assert!(service.on_their_way() <= 1 && provider.count("open") <= 1, "{:#?}", provider.checkouts());
}

#[test]
fn money_that_is_on_its_way_is_waited_for_and_comes_or_does_not() {
    let (service, provider) = quiet();
    for (customer, outcome, left) in [("cus_1", "paid", 0), ("cus_2", "declined", 10_000)] {
        let (claim, _) = service.claim(customer, customer, 10_000);
        let token = service.link_of(&claim);
        let page = service.is_sent(&token, None);
        let shown = service.comes_back(&provider.presses(&page, "processing"));
        assert_eq!((&shown["under_way"], &shown["payment"]["state"]), (&json!(true), &json!("pending")));
        assert_eq!(service.receivable(&claim)["holds"], json!([{"reason": "payment_pending", "until": "2026-11-28"}]));
        assert_eq!(why(&service.wants_to_pay(&token, &json!({"method": "card"}))), "under_way");
        provider.finishes(&page, outcome);
        assert_eq!(service.is_told(&provider, &about(&page)).status, 200);
        assert_eq!(service.open_balance(customer), left, "{outcome}");
        assert_eq!(service.receivable(&claim)["holds"], json!([]));
    }
    assert_eq!((service.money_came(), service.on_their_way()), (1, 0));
}

#[test]
fn a_yes_that_comes_after_the_time_is_booked_and_what_is_owed_no_longer_is_the_customers() {
    let (service, provider) = quiet();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    let token = service.link_of(&claim);
    let late = service.is_sent(&token, None);
    service.comes_back(&provider.presses(&late, "late"));
    service.clock.go(SignedDuration::from_mins(29));
    service.looks_after_payments();
    assert_eq!(service.on_their_way(), 1);
    service.clock.go(SignedDuration::from_mins(1));
    service.looks_after_payments();
    assert_eq!(service.on_their_way(), 0);
    assert_eq!(service.shown_by(&token)["payment"]["why"], "expired");
    // The customer has transferred it meanwhile.
    service
        .comes(&json!({"provider": "bank", "reference": "t", "amount": eur(10_000), "value_date": "2026-11-21", "remittance": reference}));
    provider.finishes(&late, "paid");
    assert_eq!(service.is_told(&provider, &about(&late)).status, 200);
    assert_eq!((service.open_balance("cus_1"), service.credit(), service.money_came()), (0, 10_000, 2), "no cent is lost");
    // And where nothing was paid otherwise, it pays.
    let token = service.link_of(&service.claim("cus_2", "2", 7_000).0);
    let late = service.is_sent(&token, None);
    provider.presses(&late, "late");
    let other = service.is_sent(&token, Some(1_000));
    assert_eq!(provider.count("open"), 1);
    provider.finishes(&late, "paid");
    service.is_told(&provider, &about(&late));
    assert_eq!(service.open_balance("cus_2"), 0);
    // Whoever is still on their way for it is stopped.
    service.looks_after_payments();
    assert_eq!((service.on_their_way(), provider.count("open")), (0, 0), "{other}");
}

#[test]
fn notices_come_twice_in_disorder_and_forged_and_the_same_is_booked() {
    let (service, provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let page = service.is_sent(&token, None);
    let before = service.events();
    let forged = service.is_told_by("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &about(&page));
    assert_eq!((forged.status, forged.code().as_str()), (401, "provider.notice_forged"));
    assert_eq!(service.is_told(&provider, &about(&page)).status, 200, "nothing has happened yet");
    assert_eq!(service.is_told(&provider, r#"{"type":"checkout.updated","checkout":"sbc_other"}"#).status, 200);
    assert_eq!(service.is_told(&provider, "no json").status, 200);
    for path in ["/v1/providers/stripe/webhooks/demo", "/v1/providers/sandbox/webhooks/nobody", "/v1/providers/sandbox/webhooks/%20"] {
        assert_eq!(service.client.send("POST", path, &[], b"{}").code(), "provider.unknown", "{path}");
    }
    assert_eq!(service.events(), before);
    // One cent, says the notice; what counts is what the provider answers.
    provider.presses(&page, "amount");
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| assert_eq!(service.is_told(&provider, &about(&page)).status, 200));
        }
    });
    assert_eq!((service.money_came(), service.open_balance("cus_1"), service.credit()), (1, 0, 0));
    let events = service.events();
    service.is_told(&provider, &about(&page));
    assert_eq!(service.events(), events);
}

#[test]
fn a_provider_that_is_down_takes_nothing_and_leaves_the_rest() {
    let (service, mut provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    provider.dies();
    assert_eq!(why(&service.wants_to_pay(&token, &json!({"method": "card"}))), "method");
    assert_eq!(service.on_their_way(), 0, "nobody is kept from paying otherwise");
    assert!(service.shown_by(&token)["transfer"].is_object() || service.shown_by(&token)["amount"] == eur(10_000));
    provider.comes_back(PROVIDER);
    service.is_sent(&token, None);
}

#[test]
fn a_provider_that_dies_with_the_money_says_so_when_it_is_back() {
    let (service, mut provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let page = service.is_sent(&token, None);
    assert!(provider.tries(&page, "killed").is_err(), "no answer");
    let answer = service.wants_to_pay(&token, &json!({"method": "card"}));
    assert_eq!(answer.json()["redirect"], page.as_str(), "the same page, and no second payment: {}", answer.text());
    assert_eq!(why(&service.wants_to_pay(&token, &json!({"method": "card", "amount": eur(1)}))), "busy");
    assert_eq!(service.is_told(&provider, &about(&page)).code(), "provider.unanswered");
    provider.comes_back(PROVIDER);
    assert_eq!(why(&service.wants_to_pay(&token, &json!({"method": "card"}))), "nothing_open");
    assert_eq!((service.open_balance("cus_1"), service.money_came(), provider.checkouts().len()), (0, 1, 1));
}

#[test]
fn what_a_dead_provider_holds_is_let_go_after_an_hour_and_booked_when_it_comes_all_the_same() {
    let (service, mut provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let page = service.is_sent(&token, None);
    assert!(provider.tries(&page, "killed").is_err());
    service.clock.go(SignedDuration::from_mins(89));
    service.looks_after_payments();
    assert_eq!(service.on_their_way(), 1);
    service.clock.go(SignedDuration::from_mins(1));
    service.looks_after_payments();
    assert_eq!(service.on_their_way(), 0);
    provider.comes_back(PROVIDER);
    service.is_told(&provider, &about(&page));
    assert_eq!((service.open_balance("cus_1"), service.money_came()), (0, 1));
}

#[test]
fn a_service_that_died_before_it_asked_or_before_it_wrote_asks_again_under_the_same_key() {
    let provider = Provider::start(PROVIDER);
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let service = Service::start_in(Arc::clone(&folder), HandClock::at(NOON), |config| provider.is_known_to(config));
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let page = service.is_sent(&token, None);
    // As it stands when it was killed after the provider had begun, and nobody was told where.
    let intended = "UPDATE pay_sessions SET state = 'intended', provider_ref = NULL WHERE lease_until_ms IS NOT NULL";
    service.sql().execute(intended, []).unwrap();
    assert_eq!(service.is_sent(&token, None), page, "found, not begun again");
    assert_eq!(provider.checkouts().len(), 1);
    service.sql().execute(intended, []).unwrap();
    let other = service.is_sent(&token, Some(4_000));
    assert_ne!(other, page);
    assert_eq!((provider.count("open"), provider.count("expired"), service.on_their_way()), (1, 1, 1));
    service.sql().execute(intended, []).unwrap();
    service.clock.go(SignedDuration::from_mins(30));
    service.looks_after_payments();
    assert_eq!((provider.count("open"), provider.count("expired"), service.on_their_way()), (0, 2, 0));
}
