//! How it stands, as far as it matters to what a customer may do: of an account, or of what a browser was told of one.

use crate::calendar::Calendar;
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::existing_debt::MoreTime;
use crate::law::regime::{Finding, Party};
use crate::offer::credit::Sells;
use crate::receivable::decide::{Owing, owing};
use crate::receivable::{Account, HoldReason, PlanState, PromiseEnd, Receivable};
use alloc::vec::Vec;

/// Whose law and whose holidays count
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Country code of the market
    pub market: [u8; 2],
    /// Whose holidays move a day
    pub calendar: Calendar,
    /// Who sells
    pub sells: Sells,
}

/// What is known of a claim beside its account
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// The day of the order; that on which the claim came to be where nobody knows it
    pub ordered_on: Option<Date>,
    /// The day on which the goods arrived, if anybody else knows a later one than the account
    pub delivered_on: Option<Date>,
    /// Whether a consumer may withdraw from such a contract: one at a distance, about goods that may be sent back (BGB section 312g)
    pub revocable: bool,
}

/// How it stands with what a customer owes
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// The day on which it is asked
    pub today: Date,
    /// Whose law and whose holidays count
    pub terms: Terms,
    /// Everything that is open, and what is meant besides, in the order of the account
    pub claims: Vec<Claim>,
    /// The customer's own money that is put against no claim, in minor units
    pub credit: i64,
    /// The day that the customer has named and that is waited for
    pub promise: Option<Date>,
    /// How many days that they named have passed
    pub broken: usize,
    /// Whether a plan is in force for any claim
    pub planned: bool,
}

/// One claim
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What is open, part by part, and how it shares in money
    pub owing: Owing,
    /// Whether it is about this claim; what is not meant counts only where money is shared
    pub meant: bool,
    /// Who owes
    pub party: Party,
    /// The day of the contract
    pub contract: Date,
    /// The day on which the goods arrived, if anybody knows it
    pub delivered: Option<Date>,
    /// Whether a consumer may withdraw from such a contract
    pub revocable: bool,
    /// Whether they have
    pub withdrawn: bool,
    /// The last day on which what is to be paid next is in time
    pub due: Option<Date>,
    /// Whether the final notice is out
    pub final_notice: bool,
    /// How often its due date was moved at the customer's wish
    pub deferrals: u8,
    /// Whether rates were agreed to for it
    pub plan: PlanBefore,
    /// What is in force for it today, each reason once
    pub holds: Vec<HoldReason>,
}

/// Whether rates were agreed to
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanBefore {
    /// Never, or they were paid or called off
    Free,
    /// They were not kept, and all became due at once
    Failed,
    /// They are in force
    Active,
}

impl Situation {
    /// How it stands with these claims of an account today; `told` says what is known of each beside the account
    #[must_use]
    pub fn of(account: &Account, meant: &[ReceivableId], today: Date, terms: Terms, told: impl Fn(&ReceivableId) -> Told) -> Self {
        let claims = account.receivables().filter_map(|(id, claim)| {
            let (is_meant, owing) = (meant.contains(id), owing(account, id, today)?);
            (is_meant || owing.open() > 0).then(|| Claim::of(account, claim, owing, is_meant, today, told(id)))
        });
        let is_broken = |end: Option<PromiseEnd>| end == Some(PromiseEnd::Broken);
        Self {
            today,
            terms,
            claims: claims.collect(),
            credit: account.credit(),
            promise: account.promises().find(|(_, promise)| promise.end.is_none()).map(|(_, promise)| promise.date),
            broken: account.promises().filter(|(_, promise)| is_broken(promise.end)).count(),
            planned: account.plans().any(|(_, plan)| plan.state == PlanState::Active),
        }
    }

    /// What is owed in all less the customer's own money, in minor units; below zero the merchant owes
    #[must_use]
    pub fn balance(&self) -> i64 {
        self.claims.iter().map(|claim| claim.owing.open()).fold(0, i64::saturating_add).saturating_sub(self.credit)
    }

    /// The claims that are meant and of which something is open, as long as anything is owed at all
    pub fn open(&self) -> impl Iterator<Item = &Claim> {
        let owes = self.balance() > 0;
        self.claims.iter().filter(move |claim| owes && claim.meant && claim.owing.open() > 0)
    }

    /// Those of them that money is asked for: the merchant's own, with something that needs not be looked at first
    pub fn payable(&self) -> impl Iterator<Item = &Claim> {
        self.open().filter(|claim| !claim.owing.elsewhere && claim.asked() > 0)
    }

    /// Those of them for which no money is on its way, and those that are named; all of them where there are none such
    pub fn offered(&self, named: &[ReceivableId]) -> impl Iterator<Item = &Claim> {
        let waits =
            |claim: &Claim| claim.is_held(|reason| reason == HoldReason::PaymentPending) && !named.contains(&claim.owing.receivable);
        let is_all = self.payable().all(waits);
        self.payable().filter(move |claim| is_all || !waits(claim))
    }

    /// The claim with that name, if it is meant
    #[must_use]
    pub fn claim(&self, receivable: &ReceivableId) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.meant && claim.owing.receivable == *receivable)
    }

    /// What the law makes of it if a claim may be paid until a day
    pub(super) fn regime(&self, claim: &Claim, due: Date, until: Date) -> Finding {
        let Terms { market, sells, .. } = self.terms;
        let more = MoreTime {
            market,
            party: claim.party,
            seller: sells.seller,
            offered_by_third_party: sells.offered_by_third_party,
            claim_sold: sells.claim_sold,
            contract: claim.contract,
            delivered: claim.delivered,
            due,
            on: self.today,
            until,
        };
        more.regime()
    }

    /// The last day up to that one on which banks work; nothing if that lies before `from`
    pub(super) fn working_day(&self, from: Date, until: Date) -> Option<Date> {
        let days = (from.days()..=until.days()).rev().filter_map(Date::from_days);
        days.into_iter().find(|day| !self.terms.calendar.is_free(*day))
    }
}

impl Claim {
    fn of(account: &Account, claim: &Receivable, owing: Owing, meant: bool, today: Date, told: Told) -> Self {
        let id = &owing.receivable;
        let mut holds: Vec<HoldReason> = account.holds(today).filter(|hold| hold.concerns(id)).map(|hold| hold.reason).collect();
        holds.sort_unstable();
        holds.dedup();
        let plans = account.plans().filter(|(_, plan)| plan.receivables.contains(id));
        let plan = plans.map(|(_, plan)| match plan.state {
            PlanState::Active => PlanBefore::Active,
            PlanState::Accelerated => PlanBefore::Failed,
            PlanState::Completed | PlanState::Cancelled => PlanBefore::Free,
        });
        Self {
            meant,
            party: claim.party,
            contract: told.ordered_on.unwrap_or(claim.created_on),
            delivered: told.delivered_on.max(claim.delivered_on),
            revocable: told.revocable,
            withdrawn: claim.withdrawn,
            due: account.cycle(id),
            final_notice: claim.level.last,
            deferrals: claim.deferrals,
            plan: plan.max().unwrap_or(PlanBefore::Free),
            holds,
            owing,
        }
    }

    /// What may be asked for of it, in minor units, as [`Account::asked`]
    #[must_use]
    pub fn asked(&self) -> i64 {
        if self.is_held(|reason| reason.stops_asking() && reason != HoldReason::Dispute) { 0 } else { self.owing.undisputed() }
    }

    /// Whether something of that kind is in force for it
    #[must_use]
    pub fn is_held(&self, forbids: impl Fn(HoldReason) -> bool) -> bool {
        self.holds.iter().any(|reason| forbids(*reason))
    }
}
