//! One claim: what was agreed, when it is due, how far reminding has come, and who collects it.

use super::event::ItemAmount;
use super::item::ItemKind;
use super::title::{Agreed, Sold};
use crate::date::Date;
use crate::ident::RunId;
use crate::law::allocation::Regime;
use crate::law::interest::Exact;
use crate::law::regime::Party;
use alloc::string::String;
use alloc::vec::Vec;

/// A claim; its balances are the book's
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receivable {
    /// Who owes it
    pub party: Party,
    /// For whom the customer was taken before, each until the day before that one, the first first
    pub taken_for: Vec<(Date, Party)>,
    /// In which order payments are put against its parts
    pub regime: Regime,
    /// The day on which it came to be
    pub created_on: Date,
    /// What was agreed with the order, in minor units
    pub agreed: i64,
    /// What was credited of that, in minor units
    pub credited: i64,
    /// The costs that were charged, and when
    pub costs: Vec<(Date, ItemAmount)>,
    /// All that was given up, in minor units
    pub given_up: i64,
    /// The last day on which payment is in time
    pub due: Option<Date>,
    /// The invoice, once it has arrived
    pub invoice: Option<Invoice>,
    /// The day on which the last of the goods arrived, once that is known
    pub delivered_on: Option<Date>,
    /// The first day of default
    pub default_since: Option<Date>,
    /// What bears default interest, in minor units: how much came to it or went from it on which day, in the order of the events
    ///
    /// A payment counts from the day after the one on which it counts for the payer, whenever it was booked.
    pub bearing: Vec<(Date, i64)>,
    /// Default interest so far
    pub interest: Interest,
    /// How far reminding has come
    pub level: Level,
    /// The level at which it was when nothing was overdue any more; where money goes back it is there again
    pub level_before: Level,
    /// The highest level that it ever was on
    pub raised: u8,
    /// The last day of a deferral
    pub deferred_until: Option<Date>,
    /// How often its due date was moved at the customer's wish
    pub deferrals: u8,
    /// Whether the customer withdrew from the contract
    pub withdrawn: bool,
    /// Who has it
    pub holder: Holder,
    /// What was agreed about selling it, while the title has not passed
    pub agreed_sale: Option<Agreed>,
    /// What its buyers have paid of their price less what they got back of it, in minor units
    pub price_paid: i64,
    /// What was passed on to its buyers less what they gave back of it, in minor units
    pub forwarded: i64,
    /// How it ended; nothing while something is open
    pub ending: Option<Ending>,
}

impl Receivable {
    /// Who owed it on a day, as far as that was known on it
    #[must_use]
    pub fn party_on(&self, day: Date) -> Party {
        self.taken_for.iter().find(|(end, _)| day < *end).map_or(self.party, |(_, party)| *party)
    }

    /// Whether the customer was a business when default began: only then is the lump sum owed (BGB section 288(5) sentence 1)
    #[must_use]
    pub fn owes_lump_sum(&self) -> bool {
        self.party == Party::Business && self.default_since.is_none_or(|since| self.party_on(since) == Party::Business)
    }

    /// The costs that were charged, in minor units
    #[must_use]
    pub fn cost(&self) -> i64 {
        self.costs.iter().map(|(_, cost)| cost.minor).fold(0, i64::saturating_add)
    }

    /// The customer is in default no longer; what it brought stays
    pub(super) fn end_default(&mut self) {
        self.default_since = None;
        self.interest.earlier = self.interest.exact;
    }

    /// What bears default interest changes with the end of that day
    ///
    /// What is sold bears the seller none: what is learned later about the days before counts for those days alone.
    pub(super) fn bears(&mut self, on: Date, item: ItemKind, minor: i64) {
        if !matches!(item, ItemKind::Principal | ItemKind::Fee) {
            return;
        }
        let sold_on = self.sold().map(|sold| sold.on);
        match sold_on {
            None => self.bearing.push((on, minor)),
            Some(sold_on) if on < sold_on => self.bearing.extend([(on, minor), (sold_on, minor.saturating_neg())]),
            Some(_) => {}
        }
    }

    /// The sale, where it is a buyer's
    #[must_use]
    pub fn sold(&self) -> Option<&Sold> {
        match &self.holder {
            Holder::Buyer(sold) => Some(sold),
            Holder::Merchant | Holder::Agency(_) => None,
        }
    }

    pub(super) fn sold_mut(&mut self) -> Option<&mut Sold> {
        match &mut self.holder {
            Holder::Buyer(sold) => Some(sold),
            Holder::Merchant | Holder::Agency(_) => None,
        }
    }
}

/// An invoice that arrived
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invoice {
    /// When
    pub received_on: Date,
    /// Whether it told a consumer of default after 30 days
    pub default_notice: bool,
}

/// Default interest of a claim
///
/// It is reckoned exactly; what is charged is the exact sum rounded half up once, however often it was reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Interest {
    /// The last day that it was reckoned for
    pub until: Option<Date>,
    /// The exact sum
    pub exact: Exact,
    /// What of it is from defaults that have ended
    pub earlier: Exact,
    /// What was charged, in minor units
    pub charged: i64,
    /// The most that was ever charged, before some of it was taken back, in minor units
    pub most: i64,
}

impl Interest {
    /// What is to be charged beyond what was, when so much comes to it, in minor units
    #[must_use]
    pub fn due(self, more: Exact) -> i64 {
        self.exact.plus(more).minor().saturating_sub(self.charged)
    }
}

/// How far reminding has come
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Level {
    /// 0 while nobody has reminded
    pub number: u8,
    /// Whether it is the last before a hand-over
    pub last: bool,
    /// The day on which it rose
    pub since: Option<Date>,
    /// In which run it rose
    pub run: Option<RunId>,
    /// The due date that it is about
    pub cycle: Option<Date>,
    /// The last day of the new term; nothing until the notice has arrived
    pub term_until: Option<Date>,
}

/// Who has a claim
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// The merchant
    Merchant,
    /// An agency collects it, by the merchant's name for it
    Agency(String),
    /// It is a buyer's
    Buyer(Sold),
}

/// How a claim ended
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// It was paid
    Paid,
    /// It was credited
    Credited,
    /// The customer withdrew from the contract
    Withdrawn,
    /// It was forgiven
    Waived,
    /// Too little was left
    SmallBalance,
    /// The merchant does not expect it any more
    WrittenOff,
    /// It is owed to a buyer
    Sold,
}

impl Ending {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Credited => "credited",
            Self::Withdrawn => "withdrawn",
            Self::Waived => "waived",
            Self::SmallBalance => "small_balance",
            Self::WrittenOff => "written_off",
            Self::Sold => "sold",
        }
    }
}
