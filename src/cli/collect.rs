//! `tresen collect`: what would be written to a customer, and how a policy would treat a case, before anybody writes.

use crate::decide::{date, utc_today};
use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use crate::{input, output};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tresen_core::collect::message::Checked;
use tresen_core::date::Date;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_core::facts::Facts;
use tresen_core::ladder::{Step, Tone};
use tresen_core::policy::{self, Address, Chosen, Policy, Speech};
use tresen_letters::letter;
use tresen_texts::Language;
use tresen_texts::collect::{Message, Sentences, lint};
use tresen_wire::facts::{Who, read_object};
use tresen_wire::json::printable;
use tresen_wire::message::Particulars;
use tresen_wire::treatment::Treatment;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a message and read it over: prints it, and on standard error everything that stands against it
    Preview(Preview),
    /// How a policy treats a case, and why: prints the segment, what each segment's condition says, and the ladder, as JSON
    Ladder(Ladder),
}

#[derive(Debug, Args)]
pub(crate) struct Ladder {
    /// The policy, as JSON or compiled
    #[arg(long)]
    policy: PathBuf,
    /// What is known of the case, as JSON: `{"case.level": 1, "case.last_opened": false}`; nothing is known without it
    #[arg(long)]
    case: Option<PathBuf>,
    /// The day, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    today: Option<Date>,
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
    /// Write every message of the chain that a policy has for the case, each as the policy says; JSON or compiled
    #[arg(long, conflicts_with_all = ["level", "format"])]
    policy: Option<PathBuf>,
    /// What is known of the case, as `tresen collect ladder` takes it
    #[arg(long, requires = "policy")]
    case: Option<PathBuf>,
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
        Command::Ladder(ladder) => ladder.run(),
    }
}

impl Ladder {
    fn run(&self) -> Result<ExitCode, Failure> {
        let policy = input::policy(&self.policy)?;
        let facts = match known(&policy, self.case.as_deref(), self.today)? {
            Ok(facts) => facts,
            Err(mistakes) => return Ok(told(&mistakes)),
        };
        let json = serde_json::to_value(Treatment::of(&policy, &facts)).map_err(|_| damaged())?;
        output::say("the ladder", format!("{json:#}\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What is known of a case, or everything that is wrong with what is said of it
fn known(policy: &Policy, case: Option<&Path>, today: Option<Date>) -> Result<Result<Facts, Vec<Diagnostic>>, Failure> {
    let said = case.map(read).transpose()?.unwrap_or_default();
    let today = today.map_or_else(utc_today, Ok)?;
    Ok(read_object(policy, &said, Who::Case, today))
}

impl Preview {
    fn run(&self) -> Result<ExitCode, Failure> {
        match &self.policy {
            Some(policy) => self.chain(policy),
            None => self.write(self.level, &self.persona),
        }
    }

    /// Writes all messages of a chain, each under what the policy says of it
    fn chain(&self, policy: &Path) -> Result<ExitCode, Failure> {
        let policy = input::policy(policy)?;
        let facts = match known(&policy, self.case.as_deref(), None)? {
            Ok(facts) => facts,
            Err(mistakes) => return Ok(told(&mistakes)),
        };
        let Chosen { ladder, persona, .. } = policy.collection().choose(&facts);
        let speaks = persona.language.is_some() || persona.address.is_some();
        let personas = if speaks { vec![Persona::of(persona)] } else { self.persona.clone() };
        if ladder.stopped {
            headed("Nothing is sent to this segment")?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut exit = ExitCode::SUCCESS;
        let note = ladder.note_days.map(|days| (format!("Note, {days} days before the due date"), Level::Note));
        let steps = ladder.steps.iter().zip(1_u8..).map(|(step, level)| (heading(&ladder, step, level), Level::of(step.tone)));
        for (heading, level) in note.into_iter().chain(steps) {
            headed(&heading)?;
            let written = self.write(Some(level), &personas)?;
            if written != ExitCode::SUCCESS {
                exit = written;
            }
        }
        Ok(exit)
    }

    fn write(&self, level: Option<Level>, personas: &[Persona]) -> Result<ExitCode, Failure> {
        let particulars = self.particulars(level)?;
        let own: Map<String, Value> = match &self.wording {
            Some(path) => read(path)?,
            None => Map::new(),
        };
        let checked = match particulars.to_core() {
            Ok(checked) => checked,
            Err(mistakes) => return Ok(told(&mistakes)),
        };
        let mut exit = ExitCode::SUCCESS;
        for persona in personas {
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
    fn particulars(&self, level: Option<Level>) -> Result<Particulars, Failure> {
        let mut facts: Map<String, Value> = read(&self.facts)?;
        if let Some(level) = level {
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
        output::say("the message", &bytes)
    }
}

/// What a policy says of a level
fn heading(ladder: &tresen_core::ladder::Ladder, step: &Step, level: u8) -> String {
    let since = if level == 1 { "the due date" } else { "the end of the term before" };
    let ways: Vec<&str> = step.channels.iter().map(|channel| channel.code()).collect();
    let (after, term, tone, ways) = (step.after_days, step.term_days, step.tone.code(), ways.join(", then "));
    let who = if ladder.by_hand { "; a human takes it in hand" } else { "" };
    format!("Level {level}, {tone}, {after} days after {since}; {term} days to pay; by {ways}{who}")
}

fn headed(heading: &str) -> Result<(), Failure> {
    output::say("the message", format!("== {heading} ==\n\n"))
}

impl Level {
    fn of(tone: Tone) -> Self {
        match tone {
            Tone::Friendly => Self::Friendly,
            Tone::Neutral => Self::Neutral,
            Tone::Firm => Self::Firm,
        }
    }
}

impl Persona {
    /// Who a policy says is written to
    fn of(persona: policy::Persona) -> Self {
        match (persona.language, persona.address) {
            (Some(Speech::English), _) => Self::En,
            (Some(Speech::German) | None, Some(Address::Familiar)) => Self::DeDu,
            (Some(Speech::German) | None, Some(Address::Formal) | None) => Self::De,
        }
    }

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
