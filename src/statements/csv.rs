//! CSV files as people download them from their bank's pages.
//!
//! Every bank has its own: what the columns are called (see `columns.rs`), how many lines stand above them, which sign parts the cells and how
//! numbers are written. The row of names is the first that names an amount, a day and what the payer wrote. Files in Windows-1252 are read as well.

use crate::amount::grouped;
use crate::columns::{self, Column};
use crate::day::day;
use crate::number::Numbers;
use crate::{Entry, Format, PROVIDER, Statement};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;
use tresen_core::diag::Diagnostic;
use tresen_wire::http::ReceivePayment;
use tresen_wire::iban::tidied;
use tresen_wire::json::printable;
use tresen_wire::money::Money;

/// Banks write a few lines above the names of the columns
const LINES_ABOVE: usize = 20;

/// Reads a statement
pub fn read(bytes: &[u8]) -> Result<Statement, Vec<Diagnostic>> {
    let text = decoded(bytes);
    let rows = rows(&text).map_err(|problem| vec![problem])?;
    let Some((place, names)) = rows.iter().take(LINES_ABOVE).enumerate().find_map(|(place, row)| Some((place, Names::of(&row.cells)?)))
    else {
        let wanted = [Column::Amount, Column::BookingDate, Column::Remittance].map(columns::words).join("; ");
        let help = format!("name the columns of amount, day and remittance by one of the words that banks write: {wanted}");
        return Err(vec![Diagnostic::error("statement.columns", "", "no row names the columns of a bank statement", help)]);
    };
    let mut statement = Statement { format: Format::Csv, account: None, entries: Vec::new() };
    let (mut problems, mut numbers) = (Vec::new(), Numbers::default());
    for row in rows.iter().skip(place.saturating_add(1)) {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some(account) = names.cell(&row.cells, Column::Account) {
            statement.account.get_or_insert_with(|| tidied(account));
        }
        match names.entry(row, &mut numbers) {
            Ok(entry) => statement.entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(statement) } else { Err(problems) }
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}

struct Row {
    line: u64,
    cells: StringRecord,
}

/// The rows, parted by the sign that stands most often outside of quotes in the lines at the top
fn rows(text: &str) -> Result<Vec<Row>, Diagnostic> {
    let top: String = text.lines().take(LINES_ABOVE).collect();
    let times = |sign: char| top.chars().filter(|letter| *letter == sign).count();
    let sign = [(b'\t', '\t'), (b',', ','), (b';', ';')].into_iter().max_by_key(|(_, sign)| times(*sign)).map_or(b';', |(sign, _)| sign);
    let mut rows = Vec::new();
    for row in ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(text.as_bytes()).into_records() {
        let cells = row.map_err(|problem| {
            let message = printable(format!("the file cannot be read as CSV: {problem}"));
            Diagnostic::error("statement.csv", "", message, "pass the file as the bank's page has handed it out")
        })?;
        let line = cells.position().map_or(0, csv::Position::line);
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

/// Where each column is
struct Names {
    columns: Vec<Option<Column>>,
}

impl Names {
    fn of(cells: &StringRecord) -> Option<Self> {
        let columns: Vec<Option<Column>> = cells.iter().map(columns::of).collect();
        let has = |wanted| columns.contains(&Some(wanted));
        let is_it = has(Column::Amount) && (has(Column::BookingDate) || has(Column::ValueDate)) && has(Column::Remittance);
        is_it.then_some(Self { columns })
    }

    /// What a row says in the first column of that kind; nothing for an empty cell
    fn cell<'a>(&self, cells: &'a StringRecord, wanted: Column) -> Option<&'a str> {
        let place = self.columns.iter().position(|column| *column == Some(wanted))?;
        cells.get(place).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// Whether money came, where a column of its own says so
    fn came(&self, cells: &StringRecord) -> Option<bool> {
        let sides = self.columns.iter().zip(cells).filter(|(column, _)| **column == Some(Column::Side));
        sides.map(|(_, cell)| cell).find_map(columns::came)
    }

    fn entry(&self, row: &Row, numbers: &mut Numbers) -> Result<Entry, Diagnostic> {
        let at = format!("line {}", row.line);
        let said = |wanted| self.cell(&row.cells, wanted).unwrap_or_default();
        let currency = self.cell(&row.cells, Column::Currency).map_or("EUR", |currency| if currency == "€" { "EUR" } else { currency });
        let signed = grouped(said(Column::Amount), currency, &at)?;
        let amount = Money::new(signed.minor.saturating_abs(), &signed.currency);
        let value_date = day(self.cell(&row.cells, Column::ValueDate).unwrap_or_else(|| said(Column::BookingDate)), &at)?;
        let remittance = said(Column::Remittance);
        let reference = match self.cell(&row.cells, Column::Reference) {
            Some(reference) => reference.to_owned(),
            None => numbers.of(&[said(Column::Account), &value_date, &signed.minor.to_string(), &signed.currency, remittance]),
        };
        if columns::is_announced(said(Column::State)) {
            return Ok(Entry::Announced { reference, amount });
        }
        if signed.minor <= 0 || self.came(&row.cells) == Some(false) {
            return Ok(Entry::Paid { reference, amount });
        }
        let remittance = Some(remittance.to_owned()).filter(|text| !text.is_empty());
        let (provider, customer, designated) = (PROVIDER.to_owned(), None, Vec::new());
        Ok(Entry::Received { payment: ReceivePayment { provider, reference, amount, value_date, remittance, customer, designated } })
    }
}
