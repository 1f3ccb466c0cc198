//! Where the events and the sealed data of a thing lie: `receivable/rcv_…`.
//!
//! **Invariant:** nothing else makes up or takes apart the name of a stream.

use tresen_core::ident::{
    CheckId, CustomerId, DecisionId, InquiryId, MessageId, PaymentId, ProofId, ReceivableId, RequestId, ReviewId, SessionId, TaskId,
};
use tresen_core::money::Currency;

/// One thing's place: the name of its stream of events, and what its sealed data is bound to
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// What is about several claims of a customer, in one currency or in all
    Case(CustomerId, Option<String>),
    /// Something that a person was asked to confirm
    Check(CheckId),
    /// A customer or guest
    Customer(CustomerId),
    /// A decision and the order that it binds
    Decision(DecisionId),
    /// A question to a credit bureau; it has sealed data and no events of its own
    Inquiry(InquiryId),
    /// A message; one about what somebody owes has events of its own, too
    Message(MessageId),
    /// A payment
    Payment(PaymentId),
    /// A file that a customer sent; it has sealed data and no events of its own
    Proof(ProofId),
    /// A claim
    Receivable(ReceivableId),
    /// Something that a customer asked for in their account
    Request(RequestId),
    /// A question to a human
    Review(ReviewId),
    /// A session; it has sealed data and no events of its own
    Session(SessionId),
    /// What only a human can decide
    Task(TaskId),
}

impl Place {
    /// Reads a place
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('/')?;
        match kind {
            "case" => match id.split_once('/') {
                Some((id, currency)) => Some(Self::Case(CustomerId::parse(id)?, Some(Currency::parse(currency)?.code().to_owned()))),
                None => Some(Self::Case(CustomerId::parse(id)?, None)),
            },
            "check" => CheckId::parse(id).map(Self::Check),
            "customer" => CustomerId::parse(id).map(Self::Customer),
            "decision" => DecisionId::parse(id).map(Self::Decision),
            "inquiry" => InquiryId::parse(id).map(Self::Inquiry),
            "message" => MessageId::parse(id).map(Self::Message),
            "payment" => PaymentId::parse(id).map(Self::Payment),
            "proof" => ProofId::parse(id).map(Self::Proof),
            "receivable" => ReceivableId::parse(id).map(Self::Receivable),
            "request" => RequestId::parse(id).map(Self::Request),
            "review" => ReviewId::parse(id).map(Self::Review),
            "session" => SessionId::parse(id).map(Self::Session),
            "task" => TaskId::parse(id).map(Self::Task),
            _ => None,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Case(id, Some(currency)) => write!(out, "case/{id}/{currency}"),
            Self::Case(id, None) => write!(out, "case/{id}"),
            Self::Check(id) => write!(out, "check/{id}"),
            Self::Customer(id) => write!(out, "customer/{id}"),
            Self::Decision(id) => write!(out, "decision/{id}"),
            Self::Inquiry(id) => write!(out, "inquiry/{id}"),
            Self::Message(id) => write!(out, "message/{id}"),
            Self::Payment(id) => write!(out, "payment/{id}"),
            Self::Proof(id) => write!(out, "proof/{id}"),
            Self::Receivable(id) => write!(out, "receivable/{id}"),
            Self::Request(id) => write!(out, "request/{id}"),
            Self::Review(id) => write!(out, "review/{id}"),
            Self::Session(id) => write!(out, "session/{id}"),
            Self::Task(id) => write!(out, "task/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_and_read_back() {
        let (secret, by_time) = ([0xab; 20], [0xab; 16]);
        let (secret_digits, digits) = ("ab".repeat(20), "ab".repeat(16));
        for (place, text) in [
            (Place::Case(CustomerId::from_bytes(by_time), Some("CHF".to_owned())), format!("case/cst_{digits}/CHF")),
            (Place::Case(CustomerId::from_bytes(by_time), None), format!("case/cst_{digits}")),
            (Place::Check(CheckId::from_bytes(secret)), format!("check/chk_{secret_digits}")),
            (Place::Customer(CustomerId::from_bytes(by_time)), format!("customer/cst_{digits}")),
            (Place::Decision(DecisionId::from_bytes(by_time)), format!("decision/dec_{digits}")),
            (Place::Inquiry(InquiryId::from_bytes(by_time)), format!("inquiry/inq_{digits}")),
            (Place::Message(MessageId::from_bytes(by_time)), format!("message/msg_{digits}")),
            (Place::Payment(PaymentId::from_bytes(secret)), format!("payment/pay_{secret_digits}")),
            (Place::Proof(ProofId::from_bytes(by_time)), format!("proof/prf_{digits}")),
            (Place::Receivable(ReceivableId::from_bytes(by_time)), format!("receivable/rcv_{digits}")),
            (Place::Request(RequestId::from_bytes(by_time)), format!("request/req_{digits}")),
            (Place::Review(ReviewId::from_bytes(by_time)), format!("review/rev_{digits}")),
            (Place::Session(SessionId::from_bytes(secret)), format!("session/cs_{secret_digits}")),
            (Place::Task(TaskId::from_bytes(by_time)), format!("task/tsk_{digits}")),
        ] {
            assert_eq!(place.to_string(), text);
            assert_eq!(Place::parse(&text), Some(place));
        }
        for text in [
            format!("case/cst_{digits}/chf"),
            format!("case/cst_{digits}/"),
            format!("receivable/dec_{digits}"),
            format!("claim/rcv_{digits}"),
            format!("rcv_{digits}"),
            String::new(),
        ] {
            assert_eq!(Place::parse(&text), None, "{text}");
        }
    }
}
