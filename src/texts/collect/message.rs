//! A message, ready to go.

use super::blocks::Block;
use super::compose::Composer;
use super::paper::Paper;
use super::sentences::Sentences;
use super::telephone::TextMessage;
use super::{html, plain};
use crate::bundled::Language;
use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::collect::message::Checked;

/// A message about what somebody owes, in all its forms
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its language
    pub language: Language,
    /// What stands on a lock screen and in a list of mails
    pub subject: String,
    /// What stands beside it
    pub preview: String,
    /// The mail as text
    pub plain: String,
    /// The mail as a page: one file, nothing loaded, nothing counted
    pub html: String,
    /// The message to a telephone
    pub text: TextMessage,
    /// What it consists of, for a letter
    pub blocks: Vec<Block>,
    /// What a letter has beside
    pub paper: Paper,
}

impl Message {
    /// The message that says these particulars in these sentences; nothing only if a language file of this build is damaged, which a test
    /// rules out
    #[must_use]
    pub fn new(particulars: &Checked, sentences: &Sentences) -> Option<Self> {
        let composer = Composer::new(particulars.get(), sentences)?;
        let blocks = composer.blocks();
        let (subject, preview) = (composer.say("subject"), composer.say("preview"));
        let language = sentences.language();
        Some(Self {
            language,
            plain: plain::mail(&blocks),
            html: html::mail(language, &particulars.get().sender, (&subject, &preview), &blocks),
            text: composer.text_message(),
            subject,
            preview,
            blocks,
            paper: Paper::new(&composer, particulars.get()),
        })
    }
}
