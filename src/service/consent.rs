//! Whether a shopper agreed to the very text that the law wants them to see.

mod house;

pub use house::HouseTexts;

use jiff::{SignedDuration, Timestamp};
use tresen_wire::credit::PlanOnOffer;
use tresen_wire::http::{AddressForm, Consent};
use tresen_wire::money::Money;
use tresen_wire::policy::Merchant;

/// Which text a shopper should have seen
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentQuestion<'a> {
    /// Id of the text, as the method names it
    pub id: &'a str,
    /// Language of the shopper
    pub locale: &'a str,
    /// How the shopper is spoken to
    pub address_form: AddressForm,
    /// Who sells
    pub merchant: &'a Merchant,
    /// The credit bureau that was asked about the shopper, if one was
    pub bureau: Option<&'a str>,
    /// What the shopper pays
    pub amount: &'a Money,
    /// The fee in it
    pub fee: &'a Money,
    /// Days of the term, where the method has one
    pub term_days: Option<u16>,
    /// Due date, where it is known
    pub due_date: Option<&'a str>,
    /// What a credit comes to that must be told of: the plan of instalments, or a deferral as a plan of one rate
    pub plan: Option<&'a PlanOnOffer>,
}

/// A text as it is in force
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    /// Its version
    pub version: String,
    /// SHA-256 of the text as shown, hex
    pub text_hash: String,
}

/// The texts that shoppers agree to
pub trait ConsentTexts: Send + Sync + std::fmt::Debug {
    /// The text in force; nothing where there is none of that id and language
    fn text(&self, question: &ConsentQuestion<'_>) -> Option<ConsentText>;
}

/// Whether the text was agreed to at all, whatever it said of this order: nobody was told of a credit who agreed to another one
pub fn was_shown(texts: &dyn ConsentTexts, question: &ConsentQuestion<'_>, given: &[Consent]) -> bool {
    texts.text(question).is_some_and(|text| given.iter().any(|consent| consent.id == question.id && consent.version == text.version))
}

/// Clocks of two servers differ a little.
const AHEAD_TOLERATED: SignedDuration = SignedDuration::from_mins(5);

/// What is wrong with the consents for a method that wants one: a reason code, or nothing
pub fn problem(
    texts: &dyn ConsentTexts,
    question: &ConsentQuestion<'_>,
    given: &[Consent],
    opened: Timestamp,
    now: Timestamp,
) -> Option<&'static str> {
    let Some(text) = texts.text(question) else { return Some("consent.text_unavailable") };
    let Some(consent) = given.iter().find(|consent| consent.id == question.id) else { return Some("consent.missing") };
    if consent.version != text.version || consent.text_hash != text.text_hash {
        return Some("consent.text_differs");
    }
    let in_time = consent.accepted_at.parse::<Timestamp>().is_ok_and(|accepted| {
        accepted.checked_add(AHEAD_TOLERATED).is_ok_and(|latest| latest >= opened)
            && now.checked_add(AHEAD_TOLERATED).is_ok_and(|latest| accepted <= latest)
    });
    if in_time { None } else { Some("consent.not_in_session") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct One;

    impl ConsentTexts for One {
        fn text(&self, question: &ConsentQuestion<'_>) -> Option<ConsentText> {
            (question.locale == "de").then(|| ConsentText { version: "1".into(), text_hash: "ab".into() })
        }
    }

    fn check(locale: &str, id: &str, version: &str, text_hash: &str, accepted_at: &str) -> Option<&'static str> {
        let (amount, merchant) = (Money::new(100, "EUR"), Merchant::default());
        let question = ConsentQuestion {
            id: "invoice",
            locale,
            address_form: AddressForm::Sie,
            merchant: &merchant,
            bureau: None,
            amount: &amount,
            fee: &amount,
            term_days: None,
            due_date: None,
            plan: None,
        };
        let consent = Consent { id: id.into(), version: version.into(), text_hash: text_hash.into(), accepted_at: accepted_at.into() };
        let [opened, now] = ["2026-11-21T12:00:00Z", "2026-11-21T12:30:00Z"].map(|text| text.parse().unwrap());
        problem(&One, &question, &[consent], opened, now)
    }

    #[test]
    fn only_the_text_in_force_agreed_to_in_this_session_counts() {
        let during = "2026-11-21T12:10:00Z";
        assert_eq!(check("de", "invoice", "1", "ab", during), None);
        assert_eq!(check("en", "invoice", "1", "ab", during), Some("consent.text_unavailable"));
        assert_eq!(check("de", "terms", "1", "ab", during), Some("consent.missing"));
        assert_eq!(check("de", "invoice", "2", "ab", during), Some("consent.text_differs"));
        assert_eq!(check("de", "invoice", "1", "ac", during), Some("consent.text_differs"));
        assert_eq!(check("de", "invoice", "1", "ab", "2026-11-21T11:54:59Z"), Some("consent.not_in_session"));
        assert_eq!(check("de", "invoice", "1", "ab", "2026-11-21T12:35:00Z"), None);
        assert_eq!(check("de", "invoice", "1", "ab", "2026-11-21T12:35:01Z"), Some("consent.not_in_session"));
        assert_eq!(check("de", "invoice", "1", "ab", "yesterday"), Some("consent.not_in_session"));
    }
}
