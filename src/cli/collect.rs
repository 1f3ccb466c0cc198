//! `tresen collect preview`: what would be written to a customer, before anybody writes.

use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Map, Value};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tresen_core::collect::message::Checked;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_letters::letter;
use tresen_texts::Language;
use tresen_texts::collect::{Message, Sentences, lint};
use tresen_wire::json::printable;
use tresen_wire::message::Particulars;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a message and read it over: prints it, and on standard error everything that stands against it
    Preview(Preview),
}

#[derive(Debug, Args)]
pub(crate) struct Preview {
    /// What the message has to say, as JSON; `tests/corpus/collect_texts/particulars` has some
    #[arg(long)]
    facts: PathBuf,
    /// How it sounds, instead of what the facts say: a note, or a reminder
    #[arg(long)]
    level: Option<Level>,
    /// To whom: language and form of address; several times to compare
    #[arg(long, value_enum, default_value = "de")]
    persona: Vec<Persona>,
    /// Sentences of the merchant's own, as JSON: `{"sign": "Herzliche Grüße"}`
    #[arg(long)]
    wording: Option<PathBuf>,
    /// In which form
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// How a message sounds
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// A word before the due date
    Note,
    /// Somebody forgot
    Friendly,
    /// To the point
    Neutral,
    /// The final notice
    Firm,
}

/// Who reads it
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Persona {
    /// German, Sie
    De,
    /// German, du
    DeDu,
    /// English
    En,
}

/// In which form it is printed
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Subject, preview, text message and the mail as text
    Text,
    /// The mail as a page
    Html,
    /// The letter; what is not one by its facts becomes one
    Pdf,
}

pub(crate) fn run(command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Preview(preview) => preview.run(),
    }
}

impl Preview {
    fn run(&self) -> Result<ExitCode, Failure> {
        let particulars = self.particulars()?;
        let own: Map<String, Value> = match &self.wording {
            Some(path) => read(path)?,
            None => Map::new(),
        };
        let checked = match particulars.to_core() {
            Ok(checked) => checked,
            Err(mistakes) => return Ok(told(&mistakes)),
        };
        let mut exit = ExitCode::SUCCESS;
        for persona in &self.persona {
            let sentences = match Sentences::of(persona.language()).ok_or_else(damaged)?.with(&own) {
                Ok(sentences) => sentences,
                Err(mistakes) => return Ok(told(&mistakes)),
            };
            let message = Message::new(&checked, &sentences).ok_or_else(damaged)?;
            let found = lint(&message, checked.get());
            if told(&found) != ExitCode::SUCCESS {
                exit = ExitCode::from(PROBLEMS);
            }
            self.print(&message, &checked)?;
        }
        Ok(exit)
    }

    /// The facts, with the level that is asked for in place of their own occasion
    fn particulars(&self) -> Result<Particulars, Failure> {
        let mut facts: Map<String, Value> = read(&self.facts)?;
        if let Some(level) = self.level {
            let own = facts.get("occasion").and_then(Value::as_object).cloned().unwrap_or_default();
            // What the facts say about a reminder stays, as far as the level has a place for it.
            let kept: &[&str] = match level {
                Level::Note => &[],
                Level::Friendly | Level::Neutral => &["earlier"],
                Level::Firm => &["earlier", "hand_over"],
            };
            let kind = level.to_possible_value().map(|value| Value::from(value.get_name())).unwrap_or_default();
            let mut wanted: Map<String, Value> = own.into_iter().filter(|(name, _)| kept.contains(&name.as_str())).collect();
            wanted.insert("kind".into(), kind);
            facts.insert("occasion".into(), Value::Object(wanted));
        }
        if self.format == Format::Pdf {
            facts.insert("by_letter".into(), Value::Bool(true));
        }
        serde_json::from_value(Value::Object(facts)).map_err(|error| unreadable(&self.facts, &error))
    }

    fn print(&self, message: &Message, checked: &Checked) -> Result<(), Failure> {
        let bytes = match self.format {
            Format::Text => {
                let Message { subject, preview, text, plain, .. } = message;
                let text = format!("Subject: {subject}\nPreview: {preview}\nText message ({}): {}\n\n{plain}\n", text.segments, text.text);
                text.into_bytes()
            }
            Format::Html => message.html.clone().into_bytes(),
            Format::Pdf => letter(message, checked).map_err(|why| {
                Failure::new(PROBLEMS, why.code(), why.to_string(), "mend the address or the name, or send this letter by hand")
            })?,
        };
        std::io::stdout().lock().write_all(&bytes).map_err(|error| Failure::writing("the message", &error))
    }
}

impl Persona {
    fn language(self) -> Language {
        match self {
            Self::De => Language::German,
            Self::DeDu => Language::GermanDu,
            Self::En => Language::English,
        }
    }
}

/// Tells what was found on standard error; fails where something of it is an error
fn told(found: &[Diagnostic]) -> ExitCode {
    for mistake in found {
        let severity = if mistake.severity == Severity::Error { "" } else { "warning: " };
        let at = if mistake.at.is_empty() { "the whole" } else { &mistake.at };
        let message = printable(mistake.message.clone());
        eprintln!("{severity}{message}\n  help   {}\n  code   {}     at   {at}\n", mistake.help, mistake.code);
    }
    let is_error = found.iter().any(|mistake| mistake.severity == Severity::Error);
    if is_error { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS }
}

fn read(path: &Path) -> Result<Map<String, Value>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &serde_json::Error) -> Failure {
    let message = printable(format!("`{}` cannot be read: {error}", path.display()));
    Failure::new(UNREADABLE, "message.json", message, "write one JSON object; `--help` names examples")
}

fn damaged() -> Failure {
    Failure::new(PROBLEMS, "message.texts.damaged", "the sentences of this build are damaged", "build it again")
}
