use super::*;
use crate::law::regime::{Regime, Why};
use crate::policy::{Condition, Fee, Kind, Provider, Term};
use alloc::string::String;
use alloc::vec::Vec;

const SMALL: Sells = Sells { seller: Seller::SmallOrMedium, offered_by_third_party: false, claim_sold: false };

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn method(kind: Kind, term: Option<(u16, TermStart)>) -> Method {
    Method {
        id: String::new(),
        kind,
        provider: Provider::NotNeeded,
        when: Condition::ALWAYS,
        reason: crate::offer::Reason::MethodCondition,
        minimum: None,
        limits: None,
        term: term.map(|(days, start)| Term { days, start }),
        fee: Fee::NONE,
        plans: Vec::new(),
        fields: Vec::new(),
        consent: String::new(),
    }
}

/// Days, regime and reasons for an order of 2026-11-26
fn found(method: &Method, facts: &Facts, last: Option<&str>, charged: bool) -> (Option<u16>, Regime, Vec<Why>) {
    let paid = Paid { last: last.map(day), charged };
    let deferral = deferral(&Policy::default(), method, facts, day("2026-11-26"), paid, SMALL);
    let finding = deferral.regime();
    (deferral.days, finding.regime, finding.reasons)
}

#[test]
fn days_count_from_the_delivery_and_from_the_order_where_none_is_known() {
    let invoice = method(Kind::Invoice, Some((60, TermStart::Order)));
    let mut facts = Facts::new();
    assert_eq!(found(&invoice, &facts, Some("2027-01-25"), false), (Some(60), Regime::ConsumerCredit, [Why::TooLong].into()));
    for (delivery, days, regime) in
        [("2026-12-05", 51, Regime::ConsumerCredit), ("2026-12-06", 50, Regime::FreeDeferral), ("2027-02-01", 0, Regime::FreeDeferral)]
    {
        facts.set(known::ORDER_EXPECTED_DELIVERY, day(delivery).days().into());
        let (found, is, _) = found(&invoice, &facts, Some("2027-01-25"), false);
        assert_eq!((found, is), (Some(days), regime), "{delivery}");
    }
    // A delivery that lies before the order says nothing about it.
    facts.set(known::ORDER_EXPECTED_DELIVERY, day("2026-11-01").days().into());
    assert_eq!(found(&invoice, &facts, Some("2027-01-25"), false).0, Some(60));
}

#[test]
fn a_term_from_delivery_lasts_its_days_whenever_the_goods_come() {
    let later = method(Kind::PayLater, Some((50, TermStart::Delivery)));
    assert_eq!(found(&later, &Facts::new(), None, false), (Some(50), Regime::FreeDeferral, [].into()));
    let mut facts = Facts::new();
    facts.set(known::ORDER_EXPECTED_DELIVERY, day("2026-12-24").days().into());
    assert_eq!(found(&later, &facts, Some("2027-02-12"), false).0, Some(50));
}

#[test]
fn without_a_term_nobody_says_when_it_ends() {
    let (days, regime, reasons) = found(&method(Kind::Invoice, None), &Facts::new(), None, false);
    assert_eq!((days, regime, reasons), (Some(u16::MAX), Regime::ConsumerCredit, [Why::TooLong].into()));
}

#[test]
fn what_is_paid_at_once_is_no_credit_and_what_a_company_owes_is_not_the_consumers_law() {
    assert_eq!(found(&method(Kind::SepaDebit, Some((14, TermStart::Order))), &Facts::new(), None, true).1, Regime::PaidAtOnce);
    let invoice = method(Kind::Invoice, Some((90, TermStart::Order)));
    for (kind, regime) in [(Some(0), Regime::ConsumerCredit), (Some(1), Regime::Business), (None, Regime::ConsumerCredit)] {
        let mut facts = Facts::new();
        facts.put(known::CUSTOMER_KIND, kind);
        assert_eq!(found(&invoice, &facts, Some("2027-02-24"), false).1, regime, "{kind:?}");
    }
}

#[test]
fn what_is_charged_for_is_credit_from_the_first_day() {
    let invoice = method(Kind::Invoice, Some((1, TermStart::Order)));
    assert_eq!(found(&invoice, &Facts::new(), Some("2026-11-27"), true), (Some(1), Regime::ConsumerCredit, [Why::Charged].into()));
}
