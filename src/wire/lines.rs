//! Lines of text that comes in pieces, cut anywhere.
//!
//! **Invariant:** a line is the same one however the text is cut, and no more of it is held than a line may be long.

use std::mem::take;
use tresen_core::diag::Diagnostic;

/// No line is longer, in bytes
pub const LINE_MAX: usize = 1 << 20;

/// Splits pieces into lines
#[derive(Debug, Default)]
pub struct Splitter {
    /// A line whose end has not come yet, as far as it may be long
    begun: Vec<u8>,
    /// Whether that line was handed out
    is_told: bool,
    number: u64,
}

/// A line that is not empty
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1; empty lines are counted too
    pub number: u64,
    /// What it says, without its end; nothing if it is longer than any may be
    pub text: Option<&'a [u8]>,
}

impl Splitter {
    /// Before the first piece
    #[must_use]
    pub const fn new() -> Self {
        Self { begun: Vec::new(), is_told: false, number: 0 }
    }

    /// The next line that ends in what is left of a piece; nothing once the piece is used up
    pub fn next<'a, 'piece: 'a>(&'a mut self, rest: &mut &'piece [u8]) -> Option<Line<'a>> {
        self.forget();
        loop {
            let Some((line, after)) = memchr::memchr(b'\n', rest).and_then(|end| rest.split_at_checked(end)) else {
                self.begin(rest);
                *rest = &[];
                return None;
            };
            *rest = after.get(1..).unwrap_or_default();
            self.number = self.number.saturating_add(1);
            if self.begun.is_empty() {
                if is_empty(line) {
                    continue;
                }
                return Some(Line::of(self.number, line));
            }
            self.begin(line);
            if !is_empty(&self.begun) {
                break;
            }
            self.begun.clear();
        }
        self.is_told = true;
        Some(Line::of(self.number, &self.begun))
    }

    /// The last line, if the text does not end with the end of one
    pub fn end(&mut self) -> Option<Line<'_>> {
        self.forget();
        self.is_told = true;
        if is_empty(&self.begun) {
            return None;
        }
        self.number = self.number.saturating_add(1);
        Some(Line::of(self.number, &self.begun))
    }

    fn forget(&mut self) {
        if take(&mut self.is_told) {
            self.begun.clear();
        }
    }

    fn begin(&mut self, part: &[u8]) {
        let room = LINE_MAX.saturating_sub(self.begun.len());
        self.begun.extend_from_slice(part.get(..room).unwrap_or(part));
    }
}

impl<'a> Line<'a> {
    fn of(number: u64, text: &'a [u8]) -> Self {
        Self { number, text: Some(text).filter(|text| text.len() < LINE_MAX) }
    }
}

fn is_empty(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}

/// That a line is longer than any may be
#[must_use]
pub fn too_long() -> Vec<Diagnostic> {
    vec![Diagnostic::error("json.too_long", "", format!("the line has more than {LINE_MAX} bytes"), "write one set of facts a line")]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers and texts of all lines, if the text comes in pieces of that many bytes
    fn lines(text: &[u8], size: usize) -> Vec<(u64, Option<String>)> {
        let mut splitter = Splitter::default();
        let told = |line: Line<'_>| (line.number, line.text.map(|text| String::from_utf8(text.to_vec()).unwrap()));
        let mut found = Vec::new();
        for mut piece in text.chunks(size) {
            while let Some(line) = splitter.next(&mut piece) {
                found.push(told(line));
            }
        }
        found.extend(splitter.end().map(told));
        found
    }

    #[test]
    fn lines_are_the_same_ones_however_the_text_is_cut() {
        let text = "{\"a\":\"ü€\"}\n\n  \r\n{\"b\":\"😀\"}\r\n{\"c\":1}".as_bytes();
        let expected =
            [(1, "{\"a\":\"ü€\"}"), (4, "{\"b\":\"😀\"}\r"), (5, "{\"c\":1}")].map(|(number, text)| (number, Some(text.to_owned())));
        let ended = [text, b"\n"].concat();
        for size in 1..=ended.len() {
            assert_eq!(lines(text, size), expected, "{size}");
            assert_eq!(lines(&ended, size), expected, "{size}");
        }
        assert_eq!(lines(b"", 1), []);
        assert_eq!(lines(b"\n \n\t", 2), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_is_not() {
        let line = |length: usize| "x".repeat(length);
        let text = [line(LINE_MAX), line(LINE_MAX - 1), "y".to_owned(), line(LINE_MAX + 70_000)].join("\n");
        for size in [9_999, LINE_MAX, text.len()] {
            let found = lines(text.as_bytes(), size);
            assert_eq!(found, [(1, None), (2, Some(line(LINE_MAX - 1))), (3, Some("y".to_owned())), (4, None)], "{size}");
        }
    }

    #[test]
    fn no_more_of_a_line_is_held_than_it_may_be_long() {
        let mut splitter = Splitter::default();
        for _ in 0..64 {
            assert_eq!(splitter.next(&mut "x".repeat(1 << 16).as_bytes()), None);
        }
        assert_eq!(splitter.begun.len(), LINE_MAX);
    }
}
