//! What a file may be called: what its sender called it, without what leads elsewhere, hides or steers.

use super::kind::Kind;

/// Letters of a name before its ending
const LETTERS_MAX: usize = 80;

/// What a file is called that came without a name
const UNNAMED: &str = "proof";

/// The name as it is kept, with the ending of what the file is
pub fn clean(said: &str, kind: Kind) -> String {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().map(|letter| if is_plain(letter) { letter } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let joined = words.join(" ");
    let stem = joined.rsplit_once('.').filter(|(_, ending)| is_known(ending)).map_or(joined.as_str(), |(stem, _)| stem);
    let short: String = stem.trim_matches(['.', ' ']).chars().take(LETTERS_MAX).collect();
    let stem = short.trim_end_matches(['.', ' ']);
    format!("{}.{}", if stem.is_empty() { UNNAMED } else { stem }, kind.ending())
}

/// Neither a control nor a letter that nobody sees or that turns the direction round, nor one that some file system takes for its own
fn is_plain(letter: char) -> bool {
    let is_unseen = matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}');
    !(letter.is_control() || is_unseen || matches!(letter, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | '`'))
}

fn is_known(ending: &str) -> bool {
    let ending = ending.to_ascii_lowercase();
    ending == "jpeg" || ending == "heif" || Kind::ALL.iter().any(|kind| kind.ending() == ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_hides_nothing_and_ends_as_what_the_file_is() {
        for (said, kept) in [
            ("Beleg März.pdf", "Beleg März.pdf"),
            ("Rechnung 20.11.2026", "Rechnung 20.11.2026.pdf"),
            ("IMG_0001.JPEG", "IMG_0001.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\greta\\Beleg.pdf", "Beleg.pdf"),
            ("invoice.pdf.exe", "invoice.pdf.exe.pdf"),
            ("be\u{202e}fdp.exe", "be fdp.exe.pdf"),
            ("a\r\nSet-Cookie: x=1\0", "a Set-Cookie x=1.pdf"),
            ("<script>\"'.pdf", "script '.pdf"),
            ("", "proof.pdf"),
            ("...", "proof.pdf"),
            (".pdf", "proof.pdf"),
        ] {
            assert_eq!(clean(said, Kind::Pdf), kept, "{said:?}");
        }
        assert_eq!(clean("Foto", Kind::Jpeg), "Foto.jpg");
        assert_eq!(clean(&"ä".repeat(LETTERS_MAX), Kind::Png), format!("{}.png", "ä".repeat(LETTERS_MAX)));
        assert_eq!(clean(&"ä".repeat(LETTERS_MAX + 1), Kind::Png), format!("{}.png", "ä".repeat(LETTERS_MAX)));
    }
}
