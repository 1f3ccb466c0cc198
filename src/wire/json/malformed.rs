//! Why a text is not JSON, told to somebody who wrote it by hand.

use super::place::place_of;

/// Why a text is not JSON
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// `json.malformed`, `json.too_deep`, `json.too_long` or `json.not_utf8`
    pub code: &'static str,
    /// What is wrong
    pub message: String,
    /// The line, from 1
    pub line: usize,
    /// The column in bytes, from 1
    pub column: usize,
    help: &'static str,
}

const OPEN: &str = "close what is open: every `{` needs its `}`, every `[` its `]`, every text its `\"`";
const ESCAPE: (&str, &str) = ("the text in quotes holds an escape that JSON does not know", "write a backslash as `\\\\`");
const VALUE: (&str, &str) =
    ("no value begins like this", "write a text in double quotes, a number, `true`, `false`, `null`, `{ … }` or `[ … ]`");
const NUMBER: (&str, &str) = ("the number is not one that JSON knows", "write digits without a leading zero and without `+`");

/// What the parser says, what is wrong, and what to do
const SENTENCES: [(&str, (&str, &str)); 19] = [
    ("EOF while parsing a list", ("the text ends before its list does", OPEN)),
    ("EOF while parsing an object", ("the text ends before its object does", OPEN)),
    ("EOF while parsing a string", ("the text ends inside of quotes", OPEN)),
    ("EOF while parsing a value", ("the text ends where a value belongs", OPEN)),
    ("expected `:`", ("a colon belongs between a key and its value", "write `\"key\": value`")),
    ("expected `,` or `]`", ("a comma or the end of the list belongs here", "write `,` between entries, and `]` behind the last")),
    ("expected `,` or `}`", ("a comma or the end of the object belongs here", "write `,` between entries, and `}` behind the last")),
    ("expected ident", VALUE),
    ("expected value", VALUE),
    ("invalid escape", ESCAPE),
    ("invalid number", NUMBER),
    ("number out of range", NUMBER),
    ("invalid unicode code point", ESCAPE),
    ("lone leading surrogate", ESCAPE),
    ("unexpected end of hex escape", ESCAPE),
    ("control character", ("the text in quotes holds a line break or another control character", "write a line break as `\\n`")),
    ("key must be a string", ("a key belongs here", "write keys in double quotes")),
    ("trailing comma", ("a comma stands behind the last entry", "remove the comma")),
    ("trailing characters", ("the text goes on behind its end", "remove what follows, or a bracket that closes too early")),
];

impl Malformed {
    /// What to do
    #[must_use]
    pub fn help(&self) -> &'static str {
        self.help
    }

    pub(super) fn not_utf8(bytes: &[u8], valid: usize) -> Self {
        let (line, column) = place_of(bytes.get(..valid).unwrap_or(bytes));
        let message = "the text is not UTF-8 from here on".into();
        Self { code: "json.not_utf8", message, line, column, help: "save the file as UTF-8" }
    }

    /// A text of more bytes than are read
    pub(crate) fn too_long(bytes: &[u8], most: usize) -> Self {
        let (line, column) = place_of(bytes.get(..most).unwrap_or(bytes));
        let message = format!("the text has {} bytes, more than {most}", bytes.len());
        Self { code: "json.too_long", message, line, column, help: "shorten it; nothing here needs as much" }
    }

    /// What the parser says of a text
    pub(super) fn from_parser(error: &serde_json::Error, text: &str) -> Self {
        let said = error.to_string();
        let (line, column) = (error.line().max(1), error.column().max(1));
        if said.starts_with("recursion limit") {
            let message = "the brackets are nested more than 127 deep".into();
            return Self { code: "json.too_deep", message, line, column, help: "join what is nested" };
        }
        let (message, help) = if text.trim().is_empty() {
            ("the text is empty", "write a JSON value, such as `{ … }`")
        } else {
            match letter_at(text, line, column) {
                Some('/' | '#') => ("JSON has no comments", "remove the comment"),
                Some('\'') => ("JSON knows no single quotes", "write texts and keys in double quotes"),
                Some('“' | '”' | '„' | '«' | '»') => {
                    ("JSON knows no typographic quotes", "write texts and keys in straight double quotes")
                }
                Some(_) | None => SENTENCES
                    .iter()
                    .find(|(begin, _)| said.starts_with(begin))
                    .map_or(("the text is not JSON from here on", "write keys and texts in double quotes"), |(_, sentence)| *sentence),
            }
        };
        Self { code: "json.malformed", message: message.to_owned(), line, column, help }
    }
}

/// The letter at a line and column, unless the place lies inside of a letter
fn letter_at(text: &str, line: usize, column: usize) -> Option<char> {
    text.split('\n').nth(line.saturating_sub(1))?.get(column.saturating_sub(1)..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn problem(bytes: &[u8]) -> (&'static str, String, usize, usize) {
        let problem = parse(bytes).unwrap_err();
        assert!(!problem.help().is_empty());
        (problem.code, problem.message, problem.line, problem.column)
    }

    #[test]
    fn what_is_not_json_is_placed() {
        let place = |bytes: &[u8]| {
            let (code, _, line, column) = problem(bytes);
            (code, line, column)
        };
        assert_eq!(place(b"{\n \"a\": \xff}"), ("json.not_utf8", 2, 7));
        assert_eq!(place(b"{\n \"a\" 1}"), ("json.malformed", 2, 6));
        assert_eq!(place(b"{} {}"), ("json.malformed", 1, 4));
        assert_eq!(place(b""), ("json.malformed", 1, 1));
        assert_eq!(place(&b"[".repeat(100_000)), ("json.too_deep", 1, 128));
        assert!(parse("\u{feff}{}".as_bytes()).is_ok());
        assert!(parse([b"[".repeat(127), b"]".repeat(127)].concat().as_slice()).is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_in_the_words_of_whoever_wrote_it() {
        for (text, message) in [
            (" \n", "the text is empty"),
            ("{\n  // comment\n}", "JSON has no comments"),
            ("# comment", "JSON has no comments"),
            ("{'a': 1}", "JSON knows no single quotes"),
            ("{„a“: 1}", "JSON knows no typographic quotes"),
            ("{\"a\": 1,}", "a comma stands behind the last entry"),
            ("[1,]", "a comma stands behind the last entry"),
            ("{a: 1}", "a key belongs here"),
            ("{\"a\" 1}", "a colon belongs between a key and its value"),
            ("{\"a\": 1 \"b\": 2}", "a comma or the end of the object belongs here"),
            ("[1 2]", "a comma or the end of the list belongs here"),
            ("{\"a\": 1", "the text ends before its object does"),
            ("[1", "the text ends before its list does"),
            ("[\"", "the text ends inside of quotes"),
            ("{\"a\":", "the text ends where a value belongs"),
            ("{} x", "the text goes on behind its end"),
            ("format: 1", "no value begins like this"),
            ("[NaN]", "no value begins like this"),
            ("[007]", "the number is not one that JSON knows"),
            ("[1e999]", "the number is not one that JSON knows"),
            ("[\"a\nb\"]", "the text in quotes holds a line break or another control character"),
            ("[\"C:\\shop\"]", "the text in quotes holds an escape that JSON does not know"),
            ("[\"\\ud800\"]", "the text in quotes holds an escape that JSON does not know"),
        ] {
            assert_eq!(problem(text.as_bytes()).1, message, "{text}");
        }
    }
}
