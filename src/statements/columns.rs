//! Which column of a bank's file says what: the words that banks write above them.

/// What a column says
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    ValueDate,
    BookingDate,
    Amount,
    Currency,
    Remittance,
    Account,
    Reference,
    State,
    Side,
}

/// The words, in small letters, each with what stands below it
const WORDS: [(&str, Column); 40] = [
    ("valutadatum", Column::ValueDate),
    ("valuta", Column::ValueDate),
    ("wertstellung", Column::ValueDate),
    ("wertstellungsdatum", Column::ValueDate),
    ("wert", Column::ValueDate),
    ("value date", Column::ValueDate),
    ("buchungstag", Column::BookingDate),
    ("buchungsdatum", Column::BookingDate),
    ("buchung", Column::BookingDate),
    ("datum", Column::BookingDate),
    ("booking date", Column::BookingDate),
    ("date", Column::BookingDate),
    ("betrag", Column::Amount),
    ("betrag (€)", Column::Amount),
    ("betrag (eur)", Column::Amount),
    ("betrag in eur", Column::Amount),
    ("umsatz", Column::Amount),
    ("umsatz in eur", Column::Amount),
    ("amount", Column::Amount),
    ("amount (eur)", Column::Amount),
    ("waehrung", Column::Currency),
    ("währung", Column::Currency),
    ("currency", Column::Currency),
    ("verwendungszweck", Column::Remittance),
    ("verwendungszweck/referenz", Column::Remittance),
    ("payment reference", Column::Remittance),
    ("remittance", Column::Remittance),
    ("auftragskonto", Column::Account),
    ("iban auftragskonto", Column::Account),
    ("konto", Column::Account),
    ("reference", Column::Reference),
    ("bankreferenz", Column::Reference),
    ("transaction id", Column::Reference),
    ("info", Column::State),
    ("status", Column::State),
    ("state", Column::State),
    ("soll/haben", Column::Side),
    ("s/h", Column::Side),
    ("credit/debit", Column::Side),
    // Cooperative banks long wrote it below no name at all.
    ("", Column::Side),
];

/// What a column says by the word above it
pub fn of(word: &str) -> Option<Column> {
    let word = word.trim().to_lowercase();
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, column)| *column)
}

/// The words for a column, as a merchant would be told
pub fn words(wanted: Column) -> String {
    let words: Vec<String> = WORDS.iter().filter(|(_, column)| *column == wanted).map(|(word, _)| format!("`{word}`")).collect();
    words.join(", ")
}

/// Whether money came, by the word of a bank that does not write the sign before the amount; nothing for any other word
pub fn came(side: &str) -> Option<bool> {
    match side.trim().to_lowercase().as_str() {
        "h" | "haben" | "credit" | "cr" | "c" => Some(true),
        "s" | "soll" | "debit" | "dr" | "d" => Some(false),
        _ => None,
    }
}

/// What banks write of a payment that is not booked yet, in small letters
pub fn is_announced(state: &str) -> bool {
    ["umsatz vorgemerkt", "vorgemerkt", "pending"].contains(&state.trim().to_lowercase().as_str())
}
