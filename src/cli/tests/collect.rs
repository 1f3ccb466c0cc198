//! `tresen collect preview`, as somebody at a terminal uses it.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/collect_texts/particulars").join(name)
}

fn preview(facts: &Path, arguments: &[&str]) -> Output {
    let command = ["collect", "preview", "--facts"];
    Command::new(env!("CARGO_BIN_EXE_tresen")).args(command).arg(facts).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().replace('\u{a0}', " ")
}

fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

#[test]
fn a_merchant_sees_subject_preview_text_message_and_mail() {
    let seen = preview(&corpus("one.json"), &[]);
    assert_eq!((seen.status.code(), text(&seen.stderr)), (Some(0), String::new()));
    let said = text(&seen.stdout);
    assert!(said.starts_with("Subject: Ihre Bestellung vom 2. November\nPreview: Kurze Nachricht zu Ihrer Bestellung."), "{said}");
    assert!(
        said.contains("Text message (1): Musterladen: ") && said.contains("Bitte zahlen Sie 59,00 € bis Mittwoch, 25. November."),
        "{said}"
    );
}

#[test]
fn the_same_step_for_three_personas_and_every_level() {
    let seen = preview(&corpus("one.json"), &["--level", "firm", "--persona", "de", "--persona", "de-du", "--persona", "en"]);
    let said = text(&seen.stdout);
    assert_eq!(seen.status.code(), Some(0), "{}", text(&seen.stderr));
    assert!(["Guten Tag Alex Beispiel,", "Hallo Alex,", "Hello Alex Beispiel,"].iter().all(|words| said.contains(words)), "{said}");
    let headings = ["note", "friendly", "neutral", "firm"].map(|level| {
        let seen = preview(&corpus("letter.json"), &["--level", level, "--persona", "en"]);
        text(&seen.stdout).lines().nth(4).unwrap_or_default().to_owned()
    });
    assert_eq!(
        headings,
        [
            "Your invoice of 2 November",
            "Your invoice of 2 November is still open",
            "Your invoice of 2 November is still open",
            "Your invoice of 2 November: please pay by 18 December"
        ]
    );
}

#[test]
fn a_page_is_a_page_and_a_letter_is_a_file() {
    let page = preview(&corpus("one.json"), &["--format", "html"]);
    assert!(text(&page.stdout).starts_with("<!doctype html>\n<html lang=\"de\">"));
    let letter = preview(&corpus("one.json"), &["--format", "pdf"]);
    assert_eq!((letter.status.code(), letter.stdout.starts_with(b"%PDF-1.7")), (Some(0), true), "{}", text(&letter.stderr));
    let nowhere = preview(&corpus("several.json"), &["--format", "pdf"]);
    assert!(nowhere.status.code() == Some(1) && nowhere.stdout.is_empty() && text(&nowhere.stderr).contains("message.address.missing"));
}

