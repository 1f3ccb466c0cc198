//! A message as what it consists of, before it becomes text, HTML or a letter.

use alloc::string::String;
use alloc::vec::Vec;

/// A piece of a message
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What it is about
    Heading(Line),
    /// A paragraph
    Paragraph(Line),
    /// What is owed, line by line
    Sum(Vec<Row>),
    /// The one button
    Pay {
        /// What stands on it
        words: String,
        /// Where it leads
        to: String,
    },
    /// Where a transfer goes
    Transfer(Line),
    /// Something that one may want to know beside
    Aside(Line),
    /// A rule between what is asked and what else there is
    Rule,
    /// The greeting at the end, and who it comes from
    Sign(Line, String),
    /// Who is behind it, in small letters
    Foot(Line),
}

/// Words in a row
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Span>);

/// Words that look alike
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// As everything
    Plain(String),
    /// What must catch the eye
    Strong(String),
    /// What leads somewhere
    Link {
        /// What it says
        words: String,
        /// Where it leads
        to: String,
    },
}

/// A line of what is owed
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is
    pub label: String,
    /// How much; nothing where it is a heading of others
    pub amount: Option<String>,
    /// How it stands among the others
    pub kind: RowKind,
}

/// How a line of what is owed stands among the others
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// What the next ones belong to
    Heading,
    /// One of many
    Part,
    /// What the others come to
    Total,
}

impl Line {
    /// Words that are like everything else
    #[must_use]
    pub fn of(words: String) -> Self {
        Self([Span::Plain(words)].into())
    }

    /// Only the words, links and all
    #[must_use]
    pub fn words(&self) -> String {
        self.0
            .iter()
            .map(|span| match span {
                Span::Plain(words) | Span::Strong(words) | Span::Link { words, .. } => words.as_str(),
            })
            .collect()
    }
}
