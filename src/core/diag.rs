//! What is wrong, where, and what to do about it.

use alloc::borrow::Cow;
use alloc::string::String;

/// How much a diagnostic matters
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is wrong; somebody may want to know what follows from the input
    Note,
    /// The input is usable; somebody should look
    Warning,
    /// The input is not usable
    Error,
}

impl Severity {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One problem in a policy or a set of facts, told to the merchant or their developer
///
/// The message starts in lower case, has no final full stop and no line break, and shows the reader's own text in
/// backticks. The code never changes its meaning and is never used again for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Names the kind of problem for ever, such as `policy.amount.malformed`
    pub code: &'static str,
    /// How much it matters
    pub severity: Severity,
    /// What is wrong
    pub message: String,
    /// What to do
    pub help: Cow<'static, str>,
    /// Where: a JSON pointer into the input (RFC 6901); empty for the whole
    pub at: String,
}

impl Diagnostic {
    /// A problem that makes the input unusable
    #[must_use]
    pub fn error(code: &'static str, at: impl Into<String>, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), help: help.into(), at: at.into() }
    }

    /// Something that deserves a look and stops nothing
    #[must_use]
    pub fn warning(code: &'static str, at: impl Into<String>, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, at, message, help) }
    }
}
