//! Which of a merchant's references are one person.

use serde::{Deserialize, Serialize};

/// Another reference turned out to be the same person, from the day of the event on: what protects the person counts for both
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerMerged {
    /// Id of the other
    pub other: String,
    /// Id of the one that leads: this, the other, or a third that both were merged into
    pub into: String,
}

/// It is another person after all
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerUnmerged {
    /// Id of the other
    pub other: String,
}
