//! What the merchant should know of the law's figures: where today's was not read, customers are asked for less, not for more.

use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::day;
use tresen_core::date::Date;
use tresen_core::ladder::Ladder;
use tresen_core::law::dunning_cost::letter_most_cents;
use tresen_core::law::late_interest::{Claim, known, late_interest, read_until};
use tresen_core::law::regime::Party;
use tresen_wire::http::Warning;

/// What of the figures that the policy in force asks for was not read for today
pub fn of_today(work: &Work<'_>) -> Result<Vec<Warning>, ApiError> {
    let (policy, today) = (work.active_policy()?, day(work.moment.today)?);
    Ok(missing(policy.law(), &policy.collection().ladder, today))
}

fn missing(market: [u8; 2], ladder: &Ladder, today: Date) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let lacks = |party: Party| {
        let claim = Claim { market, party, made: today };
        (known(market, party).is_some() && late_interest(claim, today).is_none()).then(|| read_until(claim))
    };
    if let Some(until) = [Party::Consumer, Party::Business].into_iter().find_map(lacks).filter(|_| ladder.interest || ladder.lump_sum) {
        let since = until.map_or_else(String::new, |until| format!(" after {}", until.to_iso()));
        warnings.push(Warning {
            code: "law.interest.not_read".to_owned(),
            message: format!("no base rate was read for the days{since}: no default interest is asked for them, and no lump sum"),
            help: "the rate of a half-year is published shortly before it begins: bring the service up to date".to_owned(),
        });
    }
    if ladder.steps.iter().any(|step| step.fee_minor > 0) && letter_most_cents(market, today).is_none() {
        warnings.push(Warning {
            code: "law.letter_cost.not_read".to_owned(),
            message: format!("what a letter may cost was not read for {}: reminders on paper cost the customer nothing", today.to_iso()),
            help: "bring the service up to date, or remove `fee` from the levels".to_owned(),
        });
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresen_core::money::Currency;

    fn said(market: [u8; 2], interest: bool, fee: i64, on: &str) -> Vec<String> {
        let mut ladder = Ladder { interest, ..Ladder::standard(Currency::EUR) };
        ladder.steps[1].fee_minor = fee;
        missing(market, &ladder, Date::parse(on).unwrap()).into_iter().map(|warning| warning.message).collect()
    }

    #[test]
    fn a_figure_that_was_not_read_is_warned_of_where_the_policy_asks_for_it() {
        assert_eq!(said(*b"DE", true, 95, "2026-12-31"), [""; 0]);
        assert_eq!(said(*b"DE", false, 0, "2027-01-01"), [""; 0], "who asks for nothing needs no figure");
        assert_eq!(
            said(*b"DE", true, 95, "2027-01-01"),
            [
                "no base rate was read for the days after 2026-12-31: no default interest is asked for them, and no lump sum",
                "what a letter may cost was not read for 2027-01-01: reminders on paper cost the customer nothing"
            ]
        );
        assert_eq!(said(*b"FR", true, 0, "2026-12-01"), [""; 0], "of a market without a law the check of the policy warns");
    }
}
