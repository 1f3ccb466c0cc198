//! Which sentences a message has, in which order.

use super::blocks::{Block, Line, Span};
use super::sentences::Sentences;
use super::sum;
use super::telephone::TextMessage;
use super::values::{Values, Writer, of_message};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::collect::Tone;
use tresen_core::collect::message::{Occasion, Particulars, Ways};
use tresen_core::date::Date;

/// Puts a message together
pub(super) struct Composer<'a> {
    particulars: &'a Particulars,
    sentences: &'a Sentences,
    writer: Writer<'a>,
    values: Values,
}

impl<'a> Composer<'a> {
    pub(super) fn new(particulars: &'a Particulars, sentences: &'a Sentences) -> Option<Self> {
        let writer = Writer::new(sentences, particulars.today)?;
        let values = of_message(&writer, particulars);
        Some(Self { particulars, sentences, writer, values })
    }

    /// A sentence, in the form for several claims or for a letter where there is one
    pub(super) fn line(&self, key: &str) -> Line {
        let several = (self.particulars.claims.len() > 1).then(|| format!("{key}.several"));
        let letter = self.particulars.by_letter.then(|| format!("{key}.letter"));
        let special = several.into_iter().chain(letter).find(|key| self.sentences.get(key).is_some());
        let key = special.as_deref().unwrap_or(key);
        let value = |name: &str| self.values.iter().find(|(blank, _)| *blank == name).map(|(_, value)| value.as_str());
        self.sentences.line(key, value, |name| self.way(name))
    }

    /// A sentence as text
    pub(super) fn say(&self, key: &str) -> String {
        self.line(key).words()
    }

    /// A sentence with its blanks open
    pub(super) fn open(&self, key: &str) -> String {
        self.sentences.get(key).unwrap_or_default().into()
    }

    /// A day with its year
    pub(super) fn date(&self, date: Date) -> String {
        self.writer.date(date)
    }

    /// Who answers, where and when
    pub(super) fn answers(&self) -> Vec<String> {
        self.writer.answers(&self.particulars.sender)
    }

    /// Where words lead; on paper, nowhere
    fn way(&self, name: &str) -> Option<&str> {
        let Ways { plan, promise, dispute, preferences, .. } = &self.particulars.ways;
        let way = match name {
            "plan" => plan,
            "promise" => promise,
            "dispute" => dispute,
            "preferences" => preferences,
            _ => return None,
        };
        way.as_deref().filter(|_| !self.particulars.by_letter)
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        let Particulars { occasion, person, .. } = self.particulars;
        let code = occasion.code();
        let mut opening = alloc::vec![format!("opening.{code}")];
        opening.extend(self.earlier().map(String::from));
        let mut paragraphs = alloc::vec![opening];
        paragraphs.extend(self.remarks().map(|key| alloc::vec![key.into()]));
        // That it costs nothing is too short for a paragraph.
        if self.is_free()
            && let Some(last) = paragraphs.last_mut()
        {
            last.push("free".into());
        }
        let mut blocks = alloc::vec![
            Block::Heading(self.line(&format!("heading.{code}"))),
            Block::Paragraph(self.line(if person.name.is_some() { "greeting.named" } else { "greeting" })),
        ];
        blocks.extend(paragraphs.iter().map(|keys| Block::Paragraph(self.together(keys))));
        if matches!(occasion, Occasion::Plan { .. }) {
            blocks.push(Block::Sum(sum::rates(&self.writer, self.particulars)));
        }
        blocks.push(Block::Sum(sum::rows(&self.writer, self.particulars)));
        blocks.extend(self.payment());
        blocks.push(Block::Rule);
        blocks.extend(self.asides().into_iter().map(|key| Block::Aside(self.line(&key))));
        blocks.push(Block::Sign(self.line("sign"), self.particulars.sender.shop.clone()));
        blocks.push(Block::Foot(self.line(if self.particulars.sender.register.is_some() { "foot.register" } else { "foot" })));
        if self.way("preferences").is_some() {
            blocks.push(Block::Foot(self.line("foot.preferences")));
        }
        blocks
    }

    /// Sentences in a row
    fn together(&self, keys: &[String]) -> Line {
        let mut line = Line::default();
        for key in keys {
            if !line.0.is_empty() {
                line.0.push(Span::Plain(" ".into()));
            }
            line.0.extend(self.line(key).0);
        }
        line
    }

