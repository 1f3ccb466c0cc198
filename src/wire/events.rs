//! What has happened, as it is stored: the envelope and the facts of every event.
//!
//! **Invariant:** nothing in an event identifies a person without the key that lies with the customer: events name the
//! customer by an id of the service's own, never by name, address or e-mail, so that they can stay when the person is erased.

mod account;
mod agreement;
mod check;
mod collection;
mod contact;
mod decision;
mod earlier;
mod hold;
mod payment;
mod person;
mod receivable;
mod request;
mod review;
mod sale;
mod twin;

pub use account::{from_core, to_core};
pub use agreement::*;
pub use check::*;
pub use collection::*;
pub use contact::*;
pub use decision::*;
pub use earlier::EARLIER;
pub use hold::*;
pub use payment::*;
pub use person::*;
pub use receivable::*;
pub use request::*;
pub use review::*;
pub use sale::*;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who made it happen
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// `shop`, `shopper`, `provider`, `system` or `import`
    pub kind: ActorKind,
    /// Which one: the id of an API key, a session, a provider
    pub id: String,
    /// In what capacity
    pub role: String,
}

/// The kinds of those who make things happen
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// The shop's server, by its secret key
    Shop,
    /// The person at the checkout
    Shopper,
    /// A payment provider
    Provider,
    /// The service itself, by the clock
    System,
    /// Somebody who brought history in from elsewhere
    Import,
}

/// An event with its envelope
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// UUID version 7
    pub event_id: String,
    /// Whose it is
    pub tenant_id: String,
    /// What it is about, such as `receivable/rcv_…`
    pub stream: String,
    /// Counts from 1 in its stream
    pub seq: i64,
    /// Which event
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Version of the facts' shape
    pub v: u16,
    /// When it happened, UTC
    pub occurred_at: String,
    /// When it was written down, UTC
    pub recorded_at: String,
    /// The day on which it counts, in the merchant's zone
    pub effective_date: String,
    /// Who made it happen
    pub actor: Actor,
    /// The event that led to this one
    pub causation_id: Option<String>,
    /// What belongs together: the session
    pub correlation_id: String,
    /// The caller's key of the request that led to it
    pub idempotency_key: Option<String>,
    /// Hash of the policy in force
    pub policy_version: Option<String>,
    /// The facts of the event
    pub data: Body,
    /// Hash of the event before it in the stream; zeros before the first
    pub prev_hash: String,
    /// SHA-256 over all of the above, chained by `prev_hash`
    pub hash: String,
}

/// A name and version that no event of this house bears, or facts that do not fit it
#[derive(Debug)]
pub struct UnreadableEvent {
    /// The name as stored
    pub kind: String,
    /// The version as stored
    pub v: u16,
    /// What the reader said
    pub problem: String,
}

impl std::fmt::Display for UnreadableEvent {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "event `{}` version {} cannot be read: {}", self.kind, self.v, self.problem)
    }
}

impl std::error::Error for UnreadableEvent {}

