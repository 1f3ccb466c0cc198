//! The bank's own text in a message.

use tresen_wire::json::printable;

/// More of a cell helps nobody to find it
const LETTERS: usize = 60;

/// In backticks, on one line, and not longer than it takes to find it
pub fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(LETTERS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    printable(format!("`{short}`"))
}
