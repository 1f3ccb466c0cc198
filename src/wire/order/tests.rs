use super::*;
use crate::policy::examine;
use tresen_core::facts::known;

const POLICY: &str = r#"{
  "format": 1, "name": "p", "market": "DE", "currency": "EUR", "merchant": {"name": "M", "size": "small"},
  "facts": {"custom.note": {"type": "text", "visibility": "client"}, "custom.tier": {"type": "integer", "visibility": "server"}},
  "rules": [{"id": "gifts", "when": {"fact": "cart.categories", "operator": "contains", "value": "gift_card"}, "withhold": "credit", "reason": "goods.excluded"}],
  "methods": [{"id": "rechnung", "kind": "invoice"}, {"id": "vorkasse", "kind": "prepayment"}]
}"#;

/// Everything that a line can say; keys by the alphabet, so that both ways meet strange texts in the same order
const FULL: &str = concat!(
    r#"{"facts": {"billing.country": "DE", "cart.categories": ["vase", "gift_card", "cup", "vase"], "cart.digital_only": false, "#,
    r#""cart.total": {"currency": "EUR", "minor": 12590}, "custom.note": "cup", "custom.tier": 3, "customer.birth_date": "1984-02-29", "#,
    r#""customer.kind": "company", "history.paid_on_time": 14}, "margin": "0.35", "#,
    r#""outcome": {"lost": {"minor": 500, "currency": "EUR"}, "method": "rechnung", "paid": "late"}, "today": "2026-11-21"}"#
);

fn policy() -> Policy {
    let examined = examine(POLICY.as_bytes()).unwrap();
    assert!(examined.built.is_some(), "{:?}", examined.diagnostics);
    examined.built.unwrap().0
}

fn today() -> Date {
    Date::parse("2026-11-01").unwrap()
}

/// Reads a line both ways and holds one against the other
fn read(reader: &Reader<'_>, line: &[u8]) -> (Result<(Order, Facts), Vec<Diagnostic>>, bool) {
    let (mut one, mut other) = (Facts::new(), Facts::new());
    let fast = reader.fast(line, &mut one).map(|order| (order, one));
    let thorough = reader.thorough(line, &mut other).map(|order| (order, other));
    let is_fast = fast.is_some();
    if let Some(fast) = fast {
        assert_eq!(Ok(fast), thorough, "{}", String::from_utf8_lossy(line));
    }
    (thorough, is_fast)
}

fn codes(line: &str) -> Vec<(&'static str, String)> {
    let policy = policy();
    let problems = read(&Reader::new(&policy, today(), &[]), line.as_bytes()).0.unwrap_err();
    for problem in &problems {
        assert!(!problem.help.is_empty() && !problem.message.ends_with('.'), "{problem:?}");
    }
    problems.into_iter().map(|problem| (problem.code, problem.at)).collect()
}

#[test]
fn a_line_says_what_was_known_how_it_was_paid_and_what_it_earned() {
    let policy = policy();
    let (read, is_fast) = read(&Reader::new(&policy, today(), &[]), FULL.as_bytes());
    let (order, facts) = read.unwrap();
    let outcome = Outcome { bought: Bought::WithCreditRisk, paid: Paid::Late, lost: Some(500) };
    let margin = Margin::Share(Rate::parse("0.35").unwrap());
    assert_eq!(order, Order { today: Date::parse("2026-11-21").unwrap(), outcome: Some(outcome), margin: Some(margin) });
    assert_eq!(facts.get(known::CART_TOTAL), Some(12_590));
    assert!(is_fast);
}

#[test]
fn both_ways_agree_on_a_line_whatever_letter_of_it_is_changed_left_out_or_put_in() {
    let policy = policy();
    let reader = Reader::new(&policy, today(), &[]);
    let mut taken = 0;
    for place in 0..FULL.len() {
        for letter in br#" "{}[]:,.\0919-aeEn_~"#.iter().chain(b"\n\xff") {
            let mut changed = FULL.as_bytes().to_vec();
            changed[place] = *letter;
            let mut longer = FULL.as_bytes().to_vec();
            longer.insert(place, *letter);
            let mut shorter = FULL.as_bytes().to_vec();
            shorter.remove(place);
            for line in [changed, longer, shorter] {
                // What is not taken fast is read the other way alone.
                if reader.fast(&line, &mut Facts::new()).is_some() {
                    taken += usize::from(read(&reader, &line).1);
                }
            }
        }
    }
    // Many changes leave an order: other digits, other texts, white space.
    assert!(taken > 2_000, "{taken}");
}

