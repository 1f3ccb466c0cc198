//! The names of things, read once and trusted from then on.
//!
//! **Invariant:** whoever holds a `SessionId` holds the name of a session that is well formed, and cannot hand it in where a receivable is
//! asked for: the compiler refuses.
//!
//! ```compile_fail,E0308
//! use tresen_core::ident::{ReceivableId, SessionId};
//! fn settle(_: &ReceivableId) {}
//! settle(&SessionId::parse("cs_0123456789abcdef0123456789abcdef01234567").unwrap());
//! ```

use alloc::string::String;
use core::fmt;

/// Bytes of a name that sorts by time: a UUID of version 7
const BY_TIME: usize = 16;
/// Bytes of a name that nobody guesses: 160 random bits
const SECRET: usize = 20;
/// Bytes of a name that follows from what it names: SHA-256
const HASH: usize = 32;

macro_rules! idents {
    ($($(#[doc = $doc:literal])+ $name:ident $prefix:literal $bytes:ident),+ $(,)?) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The name that is made of those bytes: its prefix, and two digits a byte
            #[must_use]
            pub fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(written($prefix, &bytes))
            }

            /// Reads a name; nothing for anything else, a name of another thing included
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let digits = text.strip_prefix($prefix)?;
                are_digits(digits, $bytes).then(|| Self(text.into()))
            }

            /// The name as it is written
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    )+};
}

idents! {
    /// One visit to a checkout; known only to the shop and to the browser that it was opened for
    SessionId "cs_" SECRET,
    /// One payment at a provider; known only to whoever pays
    PaymentId "pay_" SECRET,
    /// A customer or guest of a tenant, by the service's own number
    CustomerId "cst_" BY_TIME,
    /// One decision that was asked to count
    DecisionId "dec_" BY_TIME,
    /// One claim of the merchant's
    ReceivableId "rcv_" BY_TIME,
    /// One payment given back
    RefundId "rfd_" BY_TIME,
    /// One credit note
    CreditNoteId "crn_" BY_TIME,
    /// One reason why something is not done about a customer or a claim
    HoldId "hld_" BY_TIME,
    /// One promise to pay by a day
    PromiseId "prm_" BY_TIME,
    /// One schedule that was agreed to
    PlanId "pln_" BY_TIME,
    /// One objection to a claim
    DisputeId "dsp_" BY_TIME,
    /// One batch of reminders
    RunId "run_" BY_TIME,
    /// One question to a human
    ReviewId "rev_" BY_TIME,
    /// One question to a credit bureau
    InquiryId "inq_" BY_TIME,
    /// One thing that a person was asked to confirm; known only to the page where it is checked
    CheckId "chk_" SECRET,
    /// One mail or message to a telephone
    MessageId "msg_" BY_TIME,
    /// One thing that only a human can decide
    TaskId "tsk_" BY_TIME,
    /// One access to an account; known only to whoever may see it
    AccessId "acc_" SECRET,
    /// One thing that a customer asked for
    RequestId "req_" BY_TIME,
    /// One file that a customer sent beside a request
    ProofId "prf_" BY_TIME,
    /// One sale of claims to a buyer
    SaleId "sal_" BY_TIME,
    /// One act that waits for a second person
    ApprovalId "apr_" BY_TIME,
    /// A price sheet, by what it says
    SheetHash "" HASH,
    /// A policy, or what is left of one for a browser, by its compiled bytes
    PolicyHash "" HASH,
}

/// A shop: 1 to 40 lower-case letters, digits and hyphens
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(String);

impl TenantId {
    const LENGTH_MAX: usize = 40;

    /// Reads a name
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=Self::LENGTH_MAX).contains(&text.len());
        (fits && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')).then(|| Self(text.into()))
    }

    /// The name as it is written
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The prefix and then the bytes in lower-case hexadecimal
fn written(prefix: &str, bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16);
    let digits = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten();
    prefix.chars().chain(digits).collect()
}

/// Whether these are the digits of that many bytes, as [`written`] gives them
fn are_digits(text: &str, bytes: usize) -> bool {
    bytes.checked_mul(2) == Some(text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_of_one_thing_and_of_one_length() {
        let digits = "0123456789abcdef0123456789abcdef01234567";
        let session = alloc::format!("cs_{digits}");
        assert_eq!(SessionId::parse(&session).unwrap().as_str(), session);
        for other in [
            alloc::format!("cs_{}", &digits[1..]),
            alloc::format!("cs_{digits}0"),
            alloc::format!("pay_{digits}"),
            alloc::format!("cs{digits}"),
            alloc::format!("cs_{}", digits.to_uppercase()),
            alloc::format!(" cs_{digits}"),
            String::new(),
        ] {
            assert_eq!(SessionId::parse(&other), None, "{other}");
        }
        assert!(ReceivableId::parse(&alloc::format!("rcv_{}", &digits[..32])).is_some());
        assert!(ReceivableId::parse(&alloc::format!("rcv_{digits}")).is_none());
    }

    #[test]
    fn a_name_is_made_of_bytes_and_read_back() {
        let bytes: [u8; 16] = core::array::from_fn(|place| u8::try_from(place * 17).unwrap());
        let receivable = ReceivableId::from_bytes(bytes);
        assert_eq!(receivable.as_str(), "rcv_00112233445566778899aabbccddeeff");
        assert_eq!(ReceivableId::parse(receivable.as_str()), Some(receivable));
        assert_eq!(PaymentId::from_bytes([0x0f; 20]).as_str(), alloc::format!("pay_{}", "0f".repeat(20)));
        assert_eq!(PolicyHash::from_bytes([0xa5; 32]).as_str(), "a5".repeat(32));
        assert_eq!(PolicyHash::parse(&"A5".repeat(32)), None);
        assert!(CustomerId::from_bytes([1; 16]) < CustomerId::from_bytes([2; 16]), "names sort as their bytes do");
    }

    #[test]
    fn a_tenant_is_named_in_small_letters() {
        assert!(TenantId::parse("demo").is_some());
        assert!(TenantId::parse(&"a".repeat(40)).is_some());
        for text in ["", "Demo", "d_m", "dé", &"a".repeat(41)] {
            assert_eq!(TenantId::parse(text), None, "{text}");
        }
    }
}
