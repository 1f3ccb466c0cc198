//! What is no payment is refused before anything is looked up.

use crate::app::Work;
use crate::clock::named_day;
use crate::error::ApiError;
use crate::sessions::check_text;
use tresen_wire::http::ReceivePayment;

/// More than a bank's remittance line has
const REMITTANCE_MAX: usize = 500;
/// Nobody names more claims at once
const DESIGNATED_MAX: usize = 50;

/// Refuses what cannot be a payment
pub fn check(work: &Work<'_>, request: &ReceivePayment) -> Result<(), ApiError> {
    let ReceivePayment { provider, reference, amount, value_date, remittance, customer, designated } = request;
    let is_word = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_' || letter == b'-';
    if !(1..=40).contains(&provider.len()) || !provider.bytes().all(is_word) {
        let help = "write 1 to 40 lower-case letters, digits, `_` and `-`, such as `bank`";
        return Err(ApiError::invalid("payment.provider", "/provider", "the provider is not named as one", help));
    }
    if reference.is_empty() {
        let help = "pass the provider's own number of the payment, which is the same however often it tells of it";
        return Err(ApiError::invalid("text.empty", "/reference", "the payment has no number", help));
    }
    check_text("/reference", Some(reference), 200)?;
    check_text("/customer", customer.as_deref(), 200)?;
    check_text("/remittance", remittance.as_deref(), REMITTANCE_MAX)?;
    if amount.minor <= 0 {
        let help = "money that goes back is a refund, a chargeback or a reversal of the payment that it came with";
        return Err(ApiError::invalid("amount.not_positive", "/amount", "the amount is not above zero", help));
    }
    if designated.len() > DESIGNATED_MAX {
        let message = format!("more than {DESIGNATED_MAX} claims are named");
        return Err(ApiError::invalid("payment.designated", "/designated", message, "name those that the payer meant first"));
    }
    match named_day(value_date) {
        Some(day) if day <= work.moment.today => Ok(()),
        Some(_) => {
            let help = "tell of a payment once it counts for the payer";
            Err(ApiError::invalid("payment.value_date", "/value_date", "the value date lies in the future", help))
        }
        None => {
            let message = format!("`{value_date}` is not a day");
            Err(ApiError::invalid("date.malformed", "/value_date", message, "write a day that exists, such as `2026-11-21`"))
        }
    }
}
