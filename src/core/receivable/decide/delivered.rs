//! The goods arrive.

use super::Draft;
use super::credit::waive_default;
use crate::calendar::Calendar;
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::receivable::account::Account;
use crate::receivable::event::Event;
use crate::receivable::refused::Refused;
use alloc::vec::Vec;

/// A time to pay that runs from the day on which the goods arrive
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FromDelivery {
    /// Days
    pub days: u16,
    /// Whose holidays move the last day (BGB section 193)
    pub calendar: Calendar,
}

/// What follows when the goods have arrived: the day is kept, and a time to pay that runs from it ends that many days later
///
/// Nobody has less time than they were told: the due date never becomes an earlier one, and where there was none it is not one that has passed. Where it
/// becomes a later one, default had not begun, and what it brought falls away. What a plan or a deferral says stays.
///
/// # Errors
///
/// [`Refused::UnknownReceivable`]; [`Refused::NotDueYet`] for a day to come.
pub fn delivered(
    account: &Account,
    on: Date,
    receivable: &ReceivableId,
    delivered_on: Date,
    term: Option<FromDelivery>,
) -> Result<Vec<Event>, Refused> {
    let claim = account.receivable(receivable).ok_or(Refused::UnknownReceivable)?;
    let mut draft = Draft::of(account, on);
    if claim.delivered_on.is_some_and(|known| known >= delivered_on) {
        return Ok(draft.events);
    }
    draft.then(Event::GoodsDelivered { receivable: receivable.clone(), delivered_on })?;
    let agreed_anew = account.plan_of(receivable).is_some() || claim.deferred_until.is_some();
    let Some(term) = term.filter(|_| claim.ending.is_none() && !agreed_anew) else { return Ok(draft.events) };
    let ends = term.calendar.due(delivered_on.plus_days(term.days.into()));
    let date = claim.due.map_or(ends.max(on), |due| ends.max(due));
    if claim.due != Some(date) {
        // Only a day that lies ahead takes default back; one that has passed anyway changes nothing for it.
        if claim.default_since.is_some() && date < on {
            return Ok(draft.events);
        }
        waive_default(&mut draft, receivable)?;
        draft.then(Event::DueDateSet { receivable: receivable.clone(), date })?;
    }
    Ok(draft.events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::allocation::Regime;
    use crate::law::regime::Party;
    use crate::receivable::{Created, ItemAmount, ItemKind};

    fn day(iso: &str) -> Date {
        Date::parse(iso).unwrap()
    }

    fn claim() -> ReceivableId {
        ReceivableId::from_bytes([1; 16])
    }

    /// 100.00 bought on 2 November, due on a day
    fn account(due: Option<&str>) -> Account {
        let mut account = Account::default();
        let items = Vec::from([ItemAmount { item: ItemKind::Principal, minor: 10_000 }]);
        let created = Created { receivable: claim(), party: Party::Consumer, regime: Regime::Bgb367, items };
        account.apply(day("2026-11-02"), &Event::ReceivableCreated(created)).unwrap();
        if let Some(due) = due {
            account.apply(day("2026-11-02"), &Event::DueDateSet { receivable: claim(), date: day(due) }).unwrap();
        }
        account
    }

    fn due(account: &Account, today: &str, arrived: &str) -> Option<alloc::string::String> {
        let term = FromDelivery { days: 14, calendar: Calendar::GermanyNationwide };
        let events = delivered(account, day(today), &claim(), day(arrived), Some(term)).unwrap();
        events.iter().find_map(|event| if let Event::DueDateSet { date, .. } = event { Some(date.to_iso()) } else { None })
    }

    #[test]
    fn a_term_runs_from_the_day_of_delivery_and_ends_on_no_weekend() {
        assert_eq!(due(&account(None), "2026-11-05", "2026-11-05").as_deref(), Some("2026-11-19"));
        assert_eq!(due(&account(None), "2026-11-07", "2026-11-07").as_deref(), Some("2026-11-23"), "the 21st is a Saturday");
        assert_eq!(due(&account(None), "2026-12-01", "2026-11-05").as_deref(), Some("2026-12-01"), "told late: not before today");
    }

    #[test]
    fn nobody_has_less_time_than_they_were_told() {
        assert_eq!(due(&account(Some("2026-11-20")), "2026-11-05", "2026-11-05"), None, "a day less is no news");
        assert_eq!(due(&account(Some("2026-11-19")), "2026-11-05", "2026-11-05"), None, "the same day is none");
        assert_eq!(due(&account(Some("2026-11-18")), "2026-11-05", "2026-11-05").as_deref(), Some("2026-11-19"));
    }

    #[test]
    fn who_got_the_goods_after_the_due_date_was_not_in_default() {
        let mut account = account(Some("2026-11-16"));
        account.apply(day("2026-11-20"), &Event::DefaultStarted { receivable: claim(), since: day("2026-11-17") }).unwrap();
        let cost = ItemAmount { item: ItemKind::DunningCost, minor: 76 };
        account.apply(day("2026-11-20"), &Event::CostCharged { receivable: claim(), cost, ground: "BGB section 280(2)".into() }).unwrap();
        let term = Some(FromDelivery { days: 14, calendar: Calendar::GermanyNationwide });
        for event in delivered(&account, day("2026-11-24"), &claim(), day("2026-11-23"), term).unwrap() {
            account.apply(day("2026-11-24"), &event).unwrap();
        }
        let found = account.receivable(&claim()).unwrap();
        assert_eq!((found.default_since, found.due, account.open(&claim())), (None, Some(day("2026-12-07")), 10_000));
        let again = delivered(&account, day("2026-11-24"), &claim(), day("2026-11-23"), term);
        assert_eq!(again, Ok(Vec::new()), "the same news twice is no news");
    }

    #[test]
    fn what_passed_all_the_same_stays_in_default() {
        let mut account = account(Some("2026-11-09"));
        account.apply(day("2026-11-20"), &Event::DefaultStarted { receivable: claim(), since: day("2026-11-17") }).unwrap();
        assert_eq!(due(&account, "2026-11-30", "2026-11-05"), None, "it would have been due on the 19th");
        assert_eq!(due(&account, "2026-11-19", "2026-11-05").as_deref(), Some("2026-11-19"), "the last day is still in time");
    }

    #[test]
    fn a_day_to_come_and_a_claim_that_is_not_there_are_refused() {
        let told = |id, on| delivered(&account(None), day("2026-11-05"), &id, day(on), None).map(|events| events.len());
        assert_eq!(told(claim(), "2026-11-06"), Err(Refused::NotDueYet));
        assert_eq!(told(ReceivableId::from_bytes([2; 16]), "2026-11-05"), Err(Refused::UnknownReceivable));
        assert_eq!(told(claim(), "2026-11-05"), Ok(1), "without a term the day is kept");
    }
}
