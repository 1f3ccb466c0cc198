//! Who may know whom: the arrows of the house.

use crate::holds;
use crate::repository::output;
use serde_json::Value;

/// A member of the workspace, and the members it may know.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("tresen-core", &[]),
    ("tresen-texts", &["tresen-core"]),
    ("tresen-wire", &["tresen-core"]),
    ("tresen-letters", &["tresen-core", "tresen-texts", "tresen-wire"]),
    ("tresen-ui", &["tresen-core"]),
    ("tresen-checkout", &["tresen-core", "tresen-texts", "tresen-ui"]),
    ("tresen-account", &["tresen-core", "tresen-texts", "tresen-ui"]),
    ("tresen-console", &["tresen-core", "tresen-wire"]),
    ("tresen-provider", &["tresen-core"]),
    // Its tests run the provider to practise with, and know it as a shop's service does: by HTTP.
    ("tresen-service", &["tresen-core", "tresen-letters", "tresen-provider", "tresen-texts", "tresen-wire"]),
    ("tresen-statements", &["tresen-core", "tresen-wire"]),
    (
        "tresen-cli",
        &["tresen-core", "tresen-letters", "tresen-provider", "tresen-service", "tresen-statements", "tresen-texts", "tresen-wire"],
    ),
    (
        "tresen-tests",
        &[
            "tresen-core",
            "tresen-texts",
            "tresen-wire",
            "tresen-ui",
            "tresen-checkout",
            "tresen-service",
            "tresen-statements",
            "tresen-cli",
        ],
    ),
];

const BROWSER: &str = "wasm32-unknown-unknown";
const SERIALISERS: &[&str] = &["tresen-wire", "serde", "serde_core", "serde_json", "miniserde", "postcard", "regex", "rust_decimal"];
const BINDINGS: &[&str] = &["wasm-bindgen", "js-sys", "web-sys"];

fn cargo(args: &[&str]) -> String {
    output(env!("CARGO"), args)
}

/// The crates that end up in a build of `package`; macros run in the compiler and stay there.
fn tree(package: &str, extra: &[&str]) -> Vec<String> {
    let fixed = ["tree", "--locked", "--prefix", "none", "--format", "{p}", "--edges", "normal,no-proc-macro", "--package", package];
    let printed = cargo(&[&fixed, extra].concat());
    printed.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn upward(members: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for member in members["packages"].as_array().unwrap() {
        let name = member["name"].as_str().unwrap();
        let Some((_, known)) = MAY_KNOW.iter().find(|(package, _)| *package == name) else {
            problems.push(format!("{name} has no place in MAY_KNOW"));
            continue;
        };
        let wanted = member["dependencies"].as_array().unwrap().iter().filter_map(|dependency| dependency["name"].as_str());
        for dependency in wanted.filter(|wanted| wanted.starts_with("tresen-") && !known.contains(wanted)) {
            problems.push(format!("{name} must not know {dependency}"));
        }
    }
    problems
}

fn unwanted(package: &str, tree: &[String], banned: &[&str]) -> Vec<String> {
    let found = tree.iter().filter(|name| banned.contains(&name.as_str()));
    found.map(|name| format!("{package} must not contain {name}")).collect()
}

#[test]
fn nothing_points_up() {
    let members = cargo(&["metadata", "--no-deps", "--locked", "--format-version", "1"]);
    holds(&upward(&serde_json::from_str(&members).unwrap()));
}

#[test]
fn what_shoppers_load_carries_no_serialiser() {
    for features in [&["--target", BROWSER][..], &["--target", BROWSER, "--no-default-features"]] {
        holds(&unwanted("tresen-checkout", &tree("tresen-checkout", features), SERIALISERS));
    }
    holds(&unwanted("tresen-account", &tree("tresen-account", &["--target", BROWSER]), SERIALISERS));
}

#[test]
fn only_the_browser_modules_know_a_browser() {
    for package in ["tresen-core", "tresen-wire", "tresen-texts"] {
        holds(&unwanted(package, &tree(package, &["--target", BROWSER]), BINDINGS));
    }
    holds(&unwanted("tresen-service", &tree("tresen-service", &[]), BINDINGS));
}

#[test]
fn planted_arrows_are_found() {
    let members = serde_json::json!({"packages": [
        {"name": "tresen-core", "dependencies": [{"name": "tresen-wire"}]},
        {"name": "tresen-till", "dependencies": []},
    ]});
    let problems = upward(&members);
    assert_eq!(problems, ["tresen-core must not know tresen-wire", "tresen-till has no place in MAY_KNOW"]);

    let wire = tree("tresen-wire", &[]);
    assert!(unwanted("tresen-wire", &wire, SERIALISERS).contains(&"tresen-wire must not contain serde".to_owned()));
}