#[test]
fn the_merchants_own_words_are_read_over() {
    let kind = file("kind.json", r#"{"sign": "Herzlich aus der Werkstatt"}"#);
    let seen = preview(&corpus("one.json"), &["--wording", kind.to_str().unwrap()]);
    assert!(seen.status.success() && text(&seen.stdout).contains("Herzlich aus der Werkstatt\nMusterladen"));
    let harsh = file("harsh.json", r#"{"sign": "Zahlen Sie sofort, sonst kommt der Gerichtsvollzieher!"}"#);
    let seen = preview(&corpus("one.json"), &["--wording", harsh.to_str().unwrap()]);
    let told = text(&seen.stderr);
    assert_eq!(seen.status.code(), Some(1));
    for code in ["collect.tone.threat", "collect.tone.hurry", "collect.tone.shouting"] {
        assert!(told.contains(&format!("code   {code}     at   /plain")), "{told}");
    }
    let unknown = file("unknown.json", r#"{"signature": "x", "text": "{nobody}"}"#);
    let told = text(&preview(&corpus("one.json"), &["--wording", unknown.to_str().unwrap()]).stderr);
    assert!(told.contains("wording.key.unknown") && told.contains("wording.blank.unknown"), "{told}");
}

#[test]
fn facts_that_do_not_add_up_or_cannot_be_read_are_refused() {
    let wrong = fs::read_to_string(corpus("one.json")).unwrap().replace("\"total\": {\"minor\": 5900", "\"total\": {\"minor\": 6000");
    let seen = preview(&file("wrong.json", &wrong), &[]);
    assert!(seen.status.code() == Some(1) && seen.stdout.is_empty() && text(&seen.stderr).contains("code   message.sum     at   /total"));
    for (name, content) in [("broken.json", "{"), ("unknown_field.json", r#"{"todays": 1}"#)] {
        let seen = preview(&file(name, content), &[]);
        assert!(seen.status.code() == Some(2) && text(&seen.stderr).contains("message.json"), "{}", text(&seen.stderr));
    }
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policies").join(name)
}

fn ladder(policy: &Path, arguments: &[&str]) -> Output {
    let command = ["collect", "ladder", "--policy"];
    Command::new(env!("CARGO_BIN_EXE_tresen")).args(command).arg(policy).args(arguments).output().unwrap()
}

#[test]
fn a_merchant_asks_how_a_case_is_treated_and_why() {
    let case =
        file("unopened.json", r#"{"case.level": 1, "case.last_channel": "email", "case.last_opened": false, "case.promises_broken": 0}"#);
    let seen = ladder(&example("de-scorecard.json"), &["--case", case.to_str().unwrap()]);
    let said: serde_json::Value = serde_json::from_slice(&seen.stdout).unwrap();
    assert_eq!((seen.status.code(), &said["segment"]), (Some(0), &"unopened_mail".into()), "{}", text(&seen.stderr));
    assert_eq!(said["levels"][0]["channels"], serde_json::json!(["text_message", "email", "letter"]));
    let nothing_known: serde_json::Value = serde_json::from_slice(&ladder(&example("de-scorecard.json"), &[]).stdout).unwrap();
    assert!(nothing_known["segment"].is_null() && nothing_known["asked"][0]["says"] == "unknown", "{nothing_known}");
    let wrong = file("wrong_case.json", r#"{"case.lvel": 1, "case.last_channel": "fax"}"#);
    let seen = ladder(&example("de-scorecard.json"), &["--case", wrong.to_str().unwrap()]);
    let told = text(&seen.stderr);
    assert!(seen.status.code() == Some(1) && told.contains("did you mean `case.level`?") && told.contains("fact.choice_unknown"), "{told}");
}

#[test]
fn a_merchant_reads_the_whole_chain_that_the_policy_has_for_a_case() {
    let policy = example("de-own-invoice.json");
    let seen = preview(&corpus("one.json"), &["--policy", policy.to_str().unwrap()]);
    let said = text(&seen.stdout);
    assert_eq!(seen.status.code(), Some(0), "{}", text(&seen.stderr));
    let headings: Vec<&str> = said.lines().filter(|line| line.starts_with("== ")).collect();
    assert_eq!(
        headings,
        [
            "== Note, 3 days before the due date ==",
            "== Level 1, friendly, 4 days after the due date; 7 days to pay; by email, then text_message, then letter ==",
            "== Level 2, neutral, 1 days after the end of the term before; 7 days to pay; by email, then text_message, then letter ==",
            "== Level 3, firm, 1 days after the end of the term before; 10 days to pay; by letter, then email ==",
        ],
        "{said}"
    );
    assert_eq!(said.matches("Subject: ").count(), 4, "{said}");
    let regular = file("regular.json", r#"{"case.claims_paid": 5, "case.promises_broken": 0, "case.level": 0}"#);
    let seen = preview(&corpus("one.json"), &["--policy", policy.to_str().unwrap(), "--case", regular.to_str().unwrap()]);
    assert!(text(&seen.stdout).contains("Level 1, friendly, 8 days after the due date"), "{}", text(&seen.stdout));
}
