//! What the views need to know, as plain values: an adapter makes it from a decision, the views only write it down.

use alloc::string::String;
use alloc::vec::Vec;

/// One picture of the counter
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// What the order costs, as it is written; empty while nobody knows
    pub total: String,
    /// The methods that are shown, in their order
    pub methods: Vec<Method>,
}

/// How a method stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be chosen and ordered with
    Offered,
    /// It can be chosen; one detail is missing before the order
    Incomplete,
    /// It is not part of this order
    Withheld,
    /// Nothing is said about it, because the shop does not have it
    Absent,
}

impl Standing {
    /// Whether it stands in the list
    pub const fn is_listed(self) -> bool {
        matches!(self, Self::Offered | Self::Incomplete)
    }
}

/// What stands under a chosen method
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Ticked facts
    Facts(Vec<String>),
    /// One sentence
    Sentence(String),
    /// The fields of a bank account
    Account,
}

/// Whether the date of birth is a question here
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// It is not
    No,
    /// It is missing
    Asked,
    /// The person gave it here and may change it here
    Given,
}

/// A text to agree to
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The id that the policy names
    pub id: &'static str,
    /// The version of the wording
    pub version: String,
    /// The sentence beside the box
    pub text: String,
    /// The heading of the terms
    pub title: String,
    /// The terms, one paragraph a line
    pub terms: String,
    /// What is hashed
    pub exact: String,
}

/// One method, in words
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Its place in the policy: what a view is found by
    pub index: usize,
    /// Its id
    pub id: String,
    /// Its picture
    pub icon: tresen_ui::Icon,
    /// How it stands
    pub standing: Standing,
    /// Its name
    pub name: String,
    /// The line under the name
    pub line: String,
    /// What stands under it when it is chosen
    pub body: Body,
    /// Whether the date of birth is a question
    pub birth: Birth,
    /// What must be agreed to
    pub agreement: Option<Agreement>,
    /// What the order comes to with it
    pub summary: String,
    /// The name of the button that goes on with it
    pub go_on: String,
    /// What is said once the missing detail is there
    pub thanks: String,
    /// Why it is not part of this order, in a sentence
    pub sentence: String,
    /// The same, explained
    pub why: Vec<String>,
    /// The method under which the same is told of this one too; its own place if it stands for itself
    pub told_with: usize,
    /// The names of all methods of which it is told here; several without their days, which would read as one more method
    pub heading: String,
    /// What is announced when it comes or goes
    pub news: String,
    /// Whether a person can be asked to look at it
    pub review: bool,
}
