//! A merchant's policy as JSON, read into the core's [`Policy`].
//!
//! **Invariant:** every mistake is told at once, each with its place; nothing is read past one silently.
//! **Invariant:** key order, white space and descriptions do not reach the policy, so they do not move its hash.

mod amounts;
mod bins;
mod bureau;
mod check;
mod collection;
mod condition;
mod countries;
mod creditor;
mod head;
mod imprint;
mod mandate;
mod offers;
mod plans;
mod reader;
mod repair;
mod score;
mod settlement;

use crate::json::{self, Document, Malformed};
pub use bureau::Bureau;
pub use imprint::{BankAccount, Imprint, PayPage};
use reader::{Reader, Spot};
pub use settlement::DebtAdvice;
use tresen_core::colour::Colour;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_core::policy::Policy;
use tresen_core::receivable::Mandate;

/// Bytes of a compiled policy that still fit a Shopify metafield, in base64 and beside the customer's context
pub const SIZE_COMFORTABLE: usize = 5_200;

/// Bytes beyond which a policy's JSON is not read; the largest of the examples has 14,000
pub const JSON_MAX: usize = 1 << 20;

const KEYS: [&str; 24] = [
    "$schema",
    "format",
    "name",
    "description",
    "market",
    "currency",
    "merchant",
    "legal",
    "valid",
    "facts",
    "returning",
    "scorecards",
    "classes",
    "value_classes",
    "unknown",
    "bureau",
    "exposure",
    "rules",
    "methods",
    "order",
    "fallback",
    "collection",
    "settlement",
    "mandate",
];

/// Who sells
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merchant {
    /// The name that shoppers know
    pub name: String,
    /// The SEPA creditor identifier under which it collects direct debits
    pub creditor_id: Option<String>,
    /// So many calendar days before a direct debit its payer is told of it, 1 to 14; nothing where nothing else was agreed
    pub debit_notice_days: Option<u8>,
    /// Its colour, in which its mails are written
    pub accent: Option<Colour>,
    /// Who it is by law, and where somebody answers
    pub imprint: Option<Imprint>,
    /// Where transfers go
    pub account: Option<BankAccount>,
    /// What of the shop's own its page behind a pay link brings along
    pub pay_page: Option<PayPage>,
    /// Whether it is too large for what the law leaves to small and medium sellers
    pub is_large: bool,
    /// Whether it sells its claims
    pub sells_claims: bool,
    /// Whether somebody else offers the credit
    pub credit_by_third_party: bool,
    /// Who helps its customers with debts
    pub debt_advice: Vec<DebtAdvice>,
    /// The credit bureau that it asks, if it asks one
    pub bureau: Option<Bureau>,
    /// Up to which amounts one of its people may act alone
    pub mandate: Mandate,
}

/// A policy that can be used, and what should be looked at nevertheless
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The policy
    pub policy: Policy,
    /// The merchant's name for it
    pub name: String,
    /// Who sells
    pub merchant: Merchant,
    /// What should be looked at, and what may be good to know
    pub warnings: Vec<Diagnostic>,
}

/// What was found in a policy
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The policy, the merchant's name for it and the merchant, if one could be built
    ///
    /// It is one whose decisions are defined, though `diagnostics` may hold problems that make it surely not what was meant.
    pub built: Option<(Policy, String, Merchant)>,
    /// All mistakes and warnings, in the order of the document
    pub diagnostics: Vec<Diagnostic>,
}

