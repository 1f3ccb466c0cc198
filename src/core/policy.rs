//! What the merchant wants, checked and compiled.
//!
//! A [`Policy`] has been validated: whoever holds one need not ask whether its facts exist or its bins are in order. It
//! is built from JSON by the shells or read from compiled bytes ([`Policy::from_bytes`]).

pub(crate) mod bytes;
mod collection;
mod compile;
mod condition;
mod decode;
mod encode;
mod method;
mod names;
mod plans;
mod settlement;
mod validate;
mod words;

use crate::date::Date;
use crate::facts::{CUSTOM_FIRST, FactIndex, FactKind, Visibility, known};
use crate::money::Currency;
use alloc::string::String;
use alloc::vec::Vec;

pub(crate) use bytes::unpack;
pub use bytes::{FORMAT_VERSION, MAGIC, PolicyBytesError};
pub use collection::{
    AFTER_DAYS_MAX, Address, COUNTED_DAYS_MAX, Chosen, Collection, LATER_DAYS_MAX, NOTE_DAYS_MAX, Persona, SEGMENTS_MAX, Segment, Speech,
    TERM_DAYS_MAX, Then, TimeOfDay,
};
pub use compile::{Question, Questions, Stage};
pub use condition::{Condition, Conditions, DEPTH_MAX, NODES_MAX, Node, Relation, Truth};
pub use method::{Fee, Kind, Limit, Method, Provider, Term, TermStart};
pub use names::is_free_of_separators;
pub use plans::{PLANS_MAX, PlanOffer};
pub use settlement::{
    DeferralTerms, HardshipTerms, LATER_MAX, PAUSE_DAYS_MAX, PAYMENT_METHODS_MAX, PaymentMethod, PlanTerms, Settlement, TIMES_MAX,
};
pub use validate::POINTS_MAX;

/// Most methods of a policy
pub const METHODS_MAX: usize = 16;
/// Most rules of a policy
pub const RULES_MAX: usize = 64;
/// Most classes, and most value classes
pub const CLASSES_MAX: usize = 16;

/// A checked, compiled policy
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Country code of the market
    pub market: [u8; 2],
    /// The currency of every amount
    pub currency: Currency,
    /// First day on which methods with credit risk may be offered
    pub valid_from: Option<Date>,
    /// Last day on which methods with credit risk may be offered
    pub valid_until: Option<Date>,
    /// Whether the merchant named who checked the registration duties (Directive (EU) 2023/2225; see `LAW` 0.6)
    pub registration_checked: bool,
    /// Whether this is what is left for a browser after the server's facts were folded in
    pub residual: bool,
    /// Whether holidays move due dates in Austria and the Netherlands; a policy that was compiled before these were known keeps to weekends
    pub knows_holidays: bool,
    /// Texts that conditions, bins and providers mention; a [`crate::facts::Text`] is a place in it
    pub texts: Vec<String>,
    /// Facts that the policy declares
    pub custom: Vec<CustomFact>,
    /// All conditions
    pub conditions: Conditions,
    /// Whether the scorecard for returning customers applies; reads server facts only
    pub returning: Condition,
    /// The scorecards, if there are any
    pub scorecards: Option<Scorecards>,
    /// From best to worst; never empty
    pub classes: Vec<Class>,
    /// The first that holds; empty if the policy has none
    pub value_classes: Vec<ValueClass>,
    /// How much a customer may owe in all
    pub exposure: Exposure,
    /// Rules beside the score
    pub rules: Vec<Rule>,
    /// The methods in the policy's order
    pub methods: Vec<Method>,
    /// Which order methods are shown in
    pub orders: Vec<DisplayOrder>,
    /// Methods for a shop that can get no decision, one bit a method
    pub fallback: u16,
    /// How the merchant collects, if the policy says; see [`Policy::collection`]. Never in a residual policy
    pub collection: Option<Collection>,
    /// What a customer may settle by themselves, if the policy says; see [`Policy::settlement`]. Never in a residual policy
    pub settlement: Option<Settlement>,
}

/// A fact that the policy declares itself
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomFact {
    /// Its number, [`CUSTOM_FIRST`] and up
    pub index: FactIndex,
    /// `custom.…`
    pub name: String,
    /// Boolean, integer, amount, date, text or texts
    pub kind: FactKind,
    /// Client or server
    pub visibility: Visibility,
}

/// The scorecard for new and the one for returning customers
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecards {
    /// For customers for whom `returning` does not hold
    pub new: Scorecard,
    /// For customers for whom `returning` holds
    pub returning: Scorecard,
    /// Place of the class for an order about which nothing is known
    pub unknown_class: u8,
}

/// Points for what is known
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scorecard {
    /// Points to start from
    pub base: i32,
    /// Whether something is known already: facts that were folded into `base`
    pub known: bool,
    /// One a fact
    pub attributes: Vec<Attribute>,
}

/// The points for one fact
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The fact
    pub fact: FactIndex,
    /// Points if it is missing
    pub missing: i32,
    /// Points if it is present
    pub points: Points,
}

