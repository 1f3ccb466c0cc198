//! What does not add up is not written.

use crate::particulars;
use serde_json::json;

fn euros(minor: i64) -> serde_json::Value {
    json!({"minor": minor, "currency": "EUR"})
}

fn codes(of: &str, patch: &serde_json::Value) -> Vec<String> {
    match particulars(of, patch) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(|mistake| format!("{} {}", mistake.code, mistake.at)).collect(),
    }
}

#[test]
fn one_cent_more_or_less_is_refused() {
    for (total, expected) in [(5_899, &["message.sum /total"][..]), (5_900, &[]), (5_901, &["message.sum /total"])] {
        assert_eq!(codes("one", &json!({"total": euros(total)})), expected, "{total}");
    }
    let claim = |open: i64| {
        let mut facts: serde_json::Value = serde_json::from_str(&crate::corpus("particulars/one.json")).unwrap();
        facts["claims"][0]["open"] = euros(open);
        json!({"claims": facts["claims"], "total": euros(open)})
    };
    assert_eq!(codes("one", &claim(5_900)), [""; 0]);
    assert_eq!(codes("one", &claim(5_901)), ["message.sum /claims/0/open"]);
    let plan = |last: i64| {
        json!({"term": null, "occasion": {"kind": "plan", "rates": [
            {"due": "2026-12-01", "amount": euros(3_000)}, {"due": "2027-01-04", "amount": euros(last)}]}})
    };
    assert_eq!(codes("one", &plan(2_900)), [""; 0]);
    assert_eq!(codes("one", &plan(2_899)), ["message.sum /occasion/rates"]);
}

#[test]
fn what_an_occasion_needs_is_asked_for_all_at_once() {
    let nothing = json!({"term": null, "ways": null, "by_letter": true, "person": {"address": []}});
    assert_eq!(
        codes("one", &nothing),
        ["message.address.missing /person/address", "message.ways.none /ways", "message.term.missing /term"]
    );
    for (patch, expected) in [
        (json!({"term": "2026-11-19"}), ""),
        (json!({"term": "2026-11-18"}), "message.term.past /term"),
        (json!({"default_from": "2026-11-26"}), ""),
        (json!({"default_from": "2026-11-25"}), "message.default.early /default_from"),
        (json!({"default_from": "2026-11-26", "today": "2026-11-17"}), ""),
        (json!({"default_from": "2026-11-26", "today": "2026-11-16"}), "message.default.early /default_from"),
        (json!({"occasion": {"kind": "firm", "hand_over": {"on": "2026-11-26"}}}), ""),
        (json!({"occasion": {"kind": "firm", "hand_over": {"on": "2026-11-25"}}}), "message.hand_over.day /occasion/hand_over"),
        (
            json!({"occasion": {"kind": "rate", "number": 4, "of": 3, "amount": euros(100), "due": "2026-11-25"}}),
            "message.rate.range /occasion",
        ),
        (json!({"occasion": {"kind": "rate", "number": 3, "of": 3, "amount": euros(5_900), "due": "2026-11-25"}}), ""),
        (
            json!({"occasion": {"kind": "rate", "number": 3, "of": 3, "amount": euros(5_901), "due": "2026-11-25"}}),
            "message.rate.range /occasion",
        ),
        (
            json!({"claims": [], "total": euros(0), "occasion": {"kind": "dispute", "received_on": "2026-11-19", "answer_by": "2026-11-30"}}),
            "message.claims.none /claims",
        ),
        (json!({"total": {"minor": 5900, "currency": "CHF"}}), "message.currency.mixed /claims/0/open"),
        (json!({"occasion": {"kind": "thanks", "received_on": "2026-11-12", "paid": euros(0)}}), "message.amount.sign /occasion"),
        (json!({"ways": {"transfer": {"iban": "DE88 3704 0044 0532 0130 00"}}}), "iban.check_digits /ways/transfer/iban"),
        (json!({"ways": {"transfer": {"reference": "RF82 2026 1041"}}}), "reference.check_digits /ways/transfer/reference"),
        (json!({"term": "25.11.2026"}), "message.date.malformed /term"),
        (
            json!({"sender": {"hours": [{"days": ["mon", "mon"], "from": "08:00", "until": "20:00"}]}}),
            "message.hours.malformed /sender/hours",
        ),
        (json!({"sender": {"accent": "rot"}}), "message.colour.malformed /sender/accent"),
    ] {
        let found = codes("one", &patch);
        assert!(if expected.is_empty() { found.is_empty() } else { found.iter().any(|code| code == expected) }, "{patch}: {found:?}");
    }
}
