//! Whose a claim is: it is agreed to sell it, then it is the buyer's, and it may come back.
//!
//! **Invariant:** the price is the face by the agreed rate, rounded half up once, whatever was credited since; neither a later class of the customer
//! nor a later price sheet moves it.
//! **Invariant:** what is sold is owed to the buyer. Money for it that reaches the seller lies on the clearing account of the claim, and is neither
//! the seller's nor a debt of the customer's again.

use super::item::ItemKind;
use crate::date::Date;
use crate::ident::{SaleId, SheetHash};
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

/// What was agreed about the sale of a claim
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// In which sale
    pub sale: SaleId,
    /// The merchant's name of the buyer
    pub buyer: String,
    /// The price sheet
    pub sheet: SheetHash,
    /// The customer's class in the decision on the order
    pub class: String,
    /// Which share of the face the buyer gives for that class
    pub rate: Rate,
    /// The last day on which the title may pass at that rate
    pub until: Date,
    /// Whether the buyer may give it back where the customer does not pay
    pub recourse: bool,
}

/// A claim that is a buyer's
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// What was agreed
    pub agreed: Agreed,
    /// The day on which the title passed
    pub on: Date,
    /// Its parts
    pub parts: Vec<SoldPart>,
}

/// A part of a claim that is a buyer's
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoldPart {
    /// Which part
    pub item: ItemKind,
    /// What was sold of it less what was credited since, in minor units
    pub face: i64,
    /// What has come of it to the seller since, in minor units
    pub came: i64,
    /// What had been paid of it before the sale and went back since, in minor units: the customer owes it to the buyer, who owes it to the seller
    pub revived: i64,
}

/// Why a claim came back from its buyer
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// It is not what was sold: the seller answers for that in any case (BGB sections 453 and 437)
    Verity,
    /// The customer does not pay, and the buyer was promised that it may be given back
    Recourse,
}

impl Ground {
    /// Both
    pub const ALL: [Self; 2] = [Self::Verity, Self::Recourse];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Verity => "verity",
            Self::Recourse => "recourse",
        }
    }
}

impl SoldPart {
    /// What the customer owes the buyer of it, as far as the seller knows, in minor units
    #[must_use]
    pub fn left(&self) -> i64 {
        self.face.saturating_add(self.revived).saturating_sub(self.came)
    }

    /// So much has come of it, or went back below zero: what came last goes back first, then what had been paid before the sale
    fn comes(&mut self, minor: i64) {
        if minor >= 0 {
            let back = self.revived.min(minor);
            self.revived = self.revived.saturating_sub(back);
            self.came = self.came.saturating_add(minor.saturating_sub(back));
        } else {
            let gone = minor.saturating_neg();
            let of_came = self.came.min(gone);
            self.came = self.came.saturating_sub(of_came);
            self.revived = self.revived.saturating_add(gone.saturating_sub(of_came));
        }
    }
}

impl Sold {
    /// What was sold less what was credited since, in minor units
    #[must_use]
    pub fn face(&self) -> i64 {
        self.parts.iter().map(|part| part.face).fold(0, i64::saturating_add)
    }

    /// What the buyer gives for it, in minor units
    #[must_use]
    pub fn price(&self) -> i64 {
        self.agreed.rate.of(self.face())
    }

    /// What the customer owes the buyer of it, as far as the seller knows, in minor units
    #[must_use]
    pub fn left(&self) -> i64 {
        self.parts.iter().map(SoldPart::left).fold(0, i64::saturating_add)
    }

    /// What has come of it to the seller since, in minor units
    #[must_use]
    pub fn came(&self) -> i64 {
        self.parts.iter().map(|part| part.came).fold(0, i64::saturating_add)
    }

    /// What the customer owes the buyer of a part, as far as the seller knows, in minor units
    #[must_use]
    pub fn left_of(&self, item: ItemKind) -> i64 {
        self.parts.iter().filter(|part| part.item == item).map(SoldPart::left).fold(0, i64::saturating_add)
    }

    pub(super) fn comes(&mut self, item: ItemKind, minor: i64) {
        match self.parts.iter_mut().find(|part| part.item == item) {
            Some(part) => part.comes(minor),
            // All of that part had been paid before the sale.
            None => {
                let mut part = SoldPart { item, face: 0, came: 0, revived: 0 };
                part.comes(minor);
                self.parts.push(part);
            }
        }
    }

    /// A credit takes off what is left of a part: first what went back since, which the buyer never paid for, then the face; how much of it was each
    pub(super) fn credit(&mut self, item: ItemKind, minor: i64) -> (i64, i64) {
        let Some(part) = self.parts.iter_mut().find(|part| part.item == item) else { return (0, 0) };
        let revived = part.revived.min(minor);
        let face = minor.saturating_sub(revived);
        part.revived = part.revived.saturating_sub(revived);
        part.face = part.face.saturating_sub(face);
        (revived, face)
    }
}
