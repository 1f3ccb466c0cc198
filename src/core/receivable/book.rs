//! Where the money of an account lies, and how it gets there.

use super::item::ItemKind;
use super::refused::Refused;
use crate::ident::{PaymentId, ReceivableId, RefundId};
use crate::money::MINOR_MAX;
use alloc::collections::BTreeMap;

/// Why a claim got smaller without money
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reduction {
    /// Goods came back
    Return,
    /// The customer withdrew from the contract (BGB section 355)
    Withdrawal,
    /// The merchant was kind
    Goodwill,
    /// The claim was wrong
    Error,
    /// A dispute was right
    Dispute,
    /// A cost or interest that is not asked for any more
    CostWaived,
    /// The debt was forgiven (BGB section 397)
    DebtWaived,
    /// Too little to ask for
    SmallBalance,
    /// The merchant does not expect it any more, and the debt ends with that
    WrittenOff,
}

impl Reduction {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Withdrawal => "withdrawal",
            Self::Goodwill => "goodwill",
            Self::Error => "error",
            Self::Dispute => "dispute",
            Self::CostWaived => "cost_waived",
            Self::DebtWaived => "debt_waived",
            Self::SmallBalance => "small_balance",
            Self::WrittenOff => "written_off",
        }
    }
}

/// Where money lies
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// What the customer owes of a part of a claim; never below zero
    Open(ReceivableId, ItemKind),
    /// What has come with a payment and is put against no claim, the customer's money; never above zero
    Held(PaymentId),
    /// What is on its way back to the customer; never above zero
    Payable(RefundId),
    /// What has come in less what went out
    Cash,
    /// What was charged
    Charged(ItemKind),
    /// What was given up
    GivenUp(Reduction),
    /// What the buyer of a claim owes of its price; below zero, what the buyer gets back
    Price(ReceivableId),
    /// What of a claim that was sold has come to the seller and is the buyer's; above zero, what the buyer owes
    Clearing(ReceivableId),
    /// By how much buyers gave less than was owed
    Discount,
}

/// A move of money: minor units into a place, out of it below zero
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Where
    pub place: Place,
    /// How much
    pub minor: i64,
}

/// The sums of all postings
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book(BTreeMap<Place, i64>);

impl Book {
    /// What lies there
    #[must_use]
    pub fn at(&self, place: &Place) -> i64 {
        self.0.get(place).copied().unwrap_or(0)
    }

    /// What the customer owes of a claim, part by part, in the order of the parts
    pub fn open<'a>(&'a self, receivable: &'a ReceivableId) -> impl Iterator<Item = (ItemKind, i64)> + 'a {
        let part = |kind| Place::Open(receivable.clone(), kind);
        self.0.range(part(ItemKind::Principal)..=part(ItemKind::LegalCost)).filter_map(|(place, minor)| match place {
            Place::Open(_, kind) => Some((*kind, *minor)),
            _ => None,
        })
    }

    /// All places that hold something
    pub fn places(&self) -> impl Iterator<Item = (&Place, i64)> {
        self.0.iter().map(|(place, minor)| (place, *minor))
    }

    /// Moves money
    ///
    /// # Errors
    ///
    /// [`Refused::Unbalanced`] if the postings do not sum to zero, [`Refused::OutOfRange`] beyond what can be counted, and
    /// [`Refused::MoreThanThere`] if a place would fall on its wrong side of zero. Then nothing has moved.
    pub(super) fn post(&mut self, postings: &[Posting]) -> Result<(), Refused> {
        let sum: i128 = postings.iter().map(|posting| i128::from(posting.minor)).sum();
        if sum != 0 {
            return Err(Refused::Unbalanced);
        }
        let mut moved: BTreeMap<&Place, i64> = BTreeMap::new();
        for Posting { place, minor } in postings {
            let before = moved.get(place).copied().unwrap_or_else(|| self.at(place));
            let after = before.checked_add(*minor).filter(|after| (-MINOR_MAX..=MINOR_MAX).contains(after)).ok_or(Refused::OutOfRange)?;
            moved.insert(place, after);
        }
        for (place, after) in &moved {
            let fits = match place {
                Place::Open(..) => *after >= 0,
                Place::Held(_) | Place::Payable(_) => *after <= 0,
                Place::Cash | Place::Charged(_) | Place::GivenUp(_) | Place::Price(_) | Place::Clearing(_) | Place::Discount => true,
            };
            if !fits {
                return Err(Refused::MoreThanThere);
            }
        }
        for (place, after) in moved {
            if after == 0 {
                self.0.remove(place);
            } else {
                self.0.insert(place.clone(), after);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;

    fn claim() -> ReceivableId {
        ReceivableId::from_bytes([1; 16])
    }

    fn charged(minor: i64) -> [Posting; 2] {
        [
            Posting { place: Place::Open(claim(), ItemKind::Principal), minor },
            Posting { place: Place::Charged(ItemKind::Principal), minor: minor.saturating_neg() },
        ]
    }

    #[test]
    fn what_does_not_balance_moves_nothing() {
        let mut book = Book::default();
        book.post(&charged(100)).unwrap();
        let before = book.clone();
        let one_sided = vec![Posting { place: Place::Cash, minor: 1 }];
        assert_eq!(book.post(&one_sided), Err(Refused::Unbalanced));
        assert_eq!(book.post(&charged(-101)), Err(Refused::MoreThanThere));
        assert_eq!(book.post(&charged(MINOR_MAX)), Err(Refused::OutOfRange));
        assert_eq!(book, before);
        book.post(&charged(-100)).unwrap();
        assert_eq!(book, Book::default());
    }

    #[test]
    fn postings_of_one_event_are_taken_together() {
        let mut book = Book::default();
        // Out and in again: the place never lies below zero between two events.
        let [out, back] = [charged(-5), charged(5)];
        let both: Vec<Posting> = out.into_iter().chain(back).collect();
        book.post(&both).unwrap();
        assert_eq!(book, Book::default());
    }
}
