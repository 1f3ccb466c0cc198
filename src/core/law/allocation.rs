//! What a payment pays off, where it does not pay for everything.
//!
//! **Invariant:** the lines and what is left over sum to the payment, and no item gets more than is open of it.
//!
//! Within one debt, BGB section 367(1) pays costs, then interest, then principal. Consumer credit in default follows section 497(3): costs of legal
//! pursuit, then the rest of what is owed, then the interest that accrued in default. Costs of legal pursuit are those of courts, lawyers and
//! collectors. A seller's own dunning cost is not among them here, and within the rest the section names no order, so what bears interest is paid
//! first: the principal, then what was agreed for the time, then dunning cost. Each of these choices ends more interest for the customer.
//!
//! Between debts, section 366 lets the payer choose; the order of subsection 2 is for what he left open.

use super::regime;
use crate::date::Date;
use crate::money::shares;
use alloc::vec::Vec;

/// Which order a debt follows
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regime {
    /// Any debt
    Bgb367,
    /// Consumer credit in default
    Bgb497,
}

/// What an item of a debt is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Of courts, lawyers and collectors
    LegalCosts,
    /// A seller's own dunning cost, or the lump sum of section 288(5)
    Costs,
    /// What was agreed for the time to pay
    Interest,
    /// What accrued by law since default
    DefaultInterest,
    /// What was bought
    Principal,
}

impl Kind {
    /// All of them
    pub const ALL: [Self; 5] = [Self::LegalCosts, Self::Costs, Self::Interest, Self::DefaultInterest, Self::Principal];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::LegalCosts => "legal_costs",
            Self::Costs => "costs",
            Self::Interest => "interest",
            Self::DefaultInterest => "default_interest",
            Self::Principal => "principal",
        }
    }
}

impl Regime {
    /// Both
    pub const ALL: [Self; 2] = [Self::Bgb367, Self::Bgb497];

    /// The order for time to pay of that kind, once it is in default
    ///
    /// A seller's own free time to pay follows section 367 here. Sections 514 and 515, as they stood on 2026-08-19, lead free credit above 200 EUR to
    /// section 497(3) too, and the draft for the time since 2026-11-20 drops them: which of the two holds for a contract is for counsel to say, and
    /// the caller may choose [`Regime::Bgb497`], which never costs the customer more.
    #[must_use]
    pub fn of(deferral: regime::Regime) -> Self {
        match deferral {
            regime::Regime::ConsumerCredit => Self::Bgb497,
            regime::Regime::PaidAtOnce | regime::Regime::Business | regime::Regime::FreeDeferral => Self::Bgb367,
        }
    }

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Bgb367 => "bgb_367",
            Self::Bgb497 => "bgb_497",
        }
    }

    /// What is paid first, and what then
    #[must_use]
    pub fn order(self) -> [Kind; 5] {
        match self {
            Self::Bgb367 => [Kind::LegalCosts, Kind::Costs, Kind::Interest, Kind::DefaultInterest, Kind::Principal],
            Self::Bgb497 => [Kind::LegalCosts, Kind::Principal, Kind::Interest, Kind::Costs, Kind::DefaultInterest],
        }
    }

    /// Whether the creditor may refuse a payer who names another order within the debt
    ///
    /// By section 367(2) it may; by 497(3) sentence 2 no part payment may be turned away, and the payer cannot change the order.
    #[must_use]
    pub fn may_refuse_another_order(self) -> bool {
        match self {
            Self::Bgb367 => true,
            Self::Bgb497 => false,
        }
    }

    /// Where it is written
    #[must_use]
    pub fn source(self) -> &'static str {
        match self {
            Self::Bgb367 => "BGB section 367(1)",
            Self::Bgb497 => "BGB section 497(3) sentence 1",
        }
    }
}

/// What one item gets
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its place among the items that were given
    pub place: usize,
    /// What it is
    pub kind: Kind,
    /// More than 0
    pub minor: i64,
}

/// What a payment paid
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// In the order in which they were paid
    pub lines: Vec<Line>,
    /// What no item was open for
    pub left_minor: i64,
}

/// Pays open items of one debt; of items of one kind the earlier first
///
/// Items and payments of less than nothing count as nothing.
#[must_use]
pub fn allocate(regime: Regime, items: &[(Kind, i64)], payment_minor: i64) -> Allocation {
    let mut left = payment_minor.max(0);
    let mut lines = Vec::new();
    for next in regime.order() {
        for (place, (kind, open)) in items.iter().enumerate().filter(|(_, (kind, _))| *kind == next) {
            let minor = left.min((*open).max(0));
            if minor > 0 {
                left = left.saturating_sub(minor);
                lines.push(Line { place, kind: *kind, minor });
            }
        }
    }
    Allocation { lines, left_minor: left }
}

/// One of several debts to the same creditor
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
    /// What is open of it in all
    pub open_minor: i64,
    /// Whether it is due
    pub is_due: bool,
    /// How well it is secured; the more, the safer for the creditor
    pub security: u32,
    /// How heavily it weighs on the debtor, such as its rate of interest
    pub burden: u32,
    /// Since when it is owed
    pub since: Date,
}

/// What each debt got
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// One for each debt, in their order
    pub minor: Vec<i64>,
    /// What no debt was open for
    pub left_minor: i64,
}

