//! What the payer writes on the transfer: ISO 11649, `RF` and two check digits before the claim's number.

use tresen_wire::mod97::remainder;

/// The reference of a claim's number
pub fn creditor_reference(number: i64) -> String {
    let body = format!("{number:08}");
    format!("RF{:02}{body}", check_digits(&body))
}

/// 98 less the remainder by 97 of the body with `RF00` behind it
fn check_digits(body: &str) -> u32 {
    98_u32.wrapping_sub(remainder(body.chars().chain("RF00".chars())))
}

#[cfg(test)]
mod tests {
    use super::{check_digits, creditor_reference};

    /// Published references: python-stdnum (also EPC069-12), mobilefish.com
    #[test]
    fn check_digits_of_published_references() {
        for (body, digits) in [("539007547034", 18), ("C", 68), ("VXZSLA8", 30), ("EF4UHBVNPLHKG3HZ9SGGT", 23), ("YFL1INOWMIYT2AN", 2)] {
            assert_eq!(check_digits(body), digits, "{body}");
        }
    }

    #[test]
    fn a_reference_is_short_enough_to_type() {
        assert_eq!(creditor_reference(1).len(), 12);
        assert!(creditor_reference(1).starts_with("RF"));
    }
}
