use super::*;
use alloc::vec;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn wanted(principal: i64, rates: u8, charge: Charge) -> Wanted {
    Wanted { principal, start: day("2026-11-21"), first: day("2026-12-21"), rates, charge, calendar: Calendar::WeekendsOnly }
}

fn amounts(plan: &Plan) -> Vec<i64> {
    plan.instalments.iter().map(|instalment| instalment.amount).collect()
}

fn due(plan: &Plan) -> Vec<alloc::string::String> {
    plan.instalments.iter().map(|instalment| instalment.due.to_iso()).collect()
}

#[test]
fn rates_sum_to_the_whole_and_the_first_ones_take_what_does_not_divide() {
    let free = |principal, rates| amounts(&Plan::new(wanted(principal, rates, Charge::Free)).unwrap());
    assert_eq!(free(9_999, 7), vec![1_429, 1_429, 1_429, 1_428, 1_428, 1_428, 1_428]);
    assert_eq!(free(10_000, 3), vec![3_334, 3_333, 3_333]);
    assert_eq!(free(100, 3), vec![34, 33, 33]);
    assert_eq!(free(1_000, 3), vec![334, 333, 333]);
}

#[test]
fn the_last_of_a_month_comes_back_after_february() {
    let plan = Plan::new(Wanted {
        start: day("2027-12-15"),
        first: day("2028-01-31"),
        calendar: Calendar::GermanyNationwide,
        ..wanted(50_000, 5, Charge::Free)
    });
    // 29 February 2028 is a Tuesday; 30 April is a Sunday, and the day after is Labour Day.
    assert_eq!(due(&plan.unwrap()), ["2028-01-31", "2028-02-29", "2028-03-31", "2028-05-02", "2028-05-31"]);
}

#[test]
fn a_fee_is_spread_and_gives_an_annual_rate() {
    let plan = Plan::new(wanted(30_000, 6, Charge::Fee(900))).unwrap();
    assert_eq!(amounts(&plan), vec![5_150; 6]);
    assert_eq!((plan.total(), plan.cost()), (30_900, 900));
    assert!(plan.instalments.iter().all(|instalment| instalment.cost == 150));
    assert_eq!(plan.annual_rate.hundredths(), 1_071);
}

#[test]
fn interest_is_on_what_is_still_owed() {
    let rate = Rate::parse("0.12").unwrap();
    let plan = Plan::new(wanted(120_000, 12, Charge::Interest(rate))).unwrap();
    // 1 % a month: the classic annuity of 106.62 on 1,200.00, the last rate a few cents less.
    assert_eq!(amounts(&plan)[..11], [10_662; 11]);
    assert_eq!(plan.instalments[0].cost, 1_200);
    assert_eq!(plan.instalments[1].cost, 1_105);
    assert_eq!(plan.total() - plan.cost(), 120_000);
    assert_eq!(plan.annual_rate.hundredths(), 1_268);
    assert_eq!(Plan::new(wanted(120_000, 12, Charge::Interest(Rate::ZERO))).unwrap().cost(), 0);
}

/// A deferral of 100.00 for 90 days, which are two months and 28 days, at a fee of 2.50: 1.025^(1 / (2/12 + 28/365)) − 1 is 10.68 %
#[test]
fn a_deferral_is_a_plan_of_one_rate() {
    let deferral = Wanted { start: day("2026-11-21"), first: day("2027-02-19"), ..wanted(10_000, 1, Charge::Fee(250)) };
    let plan = Plan::new(deferral).unwrap();
    assert_eq!(amounts(&plan), [10_250]);
    assert_eq!((plan.cost(), plan.annual_rate.hundredths()), (250, 1_068));
    let free = Plan::new(Wanted { charge: Charge::Free, ..deferral }).unwrap();
    assert_eq!((free.total(), free.annual_rate.hundredths()), (10_000, 0));
}

#[test]
fn what_makes_no_plan_is_refused() {
    let error = |wanted| Plan::new(wanted).unwrap_err();
    assert_eq!(error(wanted(10_000, 0, Charge::Free)), PlanError::Rates);
    assert_eq!(error(wanted(10_000, 61, Charge::Free)), PlanError::Rates);
    assert!(Plan::new(wanted(10_000, 60, Charge::Free)).is_ok());
    assert_eq!(error(wanted(2, 3, Charge::Free)), PlanError::TooSmall);
    assert!(Plan::new(wanted(3, 3, Charge::Free)).is_ok());
    assert_eq!(error(wanted(10_000, 3, Charge::Fee(-1))), PlanError::OutOfRange);
    assert_eq!(error(wanted(MINOR_MAX, 3, Charge::Fee(1))), PlanError::OutOfRange);
    // At 100 % a year for eleven years, each of two rates would have to be more than twice what was bought.
    let late = Wanted { first: day("2037-11-21"), ..wanted(10_000, 2, Charge::Interest(Rate::parse("1").unwrap())) };
    assert_eq!(error(late), PlanError::OutOfRange);
    assert_eq!(error(Wanted { first: day("2026-11-21"), ..wanted(10_000, 3, Charge::Free) }), PlanError::FirstTooEarly);
    assert_eq!(error(Wanted { first: day("2199-12-01"), ..wanted(10_000, 3, Charge::Free) }), PlanError::TooLate);
}

#[test]
fn paying_early_saves_what_the_time_left_would_cost() {
    let fee = Plan::new(wanted(30_000, 6, Charge::Fee(900))).unwrap();
    assert_eq!(fee.early(0, day("2026-11-21")), Early { amount: 30_000, saved: 900 });
    // 91 of 181 days are left after three rates: half of the fee and a cent are kept, 4.50 of it was paid.
    assert_eq!(fee.early(3, day("2027-02-21")), Early { amount: 15_007, saved: 443 });
    assert_eq!(fee.early(3, day("2027-02-19")), Early { amount: 15_000, saved: 450 });
    assert_eq!(fee.early(6, day("2027-05-21")), Early { amount: 0, saved: 0 });

    let interest = Plan::new(wanted(120_000, 12, Charge::Interest(Rate::parse("0.12").unwrap()))).unwrap();
    let after_one = interest.early(1, day("2026-12-21"));
    assert_eq!(after_one.amount, 120_000 + 1_200 - 10_662);
    assert_eq!(interest.early(1, day("2027-01-21")).amount, after_one.amount + 1_105);
    let free = Plan::new(wanted(10_000, 3, Charge::Free)).unwrap();
    assert_eq!(free.early(1, day("2027-01-01")), Early { amount: 6_666, saved: 0 });
}
