use super::*;

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

#[test]
fn reads_and_writes_with_the_digits_of_the_currency() {
    for (text, minor) in [
        ("12.50 EUR", 1250),
        ("12.5 EUR", 1250),
        ("-0.01 EUR", -1),
        ("100 JPY", 100),
        ("0.125 KWD", 125),
        ("0 EUR", 0),
        ("90071992547409.91 EUR", MINOR_MAX),
    ] {
        assert_eq!(money(text).minor(), minor, "{text}");
        assert_eq!(Money::parse(&money(text).to_plain()), Ok(money(text)));
    }
    assert_eq!(money("12.5 EUR").to_plain(), "12.50 EUR");
    assert_eq!(money("-0.05 EUR").to_plain(), "-0.05 EUR");
}

#[test]
fn a_currency_of_a_policy_is_the_one_of_the_list() {
    for (code, digits) in [(*b"EUR", 2), (*b"JPY", 0), (*b"KWD", 3)] {
        assert_eq!(Some(Currency::of_policy(code, digits)), Currency::from_bytes(code));
    }
}

#[test]
fn refuses_with_the_reason() {
    for (text, error) in [
        ("12,50 EUR", MoneyError::Malformed),
        ("12.50", MoneyError::Malformed),
        ("12.50EUR", MoneyError::Malformed),
        ("12.50 eur", MoneyError::Malformed),
        ("12. EUR", MoneyError::Malformed),
        (".5 EUR", MoneyError::Malformed),
        ("1 2 EUR", MoneyError::Malformed),
        ("+1 EUR", MoneyError::Malformed),
        ("1e3 EUR", MoneyError::Malformed),
        ("12.501 EUR", MoneyError::TooPrecise { digits: 2 }),
        ("0.1 JPY", MoneyError::TooPrecise { digits: 0 }),
        ("1.0000 KWD", MoneyError::TooPrecise { digits: 3 }),
        ("1.00 BGN", MoneyError::UnknownCurrency),
        ("1.00 XAU", MoneyError::UnknownCurrency),
        ("90071992547409.92 EUR", MoneyError::OutOfRange),
        ("99999999999999999999 EUR", MoneyError::OutOfRange),
    ] {
        assert_eq!(Money::parse(text), Err(error), "{text}");
    }
}

#[test]
fn sums_are_exact_and_stay_in_one_currency() {
    assert_eq!(money("0.10 EUR").plus(money("0.20 EUR")), Ok(money("0.30 EUR")));
    assert_eq!(money("1.00 EUR").minus(money("1.01 EUR")), Ok(money("-0.01 EUR")));
    assert_eq!(money("1.00 EUR").plus(money("1.00 CHF")), Err(MoneyError::CurrencyMismatch));
    assert_eq!(money("90071992547409.91 EUR").plus(money("0.01 EUR")), Err(MoneyError::OutOfRange));
}

#[test]
fn parts_sum_to_the_whole() {
    let parts = |text: &str, weights: &[u32]| money(text).allocate(weights).unwrap().iter().map(|part| part.minor()).collect::<Vec<_>>();
    assert_eq!(parts("99.99 EUR", &[1; 7]), [1429, 1429, 1429, 1428, 1428, 1428, 1428]);
    assert_eq!(parts("100.00 EUR", &[1; 3]), [3334, 3333, 3333]);
    assert_eq!(parts("100 JPY", &[1; 3]), [34, 33, 33]);
    assert_eq!(parts("1.000 KWD", &[1; 3]), [334, 333, 333]);
    assert_eq!(parts("-100.00 EUR", &[1; 3]), [-3334, -3333, -3333]);
    assert_eq!(parts("0.05 EUR", &[3, 0, 7]), [2, 0, 3]);
    assert_eq!(parts("90071992547409.91 EUR", &[u32::MAX, u32::MAX]), [4_503_599_627_370_496, 4_503_599_627_370_495]);
    assert_eq!(money("1.00 EUR").allocate(&[]), Err(MoneyError::NoParts));
    assert_eq!(money("1.00 EUR").allocate(&[0, 0]), Err(MoneyError::NoParts));
}

#[test]
fn writes_for_people() {
    let text = |amount: &str, style| money(amount).to_text(style);
    assert_eq!(text("1234.50 EUR", NumberStyle::German), "1.234,50\u{a0}€");
    assert_eq!(text("-0.05 EUR", NumberStyle::German), "−0,05\u{a0}€");
    assert_eq!(text("1234567.50 EUR", NumberStyle::English), "€1,234,567.50");
    assert_eq!(text("-12.00 CHF", NumberStyle::English), "−CHF\u{a0}12.00");
    assert_eq!(text("1234.50 CHF", NumberStyle::Swiss), "CHF\u{a0}1’234.50");
    assert_eq!(text("1234 JPY", NumberStyle::German), "1.234\u{a0}JPY");
    assert_eq!(text("1.234 KWD", NumberStyle::French), "1,234\u{a0}KWD");
    assert_eq!(text("999.00 EUR", NumberStyle::Dutch), "€\u{a0}999,00");
}

#[test]
fn a_language_writes_amounts_in_its_own_way() {
    let text = |name: &str, amount: &str| money(amount).to_text(NumberStyle::of_language(name.as_bytes()));
    for (name, euros) in [
        ("de", "−1.234,50\u{a0}€"),
        ("de-du", "−1.234,50\u{a0}€"),
        ("it", "−1.234,50\u{a0}€"),
        ("fr", "−1\u{202f}234,50\u{a0}€"),
        ("nl", "€\u{a0}−1.234,50"),
        ("en", "−€1,234.50"),
        ("pl", "−€1,234.50"),
        ("", "−€1,234.50"),
    ] {
        assert_eq!(text(name, "-1234.50 EUR"), euros, "{name}");
    }
    // No digits, two, three: yen, euros, Kuwaiti dinars.
    let of_three = |name: &str| ["1234567 JPY", "1234.50 EUR", "1234.567 KWD"].map(|amount| text(name, amount));
    assert_eq!(of_three("de"), ["1.234.567\u{a0}JPY", "1.234,50\u{a0}€", "1.234,567\u{a0}KWD"]);
    assert_eq!(of_three("en"), ["JPY\u{a0}1,234,567", "€1,234.50", "KWD\u{a0}1,234.567"]);
    assert_eq!(of_three("fr"), ["1\u{202f}234\u{202f}567\u{a0}JPY", "1\u{202f}234,50\u{a0}€", "1\u{202f}234,567\u{a0}KWD"]);
    assert_eq!(of_three("nl"), ["JPY\u{a0}1.234.567", "€\u{a0}1.234,50", "KWD\u{a0}1.234,567"]);
    assert_eq!(of_three("it"), of_three("de"));
}
