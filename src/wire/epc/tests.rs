use super::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    name: String,
    payload: String,
    expect: String,
}

fn cases() -> Vec<Case> {
    include_str!("../../../tests/corpus/payments/epc.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_published_codes_and_their_neighbours_are_read_as_they_should() {
    let cases = cases();
    assert!(cases.len() > 35, "{}", cases.len());
    for Case { name, payload, expect } in cases {
        let read = Transfer::read(&payload).map_or_else(NoEpc::code, |_| "read");
        assert_eq!(read, expect, "{name}");
    }
}

#[test]
fn what_is_written_is_read_back() {
    let mut written = 0;
    for Case { name, payload, .. } in cases() {
        let Ok(transfer) = Transfer::read(&payload) else { continue };
        let text = transfer.write().unwrap();
        assert_eq!(Transfer::read(&text), Ok(transfer), "{name}");
        assert!(text.starts_with("BCD\n002\n1\nSCT\n") && !text.ends_with('\n'), "{name}");
        written += 1;
    }
    assert!(written > 8, "{written}");
}

#[test]
fn an_official_example_is_written_but_for_its_version_and_the_second_digit_of_its_amount() {
    let official = cases().into_iter().find(|case| case.name == "official-v1").unwrap().payload;
    let written = Transfer::read(&official).unwrap().write().unwrap();
    assert_eq!(written, official.replace("\n001\n", "\n002\n").replace("EUR12.3", "EUR12.30"));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let good = Transfer { name: "Musterladen GmbH".into(), iban: "DE89370400440532013000".into(), cents: Some(1), ..Transfer::default() };
    assert_eq!(good.write().unwrap(), "BCD\n002\n1\nSCT\n\nMusterladen GmbH\nDE89370400440532013000\nEUR0.01");
    let wrong = |change: fn(&mut Transfer)| {
        let mut transfer = good.clone();
        change(&mut transfer);
        transfer.write().unwrap_err()
    };
    assert_eq!(wrong(|transfer| transfer.name = "Laden\nBCD".into()), NoEpc::Name);
    assert_eq!(wrong(|transfer| transfer.iban = "DE89 3704 0044 0532 0130 00".into()), NoEpc::Iban);
    assert_eq!(wrong(|transfer| transfer.cents = Some(0)), NoEpc::Amount);
    assert_eq!(wrong(|transfer| transfer.remittance = Some(Remittance::Text(String::new()))), NoEpc::Remittance);
    let francs = Money::parse("1.00 CHF").unwrap();
    assert_eq!(cents(francs), Err(NoEpc::Amount));
}
