//! Money that came by a provider goes back: there first, or here.

use crate::common::provider::Provider;
use crate::common::shop::eur;
use crate::paying::{PROVIDER, about, quiet};
use serde_json::json;

#[test]
fn money_that_goes_back_at_the_provider_goes_back_here() {
    let (service, provider) = quiet();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let token = service.link_of(&claim);
    let page = service.is_sent(&token, None);
    service.comes_back(&provider.presses(&page, "pay"));
    let payment = provider.payment(&page);
    provider.does("/v1/refunds", "a", &json!({"payment": payment, "amount": eur(2_500)}));
    for _ in 0..3 {
        service.is_told(&provider, &about(&page));
    }
    assert_eq!(service.open_balance("cus_1"), 2_500);
    let holds = service.receivable(&claim)["holds"].clone();
    assert_eq!(holds, json!([{"reason": "manual_pause", "until": null}]), "somebody looks before anybody is reminded");
    let dispute = json!({"payment": payment, "amount": 7_500, "evidence_until": "2026-12-01"});
    provider.does("/v1/disputes", "b", &dispute);
    for _ in 0..3 {
        service.is_told(&provider, &about(&page));
    }
    assert_eq!(service.open_balance("cus_1"), 10_000);
    provider.does("/v1/disputes", "c", &json!({"payment": payment, "amount": 7_500, "evidence_until": "2026-12-01", "outcome": "won"}));
    for _ in 0..3 {
        service.is_told(&provider, &about(&page));
    }
    assert_eq!(service.open_balance("cus_1"), 2_500);
    for kind in ["RefundGranted", "RefundSettled", "ChargebackOpened", "ChargebackWon", "PaymentSettled"] {
        assert_eq!(service.count(&format!("SELECT count(*) FROM events WHERE type = '{kind}'")), 1, "{kind}");
    }
}

#[test]
fn a_refund_that_is_granted_here_is_paid_out_there_once() {
    let (service, mut provider) = quiet();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let token = service.link_of(&claim);
    let page = service.is_sent(&token, None);
    let payment = service.comes_back(&provider.presses(&page, "pay"))["payment"]["payment"].clone();
    service.done(&format!("/v1/receivables/{claim}/credit-notes"), json!({"amount": eur(4_000), "reason": "return"}));
    let grants = |minor: i64, key: &str| {
        let refund = json!({"payment": payment, "amount": eur(minor)}).to_string();
        let answer = service.client.post_with("/v1/refunds", &refund, &[("idempotency-key", key)]);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["refund"].as_str().unwrap().to_owned()
    };
    let state = |refund: &str| -> String {
        service.sql().query_row("SELECT state FROM refunds WHERE refund_id = ?1", [refund], |row| row.get(0)).unwrap()
    };
    let back = |provider: &Provider| provider.checkouts()[0]["payment"]["refunded"].as_i64().unwrap();
    let first = grants(3_000, "a");
    provider.dies();
    service.looks_after_payments();
    assert_eq!((state(&first).as_str(), service.count("SELECT count(*) FROM pay_refunds")), ("granted", 0), "surely nothing was done");
    provider.comes_back(PROVIDER);
    for _ in 0..3 {
        service.looks_after_payments();
    }
    assert_eq!((state(&first).as_str(), back(&provider)), ("settled", 3_000));
    service.is_told(&provider, &about(&page));
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'RefundGranted'"), 1, "what went back there is this one");
    // As it stands when it was killed between the asking and the writing down: asked again, it goes back once.
    let second = grants(500, "b");
    service.looks_after_payments();
    service.sql().execute("UPDATE refunds SET state = 'granted' WHERE refund_id = ?1", [&second]).unwrap();
    service.looks_after_payments();
    assert_eq!(back(&provider), 3_500);
    service.sql().execute("UPDATE refunds SET state = 'settled' WHERE refund_id = ?1", [&second]).unwrap();
    // More than the provider has: it stays here.
    provider.does("/v1/disputes", "c", &json!({"payment": provider.payment(&page), "amount": 6_500, "evidence_until": "2026-12-01"}));
    let third = grants(500, "d");
    service.looks_after_payments();
    assert_eq!((state(&third).as_str(), back(&provider)), ("failed", 3_500));
}

#[test]
fn the_page_without_a_script_has_a_button_that_leads_to_the_provider_and_back() {
    let (service, provider) = quiet();
    let token = service.link_of(&service.claim("cus_1", "1", 10_000).0);
    let page = |path: &str| service.client.send("GET", path, &[], b"");
    let shown = page(&format!("/pay/{token}"));
    let policy = shown.header("content-security-policy").unwrap();
    assert!(policy.contains(&format!("form-action 'self' http://{};", provider.address)), "{policy}");
    assert!(shown.text().contains("Mit Karte zahlen") && shown.text().contains(&format!("action=\"../pay/{token}/payments\"")));
    assert!(page(&format!("/m/{token}")).text().contains("Mit Karte zahlen"));
    let presses = |body: &str| {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let answer = service.client.send("POST", &format!("/pay/{token}/payments"), &headers, body.as_bytes());
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").unwrap().to_owned()
    };
    let back = format!("../{token}");
    for stale in ["method=card&minor=10001&currency=EUR", "method=card&minor=0&currency=EUR", "method=pigeon", "", "minor=%FF"] {
        assert_eq!(presses(stale), back, "{stale}: the page says what is owed");
    }
    let unknown =
        service.client.send("POST", "/pay/0000%0A0/payments", &[("content-type", "application/x-www-form-urlencoded")], b"method=card");
    assert_eq!((unknown.status, unknown.text().contains("Diesen Link gibt es nicht")), (404, true));
    assert_eq!(service.on_their_way(), 0);
    let provider_page = presses("method=card&minor=10000&currency=EUR");
    assert_eq!(presses("method=card&minor=10000&currency=EUR"), provider_page, "twice");
    service.comes_back(&provider.presses(&provider_page, "decline"));
    assert!(page(&format!("/pay/{token}")).text().contains("Die Zahlung ist nicht zustande gekommen"));
    service.comes_back(&provider.presses(&presses("method=card"), "pay"));
    let paid = page(&format!("/pay/{token}")).text();
    assert!(paid.contains("Alles bezahlt.") && !paid.contains("<form"), "{paid}");
}
