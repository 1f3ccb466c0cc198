//! Bank statements as the payments that they tell of.
//!
//! Two forms are read: camt.053 (ISO 20022, `BankToCustomerStatement`), which every bank in the euro area hands out, and the CSV files that
//! people download from their bank's pages. A bank's own number names a payment, so the same statement twice is no payment twice; a CSV file
//! has no such number, and one is made of what stands in the row (see [`csv`]).
//!
//! **Invariant:** a statement is taken as a whole or not at all: a row that cannot be read is never passed over in silence.

#![warn(missing_docs)]

mod amount;
mod camt;
mod columns;
mod csv;
mod day;
mod number;
mod shown;
mod tree;

use serde::Serialize;
use tresen_core::diag::Diagnostic;
use tresen_wire::http::ReceivePayment;
use tresen_wire::money::Money;

/// The most bytes of one statement
pub const BYTES_MAX: usize = 8 << 20;
/// The most entries of one statement
pub const ENTRIES_MAX: usize = 50_000;

/// Who tells of the payments in a statement
const PROVIDER: &str = "bank";

/// What an account saw
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Its form
    pub format: Format,
    /// The account, where the statement names it: an IBAN without blanks
    pub account: Option<String>,
    /// What was booked, in the order of the statement
    pub entries: Vec<Entry>,
}

/// The form of a statement
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// ISO 20022 camt.053
    #[serde(rename = "camt.053")]
    Camt053,
    /// Comma- or semicolon-separated values
    Csv,
}

/// Something that was booked
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Entry {
    /// Money came
    Received {
        /// As `POST /v1/payments` takes it
        payment: ReceivePayment,
    },
    /// Money that had come went back: a human says to which payment it belongs
    Returned {
        /// The bank's number of the return
        reference: String,
        /// The payer's number of what is returned (`EndToEndId`), where the bank says it
        of: Option<String>,
        /// How much
        amount: Money,
        /// The local day on which it counts
        value_date: String,
        /// The bank's reason, such as `AC04`
        reason: Option<String>,
    },
    /// The merchant paid somebody, or got that back; no business of the ledger of claims
    Paid {
        /// The bank's number
        reference: String,
        /// How much
        amount: Money,
    },
    /// Announced and not booked yet; it comes again when it is
    Announced {
        /// The bank's number
        reference: String,
        /// How much
        amount: Money,
    },
}

/// Reads a statement in either form
///
/// # Errors
///
/// `statement.*`, all mistakes at once; `at` is a line of a CSV file, or a path into the XML.
pub fn read(bytes: &[u8]) -> Result<Statement, Vec<Diagnostic>> {
    if bytes.len() > BYTES_MAX {
        let message = format!("the statement has more than {BYTES_MAX} bytes");
        return Err(vec![Diagnostic::error("statement.too_long", "", message, "split it by days and pass the parts one after another")]);
    }
    let begins = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let statement = if begins.first() == Some(&b'<') { camt::read(bytes) } else { csv::read(bytes) }?;
    if statement.entries.len() > ENTRIES_MAX {
        let message = format!("the statement has more than {ENTRIES_MAX} entries");
        return Err(vec![Diagnostic::error("statement.too_long", "", message, "split it by days and pass the parts one after another")]);
    }
    Ok(statement)
}