/// Shares a payment between debts: first the one that the payer named, then those that are due, less secure, more burdensome, older; among equals in
/// proportion (BGB section 366)
#[must_use]
pub fn between(debts: &[Debt], payment_minor: i64, named: Option<usize>) -> Between {
    let mut paid = Between { minor: debts.iter().map(|_| 0).collect(), left_minor: payment_minor.max(0) };
    let rank =
        |(place, debt): &(usize, &Debt)| (named != Some(*place), !debt.is_due, debt.security, core::cmp::Reverse(debt.burden), debt.since);
    let mut order: Vec<(usize, &Debt)> = debts.iter().enumerate().filter(|(_, debt)| debt.open_minor > 0).collect();
    order.sort_by_key(rank);
    for equals in order.chunk_by(|one, other| rank(one) == rank(other)) {
        paid.pay(equals);
    }
    paid
}

impl Between {
    /// Pays debts of one rank, in proportion where it is not enough for all
    fn pay(&mut self, equals: &[(usize, &Debt)]) {
        let open = equals.iter().fold(0_i64, |sum, (_, debt)| sum.saturating_add(debt.open_minor));
        let size = self.left_minor.min(open);
        let parts = shares(size.into(), equals.iter().map(|(_, debt)| i128::from(debt.open_minor))).unwrap_or_default();
        for ((place, _), part) in equals.iter().zip(parts) {
            if let (Some(minor), Ok(part)) = (self.minor.get_mut(*place), i64::try_from(part)) {
                *minor = part;
            }
        }
        self.left_minor = self.left_minor.saturating_sub(size);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(regime: Regime, items: &[(Kind, i64)], payment: i64) -> (Vec<(usize, i64)>, i64) {
        let found = allocate(regime, items, payment);
        (found.lines.iter().map(|line| (line.place, line.minor)).collect(), found.left_minor)
    }

    #[test]
    fn who_pays_the_principal_only_has_paid_costs_first_or_not() {
        // Owed are 100.00, 5.00 legal costs and 0.25 interest of default; 100.00 are paid.
        let items = [(Kind::Principal, 10_000), (Kind::LegalCosts, 500), (Kind::DefaultInterest, 25)];
        assert_eq!(lines(Regime::Bgb367, &items, 10_000), (Vec::from([(1, 500), (2, 25), (0, 9_475)]), 0));
        assert_eq!(lines(Regime::Bgb497, &items, 10_000), (Vec::from([(1, 500), (0, 9_500)]), 0));
    }

    #[test]
    fn an_item_is_paid_up_to_what_is_open_of_it_and_the_rest_is_left() {
        let items = [(Kind::Principal, 300), (Kind::Costs, 100), (Kind::Costs, 50), (Kind::Interest, -7)];
        for (payment, expected, left) in [
            (-1, &[][..], 0),
            (0, &[], 0),
            (99, &[(1, 99)], 0),
            (100, &[(1, 100)], 0),
            (101, &[(1, 100), (2, 1)], 0),
            (450, &[(1, 100), (2, 50), (0, 300)], 0),
            (451, &[(1, 100), (2, 50), (0, 300)], 1),
        ] {
            assert_eq!(lines(Regime::Bgb367, &items, payment), (expected.to_vec(), left), "{payment}");
        }
    }

    #[test]
    fn only_consumer_credit_pays_the_principal_before_the_interest() {
        use regime::Regime::{Business, ConsumerCredit, FreeDeferral, PaidAtOnce};
        assert_eq!(Regime::of(ConsumerCredit), Regime::Bgb497);
        assert!([PaidAtOnce, Business, FreeDeferral].into_iter().all(|one| Regime::of(one) == Regime::Bgb367));
    }

    #[test]
    fn an_order_names_every_kind_once() {
        for regime in Regime::ALL {
            for kind in Kind::ALL {
                assert_eq!(regime.order().iter().filter(|one| **one == kind).count(), 1, "{regime:?} {kind:?}");
            }
        }
    }

    fn debt(open_minor: i64) -> Debt {
        Debt { open_minor, is_due: true, security: 0, burden: 0, since: Date::parse("2026-09-01").unwrap() }
    }

    fn shared(debts: &[Debt], payment: i64, named: Option<usize>) -> (Vec<i64>, i64) {
        let found = between(debts, payment, named);
        (found.minor, found.left_minor)
    }

    #[test]
    fn each_rule_between_debts_comes_before_the_next() {
        let older = Debt { since: Date::parse("2026-08-31").unwrap(), ..debt(100) };
        let heavier = Debt { burden: 1, ..debt(100) };
        let secured = Debt { security: 1, burden: 9, since: Date::MIN, ..debt(100) };
        let later = Debt { is_due: false, burden: 99, since: Date::MIN, ..debt(100) };
        let all = [later, secured, debt(100), older, heavier];
        assert_eq!(shared(&all, 150, None), (Vec::from([0, 0, 0, 50, 100]), 0));
        assert_eq!(shared(&all, 250, None), (Vec::from([0, 0, 50, 100, 100]), 0));
        assert_eq!(shared(&all, 350, None), (Vec::from([0, 50, 100, 100, 100]), 0));
        assert_eq!(shared(&all, 501, None), (Vec::from([100; 5]), 1));
        // The payer's word comes before all of it; what it does not need follows the rule.
        assert_eq!(shared(&all, 150, Some(0)), (Vec::from([100, 0, 0, 0, 50]), 0));
        assert_eq!(shared(&all, 150, Some(9)), (Vec::from([0, 0, 0, 50, 100]), 0), "a debt that is none was named");
    }

    #[test]
    fn equal_debts_are_paid_in_proportion_to_the_last_cent() {
        assert_eq!(shared(&[debt(100), debt(100), debt(100)], 100, None), (Vec::from([34, 33, 33]), 0));
        assert_eq!(shared(&[debt(1), debt(999)], 999, None), (Vec::from([1, 998]), 0));
        assert_eq!(shared(&[debt(0), debt(-5), debt(7)], 10, None), (Vec::from([0, 0, 7]), 3));
        assert_eq!(shared(&[], 10, None), (Vec::new(), 10));
    }
}
