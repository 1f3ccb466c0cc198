//! What a person agrees to, word for word.

use alloc::string::String;

use crate::keys::Key;
use crate::render::{Day, date, fill, push_number};
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

    const fn keys(self) -> [Key; 4] {
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
#[derive(Debug, Clone, Copy)]
pub struct Particulars<'a> {
    /// The merchant's name
    pub merchant: &'a str,
    /// The merchant's SEPA creditor identifier, if it has one
    pub creditor: Option<&'a str>,
    /// What is to be paid in all, fee included, as `core` writes it in this language
    pub amount: &'a str,
    /// The fee in it, as `core` writes it, if there is one
    pub fee: Option<&'a str>,
    /// The due date of the decision, if there is one
    pub due: Option<Day>,
    /// The days of the term, if the method has one
    pub days: Option<u16>,
}

/// A consent text as the person sees it
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

impl Wording {
    /// The consent text in this language and for this order
    #[must_use]
    pub fn new(texts: &Texts, consent: Consent, order: &Particulars<'_>) -> Self {
        let mut creditor = String::from(order.merchant);
        if let Some(id) = order.creditor {
            creditor.push_str(" (");
            creditor.push_str(id);
            creditor.push(')');
        }
        let mut days = String::new();
        push_number(&mut days, u32::from(order.days.unwrap_or_default()));
        let day = order.due.map(|due| date(texts, due, true)).unwrap_or_default();
        let fill_one = |key: Key, name: &str, value: &str| {
            let mut out = String::new();
            fill(&mut out, texts.get(key), &[(name, value)]);
            out
        };
        let until = if order.due.is_some() {
            fill_one(Key::UntilDate, "date", &day)
        } else if order.days.is_some() {
            fill_one(Key::UntilDelivery, "days", &days)
        } else {
            String::from(texts.get(Key::UntilNone))
        };
        let debit = if order.due.is_some() { fill_one(Key::DebitDate, "date", &day) } else { String::from(texts.get(Key::DebitNone)) };
        let cost = match order.fee {
            Some(fee) => fill_one(Key::CostFee, "fee", fee),
            None => String::from(texts.get(Key::CostNone)),
        };
        let values = [
            ("merchant", order.merchant),
            ("creditor", creditor.as_str()),
            ("amount", order.amount),
            ("until", until.as_str()),
            ("debit", debit.as_str()),
            ("cost", cost.as_str()),
        ];
        let [version, text, title, terms] = consent.keys().map(|key| {
            let mut out = String::new();
            fill(&mut out, texts.get(key), &values);
            out
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
