//! What a person agrees to, word for word.

#[cfg(feature = "bundled")]
use alloc::string::String;
#[cfg(feature = "bundled")]
use alloc::vec::Vec;

use crate::keys::{Blank, Key};
#[cfg(feature = "bundled")]
use crate::render::fill;
use crate::render::{Blanks, Day};
use crate::table::Texts;

/// The consent texts there are; a policy names one by its id
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Purchase on invoice
    Invoice,
    /// Payment at a later date
    PayLater,
    /// A SEPA mandate for one direct debit
    SepaDebit,
}

impl Consent {
    /// All of them
    pub const ALL: [Self; 3] = [Self::Invoice, Self::PayLater, Self::SepaDebit];

    /// The id by which a policy and an order name it
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::PayLater => "pay_later",
            Self::SepaDebit => "sepa_debit",
        }
    }

    /// The consent text of an id
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.id() == id)
    }

    /// Its sentences: the version of the wording, what stands beside the box, the heading of the terms, the terms
    #[must_use]
    pub const fn keys(self) -> [Key; 4] {
        match self {
            Self::Invoice => [Key::ConsentInvoiceVersion, Key::ConsentInvoiceText, Key::ConsentInvoiceTitle, Key::ConsentInvoiceTerms],
            Self::PayLater => [Key::ConsentPayLaterVersion, Key::ConsentPayLaterText, Key::ConsentPayLaterTitle, Key::ConsentPayLaterTerms],
            Self::SepaDebit => {
                [Key::ConsentSepaDebitVersion, Key::ConsentSepaDebitText, Key::ConsentSepaDebitTitle, Key::ConsentSepaDebitTerms]
            }
        }
    }
}

/// What a consent text says about this order
#[cfg(feature = "bundled")]
#[derive(Debug, Clone, Copy)]
pub struct Particulars<'a> {
    /// The merchant's name
    pub merchant: &'a str,
    /// The merchant's SEPA creditor identifier, if it has one
    pub creditor: Option<&'a str>,
    /// The credit bureau that the merchant asks, if it asks one
    pub bureau: Option<&'a str>,
    /// What is to be paid in all, fee included, as `core` writes it in this language
    pub amount: &'a str,
    /// The fee in it, as `core` writes it, if there is one
    pub fee: Option<&'a str>,
    /// The due date of the decision, if there is one
    pub due: Option<Day>,
    /// The days of the term, if the method has one
    pub days: Option<u16>,
}

impl Blanks {
    /// Fills in who sells, and who collects a direct debit: the merchant, with its SEPA creditor identifier if that is not empty
    pub fn set_merchant(&mut self, merchant: &[u8], creditor: &[u8]) {
        self.set(Blank::Merchant, merchant);
        let place = self.empty(Blank::Creditor);
        place.extend_from_slice(merchant);
        if !creditor.is_empty() {
            for part in [b" (", creditor, b")"] {
                place.extend_from_slice(part);
            }
        }
    }

    /// Fills in which credit bureau is asked, by its name; none if that is empty
    pub fn set_bureau(&mut self, texts: &Texts, name: &[u8]) {
        self.set(Blank::Name, name);
        self.put(Blank::Bureau, texts, if name.is_empty() { Key::BureauNone } else { Key::BureauAsked });
    }

    /// Fills in by when and at what cost, as consent texts name it: with the year, and the cost in any case; the fee stands in its
    /// blank, if there is one
    pub fn set_conditions(&mut self, texts: &Texts, due: Option<Day>, days: Option<u16>, fee: bool) {
        self.set_term(texts, due, days, true);
        self.put(Blank::Debit, texts, if due.is_some() { Key::DebitDate } else { Key::DebitNone });
        self.put(Blank::Cost, texts, if fee { Key::CostFee } else { Key::CostNone });
    }
}

/// A consent text as the person sees it, for the side that did not show it
#[cfg(feature = "bundled")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Names the wording: it moves whenever a legal text is written anew
    pub version: String,
    /// The sentence beside the box
    pub text: String,
    /// The heading of the terms
    pub title: String,
    /// The terms, one paragraph a line
    pub terms: String,
}

#[cfg(feature = "bundled")]
impl Wording {
    /// The consent text in this language and for this order
    #[must_use]
    pub fn new(texts: &Texts, consent: Consent, order: &Particulars<'_>) -> Self {
        let mut blanks = Blanks::default();
        blanks.set_merchant(order.merchant.as_bytes(), order.creditor.unwrap_or_default().as_bytes());
        blanks.set_bureau(texts, order.bureau.unwrap_or_default().as_bytes());
        blanks.set(Blank::Amount, order.amount.as_bytes());
        blanks.set(Blank::Fee, order.fee.unwrap_or_default().as_bytes());
        blanks.set_conditions(texts, order.due, order.days, order.fee.is_some());
        let [version, text, title, terms] = consent.keys().map(|key| {
            let mut out = Vec::new();
            fill(&mut out, texts.get(key), &blanks);
            String::from_utf8(out).unwrap_or_default()
        });
        Self { version, text, title, terms }
    }

    /// The exact text that is hashed: the sentence beside the box, a line feed, the terms
    #[must_use]
    pub fn exact(&self) -> String {
        let mut out = String::from(self.text.as_str());
        out.push('\n');
        out.push_str(&self.terms);
        out
    }
}
