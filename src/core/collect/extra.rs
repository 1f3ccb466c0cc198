//! What a reminder adds to what is owed: a letter's material, default interest, and the lump sum that a business owes.
//!
//! Nothing of it is new to the customer: it stands in the message itself, and is charged once that message has left.
//!
//! **Invariant:** nothing is added to what is too little to be chased: a micro-claim bears neither cost nor interest, and interest of no more
//! than what is too little to be asked for is not asked for.
//! **Invariant:** nothing is added where a day has no figure, and before default.

use super::due::Reminder;
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::ladder::{Channel, Ladder};
use crate::law::dunning_cost::{OwnReminder, Why, own_cost};
use crate::law::late_interest::{Claim, late_interest};
use crate::receivable::decide::{InterestTerms, by_rate, interest};
use crate::receivable::{Account, Act, Event, ItemAmount, ItemKind, Receivable};
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

/// What a reminder adds
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extra {
    /// What is charged, claim by claim
    pub charges: Vec<Charge>,
    /// Whether the law has no figure for a day of it, so that something was left out
    pub without_figure: bool,
}

/// What is charged
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Which claim
    pub receivable: ReceivableId,
    /// What
    pub what: Charged,
}

/// What is charged of a claim
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charged {
    /// A cost
    Cost {
        /// Which, and how much
        cost: ItemAmount,
        /// Where it is written
        ground: String,
    },
    /// Default interest, reckoned up to the end of that day
    Interest {
        /// The last day
        until: Date,
    },
}

/// What a reminder adds to what is owed on the day on which it goes out; amounts are in euro cents, and the account in euros
#[must_use]
pub fn extra(account: &Account, ladder: &Ladder, reminder: &Reminder, today: Date, terms: &InterestTerms) -> Extra {
    let mut extra = Extra::default();
    let claims: Vec<(&ReceivableId, u8, &Receivable)> = reminder
        .about
        .iter()
        .filter_map(|about| Some((&about.receivable, about.level, account.receivable(&about.receivable)?)))
        .filter(|(_, _, claim)| claim.ending.is_none())
        .collect();
    let late = claims.iter().map(|(id, ..)| account.overdue(id, today)).fold(0, i64::saturating_add);
    if late <= ladder.micro_minor.max(ladder.tolerance_minor) {
        return extra;
    }
    let in_default = |claim: &Receivable| claim.default_since.is_some_and(|since| since <= today);
    if let (Some((first, level, _)), true) = (claims.first(), claims.iter().all(|(_, _, claim)| in_default(claim))) {
        extra.letter(account, (first, ladder.step(*level).map_or(0, |step| step.fee_minor)), reminder.channel, today, terms);
    }
    for (id, _, claim) in claims.iter().filter(|(_, level, claim)| ladder.is_last(*level) && in_default(claim)) {
        if ladder.interest {
            extra.interest(account, (*id, claim), ladder, today, terms);
        }
        if ladder.lump_sum {
            extra.lump_sum(account, (*id, claim), today, terms);
        }
    }
    extra
}

impl Extra {
    /// What one letter costs, whatever number of claims it is about: it is said of the first
    fn letter(&mut self, account: &Account, (id, fee): (&ReceivableId, i64), channel: Channel, today: Date, terms: &InterestTerms) {
        let by_letter = channel == Channel::Letter;
        let cost = own_cost(OwnReminder { market: terms.market, on: today, by_letter, in_default: true, proven_cents: fee });
        self.without_figure |= cost.why == Why::NoFigure;
        let Some(source) = cost.source.filter(|_| cost.cents > 0) else { return };
        self.cost(account, id, ItemAmount { item: ItemKind::DunningCost, minor: cost.cents }, source, today);
    }

    fn interest(
        &mut self,
        account: &Account,
        (id, claim): (&ReceivableId, &Receivable),
        ladder: &Ladder,
        today: Date,
        terms: &InterestTerms,
    ) {
        self.without_figure |= by_rate(claim, today, terms).1;
        let more = match interest(account, today, id, today, terms).ok().and_then(|events| events.into_iter().last()) {
            Some(Event::InterestAccrued { minor, .. }) => minor,
            _ => 0,
        };
        if claim.interest.charged.saturating_add(more) > ladder.tolerance_minor {
            self.charges.push(Charge { receivable: id.clone(), what: Charged::Interest { until: today } });
        }
    }

    fn lump_sum(&mut self, account: &Account, (id, claim): (&ReceivableId, &Receivable), today: Date, terms: &InterestTerms) {
        let charged = |item: ItemKind| claim.costs.iter().filter(move |(_, cost)| cost.item == item).map(|(_, cost)| cost.minor);
        if !claim.owes_lump_sum() || charged(ItemKind::LumpSum).next().is_some() {
            return;
        }
        let Some(law) = late_interest(Claim { market: terms.market, party: claim.party, made: claim.created_on }, today) else {
            self.without_figure = true;
            return;
        };
        let minor = law.lump_sum_beside(charged(ItemKind::LegalCost).fold(0, i64::saturating_add));
        self.cost(account, id, ItemAmount { item: ItemKind::LumpSum, minor }, law.source, today);
    }

    fn cost(&mut self, account: &Account, id: &ReceivableId, cost: ItemAmount, source: &str, today: Date) {
        if cost.minor > 0 && account.blocked(Act::Cost, id, today).is_none() {
            self.charges.push(Charge { receivable: id.clone(), what: Charged::Cost { cost, ground: source.to_string() } });
        }
    }
}

impl Charge {
    /// The event that charges it on a day; nothing where nothing is left to be charged
    #[must_use]
    pub fn event(&self, account: &Account, on: Date, terms: &InterestTerms) -> Option<Event> {
        let receivable = self.receivable.clone();
        match &self.what {
            Charged::Cost { cost, ground } => Some(Event::CostCharged { receivable, cost: *cost, ground: ground.clone() }),
            Charged::Interest { until } => interest(account, on, &receivable, *until, terms).ok()?.into_iter().last(),
        }
    }
}
