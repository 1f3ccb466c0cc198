//! The parts of a claim.

use crate::law::allocation::Kind;

/// A part of a claim, each with a balance of its own
///
/// Costs and interest are items like the price: they stay when the price is paid, and are seen until somebody waives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// The price of the goods
    Principal,
    /// The agreed fee of the payment method, or of a plan of instalments
    Fee,
    /// The agreed interest of a plan of instalments, for the whole of its time
    Interest,
    /// Interest for late payment; bears none itself (BGB section 289)
    DefaultInterest,
    /// The 40 euros that a business owes in default (BGB section 288(5))
    LumpSum,
    /// What reminding cost
    DunningCost,
    /// What a lawyer, a collector or a court cost
    LegalCost,
}

impl ItemKind {
    /// All of them
    pub const ALL: [Self; 7] =
        [Self::Principal, Self::Fee, Self::Interest, Self::DefaultInterest, Self::LumpSum, Self::DunningCost, Self::LegalCost];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Principal => "principal",
            Self::Fee => "fee",
            Self::Interest => "interest",
            Self::DefaultInterest => "default_interest",
            Self::LumpSum => "lump_sum",
            Self::DunningCost => "dunning_cost",
            Self::LegalCost => "legal_cost",
        }
    }

    /// What it is to the law when a payment is not enough for everything
    ///
    /// An agreed fee is part of the price; the lump sum is a cost of getting paid.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Principal | Self::Fee => Kind::Principal,
            Self::Interest => Kind::Interest,
            Self::DefaultInterest => Kind::DefaultInterest,
            Self::LumpSum | Self::DunningCost => Kind::Costs,
            Self::LegalCost => Kind::LegalCosts,
        }
    }

    /// Whether it was agreed with the order; the rest comes of not paying in time
    #[must_use]
    pub fn is_agreed(self) -> bool {
        matches!(self, Self::Principal | Self::Fee | Self::Interest)
    }

    /// Whether it is charged as a cost, with a ground of its own
    #[must_use]
    pub fn is_cost(self) -> bool {
        matches!(self, Self::LumpSum | Self::DunningCost | Self::LegalCost)
    }
}
