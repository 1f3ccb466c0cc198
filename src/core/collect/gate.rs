//! Why nothing is done about a claim.

use crate::date::Date;
use crate::law::contact::Refusal;
use crate::receivable::HoldReason;

/// What stops everything about a claim for now, in the order in which it is asked
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// The merchant has stopped everything
    Stopped,
    /// An agency has the claim
    Elsewhere,
    /// The claim is sold: the buyer asks for it
    Sold,
    /// A hold is in force
    Held(HoldReason),
    /// There is no due date
    NoDueDate,
    /// Nothing is late; something may be said from that day on
    NotDue(Date),
    /// Nothing is late, and everything there is to say was said
    Noted,
    /// What is late is too little to be asked for
    TooLittle,
    /// The next level is for a later day
    NotYet(Date),
    /// A notice is on its way, or it is not known whether it went out
    OnItsWay,
    /// The chain has ended, and nothing is proposed
    ChainEnded,
    /// The hours, or how often
    Contact(Refusal),
    /// Another message to this customer goes first, or went out within a day
    OtherFirst,
    /// There is no way to the person
    NoWay,
    /// The ways that are open to the person are ways that nobody carries messages by
    NoCarrier,
    /// Every way that is left costs more than it is expected to bring
    TooDear,
}

impl Gate {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Stopped => "gate.stopped",
            Self::Elsewhere => "gate.elsewhere",
            Self::Sold => "gate.sold",
            Self::Held(_) => "gate.held",
            Self::NoDueDate => "gate.no_due_date",
            Self::NotDue(_) => "gate.not_due",
            Self::Noted => "gate.noted",
            Self::TooLittle => "gate.too_little",
            Self::NotYet(_) => "gate.not_yet",
            Self::OnItsWay => "gate.on_its_way",
            Self::ChainEnded => "gate.chain_ended",
            Self::Contact(refusal) => refusal.code(),
            Self::OtherFirst => "gate.other_first",
            Self::NoWay => "gate.no_way",
            Self::NoCarrier => "gate.no_carrier",
            Self::TooDear => "gate.too_dear",
        }
    }
}
