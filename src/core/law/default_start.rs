//! On which day a debtor is in default for the first time, and on what ground (BGB section 286).
//!
//! Due is not in default: interest and costs of delay begin here. The day that is answered is the first whose interest counts, the one after
//! the event or after the last day on which payment would have been in time (BGB sections 187(1) and 188).
//!
//! **Invariant:** the last day of a term moves to the next working day (BGB section 193); once in default nothing moves any more.
//! **Invariant:** where the law leaves room, the later day is taken, which costs the customer nothing: a reminder that gives a term starts
//! default after the term, and one that comes on the due day itself, or before, starts none.
//!
//! Not asked here: whether the debtor is at fault (section 286(4)) or disputes the claim. Who knows of such a thing puts a hold on the claim.

use super::regime::Party;
use crate::calendar::Calendar;
use crate::date::Date;

/// How many days section 286(3) gives
const TERM_DAYS: i32 = 30;

/// What happened around a debt
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// Country code of the market
    pub market: [u8; 2],
    /// Who owes
    pub party: Party,
    /// Whose holidays move the last day of a term
    pub calendar: Calendar,
    /// The day on which it is due, before it is moved
    pub due: Date,
    /// Whether that day was agreed by the calendar, or as so many days from an event such as delivery; a date that the seller alone wrote on an
    /// invoice was not agreed
    pub agreed_by_calendar: bool,
    /// When the invoice came; for a business, where that is uncertain, when the goods came
    pub invoice_received: Option<Date>,
    /// Whether the invoice says what follows after thirty days
    pub notice_included: bool,
    /// The first reminder
    pub reminder: Option<Reminder>,
    /// When payment was refused, seriously and for good
    pub refused: Option<Date>,
}

/// A demand for payment
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// When it came
    pub received: Date,
    /// The last day of the term it gives, if it gives one
    pub pay_by: Option<Date>,
}

/// Why somebody is in default
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// A day was agreed, and passed (section 286(2) numbers 1 and 2)
    CalendarDate,
    /// A reminder came after it was due (section 286(1))
    Reminder,
    /// Thirty days passed since it was due and the invoice came (section 286(3))
    ThirtyDays,
    /// Payment was refused (section 286(2) number 3)
    Refusal,
}

/// Why a ground does not apply
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// No day was agreed by the calendar
    NotAgreed,
    /// No reminder came
    NoReminder,
    /// The reminder came before the day after it was due
    ReminderTooEarly,
    /// No invoice came
    NoInvoice,
    /// The invoice does not tell a consumer what follows after thirty days
    NoNotice,
    /// Nothing was refused
    NotRefused,
}

/// What was found
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultStart {
    /// The first day in default, if all stays unpaid, and its ground; of grounds on one day the first of [`Ground::ALL`]
    pub start: Option<(Date, Ground)>,
    /// Each ground in the order of [`Ground::ALL`]: its day, or why it does not apply
    pub grounds: [(Ground, Result<Date, Missing>); 4],
    /// The day on which it is due, moved
    pub due: Date,
    /// Where it is written
    pub source: &'static str,
}

impl Ground {
    /// All of them
    pub const ALL: [Self; 4] = [Self::CalendarDate, Self::Reminder, Self::ThirtyDays, Self::Refusal];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CalendarDate => "calendar_date",
            Self::Reminder => "reminder",
            Self::ThirtyDays => "thirty_days",
            Self::Refusal => "refusal",
        }
    }
}

impl Missing {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAgreed => "not_agreed",
            Self::NoReminder => "no_reminder",
            Self::ReminderTooEarly => "reminder_too_early",
            Self::NoInvoice => "no_invoice",
            Self::NoNotice => "no_notice",
            Self::NotRefused => "not_refused",
        }
    }
}

/// When the debtor is in default; nothing for a market whose law was not read
#[must_use]
pub fn default_start(circumstances: &Circumstances) -> Option<DefaultStart> {
    match &circumstances.market {
        b"DE" => Some(circumstances.by_german_law()),
        _ => None,
    }
}

