//! The table that says by which test each invariant and each hard case is held names tests and cases that exist, and leaves none out.

use crate::holds;
use crate::repository::{Tracked, tracked};
use std::collections::BTreeSet;

const TABLE: &str = "tests/ledger/README.md";
/// The cases of this file say themselves which of the hard cases they are
const CASES: &str = "tests/corpus/receivable/cases.jsonl";
/// What a row says whose subject does not exist yet
const LATER: &str = "Later:";

/// So many rows each part of the table has
const PARTS: &[(&str, usize)] = &[("## The thirty invariants", 30), ("## The twenty hard cases", 20), ("## The runners-up", 19)];

/// The texts between backticks with a `::` in them: a file, and a test or a case in it
fn references(line: &str) -> Vec<(&str, &str)> {
    line.split('`').skip(1).step_by(2).filter_map(|reference| reference.split_once("::")).collect()
}

/// Whether a file has that test, or that case by its whole name
fn has(file: &Tracked, name: &str) -> bool {
    if !file.path.ends_with(".rs") {
        return file.text.contains(&format!("\"{name}\""));
    }
    let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
    let place = lines.iter().position(|line| line.starts_with(&format!("fn {name}(")));
    place.is_some_and(|place| lines.iter().take(place).rev().take_while(|line| line.starts_with("#[")).any(|line| *line == "#[test]"))
}

fn rotten(files: &[Tracked], table: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for line in table.lines() {
        for (path, name) in references(line) {
            match files.iter().find(|file| file.path == path) {
                None => problems.push(format!("{TABLE} names {path}, which does not exist")),
                Some(file) if !has(file, name) => problems.push(format!("{TABLE} names `{name}`, which is not in {path}")),
                Some(_) => {}
            }
        }
    }
    problems
}

/// Rows that are missing, that come twice, or that name neither a test nor a reason
fn incomplete(table: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (heading, count) in PARTS {
        let rows = table.split(heading).nth(1).unwrap_or_default().split("\n## ").next().unwrap_or_default();
        let rows: Vec<&str> = rows.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| no.")).collect();
        let numbers: Vec<Option<usize>> = rows.iter().map(|row| row.trim_start_matches("| ").split(' ').next()?.parse().ok()).collect();
        if numbers != (1..=*count).map(Some).collect::<Vec<_>>() {
            problems.push(format!("{TABLE}: {heading} should be numbered 1 to {count}"));
        }
        let idle = rows.iter().filter(|row| references(row).is_empty() && !row.contains(LATER));
        problems.extend(idle.map(|row| format!("{TABLE}: neither a test nor why there is none: {row}")));
    }
    problems
}

/// Cases that call themselves one of the hard ones, and stand in no row
fn unnamed(cases: &str, table: &str) -> Vec<String> {
    let named: BTreeSet<&str> = table.lines().flat_map(references).filter(|(path, _)| *path == CASES).map(|(_, name)| name).collect();
    let cases = cases.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let said = |case: &serde_json::Value, key: &str| case.get(key).and_then(|text| text.as_str()).unwrap_or_default().to_owned();
    let names = cases.filter(|case| said(case, "source").starts_with("DOMAIN 3.6")).map(|case| said(&case, "name"));
    names.filter(|name| !named.contains(name.as_str())).map(|name| format!("{CASES}: no row of {TABLE} names `{name}`")).collect()
}

fn text<'a>(files: &'a [Tracked], path: &str) -> &'a str {
    files.iter().find(|file| file.path == path).map_or("", |file| file.text.as_str())
}

#[test]
fn every_proof_of_the_table_exists() {
    let files = tracked();
    let table = text(&files, TABLE);
    holds(&rotten(&files, table));
    holds(&incomplete(table));
    holds(&unnamed(text(&files, CASES), table));
}

#[test]
fn a_table_that_has_rotten_is_found() {
    let file = Tracked::new("a.rs", "#[test]\nfn there() {}\n\nfn no_test() {}\n#[test]\n#[cfg(unix)]\nfn also() {}\n");
    let data = Tracked::new("b.jsonl", "{\"name\": \"a case, told\"}\n");
    let sound = "| 1 | one | `a.rs::there`, `a.rs::also`, `b.jsonl::a case, told` and `a word` |";
    assert_eq!(rotten(&[file.clone(), data.clone()], sound), [""; 0]);
    let table = "`a.rs::no_test` `a.rs::gone` `b.jsonl::a case` `c.rs::x`";
    assert_eq!(
        rotten(&[file, data], table),
        [
            format!("{TABLE} names `no_test`, which is not in a.rs"),
            format!("{TABLE} names `gone`, which is not in a.rs"),
            format!("{TABLE} names `a case`, which is not in b.jsonl"),
            format!("{TABLE} names c.rs, which does not exist"),
        ]
    );
    let rows: String = (1..=19).map(|number| format!("| {number} | x | Later: y |\n")).collect();
    let whole = |first: &str| {
        PARTS
            .iter()
            .map(|(heading, count)| {
                let all: String = (1..=*count).map(|number| format!("| {number} | x | Later: y |\n")).collect();
                format!("{heading}\n\n| no. | | |\n{}", all.replacen("| 1 | x | Later: y |\n", first, 1))
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(incomplete(&whole("| 1 | x | `a.rs::b` |\n")), [""; 0]);
    assert_eq!(incomplete(&whole("")).len(), PARTS.len());
    assert_eq!(incomplete(&whole("| 1 | x | nothing |\n")).len(), PARTS.len());
    assert_eq!(incomplete(&rows).len(), PARTS.len());
    let cases = "{\"name\": \"x\", \"source\": \"DOMAIN 3.6 no. 1\"}\n{\"name\": \"y\", \"source\": \"BGB\"}";
    assert_eq!(unnamed(cases, ""), [format!("{CASES}: no row of {TABLE} names `x`")]);
    assert_eq!(unnamed(cases, &format!("`{CASES}::x`")), [""; 0]);
}