macro_rules! bodies {
    ($($(#[doc = $doc:literal])+ $name:ident $version:literal),+ $(,)?) => {
        /// The facts of an event; every name and version that exists
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Body { $($(#[doc = $doc])+ $name($name)),+ }

        impl Body {
            /// Every name and its version today
            pub const KINDS: &'static [(&'static str, u16)] = &[$((stringify!($name), $version)),+];

            /// Name and version as stored
            #[must_use]
            pub fn kind(&self) -> (&'static str, u16) {
                match self { $(Self::$name(_) => (stringify!($name), $version)),+ }
            }

            /// Reads what [`Body::kind`] and the serialised facts wrote into a stream, raised to today's version
            ///
            /// # Errors
            ///
            /// [`UnreadableEvent`] for a name or version that does not exist, or facts that do not fit.
            pub fn from_stored(kind: &str, v: u16, stream: &str, data: &str) -> Result<Self, UnreadableEvent> {
                let read = match (kind, v) {
                    $((stringify!($name), $version) => serde_json::from_str(data).map(Self::$name).map_err(|problem| problem.to_string()),)+
                    _ => earlier::raised(kind, v, stream, data).unwrap_or_else(|| Err("no such name and version".to_owned())),
                };
                read.map_err(|problem| UnreadableEvent { kind: kind.to_owned(), v, problem })
            }
        }

        $(impl From<$name> for Body { fn from(body: $name) -> Self { Self::$name(body) } })+
    };
}

bodies! {
    /// The shop's server asked
    QualificationRequested 1,
    /// The service answered
    QualificationDecided 1,
    /// An order stands on the answer
    DecisionBound 1,
    /// A person asked that somebody look at it
    DecisionContested 1,
    /// A human looked at it
    DecisionReviewed 1,
    /// An order stands on what the human granted
    GrantUsed 1,
    /// A person's data were erased
    CustomerErased 1,
    /// A person was asked to confirm something
    IdentityCheckRequired 1,
    /// It is confirmed
    IdentityCheckPassed 1,
    /// It is not confirmed
    IdentityCheckFailed 1,
    /// History brought in from before the service kept it
    HistoryImported 1,
    /// A claim came to be
    ReceivableCreated 2,
    /// The invoice reached the customer
    InvoiceDelivered 1,
    /// The goods reached the customer
    GoodsDelivered 1,
    /// The customer turns out to be a business, or a consumer
    PartyChanged 1,
    /// Its due date was set
    DueDateSet 2,
    /// The customer is in default
    DefaultStarted 1,
    /// Default interest was reckoned up to a day
    InterestAccrued 1,
    /// A cost was charged
    CostCharged 1,
    /// Costs or default interest are not asked for any more
    CostWaived 1,
    /// The merchant gave credit
    CreditNoteIssued 1,
    /// The customer withdrew from the contract
    WithdrawalReceived 1,
    /// The debt, or some of it, was forgiven
    DebtWaived 1,
    /// Too little was left to ask for
    SmallBalanceCleared 1,
    /// The debt, or some of it, is not expected any more
    WrittenOff 1,
    /// A payment was begun with a provider
    PaymentInitiated 1,
    /// Money for claims is on its way
    PaymentPending 1,
    /// Money has come, and nobody knows yet whose it is
    PaymentUnallocated 1,
    /// Money has come
    PaymentSettled 2,
    /// A payment will not come
    PaymentFailed 1,
    /// Money was put against claims
    PaymentAllocated 2,
    /// Money was taken from claims again
    AllocationReversed 1,
    /// A payment was booked in error
    PaymentReversed 1,
    /// The payer's bank took money back
    ChargebackOpened 1,
    /// The money came back to the merchant
    ChargebackWon 1,
    /// It did not
    ChargebackLost 1,
    /// Money is to be given back
    RefundGranted 1,
    /// It has been given back
    RefundSettled 1,
    /// It could not be given back
    RefundFailed 1,
    /// Something is not done for the time being
    HoldPlaced 1,
    /// It may be done again
    HoldReleased 1,
    /// Another reference is the same person
    CustomerMerged 1,
    /// It is another person after all
    CustomerUnmerged 1,
    /// The customer said when they will pay
    PromiseMade 1,
    /// What became of it
    PromiseEnded 1,
    /// The customer may pay later
    DeferralGranted 1,
    /// Claims are paid by a plan of instalments
    PlanAccepted 2,
    /// The schedule was changed
    PlanRescheduled 1,
    /// The schedule ended
    PlanEnded 1,
    /// The customer objects
    DisputeRaised 1,
    /// What became of it
    DisputeEnded 1,
    /// The customer objects again
    DisputeReopened 1,
    /// A notice of the next level is to go out
    LevelRaised 1,
    /// It arrived
    NoticeArrived 1,
    /// A level was taken back
    LevelReset 1,
    /// An agency collects
    Placed 1,
    /// The merchant took the claim back
    PlacementRecalled 1,
    /// The agency gave it back
    ReturnedUncollectible 1,
    /// A second person agreed to what one may not do alone
    ActApproved 1,
    /// It is agreed that a claim will be sold
    SaleAgreed 1,
    /// It will not be sold after all
    SaleCancelled 1,
    /// The claim is the buyer's
    TitleTransferred 1,
    /// The buyer paid of the price
    PurchasePricePaid 1,
    /// Money that came to the merchant for a claim that is sold was passed on
    MisdirectedPaymentForwarded 1,
    /// The claim is the merchant's again
    Repurchased 1,
    /// A message was written and is to go out
    ContactPlanned 1,
    /// It was not sent
    ContactSuppressed 1,
    /// It went out
    ContactSent 1,
    /// It arrived
    ContactDelivered 1,
    /// It came back
    ContactBounced 1,
    /// It could not be sent
    ContactFailed 1,
    /// It was opened
    ContactOpened 1,
    /// A payment had come before it
    ContactCrossed 1,
    /// The customer does not want to be written to that way
    OptedOut 1,
    /// A human has to look at something
    TaskCreated 1,
    /// A human has looked at it
    TaskDone 1,
    /// A customer asked for something in their account
    RequestMade 1,
    /// They took it back
    RequestTakenBack 1,
}

/// A value of one fact, as JSON
pub type FactValue = Value;