impl Examined {
    /// Whether nothing is wrong, warnings and notes apart
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.built.is_some() && self.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// Reads a policy
///
/// # Errors
///
/// All mistakes at once, with the warnings among them. A text that is not JSON is one mistake with code `json.…`.
pub fn read(json: &str) -> Result<Checked, Vec<Diagnostic>> {
    let examined = examine(json.as_bytes()).map_err(|problem| {
        let message = format!("{} at line {} column {}", problem.message, problem.line, problem.column);
        vec![Diagnostic::error(problem.code, "", message, problem.help())]
    })?;
    let clean = examined.is_clean();
    match examined.built {
        Some((policy, name, merchant)) if clean => Ok(Checked { policy, name, merchant, warnings: examined.diagnostics }),
        Some(_) | None => Err(examined.diagnostics),
    }
}

/// Reads a policy and says everything that is to be said about it
///
/// # Errors
///
/// [`Malformed`] if it is not JSON, or longer than [`JSON_MAX`].
pub fn examine(json: &[u8]) -> Result<Examined, Malformed> {
    if json.len() > JSON_MAX {
        return Err(Malformed::too_long(json, JSON_MAX));
    }
    let mut examined = examine_document(&json::parse(json)?);
    let text = String::from_utf8_lossy(json);
    let places = json::locate(&text, &examined.diagnostics.iter().map(|diagnostic| diagnostic.at.as_str()).collect::<Vec<_>>());
    let mut placed: Vec<((usize, usize), Diagnostic)> = places.into_iter().zip(examined.diagnostics).collect();
    placed.sort_by_key(|(place, _)| *place);
    examined.diagnostics = placed.into_iter().map(|(_, diagnostic)| diagnostic).collect();
    Ok(examined)
}

fn examine_document(document: &Document) -> Examined {
    let mut reader = Reader::new(Policy::default());
    for at in &document.duplicates {
        let key = at.rsplit('/').next().unwrap_or_default();
        reader.error("json.duplicate_key", at, format!("the key `{key}` stands twice"), "remove one of the two; the last would count");
    }
    let (name, mut merchant, bureau) = read_document(&mut reader, &Spot::root(&document.value));
    if reader.policy.texts.len() > 1_024 {
        reader.error(
            "policy.texts.too_many",
            "",
            format!("the policy mentions {} texts", reader.policy.texts.len()),
            "at most 1024 are possible",
        );
    }
    check::check(&mut reader, &merchant);
    if let Some(read) = bureau {
        reader.finish_bureau(&read);
        merchant.bureau = read.bureau;
    }
    if !reader.broken && !reader.policy.keeps_its_promises() {
        reader.error("policy.inconsistent", "", "the policy contradicts itself", "please report this policy as a bug of `tresen`");
    }
    let Reader { policy, diagnostics, broken, .. } = reader;
    Examined { built: (!broken).then_some((policy, name, merchant)), diagnostics }
}

fn read_document(reader: &mut Reader, root: &Spot<'_>) -> (String, Merchant, Option<bureau::Read>) {
    let Some(fields) = reader.object(root, &KEYS) else { return Default::default() };
    reader.read_format(&fields);
    reader.read_currency(&fields);
    reader.read_market(&fields);
    let name = reader.read_name(&fields);
    let mut merchant = reader.read_merchant(&fields);
    reader.read_legal(&fields, &mut merchant);
    reader.read_valid(&fields);
    reader.read_custom_facts(&fields);
    reader.read_class_ids(&fields);
    reader.read_method_ids(&fields);
    reader.read_scorecards(&fields);
    reader.read_classes(&fields);
    reader.read_value_classes(&fields);
    let bureau = reader.read_bureau(&fields);
    reader.read_exposure(&fields);
    reader.read_rules(&fields);
    reader.read_methods(&fields);
    reader.read_order(&fields);
    reader.read_fallback(&fields);
    reader.read_collection(&fields);
    reader.read_settlement(&fields, &mut merchant);
    merchant.mandate = reader.read_mandate(&fields);
    (name, merchant, Some(bureau))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_would_break_the_compiled_form_is_refused() {
        let policy = |text: &str| {
            format!(
                r#"{{"format": 1, "name": "p", "market": "DE", "currency": "EUR", "merchant": {{"name": "M", "size": "small"}},
                "methods": [{{"id": "advance", "kind": "prepayment",
                "when": {{"fact": "cart.categories", "operator": "contains", "value": "{text}"}}, "reason": "goods.excluded"}}]}}"#
            )
        };
        let codes = |text: &str| -> Vec<&str> {
            let examined = examine(policy(text).as_bytes()).unwrap();
            examined.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
        };
        for refused in ["a\\u001fb", "\\u001e"] {
            assert!(codes(refused).contains(&"policy.text.separator"), "{refused}");
        }
        for taken in ["vase", "a\\u001db", "\\u0020"] {
            assert!(!codes(taken).contains(&"policy.text.separator"), "{taken}");
        }
    }
}
