//! Messages to a telephone, and how many of them a text takes.

use alloc::string::String;

/// Characters of the basic table of GSM 03.38; each takes one place
const BASIC: &str =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Characters of the extension table; each takes two
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// A message to a telephone
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// What it says
    pub text: String,
    /// How many messages it is sent and charged as
    pub segments: usize,
}

impl TextMessage {
    /// The first of some forms that fits one message; the last if none does
    pub(super) fn shortest(forms: &[&str]) -> Self {
        let all = forms.iter().map(|form| {
            // A break that is not wanted costs nothing here, and would make two messages of one.
            let text = form.replace(['\u{a0}', '\u{202f}'], " ");
            Self { segments: segments(&text), text }
        });
        let mut last = Self { text: String::new(), segments: 0 };
        for message in all {
            let fits = message.segments <= 1;
            last = message;
            if fits {
                break;
            }
        }
        last
    }
}

/// How many places a text takes in the GSM alphabet; nothing if a character is not in it
#[must_use]
pub fn gsm_length(text: &str) -> Option<usize> {
    text.chars().try_fold(0_usize, |length, character| {
        let places = if BASIC.contains(character) { 1 } else { EXTENDED.contains(character).then_some(2)? };
        length.checked_add(places)
    })
}

/// 160 places in one, 153 in each of several; outside the alphabet 70 and 67
fn segments(text: &str) -> usize {
    let (length, one, each) = match gsm_length(text) {
        Some(length) => (length, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    if length <= one { 1 } else { length.div_ceil(each) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_charged_as_networks_charge_it() {
        for (text, expected) in [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            ("ł".repeat(70), 1),
            ("ł".repeat(71), 2),
            ("😀".repeat(36), 2),
        ] {
            assert_eq!(segments(&text), expected, "{text}");
        }
        assert_eq!(
            [gsm_length("Grüße, Straße 10"), gsm_length("[€]"), gsm_length("Łódź"), gsm_length("a\u{a0}b")],
            [Some(16), Some(6), None, None]
        );
    }

    #[test]
    fn the_longest_form_that_fits_is_taken_and_else_the_shortest() {
        let long = "a".repeat(161);
        let taken = |forms: &[&str]| TextMessage::shortest(forms).text;
        assert_eq!([taken(&["ab", "a"]), taken(&[&long, "a"]), taken(&["x", &long])], ["ab", "a", "x"]);
        assert_eq!(TextMessage::shortest(&[&"b".repeat(400), &long]), TextMessage { text: long, segments: 2 });
        assert_eq!(taken(&["2.\u{a0}November"]), "2. November");
    }
}
