//! The code that a banking app scans to fill in a transfer: the text in it (EPC069-12), written and read.
//!
//! Written is version 002 in UTF-8, which every app reads: the account, whose it is, how much, and the creditor's reference. Read is everything
//! that the standard allows, so that what is printed can be checked.
//!
//! **Invariant:** what is written is read back as it was meant.

use crate::iban;
use crate::reference;
use tresen_core::money::{Currency, Money};

/// No code holds more bytes
const BYTES_MAX: usize = 331;
/// Letters of a name, and of the information for the payer
const NAME_MAX: usize = 70;
/// Letters of a text for the payee
const TEXT_MAX: usize = 140;
/// Letters of a purpose
const PURPOSE_MAX: usize = 4;
/// The largest amount, in cents
const AMOUNT_MAX: i64 = 99_999_999_999;
/// Everything that a transfer can be told
const LINES_MAX: usize = 12;

/// A transfer to be made
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transfer {
    /// The bank; some banks want it
    pub bic: Option<String>,
    /// Whose account it is
    pub name: String,
    /// The account, without blanks
    pub iban: String,
    /// How much, in cents; without it the payer says
    pub cents: Option<i64>,
    /// What it is for, as a code of ISO 20022
    pub purpose: Option<String>,
    /// What the payee goes by
    pub remittance: Option<Remittance>,
    /// What the payer is told
    pub information: Option<String>,
}

/// What the payee goes by: one of the two
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remittance {
    /// A creditor reference (ISO 11649)
    Reference(String),
    /// Words
    Text(String),
}

/// Why a transfer cannot be written into a code, or a text is none
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoEpc {
    /// It does not begin as one, or has lines that nobody knows
    Form,
    /// No version of the standard
    Version,
    /// No character set that is read here: 1 is UTF-8
    Charset,
    /// Something else than a transfer (`SCT`)
    Identification,
    /// No bank, or version 001 without one
    Bic,
    /// No name, or one that is too long
    Name,
    /// No account
    Iban,
    /// Not between a cent and 999,999,999.99 euros, or another currency
    Amount,
    /// More than four letters
    Purpose,
    /// No creditor reference, a text that is too long, or both
    Remittance,
    /// Information that is too long
    Information,
    /// More than 331 bytes
    Length,
}

impl NoEpc {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "epc.form",
            Self::Version => "epc.version",
            Self::Charset => "epc.charset",
            Self::Identification => "epc.identification",
            Self::Bic => "epc.bic",
            Self::Name => "epc.name",
            Self::Iban => "epc.iban",
            Self::Amount => "epc.amount",
            Self::Purpose => "epc.purpose",
            Self::Remittance => "epc.remittance",
            Self::Information => "epc.information",
            Self::Length => "epc.length",
        }
    }
}

/// The amount of a transfer in euros
///
/// # Errors
///
/// [`NoEpc::Amount`] for another currency: a code of this kind knows none.
pub fn cents(amount: Money) -> Result<i64, NoEpc> {
    if amount.currency() == Currency::EUR { Ok(amount.minor()) } else { Err(NoEpc::Amount) }
}

impl Transfer {
    /// The text of the code
    ///
    /// # Errors
    ///
    /// The first that applies, in the order of [`NoEpc`].
    pub fn write(&self) -> Result<String, NoEpc> {
        self.check()?;
        let amount = self.cents.map(|cents| format!("EUR{}.{:02}", cents.div_euclid(100), cents.rem_euclid(100)));
        let (reference, text) = match &self.remittance {
            Some(Remittance::Reference(reference)) => (reference.as_str(), ""),
            Some(Remittance::Text(text)) => ("", text.as_str()),
            None => ("", ""),
        };
        let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
        let lines: [&str; LINES_MAX] = [
            "BCD",
            "002",
            "1",
            "SCT",
            &or_nothing(&self.bic),
            &self.name,
            &self.iban,
            &amount.unwrap_or_default(),
            &or_nothing(&self.purpose),
            reference,
            text,
            &or_nothing(&self.information),
        ];
        let written = lines.join("\n");
        // Nothing follows the last line that says something.
        let written = written.trim_end_matches('\n');
        if written.len() > BYTES_MAX { Err(NoEpc::Length) } else { Ok(written.to_owned()) }
    }

