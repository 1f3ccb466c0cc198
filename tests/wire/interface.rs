//! When a service and what is built beside it (widget, package, plugin) no longer understand each other, their number says so.

use serde_json::Value;
use std::fs;
use tresen_core::policy::FORMAT_VERSION;
use tresen_core::{SEMANTICS_VERSION, settle};
use tresen_tests::catalogue::root;
use tresen_wire::http::INTERFACE;

const LANGUAGES: [&str; 6] = ["de", "de-du", "en", "fr", "it", "nl"];

/// What each number stood for, the first of them 1. What is written here is not changed: where the last line no longer fits, another one is added.
const STOOD_FOR: [u64; 1] = [0x78c2_5a32_799e_7b8d];

/// Everything that both sides have to have in common: the layouts of bytes, what a decision means, and the texts that are agreed to by their hash
fn common() -> String {
    let mut out = format!("{SEMANTICS_VERSION} {FORMAT_VERSION} {}", settle::written::VERSION);
    for language in LANGUAGES {
        for folder in ["", "credit/"] {
            let file = fs::read_to_string(root().join(format!("src/texts/{folder}{language}.json"))).unwrap();
            let texts: Value = serde_json::from_str(&file).unwrap();
            for (key, text) in texts.as_object().unwrap() {
                if key.starts_with("consent.") || key.starts_with("bureau.") {
                    out = format!("{out}\n{language} {key} {text}");
                }
            }
        }
    }
    out
}

/// FNV-1a
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn the_number_rises_with_what_it_stands_for() {
    assert_eq!(STOOD_FOR.len(), usize::from(INTERFACE), "each number has its line");
    assert_eq!(
        STOOD_FOR.last(),
        Some(&fingerprint(&common())),
        "what both sides have in common is another: raise INTERFACE (here, in js/src/server/interface.js and in the plugin) and add a line"
    );
}

#[test]
fn a_letter_of_a_consent_makes_another() {
    let said = common();
    assert!(said.contains("\nde consent.invoice.terms ") && said.contains("\nfr consent.instalments.version "), "{said}");
    assert_ne!(fingerprint(&said), fingerprint(&said.replacen("Rechnung", "rechnung", 1)));
}

#[test]
fn package_and_plugin_have_the_number_of_the_service() {
    for (path, line) in [
        ("js/src/server/interface.js", format!("export const INTERFACE = {INTERFACE};")),
        ("examples/woocommerce/src/Service/InterfaceLevel.php", format!("const OF_PLUGIN = {INTERFACE};")),
    ] {
        assert!(fs::read_to_string(root().join(path)).unwrap().contains(&line), "{path} says another");
    }
}
