//! What the files of the repository may be called, say and weigh.

use crate::holds;
use crate::repository::{Tracked, tracked};
use std::collections::BTreeSet;

/// The top of the repository is what a visitor reads first.
const TOP: &[&str] =
    &["Cargo.toml", "Cargo.lock", "src", "js", "examples", "tests", "README.md", "Makefile", "LICENSE-APACHE", "LICENSE-MIT"];

/// Past this, a file has a second noun, a second reader or a second reason to change.
const LINES: usize = 450;

/// What people read, whoever wrote it: a table that a program has written is looked up by people too.
const WRITTEN: &[&str] = &["rs", "js", "mjs", "ts", "css", "html", "py", "php", "sh"];

fn strangers(files: &[Tracked]) -> Vec<String> {
    let top: BTreeSet<&str> = files.iter().filter_map(|file| file.path.split('/').next()).collect();
    let unknown = top.into_iter().filter(|entry| !entry.starts_with('.') && !TOP.contains(entry));
    unknown.map(|entry| format!("{entry} does not belong at the top of the repository")).collect()
}

fn is_written(file: &Tracked) -> bool {
    let extension = file.path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let script = file.path.starts_with(".ci/") || file.path == "Makefile";
    WRITTEN.contains(&extension) || script
}

fn long(files: &[Tracked]) -> Vec<String> {
    let measured = files.iter().filter(|file| is_written(file)).map(|file| (file, file.text.lines().count()));
    measured
        .filter(|(_, lines)| *lines > LINES)
        .map(|(file, lines)| format!("{} has {lines} lines, over {LINES}: look for a seam", file.path))
        .collect()
}

/// Put together here, so that this file does not find itself.
fn unfinished() -> Vec<String> {
    [
        ("FIX", "ME"),
        ("todo", "!("),
        ("unimplemented", "!("),
        ("#[ig", "nore"),
        ("should_", "panic"),
        ("test.", "only("),
        ("it.", "only("),
        ("@ts-", "ignore"),
    ]
    .iter()
    .map(|(head, tail)| format!("{head}{tail}"))
    .collect()
}

/// Folders and hosts of the machine that somebody happened to work on.
fn local() -> Vec<String> {
    let folders = ["work", "root", "home/user"].iter().map(|folder| format!("/{folder}/"));
    let registries = [("registry", "npmjs"), ("static", "crates"), ("index", "crates"), ("files", "pythonhosted"), ("deb", "debian")];
    let hosts = registries.iter().map(|(name, domain)| format!("{name}.{domain}."));
    folders.chain(hosts).collect()
}

fn saying(files: &[Tracked], words: &[String], why: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(word.as_str())) {
                problems.push(format!("{}:{}: `{word}` {why}", file.path, number.saturating_add(1)));
            }
        }
    }
    problems
}

/// Decisions are cited by number, so a number names one decision, wherever its folder is.
fn gaps(files: &[Tracked]) -> Vec<String> {
    let names =
        files.iter().filter(|file| file.path.ends_with(".md")).filter_map(|file| file.path.split_once("/docs/adr/")).map(|(_, name)| name);
    let mut numbers: Vec<&str> = names.map(|name| name.get(..4).unwrap_or(name)).collect();
    numbers.sort_unstable();
    let expected = (1..=numbers.len()).map(|number| format!("{number:04}"));
    let wrong = expected.zip(numbers).find(|(expected, found)| expected != found);
    wrong
        .map(|(expected, found)| format!("the decisions under docs/adr should be numbered {expected} next, but there is {found}"))
        .into_iter()
        .collect()
}

fn no_std(core: &str) -> Vec<String> {
    let pure = core.contains("#![no_std]") && !core.lines().any(|line| line.trim_start().starts_with("extern crate std"));
    if pure { Vec::new() } else { vec!["src/core/lib.rs must be #![no_std], without std by another door".to_owned()] }
}

#[test]
fn the_top_level_stays_small() {
    holds(&strangers(&tracked()));
}

#[test]
fn files_are_about_one_thing() {
    holds(&long(&tracked()));
}

#[test]
fn nothing_is_left_unfinished_or_switched_off() {
    holds(&saying(&tracked(), &unfinished(), "is work that was left"));
}

#[test]
fn nothing_names_the_machine_it_was_made_on() {
    holds(&saying(&tracked(), &local(), "is this machine's own"));
}

#[test]
fn decisions_are_numbered_without_gaps() {
    holds(&gaps(&tracked()));
}

#[test]
fn the_core_is_no_std() {
    let files = tracked();
    let core = files.iter().find(|file| file.path == "src/core/lib.rs").expect("src/core/lib.rs");
    holds(&no_std(&core.text));
}

#[test]
fn planted_problems_are_found() {
    let [unfinished_word, ..] = &unfinished()[..] else { panic!("no words") };
    let [folder, ..] = &local()[..] else { panic!("no folders") };
    let files = [
        Tracked::new("notes.txt", &format!("a\nb {unfinished_word}\n")),
        Tracked::new("src/long.rs", &"x\n".repeat(LINES + 1)),
        Tracked::new("src/right.rs", &"x\n".repeat(LINES)),
        Tracked::new("js/table.js", &format!("// Generated from a table\n{}", "x\n".repeat(LINES))),
        Tracked::new("js/table.json", &"x\n".repeat(LINES + 1)),
        Tracked::new("src/core/docs/adr/0001-one.md", folder),
        Tracked::new("src/wire/docs/adr/0003-three.md", ""),
    ];
    assert_eq!(strangers(&files), ["notes.txt does not belong at the top of the repository"]);
    assert_eq!(
        long(&files),
        ["src/long.rs has 451 lines, over 450: look for a seam", "js/table.js has 451 lines, over 450: look for a seam"]
    );
    assert_eq!(saying(&files, &unfinished(), "is left"), [format!("notes.txt:2: `{unfinished_word}` is left")]);
    assert_eq!(saying(&files, &local(), "is local"), [format!("src/core/docs/adr/0001-one.md:1: `{folder}` is local")]);
    assert_eq!(gaps(&files), ["the decisions under docs/adr should be numbered 0002 next, but there is 0003"]);
    assert_eq!(no_std("#![no_std]\nextern crate alloc;\n"), [""; 0]);
    assert_eq!(no_std("//! core\n").len(), 1);
    assert_eq!(no_std("#![no_std]\nextern crate std;\n").len(), 1);
}
