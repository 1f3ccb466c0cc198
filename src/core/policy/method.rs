//! One payment method of a policy.

use super::{Condition, PlanOffer};
use crate::facts::FactIndex;
use crate::offer::Reason;
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

/// What kind of payment a method is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Goods first, one payment by a due date
    Invoice,
    /// Goods first, one payment later than an invoice
    PayLater,
    /// Goods first, several payments
    Instalments,
    /// The merchant collects from the customer's account
    SepaDebit,
    /// A payment card
    Card,
    /// A wallet such as PayPal or Apple Pay
    Wallet,
    /// The customer pays before the goods leave
    Prepayment,
}

impl Kind {
    /// All kinds, in the order of their numbers
    pub const ALL: [Self; 7] =
        [Self::Invoice, Self::PayLater, Self::Instalments, Self::SepaDebit, Self::Card, Self::Wallet, Self::Prepayment];

    /// Whether the merchant may be left without the money after the goods are gone
    #[must_use]
    pub fn bears_credit_risk(self) -> bool {
        match self {
            Self::Invoice | Self::PayLater | Self::Instalments | Self::SepaDebit => true,
            Self::Card | Self::Wallet | Self::Prepayment => false,
        }
    }

    /// Whether the merchant grants time to pay, which may be consumer credit (Directive (EU) 2023/2225)
    #[must_use]
    pub fn is_on_account(self) -> bool {
        match self {
            Self::Invoice | Self::PayLater | Self::Instalments => true,
            Self::SepaDebit | Self::Card | Self::Wallet | Self::Prepayment => false,
        }
    }

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::PayLater => "pay_later",
            Self::Instalments => "instalments",
            Self::SepaDebit => "sepa_debit",
            Self::Card => "card",
            Self::Wallet => "wallet",
            Self::Prepayment => "prepayment",
        }
    }

    /// The kind with that word
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The number for it in a compiled policy and in an answer
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Invoice => 0,
            Self::PayLater => 1,
            Self::Instalments => 2,
            Self::SepaDebit => 3,
            Self::Card => 4,
            Self::Wallet => 5,
            Self::Prepayment => 6,
        }
    }

    /// The kind with that number
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// A payment method as the merchant wants it
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// The merchant's word for it
    pub id: String,
    /// What kind of payment it is
    pub kind: Kind,
    /// The payment provider that it needs
    pub provider: Provider,
    /// When it can be offered at all
    pub when: Condition,
    /// Why not, where it cannot
    pub reason: Reason,
    /// Smallest cart total in minor units
    pub minimum: Option<i64>,
    /// Largest cart total; the first that holds counts
    pub limits: Option<Vec<Limit>>,
    /// When the customer pays
    pub term: Option<Term>,
    /// What the method costs the customer
    pub fee: Fee,
    /// The plans of a purchase in instalments, by rising numbers of rates; the term says when the first rate is due
    pub plans: Vec<PlanOffer>,
    /// Client facts that the shopper must give
    pub fields: Vec<FactIndex>,
    /// Name of the text that the shopper agrees to; empty for none
    pub consent: String,
}

/// The payment provider of a method
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provider {
    /// None is needed
    NotNeeded,
    /// The one with that text must be among `shop.providers`
    Needed(u32),
    /// It is needed and not connected, as the server found
    NotConfigured,
}

/// A largest amount under a condition
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limit {
    /// When it counts
    pub when: Condition,
    /// The amount in minor units
    pub maximum: i64,
}

/// Time to pay
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// Days, 0 to 365
    pub days: u16,
    /// Where they count from
    pub start: TermStart,
}

/// Where a term counts from
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermStart {
    /// The day of the order
    Order,
    /// The day on which the goods arrive
    Delivery,
}

impl TermStart {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Delivery => "delivery",
        }
    }
}

/// What a method costs the customer
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fee {
    /// Minor units whatever the total
    pub fixed: i64,
    /// Share of the total
    pub rate: Rate,
}

impl Fee {
    /// Nothing
    pub const NONE: Self = Self { fixed: 0, rate: Rate::ZERO };

    /// The fee on a cart total in minor units; the share is rounded half up
    #[must_use]
    pub fn on(self, total: i64) -> i64 {
        if self.rate == Rate::ZERO { self.fixed } else { self.fixed.saturating_add(self.rate.of(total)) }
    }
}