/// How a present value earns points
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Points {
    /// Bins without gaps: the points below the first edge, then from each edge on
    Bins {
        /// Points below the first edge
        first: i32,
        /// Rising lower edges, each with the points from there on
        edges: Vec<(i64, i32)>,
    },
    /// Points by value
    Categories {
        /// Each value with its points, rising by value
        values: Vec<(i64, i32)>,
        /// Points for every other value
        other: i32,
    },
}

/// A risk class
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// The merchant's word for it; empty in a residual policy
    pub id: String,
    /// How an order gets into it
    pub entry: ClassEntry,
    /// Probability of default in parts per million
    pub default_probability_ppm: u32,
    /// Whether the probability comes from the merchant's own data, not from an assumption
    pub own_data: bool,
}

/// How an order gets into a class
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassEntry {
    /// At least that many points
    Points(i32),
    /// A condition
    When(Condition),
    /// Whatever the classes before do not take
    Rest,
}

/// A value class
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueClass {
    /// The merchant's word for it; empty in a residual policy
    pub id: String,
    /// When a customer belongs to it
    pub when: Condition,
}

/// How much a customer may owe in all
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exposure {
    /// Limits in minor units; the first that holds counts. None: the ladder alone
    pub limits: Option<Vec<Limit>>,
    /// A limit that grows
    pub ladder: Option<Ladder>,
}

/// A limit that grows with a fact
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// What it grows with
    pub fact: FactIndex,
    /// Rising `from` values, each with the limit in minor units from there on; never empty
    pub steps: Vec<(i64, i64)>,
}

/// A rule beside the score
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The merchant's word for it; empty in a residual policy
    pub id: String,
    /// When it applies
    pub when: Condition,
    /// What it does
    pub effect: Effect,
    /// Whether the reason is for the merchant alone
    pub private: bool,
}

/// What a rule does
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Withholds methods, one bit a method, for a reason
    Withhold {
        /// The methods
        methods: u16,
        /// Why
        reason: crate::offer::Reason,
    },
    /// Makes the class no better than the one at that place
    ClassAtBest(u8),
}

/// An order in which methods are shown
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayOrder {
    /// When it applies
    pub when: Condition,
    /// Places of the methods that come first
    pub methods: Vec<u8>,
}

/// Nothing is offered: what an engine holds before it has a policy
impl Default for Policy {
    fn default() -> Self {
        Self {
            market: *b"DE",
            currency: Currency::EUR,
            valid_from: None,
            valid_until: None,
            registration_checked: false,
            residual: false,
            knows_holidays: false,
            texts: Vec::new(),
            custom: Vec::new(),
            conditions: Conditions::default(),
            returning: Condition::ALWAYS,
            scorecards: None,
            classes: Vec::new(),
            value_classes: Vec::new(),
            exposure: Exposure::default(),
            rules: Vec::new(),
            methods: Vec::new(),
            orders: Vec::new(),
            fallback: 0,
            collection: None,
            settlement: None,
        }
    }
}

impl Policy {
    /// Type of a fact, the policy's own included
    #[must_use]
    pub fn kind_of(&self, fact: FactIndex) -> Option<FactKind> {
        self.custom_fact(fact).map(|custom| custom.kind).or_else(|| fact.kind())
    }

    /// Who may set a fact, the policy's own included
    #[must_use]
    pub fn visibility_of(&self, fact: FactIndex) -> Option<Visibility> {
        self.custom_fact(fact).map(|custom| custom.visibility).or_else(|| fact.visibility())
    }

    /// Name of a fact, the policy's own included
    #[must_use]
    pub fn name_of(&self, fact: FactIndex) -> &str {
        self.custom_fact(fact).map(|custom| custom.name.as_str()).or_else(|| fact.name()).unwrap_or("")
    }

    /// The fact with that name, the policy's own included
    #[must_use]
    pub fn fact_by_name(&self, name: &str) -> Option<FactIndex> {
        self.custom.iter().find(|custom| custom.name == name).map(|custom| custom.index).or_else(|| FactIndex::by_name(name))
    }

    /// The place of a text, if the policy mentions it
    #[must_use]
    pub fn text(&self, text: &str) -> Option<u32> {
        self.texts.iter().position(|known| known == text).and_then(|place| u32::try_from(place).ok())
    }

    /// The method with that id: its place and itself
    #[must_use]
    pub fn method(&self, id: &str) -> Option<(usize, &Method)> {
        self.methods.iter().enumerate().find(|(_, method)| method.id == id)
    }

    fn custom_fact(&self, fact: FactIndex) -> Option<&CustomFact> {
        if fact.0 < CUSTOM_FIRST {
            return None;
        }
        self.custom.iter().find(|custom| custom.index == fact)
    }

    /// Whether a fact says something about the customer's past that only the server knows, directly or through a class
    #[must_use]
    pub fn rests_on_server(&self, fact: FactIndex) -> bool {
        match self.visibility_of(fact) {
            Some(Visibility::Client | Visibility::Recorded) | None => false,
            Some(Visibility::Server) => true,
            Some(Visibility::Derived) => fact != known::CUSTOMER_AGE,
        }
    }
}
