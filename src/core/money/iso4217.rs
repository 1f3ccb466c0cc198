//! ISO 4217, list one of 2026-01-01: codes with a minor unit, three letters each, one table per number of digits.
//!
//! Precious metals, test codes and funds without a minor unit are left out: nobody pays with them.

/// No minor unit
const DIGITS_0: &[u8] = b"BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF";

/// Two digits
const DIGITS_2: &[u8] = b"AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCNYCOPCOUCRCCUP\
    CVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKESKGSKHRKPWKYD\
    KZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOKNPRNZDPABPENPGKPHPPKR\
    PLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTOPTRYTTDTWDTZSUAHUSDUSNUYU\
    UZSVEDVESWSTXADXCDXCGYERZARZMWZWG";

/// Three digits
const DIGITS_3: &[u8] = b"BHDIQDJODKWDLYDOMRTND";

/// Four digits (units of account)
const DIGITS_4: &[u8] = b"CLFUYW";

/// Digits after the point, or nothing for a code that is not in the list
pub(super) fn digits(code: [u8; 3]) -> Option<u8> {
    let listed = |table: &[u8]| table.chunks_exact(3).any(|entry| entry == code);
    if listed(DIGITS_2) {
        Some(2)
    } else if listed(DIGITS_0) {
        Some(0)
    } else if listed(DIGITS_3) {
        Some(3)
    } else if listed(DIGITS_4) {
        Some(4)
    } else {
        None
    }
}
