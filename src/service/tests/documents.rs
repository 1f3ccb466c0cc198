//! What there is to keep in an account: found, read as text and as PDF, by nobody else.

use crate::common::collection::{advance, contacts, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::eur;
use crate::common::steps::Shopper as _;
use crate::common::{Answer, Service};
use crate::items::orders;
use serde_json::{Value, json};

fn listed(service: &Service, token: &str) -> Vec<(String, String, String)> {
    let word = |document: &Value, key: &str| document[key].as_str().unwrap().to_owned();
    let view = service.sees(token);
    view["documents"].as_array().unwrap().iter().map(|one| (word(one, "kind"), word(one, "name"), word(one, "url"))).collect()
}

fn kinds(listed: &[(String, String, String)]) -> Vec<&str> {
    listed.iter().map(|(kind, _, _)| kind.as_str()).collect()
}

fn read(service: &Service, url: &str) -> Answer {
    service.client.send("GET", url, &[], b"")
}

/// Greta's order of the items, with her access
fn greta() -> (Service, String, String) {
    let service = Service::start();
    letterhead(&service);
    let claim = orders(&service, "order-1");
    let token = service.access("greta", &json!({"minutes": 1440}));
    (service, claim, token)
}

#[test]
fn a_statement_says_what_was_bought_and_its_sums_are_the_ledgers() {
    let (service, claim, token) = greta();
    service.comes(&with(told("a", 6_350), "customer", "greta"));
    service.does(&format!("/v1/receivables/{claim}/credit-notes"), json!({"amount": eur(1_000), "reason": "goodwill"}));
    let found = listed(&service, &token);
    assert_eq!(kinds(&found), ["payment", "statement"]);
    let (_, name, url) = &found[1];
    let answer = read(&service, url);
    assert_eq!((name.as_str(), answer.status), ("Aufstellung zur Bestellung order-1", 200));
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    let reference = service.sees(&token)["claims"][0]["reference"].as_str().unwrap().to_owned();
    let text = answer.text().replace('\u{a0}', " ");
    let expected = [
        "Stand: 21. November 2026. Die Rechnung selbst kommt von Kiesel & Lein; diese Aufstellung ersetzt sie nicht.",
        &format!("Bestellt am\t21. November 2026\nZu zahlen bis\t7. Dezember 2026\nVerwendungszweck\t{reference}"),
        "2 × Wolldecke „Moor“\t140,01 €\nBecher „Förde“\t23,59 €\nVersand\t4,90 €\nWillkommen\t−5,00 €\nVereinbart\t163,50 €\n\
         Bezahlt\t−63,50 €\nGutgeschrieben\t−10,00 €\nNoch offen\t90,00 €",
    ];
    assert_eq!(text, expected.join("\n\n"));
    let paid = read(&service, &found[0].2).text().replace('\u{a0}', " ");
    assert!(
        paid.starts_with(
            "Am 21. November 2026 sind 63,50 € eingegangen.\n\nFür die Bestellung order-1\t63,50 €\n\nNummer der Zahlung: pay_"
        )
    );
    service.gets(&token, "noted", &json!({"kind": "dispute", "receivable": claim, "reason": "defective", "amount": eur(100)}));
    let text = read(&service, url).text();
    assert!(text.contains("Noch offen\t") && !text.contains("Zu zahlen bis"), "nobody asks for it at present: {text}");
}

#[test]
fn what_was_sent_is_there_word_for_word_and_what_was_not_is_not() {
    let (service, claim, token) = greta();
    advance(&service, 14);
    let note = contacts(&service).into_iter().next();
    assert!(note.is_some(), "a note before the day");
    let token = {
        assert_eq!(service.looks(&token).status, 410);
        service.access("greta", &json!({"minutes": 1440}))
    };
    service.gets(&token, "noted", &json!({"kind": "message", "text": "Wann kommt der Becher?"}));
    let found = listed(&service, &token);
    assert_eq!(kinds(&found), ["message", "note", "statement"], "the newest first");
    assert_eq!(found[1].1.split(',').next(), Some("Hinweis vorab"));
    let mails = service.client.messages();
    let sent = |of: usize| mails[of]["text"].as_str().unwrap().to_owned();
    assert_eq!(read(&service, &found[0].2).text(), sent(0));
    let words = |text: String| text.split_whitespace().filter(|word| !word.starts_with("--")).map(str::to_owned).collect::<Vec<_>>();
    let note = read(&service, &found[1].2).text();
    assert!(note.contains("\nNoch zu zahlen\t"), "what stood in columns is rows: {note}");
    assert_eq!(words(note), words(sent(1)));
    // What came back is nothing that anybody has.
    service.sql().execute("UPDATE contacts SET state = 'bounced'", []).unwrap();
    assert_eq!(kinds(&listed(&service, &token)), ["message", "statement"]);
    assert_eq!(read(&service, &found[1].2).code(), "document.unknown");
    assert!(claim.starts_with("rcv_"));
}

#[test]
fn every_document_is_a_pdf_for_whoever_wants_one() {
    let (service, _, token) = greta();
    service.comes(&with(told("a", 16_350), "customer", "greta"));
    service.gets(&token, "noted", &json!({"kind": "message", "text": "Danke"}));
    let found = listed(&service, &token);
    assert_eq!(found.len(), 3);
    for (kind, _, url) in &found {
        let answer = read(&service, &format!("{url}?as=pdf"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")), "{kind}");
        let kept = answer.header("content-disposition").unwrap();
        assert!(kept.starts_with("attachment; filename=\"document.pdf\"; filename*=UTF-8''") && kept.ends_with(".pdf"), "{kept}");
        assert!(!kept.contains("%C2%A0") && !kept.contains("%E2%80%AF"), "spaces that do not break are none in a file's name: {kept}");
        assert!(answer.bytes.starts_with(b"%PDF-") && answer.bytes.ends_with(b"%%EOF"), "{kind}");
        let accepted = service.client.send("GET", url, &[("accept", "application/pdf, text/plain;q=0.5")], b"");
        assert_eq!(accepted.bytes, answer.bytes, "{kind}: the same bytes every time");
        for (header, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex")] {
            assert_eq!(answer.header(header), Some(value), "{kind}");
        }
        let text = service.client.send("GET", url, &[("accept", "text/plain, application/pdf")], b"");
        assert_eq!(text.header("content-type"), Some("text/plain; charset=utf-8"), "{kind}");
        for query in ["as=doc", "as=pdf&as=pdf", "pdf"] {
            assert_eq!(read(&service, &format!("{url}?{query}")).code(), "query.unknown");
        }
    }
    service.gets(&token, "noted", &json!({"kind": "message", "text": "請等一下"}));
    let of_it = |(_, _, url): &(String, String, String)| read(&service, url).text().contains("請等一下");
    let (_, _, url) = listed(&service, &token).into_iter().find(of_it).unwrap();
    assert_eq!(read(&service, &format!("{url}?as=pdf")).code(), "document.no_pdf");
}

#[test]
fn nobody_reads_the_documents_of_another() {
    let (service, claim, token) = greta();
    service.comes(&with(told("a", 6_350), "customer", "greta"));
    service.gets(&token, "noted", &json!({"kind": "message", "text": "Danke"}));
    owes(&service, "oskar", "order-2", 2_000);
    let other = service.access("oskar", &json!({}));
    let mut urls: Vec<String> = listed(&service, &token).into_iter().map(|(_, _, url)| url).collect();
    assert_eq!(urls.len(), 3);
    urls.extend(["rcv_0", "doc", "pay_0"].map(|id| format!("/v1/accounts/{token}/documents/{id}")));
    for url in &urls {
        let foreign = url.replace(&token, &other);
        for path in [foreign.clone(), format!("{foreign}?as=pdf")] {
            let answer = read(&service, &path);
            assert_eq!((answer.status, answer.code().as_str()), (404, "document.unknown"), "{path}");
        }
    }
    let link = service.client.post(&format!("/v1/receivables/{claim}/paylink"), "").json();
    let bare = read(&service, &urls[0].replace(&token, link["token"].as_str().unwrap()));
    assert_eq!(bare.code(), "account.unknown", "a pay link is no access");
}
