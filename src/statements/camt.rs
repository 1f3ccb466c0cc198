//! ISO 20022 camt.053, `BankToCustomerStatement`, versions 02 to 13: what was booked on an account in a time.
//!
//! An entry is one line of the statement; where the bank has put several payments into one, its details tell of each, and they must sum to it.

use crate::amount::plain;
use crate::day::day;
use crate::shown::shown;
use crate::tree::{Node, parse};
use crate::{Entry, Format, PROVIDER, Statement};
use tresen_core::diag::Diagnostic;
use tresen_wire::http::ReceivePayment;
use tresen_wire::money::Money;

/// What banks write where they have no number
const NO_NUMBER: [&str; 2] = ["NONREF", "NOTPROVIDED"];

/// Reads a statement
pub fn read(bytes: &[u8]) -> Result<Statement, Vec<Diagnostic>> {
    let document = parse(bytes).map_err(|problem| vec![problem])?;
    let Some(body) = document.at(&["BkToCstmrStmt"]).filter(|_| document.name == "Document") else {
        let help = "pass a camt.053, the bank's statement of a day; camt.052 and camt.054 tell of the same payments under other numbers";
        return Err(vec![Diagnostic::error("statement.not_camt_053", shown(&document.name), "the document is no bank statement", help)]);
    };
    let mut statement = Statement { format: Format::Camt053, account: None, entries: Vec::new() };
    let mut problems = Vec::new();
    for (place, one) in body.all("Stmt").enumerate() {
        let account = one.text_at(&["Acct", "Id", "IBAN"]).map(str::to_owned);
        if place > 0 && statement.account != account {
            let help = "pass the statements of each account by themselves";
            problems.push(Diagnostic::error(
                "statement.accounts",
                format!("Stmt[{place}]"),
                "the document tells of several accounts",
                help,
            ));
        }
        statement.account = account;
        let name = one.text_at(&["Id"]).unwrap_or_default();
        for (number, entry) in one.all("Ntry").enumerate() {
            let at = format!("Stmt[{place}]/Ntry[{number}]");
            match (Line { entry, name, number, at }).read() {
                Ok(entries) => statement.entries.extend(entries),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() { Ok(statement) } else { Err(problems) }
}

/// An entry, and where it stands
struct Line<'a> {
    entry: &'a Node,
    name: &'a str,
    number: usize,
    at: String,
}

impl Line<'_> {
    fn read(&self) -> Result<Vec<Entry>, Diagnostic> {
        let amount = amount_of(self.entry.at(&["Amt"]), &self.at)?;
        let details: Vec<&Node> = self.entry.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
        if details.len() < 2 {
            return Ok(vec![self.one(details.first().copied(), 0, amount)?]);
        }
        let mut entries = Vec::new();
        let mut sum: i64 = 0;
        for (place, detail) in details.iter().enumerate() {
            let part = detail.at(&["Amt"]).or_else(|| detail.at(&["AmtDtls", "TxAmt", "Amt"]));
            let part = amount_of(part, &format!("{}/TxDtls[{place}]", self.at))?;
            sum = if part.currency == amount.currency { sum.saturating_add(part.minor) } else { i64::MIN };
            entries.push(self.one(Some(detail), place, part)?);
        }
        if sum == amount.minor {
            return Ok(entries);
        }
        let help = "the bank has put charges or other currencies into one line; take its payments down one by one";
        Err(Diagnostic::error("statement.batch", &*self.at, "the payments of a line do not sum to it", help))
    }

    fn one(&self, detail: Option<&Node>, place: usize, amount: Money) -> Result<Entry, Diagnostic> {
        let reference = self.reference(detail, place);
        // Version 02 writes the state as text, the later ones as a code in an element of its own.
        let state = self.entry.text_at(&["Sts", "Cd"]).or_else(|| self.entry.text_at(&["Sts"])).unwrap_or("BOOK");
        if state != "BOOK" {
            return Ok(Entry::Announced { reference, amount });
        }
        let sign = detail.and_then(|detail| detail.text_at(&["CdtDbtInd"])).or_else(|| self.entry.text_at(&["CdtDbtInd"]));
        let came = match sign {
            Some("CRDT") => true,
            Some("DBIT") => false,
            other => {
                let message = format!("{} says neither that money came nor that it went", shown(other.unwrap_or_default()));
                return Err(Diagnostic::error("statement.sign", &*self.at, message, "pass the file as the bank has handed it out"));
            }
        };
        let day = || {
            let date = |name| self.entry.text_at(&[name, "Dt"]).or_else(|| self.entry.text_at(&[name, "DtTm"]));
            day(date("ValDt").or_else(|| date("BookgDt")).unwrap_or_default(), &self.at)
        };
        let at = |path: &[&str]| detail.and_then(|detail| detail.text_at(path)).filter(|text| !NO_NUMBER.contains(text));
        let reason = at(&["RtrInf", "Rsn", "Cd"]);
        let is_return = reason.is_some() || self.entry.text_at(&["RvslInd"]) == Some("true");
        if came && !is_return {
            let remittance = detail.map(remittance).filter(|text| !text.is_empty());
            let (customer, designated) = (None, Vec::new());
            let provider = PROVIDER.to_owned();
            return Ok(Entry::Received {
                payment: ReceivePayment { provider, reference, amount, value_date: day()?, remittance, customer, designated },
            });
        }
        if !came && is_return {
            let of = at(&["Refs", "EndToEndId"]).map(str::to_owned);
            return Ok(Entry::Returned { reference, of, amount, value_date: day()?, reason: reason.map(str::to_owned) });
        }
        // Money that the merchant had paid and got back, or paid.
        Ok(Entry::Paid { reference, amount })
    }

    /// The bank's number: of the payment, or of the line and the payment's place in it, or of the statement and both places
    fn reference(&self, detail: Option<&Node>, place: usize) -> String {
        let known = |text: &&str| !NO_NUMBER.contains(text);
        let own = detail.and_then(|detail| detail.text_at(&["Refs", "AcctSvcrRef"])).filter(known);
        if let Some(own) = own {
            return own.to_owned();
        }
        match self.entry.text_at(&["AcctSvcrRef"]).filter(known) {
            Some(line) if place == 0 => line.to_owned(),
            Some(line) => format!("{line}/{place}"),
            None => format!("{}/{}/{place}", self.name, self.number),
        }
    }
}

fn amount_of(node: Option<&Node>, at: &str) -> Result<Money, Diagnostic> {
    let (text, currency) = node.map_or(("", ""), |node| (node.text.as_str(), node.currency.as_deref().unwrap_or_default()));
    let amount = plain(text, currency, at)?;
    if amount.minor > 0 {
        return Ok(amount);
    }
    let message = format!("{} is not above zero", shown(text));
    Err(Diagnostic::error("statement.amount", at, message, "pass the file as the bank has handed it out"))
}

/// What the payer wrote: the structured reference first, then the lines of free text
fn remittance(detail: &Node) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for information in detail.all("RmtInf") {
        parts.extend(information.all("Strd").filter_map(|one| one.text_at(&["CdtrRefInf", "Ref"])));
        parts.extend(information.all("Ustrd").map(|one| one.text.trim()));
    }
    parts.join(" ")
}