impl Circumstances {
    fn by_german_law(&self) -> DefaultStart {
        let grounds = Ground::ALL.map(|ground| (ground, self.ground(ground)));
        let days = grounds.iter().filter_map(|(ground, day)| day.ok().map(|day| (day, *ground)));
        DefaultStart {
            start: days.min_by_key(|(day, _)| *day),
            grounds,
            due: self.calendar.due(self.due),
            source: "BGB sections 286(1) to (3), 187(1), 188(1) and 193",
        }
    }

    fn ground(&self, ground: Ground) -> Result<Date, Missing> {
        let due = self.calendar.due(self.due);
        let last = match ground {
            Ground::CalendarDate => self.agreed_by_calendar.then_some(due).ok_or(Missing::NotAgreed),
            Ground::Reminder => {
                let reminder = self.reminder.ok_or(Missing::NoReminder)?;
                if reminder.received <= due {
                    return Err(Missing::ReminderTooEarly);
                }
                Ok(reminder.pay_by.map_or(reminder.received, |last| self.calendar.due(last).max(reminder.received)))
            }
            Ground::ThirtyDays => {
                let invoice = self.invoice_received.ok_or(Missing::NoInvoice)?;
                if self.party == Party::Consumer && !self.notice_included {
                    return Err(Missing::NoNotice);
                }
                Ok(self.calendar.due(due.max(invoice).plus_days(TERM_DAYS)))
            }
            Ground::Refusal => self.refused.map(|refused| refused.max(due)).ok_or(Missing::NotRefused),
        };
        last.map(|last| last.plus_days(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// Due on a Tuesday, nothing else
    fn bare(party: Party) -> Circumstances {
        Circumstances {
            market: *b"DE",
            party,
            calendar: Calendar::GermanyNationwide,
            due: day("2026-09-01"),
            agreed_by_calendar: false,
            invoice_received: None,
            notice_included: false,
            reminder: None,
            refused: None,
        }
    }

    fn start(circumstances: &Circumstances) -> Option<(alloc::string::String, Ground)> {
        default_start(circumstances).unwrap().start.map(|(day, ground)| (day.to_iso(), ground))
    }

    fn reminded(received: &str, pay_by: Option<&str>) -> Circumstances {
        let reminder = Reminder { received: day(received), pay_by: pay_by.map(day) };
        Circumstances { reminder: Some(reminder), ..bare(Party::Consumer) }
    }

    #[test]
    fn due_is_not_in_default() {
        for party in [Party::Consumer, Party::Business] {
            let found = default_start(&bare(party)).unwrap();
            assert_eq!(found.start, None);
            let missing = found.grounds.map(|(_, why)| why.unwrap_err());
            assert_eq!(missing, [Missing::NotAgreed, Missing::NoReminder, Missing::NoInvoice, Missing::NotRefused]);
        }
        assert_eq!(default_start(&Circumstances { market: *b"AT", ..bare(Party::Consumer) }), None);
    }

    #[test]
    fn an_agreed_day_passes_and_moves_where_nobody_works() {
        let agreed = |due| start(&Circumstances { agreed_by_calendar: true, due: day(due), ..bare(Party::Consumer) }).unwrap().0;
        assert_eq!(agreed("2026-09-01"), "2026-09-02");
        // A Friday is left on Saturday; the Saturday, a holiday, and the Sunday before Monday the fifth are not.
        assert_eq!(agreed("2026-10-02"), "2026-10-03");
        assert_eq!(agreed("2026-10-03"), "2026-10-06");
        let state = |calendar| Circumstances { agreed_by_calendar: true, due: day("2027-10-30"), calendar, ..bare(Party::Consumer) };
        use crate::calendar::Region;
        assert_eq!(start(&state(Calendar::GermanyRegion(Region::BE))).unwrap().0, "2027-11-02");
        assert_eq!(start(&state(Calendar::GermanyRegion(Region::NW))).unwrap().0, "2027-11-03");
    }

    #[test]
    fn a_reminder_counts_after_the_due_day_and_from_the_day_after_it_came() {
        assert_eq!(start(&reminded("2026-08-31", None)), None);
        assert_eq!(start(&reminded("2026-09-01", None)), None, "on the due day the customer may still pay");
        assert_eq!(start(&reminded("2026-09-02", None)), Some(("2026-09-03".into(), Ground::Reminder)));
        // Its own term is waited for, and moves; a term in the past gives nothing.
        assert_eq!(start(&reminded("2026-09-02", Some("2026-09-11"))).unwrap().0, "2026-09-12");
        assert_eq!(start(&reminded("2026-09-02", Some("2026-09-12"))).unwrap().0, "2026-09-15");
        assert_eq!(start(&reminded("2026-09-02", Some("2026-08-12"))).unwrap().0, "2026-09-03");
        let early = default_start(&reminded("2026-09-01", None)).unwrap();
        assert_eq!(early.grounds[1], (Ground::Reminder, Err(Missing::ReminderTooEarly)));
        // Due on a Saturday means due on Monday: a reminder on Monday is too early.
        let moved = |received| start(&Circumstances { due: day("2026-09-05"), ..reminded(received, None) });
        assert_eq!(moved("2026-09-07"), None);
        assert_eq!(moved("2026-09-08").unwrap().0, "2026-09-09");
    }

    #[test]
    fn thirty_days_run_from_the_later_of_due_day_and_invoice_and_need_a_notice_to_consumers() {
        let invoiced =
            |party, notice_included, received| Circumstances { invoice_received: Some(day(received)), notice_included, ..bare(party) };
        // 2026-09-01 and thirty days is Thursday 2026-10-01.
        assert_eq!(start(&invoiced(Party::Consumer, true, "2026-08-20")), Some(("2026-10-02".into(), Ground::ThirtyDays)));
        assert_eq!(start(&invoiced(Party::Consumer, false, "2026-08-20")), None);
        assert_eq!(start(&invoiced(Party::Business, false, "2026-08-20")).unwrap().0, "2026-10-02");
        // A day later is a Friday; two days later is a holiday, a Saturday, and the term ends on Monday.
        assert_eq!(start(&invoiced(Party::Business, false, "2026-09-02")).unwrap().0, "2026-10-03");
        assert_eq!(start(&invoiced(Party::Business, false, "2026-09-03")).unwrap().0, "2026-10-06");
        let untold = default_start(&invoiced(Party::Consumer, false, "2026-08-20")).unwrap();
        assert_eq!(untold.grounds[2], (Ground::ThirtyDays, Err(Missing::NoNotice)));
    }

    #[test]
    fn a_refusal_needs_no_reminder_but_a_due_debt() {
        let refused = |on| start(&Circumstances { refused: Some(day(on)), ..bare(Party::Consumer) }).unwrap();
        assert_eq!(refused("2026-08-01"), ("2026-09-02".into(), Ground::Refusal));
        assert_eq!(refused("2026-09-10"), ("2026-09-11".into(), Ground::Refusal));
    }

    #[test]
    fn the_earliest_ground_counts_and_of_equal_ones_the_first() {
        let all = Circumstances {
            invoice_received: Some(day("2026-08-01")),
            notice_included: true,
            refused: Some(day("2026-09-02")),
            ..reminded("2026-09-02", None)
        };
        assert_eq!(start(&all), Some(("2026-09-03".into(), Ground::Reminder)));
        assert_eq!(start(&Circumstances { agreed_by_calendar: true, ..all }), Some(("2026-09-02".into(), Ground::CalendarDate)));
        assert_eq!(start(&Circumstances { reminder: None, ..all }), Some(("2026-09-03".into(), Ground::Refusal)));
    }
}
