//! Policies from files: as the merchant wrote them, or compiled.

use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_core::policy::{MAGIC, Policy};
use tresen_wire::json::{locate, printable};
use tresen_wire::policy::{Examined, Merchant, examine};

/// Reads a policy to decide by, from JSON or from compiled bytes
pub(crate) fn policy(path: &Path) -> Result<Policy, Failure> {
    policy_and_merchant(path).map(|(policy, _)| policy)
}

/// Reads a policy to decide by, and who sells: compiled bytes do not say that
pub(crate) fn policy_and_merchant(path: &Path) -> Result<(Policy, Option<Merchant>), Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    if bytes.starts_with(&MAGIC) {
        return compiled(path, &bytes).map(|policy| (policy, None));
    }
    let examined = json(path, &bytes)?;
    let clean = examined.is_clean();
    let Some((policy, _, merchant)) = examined.built else {
        eprint!("{}", text(&examined.diagnostics, &String::from_utf8_lossy(&bytes)));
        return Err(problems(path, &examined.diagnostics));
    };
    if !clean {
        eprintln!("`{}` has problems, though it can be decided by; `tresen policy check` names them", path.display());
    }
    Ok((policy, Some(merchant)))
}

/// Reads compiled bytes
pub(crate) fn compiled(path: &Path, bytes: &[u8]) -> Result<Policy, Failure> {
    Policy::from_bytes(bytes)
        .map_err(|error| Failure::new(UNREADABLE, error.code(), format!("`{}`: {error}", path.display()), error.help()))
}

/// Examines a policy's JSON, which compiled bytes are not
pub(crate) fn json(path: &Path, bytes: &[u8]) -> Result<Examined, Failure> {
    let name = path.display();
    if bytes.starts_with(&MAGIC) {
        let message = format!("`{name}` is a compiled policy, which no longer says how it was written");
        return Err(Failure::new(UNREADABLE, "file.compiled", message, "give the JSON that it was built from"));
    }
    examine(bytes).map_err(|problem| {
        let (line, column) = (problem.line, problem.column);
        let message = format!("`{name}` cannot be read as JSON: {} (line {line}, column {column})", problem.message);
        Failure::new(UNREADABLE, problem.code, message, problem.help()).at(line, column)
    })
}

/// That the policy has problems, which have been told
pub(crate) fn problems(path: &Path, diagnostics: &[Diagnostic]) -> Failure {
    let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let message = format!("`{}` has {}", path.display(), counted(count, "problem"));
    Failure::new(PROBLEMS, "policy.invalid", message, "mend what is named above")
}

/// `1 problem`, `2 problems`
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Lines and columns of diagnostics
pub(crate) fn places(diagnostics: &[Diagnostic], policy: &str) -> Vec<(usize, usize)> {
    locate(policy, &diagnostics.iter().map(|diagnostic| diagnostic.at.as_str()).collect::<Vec<_>>())
}

/// Diagnostics for people, with their places in the policy's text
pub(crate) fn text(diagnostics: &[Diagnostic], policy: &str) -> String {
    let mut text = String::new();
    for (diagnostic, (line, column)) in diagnostics.iter().zip(places(diagnostics, policy)) {
        let severity = match diagnostic.severity {
            Severity::Note => "note: ",
            Severity::Warning => "warning: ",
            Severity::Error => "",
        };
        let at = if diagnostic.at.is_empty() { "the whole policy".to_owned() } else { printable(diagnostic.at.clone()) };
        let _ = writeln!(text, "{severity}{}\n  help   {}", diagnostic.message, diagnostic.help);
        let _ = writeln!(text, "  code   {}     at   {at} (line {line}, column {column})\n", diagnostic.code);
    }
    text
}
