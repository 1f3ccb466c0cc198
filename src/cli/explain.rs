//! `tresen explain`: why a method is decided on as it is, as text for the person or as a file for the merchant.

use crate::decide::{date, utc_today};
use crate::failure::{Failure, PROBLEMS};
use crate::{input, output};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::Facts;
use tresen_core::policy::Policy;
use tresen_service::{Reader, explanation_text};
use tresen_texts::Language;
use tresen_wire::decision::{hash, hex};
use tresen_wire::explain::{Case, descriptions, explain};
use tresen_wire::facts::{Who, read_object};
use tresen_wire::http::{EXPLANATION_KIND, ExplanationFile, Replay};
use tresen_wire::order::{self, Line};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy, as JSON
    #[arg(long)]
    policy: PathBuf,
    /// One JSON object: facts, or `{"facts": {…}, "today": "2026-11-21"}`
    #[arg(long)]
    facts: PathBuf,
    /// The policy's id of the method
    #[arg(long)]
    method: String,
    /// The day of the decision, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    today: Option<Date>,
    /// Print the text for the person, in plain lines, instead of the merchant's file
    #[arg(long)]
    text: bool,
    /// Language of the text
    #[arg(long, default_value = "de")]
    locale: String,
    /// How the text speaks to the person in German
    #[arg(long, default_value = "sie", value_parser = ["sie", "du"])]
    address_form: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let source = fs::read(&arguments.policy).map_err(|error| Failure::reading(&arguments.policy, &error))?;
    let examined = input::json(&arguments.policy, &source)?;
    let Some((policy, _, merchant)) = examined.built else {
        return Err(input::problems(&arguments.policy, &examined.diagnostics));
    };
    let line = fs::read(&arguments.facts).map_err(|error| Failure::reading(&arguments.facts, &error))?;
    let document = order::parse(&line).map_err(unusable)?;
    let line = Line::of(&document, &["today"]).map_err(unusable)?;
    let today = line.day(arguments.today.map_or_else(utc_today, Ok)?).map_err(unusable)?;
    let facts: Facts = read_object(&policy, line.facts, Who::Service, today).map_err(unusable)?;
    let source: serde_json::Value = serde_json::from_slice(&source).unwrap_or_default();
    let case = Case {
        policy: &policy,
        program: &policy.program(),
        policy_hash: &hex(&hash(&policy.to_bytes())),
        descriptions: &descriptions(&source),
        sells: merchant.sells(),
        facts: &facts,
        said: line.facts,
        is_of_the_ledger: &|name| name.starts_with("account."),
        today,
    };
    let explanation = explain(&case, &arguments.method).ok_or_else(|| unknown(&policy, &arguments.method))?;
    if arguments.text {
        let language = Language::choose(&arguments.locale, &arguments.address_form);
        let told =
            explanation_text(&explanation, &merchant.name, language, None, Reader::Person).map(|text| text.plain).unwrap_or_default();
        return output::say("the explanation", told).map(|()| ExitCode::SUCCESS);
    }
    let replay = Replay { policy: source, facts: line.facts.clone(), today: today.to_iso() };
    let file = ExplanationFile { kind: EXPLANATION_KIND.to_owned(), decision: None, explanation, replay };
    output::json("the explanation", &file).map(|()| ExitCode::SUCCESS)
}

fn unusable(problems: Vec<Diagnostic>) -> Failure {
    let first = problems.into_iter().next();
    let (message, help) =
        first.map(|problem| (format!("{} (at {})", problem.message, problem.at), problem.help.into_owned())).unwrap_or_default();
    Failure::new(PROBLEMS, "facts.invalid", message, help)
}

fn unknown(policy: &Policy, method: &str) -> Failure {
    let known: Vec<String> = policy.methods.iter().map(|method| format!("`{}`", method.id)).collect();
    Failure::new(PROBLEMS, "method.unknown", format!("the policy has no method `{method}`"), format!("it has {}", known.join(", ")))
}
