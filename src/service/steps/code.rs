//! Codes that a person types back.
//!
//! **Invariant:** a code is kept only as a keyed hash that is bound to its check, and compared in constant time.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use tresen_core::ident::CheckId;

/// How long a code can be typed back
pub const MINUTES: u8 = 10;
/// How often it may be typed wrong
pub const ATTEMPTS: u8 = 5;
/// How many codes there are: six digits
const CODES: u32 = 1_000_000;

/// A new code: six digits, each as likely as any other
pub fn new() -> Result<String, ApiError> {
    // What lies above the last whole multiple would make the smaller codes likelier, and is drawn again.
    let fair = u32::MAX.saturating_sub(u32::MAX.checked_rem(CODES).unwrap_or(0));
    loop {
        let drawn = u32::from_be_bytes(ids::random()?);
        if drawn < fair {
            return Ok(format!("{:06}", drawn.checked_rem(CODES).unwrap_or(0)));
        }
    }
}

/// Six digits, whatever stands around and between them
pub fn read(text: &str) -> Result<String, ApiError> {
    let code: String = text.chars().filter(|character| !character.is_whitespace() && *character != '-').collect();
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(code);
    }
    Err(ApiError::invalid("step.code_malformed", "/code", "the code is not six digits", "type it as it stands in the message"))
}

/// What is kept of a code
pub fn hash(work: &Work<'_>, check: &CheckId, code: &str) -> [u8; 32] {
    work.app.vault.index(&work.tenant, "code", &format!("{check}/{code}"))
}

/// Whether this is the code
pub fn is(work: &Work<'_>, check: &CheckId, code: &str, kept: &[u8]) -> bool {
    work.app.vault.is_index(&work.tenant, "code", &format!("{check}/{code}"), kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits_and_all_of_them_come_up_everywhere() {
        let mut seen = [[0_u32; 10]; 6];
        for _ in 0..6_000 {
            let code = new().unwrap();
            assert_eq!(read(&code).unwrap(), code);
            for (digit, seen) in code.bytes().zip(&mut seen) {
                seen[usize::from(digit - b'0')] += 1;
            }
        }
        // 600 are expected of each; so far from it a fair draw comes less than once in a million million runs.
        assert!(seen.iter().flatten().all(|count| (420..780).contains(count)), "{seen:?}");
    }

    #[test]
    fn a_code_may_be_typed_with_gaps() {
        assert_eq!(read(" 123 456 ").unwrap(), "123456");
        for bad in ["12345", "1234567", "12345a", "", "١٢٣٤٥٦"] {
            assert_eq!(read(bad).unwrap_err().code, "step.code_malformed", "{bad}");
        }
    }
}