    /// Reads the text of a code
    ///
    /// # Errors
    ///
    /// The first that applies, in the order of [`NoEpc`].
    pub fn read(text: &str) -> Result<Self, NoEpc> {
        let separator = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let lines: Vec<&str> = text.split(separator).collect();
        let line = |place: usize| lines.get(place).copied().unwrap_or_default();
        let is_whole = lines.len() <= LINES_MAX && lines.last().is_some_and(|last| !last.is_empty());
        if line(0) != "BCD" || !is_whole || lines.iter().any(|line| line.contains(['\r', '\n'])) {
            return Err(NoEpc::Form);
        }
        let needs_bank = match line(1) {
            "001" => true,
            "002" => false,
            _ => return Err(NoEpc::Version),
        };
        // Any character of the sets 2 to 8 that matters to an account is the same in ASCII; a name in one of them is for who scans bytes.
        let is_known = match line(2) {
            "1" => true,
            "2" | "3" | "4" | "5" | "6" | "7" | "8" => text.is_ascii(),
            _ => false,
        };
        if !is_known {
            return Err(NoEpc::Charset);
        }
        if line(3) != "SCT" {
            return Err(NoEpc::Identification);
        }
        let given = |place: usize| Some(line(place).to_owned()).filter(|text| !text.is_empty());
        if needs_bank && given(4).is_none() {
            return Err(NoEpc::Bic);
        }
        let remittance = match (given(9), given(10)) {
            (Some(_), Some(_)) => return Err(NoEpc::Remittance),
            (Some(reference), None) => Some(Remittance::Reference(reference)),
            (None, text) => text.map(Remittance::Text),
        };
        let cents = given(7).map(|amount| read_amount(&amount).ok_or(NoEpc::Amount)).transpose()?;
        let (name, iban) = (line(5).to_owned(), line(6).to_owned());
        let transfer = Self { bic: given(4), name, iban, cents, purpose: given(8), remittance, information: given(11) };
        transfer.check()?;
        if text.len() > BYTES_MAX { Err(NoEpc::Length) } else { Ok(transfer) }
    }

    fn check(&self) -> Result<(), NoEpc> {
        let fits = |text: &str, most: usize| (1..=most).contains(&text.chars().count()) && !text.contains(char::is_control);
        let fits_if_given = |text: &Option<String>, most: usize| text.as_deref().is_none_or(|text| fits(text, most));
        let is_bank =
            |bic: &String| matches!(bic.len(), 8 | 11) && bic.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        if !self.bic.as_ref().is_none_or(is_bank) {
            return Err(NoEpc::Bic);
        }
        if !fits(&self.name, NAME_MAX) {
            return Err(NoEpc::Name);
        }
        iban::check(&self.iban).map_err(|_| NoEpc::Iban)?;
        if !self.cents.is_none_or(|cents| (1..=AMOUNT_MAX).contains(&cents)) {
            return Err(NoEpc::Amount);
        }
        if !fits_if_given(&self.purpose, PURPOSE_MAX) {
            return Err(NoEpc::Purpose);
        }
        let remits = match &self.remittance {
            Some(Remittance::Reference(reference)) => reference::why_not(reference).is_none(),
            Some(Remittance::Text(text)) => fits(text, TEXT_MAX),
            None => true,
        };
        if !remits {
            return Err(NoEpc::Remittance);
        }
        if fits_if_given(&self.information, NAME_MAX) { Ok(()) } else { Err(NoEpc::Information) }
    }
}

/// `EUR12.3` is 1,230 cents: one digit after the point is as good as two
fn read_amount(text: &str) -> Option<i64> {
    let number = text.strip_prefix("EUR")?;
    if number.starts_with('-') { None } else { Some(Money::parse(&format!("{number} EUR")).ok()?.minor()) }
}

#[cfg(test)]
mod tests;