    /// That there were messages before
    fn earlier(&self) -> Option<&'static str> {
        let Occasion::Reminder { tone: Tone::Neutral | Tone::Firm, earlier, .. } = &self.particulars.occasion else { return None };
        match earlier.len() {
            0 => None,
            1 => Some("earlier"),
            2.. => Some("earlier.many"),
        }
    }

    /// What follows the opening
    fn remarks(&self) -> impl Iterator<Item = &'static str> {
        let Particulars { occasion, total, default_from, .. } = self.particulars;
        let after = match occasion {
            Occasion::Crossed { .. } | Occasion::Thanks { .. } if total.minor() == 0 => Some("settled"),
            Occasion::Crossed { .. } | Occasion::Thanks { .. } => Some("remaining"),
            _ => None,
        };
        let back = matches!(occasion, Occasion::Crossed { back: Some(_), .. }).then_some("back");
        let surplus = matches!(occasion, Occasion::Crossed { surplus: Some(_), .. } | Occasion::Thanks { surplus: Some(_), .. });
        let remarks = [default_from.map(|_| "default"), back, after, surplus.then_some("surplus")];
        remarks.into_iter().flatten()
    }

    /// Whether it asks for money and nothing was added to what was agreed
    fn is_free(&self) -> bool {
        let mut parts = self.particulars.claims.iter().flat_map(|claim| &claim.parts);
        self.particulars.occasion.asks() && !parts.any(|part| part.kind.is_extra())
    }

    /// How it is paid: one button, and the account
    fn payment(&self) -> Vec<Block> {
        let Particulars { occasion, ways, by_letter, .. } = self.particulars;
        if !occasion.asks() {
            return Vec::new();
        }
        let button = ways.pay.as_ref().filter(|_| !by_letter).map(|to| Block::Pay { words: self.say("pay"), to: to.clone() });
        let key = if button.is_some() { "transfer" } else { "transfer.only" };
        let transfer = ways.transfer.as_ref().map(|_| Block::Transfer(self.line(key)));
        button.into_iter().chain(transfer).collect()
    }

    /// What else there is to know and to do
    fn asides(&self) -> Vec<String> {
        let Particulars { occasion, ways, sender, .. } = self.particulars;
        let hand_over = match occasion {
            Occasion::Reminder { hand_over: Some(hand_over), .. } => {
                Some(if hand_over.cost.is_some() { "hand_over.cost" } else { "hand_over" })
            }
            _ => None,
        };
        let next = match hand_over {
            Some(key) => String::from(key),
            None => format!("next.{}", occasion.code()),
        };
        let later = match (&ways.plan, &ways.promise, occasion) {
            (_, _, Occasion::Rate { .. }) | (None, None, _) => "line.later",
            (Some(_), None, _) => "line.later.plan",
            (None, Some(_), _) => "line.later.promise",
            (Some(_), Some(_), _) => "line.later.both",
        };
        let wrong = if ways.dispute.is_some() && !self.particulars.by_letter { "line.wrong.link" } else { "line.wrong" };
        let talk = if sender.phone.is_some() { "line.talk.phone" } else { "line.talk" };
        let asks = occasion.asks();
        let is_dispute = matches!(occasion, Occasion::Dispute { .. });
        let advice = matches!(occasion, Occasion::Reminder { tone: Tone::Firm, .. } | Occasion::PromiseMissed { .. });
        let mut asides = Vec::new();
        if self.sentences.get(&next).is_some() {
            asides.push(next);
        }
        let lines = [
            (asks, "line.paid"),
            (asks, later),
            (!is_dispute, wrong),
            (true, talk),
            (true, "line.genuine"),
            (advice && ways.advice.is_some(), "line.advice"),
        ];
        asides.extend(lines.into_iter().filter(|(is_there, _)| *is_there).map(|(_, key)| key.into()));
        asides
    }

    pub(super) fn text_message(&self) -> TextMessage {
        let key = if self.particulars.ways.pay.is_some() { "text" } else { "text.none" };
        let text = self.say(key);
        let phone = self.particulars.sender.phone.as_ref().map(|_| self.say("text.phone")).unwrap_or_default();
        TextMessage::shortest(&[&format!("{text}{phone}"), &text])
    }
}
