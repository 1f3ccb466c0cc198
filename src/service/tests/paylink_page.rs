//! The page behind a pay link, as a browser without a script gets it.

use crate::common::shop::{Order, POLICY};
use crate::common::{Answer, Service};
use serde_json::{Value, json};

fn shop(own: Option<Value>) -> Service {
    let service = Service::start();
    let mut policy: Value = serde_json::from_str(POLICY).unwrap();
    policy["merchant"]["name"] = "Kiesel <b>& Lein".into();
    policy["merchant"]["imprint"] = json!({"creditor": "K", "street": "Musterkai 7", "postcode": "24103", "city": "Kiel",
        "website": "kiesel-lein.example", "email": "hallo@kiesel-lein.example", "phone": "0431 000 000",
        "hours": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "from": "08:00", "until": "20:00"}]});
    policy["merchant"]["account"] = json!({"holder": "Kiesel & Lein GmbH", "iban": "DE89370400440532013000"});
    if let Some(own) = own {
        policy["merchant"]["pay_page"] = own;
    }
    let answer = service.client.post("/v1/policies", &policy.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
    service
}

fn page(service: &Service, locale: &str, form: &str) -> Answer {
    let session =
        service.client.session(&json!({"customer": {"reference": "cus_7391", "signed_in": true}, "locale": locale, "address_form": form}));
    let claim = service.client.confirmed(&session, &Order::new("order-5512", "invoice", 16_840))["receivable"]["id"].clone();
    let issued = service.client.post(&format!("/v1/receivables/{}/paylink", claim.as_str().unwrap()), "").json();
    let answer = service.client.send("GET", issued["url"].as_str().unwrap(), &[], b"");
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

#[test]
fn everything_that_is_needed_to_pay_stands_there_without_a_script() {
    let service = shop(None);
    let answer = page(&service, "de", "sie");
    let text = answer.text();
    for said in [
        "168,40\u{a0}€",
        "DE89 3704 0044 0532 0130 00",
        "RF",
        "Ohne Zusatzkosten bis <b>Montag, 7.\u{a0}Dezember</b>",
        "tel:0431000000",
        "Mo–Sa 8–20 Uhr · jetzt erreichbar, bis 20 Uhr",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("<script") && text.contains("Kiesel &lt;b&gt;&amp; Lein") && !text.contains("Kiesel <b>"));
    for personal in ["cus_7391", "order-5512", "Decke", "rcv_"] {
        assert!(!text.contains(personal), "{personal}");
    }
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert!(answer.header("content-security-policy").unwrap().contains("default-src 'none'"));
    assert_eq!(service.client.send("GET", "/pay/pay.css", &[], b"").header("content-type"), Some("text/css; charset=utf-8"));
}

#[test]
fn it_speaks_as_the_customer_was_spoken_to_and_brings_what_the_policy_names() {
    let service = shop(Some(json!({"script": "/pay/account.js", "stylesheet": "/pay/brand.css?a\"b"})));
    let du = page(&service, "de-AT", "du").text();
    assert!(du.contains("Deine Rechnung bei") && du.contains("src=\"/pay/account.js\"") && du.contains("brand.css?a&quot;b"), "{du}");
    assert!(du.contains("href=\"../v1/paylinks/"), "{du}");
    for early in ["/pay/account.wasm", "/pay/locales/account/de-du.json"] {
        assert!(du.contains(&format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{early}\">")), "{early}: {du}");
    }
    let name = "Kiesel &lt;b&gt;&amp; Lein</a>";
    assert!(du.contains(&format!("<h1 class=\"mark\"><a href=\"https://kiesel-lein.example\">{name}</h1>")), "{du}");
    let service = shop(Some(json!({"script": "/assets/account.4f.js", "stylesheet": "/pay/brand.css", "home": "/?a=\"b"})));
    let named = page(&service, "en", "sie").text();
    assert!(named.contains(&format!("<h1 class=\"mark\"><a href=\"/?a=&quot;b\">{name}</h1>")), "{named}");
    assert!(!named.contains("class=\"back\""), "whoever pays is not led away");
    assert!(
        named.contains("src=\"/assets/account.4f.js\"") && !named.contains(".wasm") && !named.contains("locales/"),
        "what it lies beside is not known: {named}"
    );
    let service = shop(None);
    let french = page(&service, "fr", "sie").text();
    assert!(french.contains("€168.40") && french.contains("Mon–Sat, 8 am–8 pm") && !french.contains("preload"));
}

#[test]
fn what_is_no_link_is_a_page_too() {
    let service = shop(None);
    let german = service.client.send("GET", "/pay/0000000000000000", &[], b"");
    assert_eq!((german.status, german.text().contains("Diesen Link gibt es nicht")), (404, true));
    let english = service.client.send("GET", "/pay/x", &[("accept-language", "en-GB,en;q=0.9")], b"");
    assert_eq!((english.status, english.text().contains("There is no such link")), (404, true));
    let french = service.client.send("GET", "/pay/x", &[("accept-language", "fr-FR,fr;q=0.9")], b"").text();
    assert!(french.contains("<html lang=\"fr\">") && french.contains("Ce lien n’existe pas"), "{french}");
}
