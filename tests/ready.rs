//! The ready policies: each is clean, its explanation says of it what is true, and its cases try every rule and every limit.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken promise in a test should stop the test")]

#[path = "ready/policy.rs"]
mod policy;

use policy::{Ready, offered, rules_shown};
use std::collections::BTreeSet;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_wire::policy::examine;

/// Nothing is warned of but what cannot be otherwise, and that is explained.
#[test]
fn every_ready_policy_is_clean_and_its_explanation_names_each_warning() {
    for ready in Ready::all() {
        let examined = examine(ready.json.as_bytes()).unwrap();
        assert!(examined.is_clean(), "{}: {:?}", ready.name, examined.diagnostics);
        let (notes, told): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            examined.diagnostics.iter().partition(|diagnostic| diagnostic.severity == Severity::Note);
        let told: Vec<&str> = told.iter().map(|diagnostic| diagnostic.code).collect();
        let expected: &[&str] = match ready.market() {
            "DE" if ready.name == "de-own-invoice" => &["policy.probability.assumed", "policy.plans.credit"],
            "DE" | "AT" => &["policy.probability.assumed"],
            "NL" => &["policy.market.texts_drafted", "policy.probability.assumed"],
            other => panic!("{}: what `check` says in the market {other} is expected nowhere", ready.name),
        };
        assert_eq!(told, expected, "{}", ready.name);
        let noted: Vec<(&str, &str)> = notes.iter().map(|note| (note.code, note.at.as_str())).collect();
        let expected: &[(&str, &str)] = match ready.name.as_str() {
            // Thirty days are for those who have paid on time.
            "de-b2b" => &[("policy.method.no_guest", "/methods/0")],
            // So is the debit on social channels, and in Austria paying later.
            "de-social" | "at-own-invoice" => &[("policy.method.no_guest", "/methods/1")],
            // And instalments are for those whose payments the shop knows.
            "de-own-invoice" => &[("policy.method.no_guest", "/methods/2")],
            _ => &[],
        };
        assert_eq!(noted, expected, "{}", ready.name);
        let words = ready.words();
        assert!(
            told.iter().chain(noted.iter().map(|(code, _)| code)).all(|code| words.contains(code)),
            "{}.md does not explain all of {told:?}",
            ready.name
        );
    }
}

#[test]
fn an_explanation_names_every_rule_method_and_class() {
    for ready in Ready::all() {
        let words = ready.words();
        let unnamed: Vec<String> = ready.ids().into_iter().filter(|id| !words.contains(id.as_str())).collect();
        assert!(unnamed.is_empty(), "{}.md does not name {unnamed:?}", ready.name);
    }
}

/// What an explanation says in euros stands in the policy or in a case of it; what the law says in euros is listed here.
#[test]
fn an_explanation_and_its_policy_name_the_same_amounts() {
    let of_the_law = |name: &str| -> &[i64] {
        match name {
            // The lump sum of BGB section 288(5), and the amount of section 513.
            "de-b2b" => &[4_000, 7_500_000],
            // The first step and the least of the Dutch collection costs.
            "nl-achteraf-betalen" => &[250_000, 4_000],
            _ => &[],
        }
    };
    for ready in Ready::all() {
        let (known, tried, numbers) = (ready.amounts(), ready.amounts_tried(), ready.numbers());
        let unnamed: Vec<&i64> = known.iter().filter(|amount| !numbers.contains(amount)).collect();
        assert!(unnamed.is_empty(), "{}.md does not name these cents of its policy: {unnamed:?}", ready.name);
        let law = of_the_law(&ready.name);
        let mut invented = ready.amounts_told();
        invented.retain(|amount| !known.contains(amount) && !tried.contains(amount) && !law.contains(amount));
        assert!(invented.is_empty(), "{}.md names cents that neither its policy nor a case of it knows: {invented:?}", ready.name);
    }
}

#[test]
fn the_cases_try_every_rule_and_every_method() {
    for ready in Ready::all() {
        let tried: BTreeSet<&str> = ready.cases().iter().flat_map(rules_shown).collect();
        let untried: Vec<String> = ready.withholding_rules().into_iter().filter(|rule| !tried.contains(rule.as_str())).collect();
        assert!(untried.is_empty(), "no case of {} shows what these rules do: {untried:?}", ready.name);
        let shown: BTreeSet<&str> = ready.cases().iter().flat_map(offered).collect();
        let never: Vec<String> = ready.methods().into_iter().filter(|method| !shown.contains(method.as_str())).collect();
        assert!(never.is_empty(), "no case of {} offers {never:?}", ready.name);
    }
}

/// With a cart of that very amount the method is there, and a cent above it is not.
#[test]
fn the_cases_try_every_limit_on_account_at_its_end_and_a_cent_above() {
    for ready in Ready::all() {
        let untried: Vec<_> = ready.limits_on_account().into_iter().filter(|(method, limit)| !ready.tries(method, *limit)).collect();
        assert!(untried.is_empty(), "no cases of {} try these limits: {untried:?}", ready.name);
    }
}
