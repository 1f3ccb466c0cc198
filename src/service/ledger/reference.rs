//! What the payer writes on the transfer: ISO 11649, `RF` and two check digits before the claim's number.

use tresen_wire::reference::with_check_digits;

/// The reference of a claim's number
pub fn creditor_reference(number: i64) -> String {
    let body = format!("{:08}", number.unsigned_abs());
    // INVARIANT: no number has more than 19 digits, and a body may have 21.
    with_check_digits(&body).unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::creditor_reference;

    #[test]
    fn a_reference_is_short_enough_to_type() {
        assert_eq!(creditor_reference(1).len(), 12);
        assert!(creditor_reference(1).starts_with("RF"));
        assert_eq!(creditor_reference(i64::MAX).len(), 23);
    }
}
