//! Where in a JSON text the things are that JSON pointers name.

use super::push_key;
use std::collections::HashMap;

/// Line and column behind the first bytes of a text, both from 1, the column in bytes
pub(super) fn place_of(before: &[u8]) -> (usize, usize) {
    let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count().saturating_add(1);
    (line, column)
}

/// Line and column (from 1, in bytes) of what each pointer names in a text that [`super::parse`] has read
///
/// A pointer to something that is not there gives the place of the nearest thing around it; one into a key that stands
/// twice, the place where it stands last. The text is walked once, however many pointers there are.
#[must_use]
pub fn locate(text: &str, pointers: &[&str]) -> Vec<(usize, usize)> {
    let mut found = HashMap::new();
    for pointer in pointers {
        found.insert(*pointer, None);
        let ends = pointer.match_indices('/').map(|(end, _)| end);
        found.extend(ends.filter_map(|end| pointer.get(..end)).map(|around| (around, None)));
    }
    let mut scan = Scan { bytes: text.as_bytes(), place: if text.starts_with('\u{feff}') { 3 } else { 0 }, at: String::new(), found };
    let root = scan.pass_to_value();
    scan.walk();
    let lines: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place).collect();
    pointers
        .iter()
        .map(|pointer| {
            let around = pointer.match_indices('/').rev().map(|(end, _)| pointer.get(..end).unwrap_or_default());
            let place = std::iter::once(*pointer).chain(around).find_map(|known| scan.found.get(known).copied().flatten());
            let place = place.unwrap_or(root);
            let before = lines.partition_point(|end| *end < place);
            let start = before.checked_sub(1).and_then(|last| lines.get(last)).map_or(0, |end| end.saturating_add(1));
            (before.saturating_add(1), place.saturating_sub(start).saturating_add(1))
        })
        .collect()
}

/// Walks through valid JSON without building it
struct Scan<'a> {
    bytes: &'a [u8],
    place: usize,
    /// JSON pointer of what is being walked through
    at: String,
    /// What is looked for and everything around it, with the place where its entry (with its key) begins
    found: HashMap<&'a str, Option<usize>>,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.place).copied()
    }

    fn step(&mut self) {
        self.place = self.place.saturating_add(1);
    }

    /// Passes over white space, commas and colons; answers the place of the value there
    fn pass_to_value(&mut self) -> usize {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
            self.step();
        }
        self.place
    }

    /// Walks through the value at the present place
    fn walk(&mut self) {
        match self.peek() {
            Some(b'{') => {
                self.step();
                loop {
                    let start = self.pass_to_value();
                    if matches!(self.peek(), None | Some(b'}')) {
                        break;
                    }
                    self.pass_text();
                    let key = self.bytes.get(start..self.place).and_then(|key| serde_json::from_slice::<String>(key).ok());
                    self.pass_to_value();
                    self.entry(&key.unwrap_or_default(), start);
                }
                self.step();
            }
            Some(b'[') => {
                self.step();
                for number in 0_usize.. {
                    let start = self.pass_to_value();
                    if matches!(self.peek(), None | Some(b']')) {
                        break;
                    }
                    self.entry(&number.to_string(), start);
                    if self.place == start {
                        // Only what is not JSON stands still here.
                        break;
                    }
                }
                self.step();
            }
            Some(_) => self.pass(),
            None => {}
        }
    }

    /// Walks through an entry that begins at `start`, or passes over it if nothing in it is looked for
    fn entry(&mut self, key: &str, start: usize) {
        let length = self.at.len();
        push_key(&mut self.at, key);
        match self.found.get_mut(self.at.as_str()) {
            Some(place) => {
                *place = Some(start);
                self.walk();
            }
            None => self.pass(),
        }
        self.at.truncate(length);
    }

    fn pass_text(&mut self) {
        self.step();
        while let Some(byte) = self.peek() {
            self.step();
            match byte {
                b'\\' => self.step(),
                b'"' => return,
                _ => {}
            }
        }
    }

    /// Passes over one value
    fn pass(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.pass_text();
                    if depth == 0 {
                        return;
                    }
                    continue;
                }
                b'{' | b'[' => depth = depth.saturating_add(1),
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.step();
                        return;
                    }
                }
                b',' if depth == 0 => return,
                _ => {}
            }
            self.step();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn pointers_are_found_in_the_text() {
        let text = "{\n  \"a\": [1, {\"x\\\"y\": \"]},\"}],\n  \"b\": {\"c\": null}\n}";
        let places = locate(text, &["", "/a/0", "/a/1/x\"y", "/b/c", "/b/missing", "/missing/too", "/a"]);
        assert_eq!(places, [(1, 1), (2, 9), (2, 13), (3, 9), (3, 3), (1, 1), (2, 3)]);
    }

    #[test]
    fn a_key_that_stands_twice_is_meant_where_it_stands_last() {
        assert_eq!(locate("{\"a\": {\"b\": 1},\n\"a\": {\"b\": 2}}", &["/a", "/a/b"]), [(2, 1), (2, 7)]);
    }

    #[test]
    fn a_byte_order_mark_and_escapes_in_keys_do_not_mislead() {
        assert_eq!(locate("\u{feff}{\"c/d\": 1, \"\\u00e4\": 2}", &["/c~1d", "/ä"]), [(1, 5), (1, 15)]);
    }

    #[test]
    fn a_hundred_thousand_places_are_found_in_one_walk() {
        let text = format!("[{}0]", "0,\n".repeat(100_000));
        let pointers: Vec<String> = (0..=100_000).map(|place| format!("/{place}")).collect();
        let places = locate(&text, &pointers.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((places.first(), places.last()), (Some(&(1, 2)), Some(&(100_001, 1))));
    }
}