#[test]
fn facts_alone_are_an_order_too_and_today_is_the_day_that_was_named() {
    let policy = policy();
    let reader = Reader::new(&policy, today(), &[]);
    let (alone, is_fast) = read(&reader, br#"{"cart.total": {"minor": 5, "currency": "EUR"}}"#);
    assert_eq!(alone.unwrap().0, Order { today: today(), outcome: None, margin: None });
    assert!(is_fast);
    assert!(read(&reader, b"{}").0.is_ok() && read(&reader, b"\xef\xbb\xbf{}").0.is_ok());
}

#[test]
fn what_it_was_bought_with_is_a_method_of_the_policy_or_a_kind() {
    let policy = policy();
    for (method, bought) in [
        ("rechnung", Bought::WithCreditRisk),
        ("vorkasse", Bought::WithoutCreditRisk),
        ("sepa_debit", Bought::WithCreditRisk),
        ("card", Bought::WithoutCreditRisk),
        ("barter", Bought::Unknown),
    ] {
        let line = format!(r#"{{"facts": {{}}, "outcome": {{"paid": "unpaid", "method": "{method}"}}}}"#);
        let order = read(&Reader::new(&policy, today(), &[]), line.as_bytes()).0.unwrap().0;
        assert_eq!(order.outcome.map(|outcome| outcome.bought), Some(bought), "{method}");
    }
}

#[test]
fn facts_that_only_another_policy_declares_are_passed_over() {
    let policy = policy();
    let line = br#"{"facts": {"cart.item_count": 2, "custom.club": {"any": ["thing"]}}}"#;
    let other = ["custom.club".to_owned()];
    let (read_over, is_fast) = read(&Reader::new(&policy, today(), &other), line);
    assert!(is_fast);
    assert_eq!(read_over.unwrap().1.get(known::CART_ITEM_COUNT), Some(2));
    let refused = read(&Reader::new(&policy, today(), &[]), line).0.unwrap_err();
    assert_eq!(refused[0].code, "fact.unknown");
}

#[test]
fn a_key_that_stands_twice_is_told_wherever_it_stands() {
    for (line, at) in [
        (r#"{"facts": {}, "facts": {}}"#, "/facts"),
        (r#"{"facts": {"cart.item_count": 1, "cart.item_count": 2}}"#, "/facts/cart.item_count"),
        (r#"{"cart.item_count": 1, "cart.item_count": 2}"#, "/cart.item_count"),
        (r#"{"facts": {"cart.total": {"minor": 1, "currency": "EUR", "minor": 2}}}"#, "/facts/cart.total/minor"),
        (r#"{"facts": {}, "today": "2026-11-21", "today": "2026-11-22"}"#, "/today"),
        (r#"{"facts": {}, "margin": "0.1", "margin": "0.2"}"#, "/margin"),
        (r#"{"facts": {}, "outcome": {"paid": "late"}, "outcome": {"paid": "unpaid"}}"#, "/outcome"),
        (r#"{"facts": {}, "outcome": {"paid": "late", "paid": "unpaid"}}"#, "/outcome/paid"),
        (
            r#"{"facts": {}, "outcome": {"paid": "late", "lost": {"minor": 1, "currency": "EUR", "currency": "EUR"}}}"#,
            "/outcome/lost/currency",
        ),
    ] {
        assert_eq!(codes(line), [("json.duplicate_key", at.to_owned())], "{line}");
    }
}

#[test]
fn every_mistake_of_a_line_is_told_with_its_place() {
    let facts = r#""facts": {"cart.item_count": -1}"#;
    let told = |line: &str, expected: &[(&str, &str)]| {
        let expected: Vec<(&str, String)> = expected.iter().map(|(code, at)| (*code, (*at).to_owned())).collect();
        assert_eq!(codes(line), expected, "{line}");
    };
    told(
        &format!(r#"{{{facts}, "outcome": {{"paid": "ontime", "lost": {{"minor": 1, "currency": "USD"}}, "why": 1}}, "margin": 0.35}}"#),
        &[
            ("fact.range", "/facts/cart.item_count"),
            ("json.key_unknown", "/outcome/why"),
            ("order.paid.unknown", "/outcome/paid"),
            ("order.currency", "/outcome/lost/currency"),
            ("order.margin", "/margin"),
        ],
    );
    told(r#"{"facts": {}, "outcome": "on_time"}"#, &[("order.type", "/outcome")]);
    told(r#"{"facts": {}, "outcome": {}}"#, &[("order.paid.missing", "/outcome")]);
    told(r#"{"facts": {}, "outcome": {"paid": true, "method": 3}}"#, &[("order.type", "/outcome/paid"), ("order.type", "/outcome/method")]);
    told(
        r#"{"facts": {}, "outcome": {"paid": "on_time", "lost": {"minor": 1, "currency": "EUR"}}}"#,
        &[("order.lost.unexpected", "/outcome/lost")],
    );
    told(
        r#"{"facts": {}, "outcome": {"paid": "unpaid", "lost": {"minor": -1, "currency": "EUR"}}}"#,
        &[("order.lost.negative", "/outcome/lost/minor")],
    );
    told(r#"{"facts": {}, "margin": {"minor": 1.5, "currency": "EUR"}}"#, &[("order.amount", "/margin")]);
    told(r#"{"facts": {}, "margin": "1.5"}"#, &[("order.margin", "/margin")]);
    told(r#"{"facts": {}, "day": "2026-11-21"}"#, &[("json.key_unknown", "/day")]);
    told(r#"{"facts": {}, "today": "21.11.2026"}"#, &[("fact.date_malformed", "/today")]);
    told(r#"{"facts": []}"#, &[("fact.type", "/facts")]);
    told("[]", &[("fact.type", "")]);
    told(r#"{"facts": {}"#, &[("json.malformed", "")]);
}
