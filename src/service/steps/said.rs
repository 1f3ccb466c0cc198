//! What a shopper says when a step begins: read strictly, and shown again only with most of it hidden.

use super::dial::international;
use crate::error::ApiError;
use crate::sessions::{Session, check_text};
use tresen_core::steps::Step;
use tresen_wire::http::{PostalAddress, StartStep};

/// What is to be confirmed
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The day of birth
    BirthDate(String),
    /// An address for mails that the session does not have yet; nothing where it has one
    Email(Option<String>),
    /// A telephone number: a plus and digits
    Phone(String),
    /// A postal address
    Address(PostalAddress),
    /// The person; with the place to come back to
    Identity(Option<String>),
}

/// Reads what belongs to the step, as people of the market write it, and refuses what belongs to another one
pub fn read(step: Step, request: &StartStep, market: &str) -> Result<Said, ApiError> {
    let StartStep { birth_date, email, phone, address, return_url } = request;
    let parts = [
        (Step::BirthDate, "/birth_date", birth_date.is_some()),
        (Step::Email, "/email", email.is_some()),
        (Step::Phone, "/phone", phone.is_some()),
        (Step::Address, "/address", address.is_some()),
        (Step::Identity, "/return_url", return_url.is_some()),
    ];
    if let Some((_, at, _)) = parts.iter().find(|(of, _, is_there)| *is_there && *of != step) {
        return Err(ApiError::invalid("step.foreign_field", at, "this belongs to another step", "say only what this step asks for"));
    }
    match step {
        Step::BirthDate => birth_date.clone().map(Said::BirthDate).ok_or_else(|| missing("/birth_date", "write it as `1985-03-27`")),
        Step::Email => email.as_deref().map(mail_address).transpose().map(Said::Email),
        Step::Phone => {
            let phone = phone.as_deref().ok_or_else(|| missing("/phone", "write it with the country's code: `+4915112345678`"))?;
            phone_number(phone, market).map(Said::Phone)
        }
        Step::Address => {
            let address = address.as_ref().ok_or_else(|| missing("/address", "say street, house number, postal code, city and country"))?;
            check_address(address)?;
            Ok(Said::Address(address.clone()))
        }
        Step::Identity => Ok(Said::Identity(return_url.clone())),
    }
}

fn missing(at: &str, help: &str) -> ApiError {
    ApiError::invalid("step.field_missing", at, "this step needs something that is not there", help)
}

/// An address for mails, as it is plainly written
pub fn mail_address(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    let plain = text.len() <= 254 && text.bytes().all(|byte| byte > b' ' && byte != 0x7f && !b"<>(),;:\\\"[]".contains(&byte));
    let parts = text.split_once('@').filter(|(name, host)| {
        !name.is_empty() && !host.contains('@') && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    match parts {
        Some(_) if plain => Ok(text.to_owned()),
        Some(_) | None => {
            Err(ApiError::invalid("step.email_malformed", "/email", "this is not an address for mails", "write it as `name@example.org`"))
        }
    }
}

/// A telephone number as [`international`] writes it, read as people of the market write it
pub fn phone_number(text: &str, market: &str) -> Result<String, ApiError> {
    let malformed = || {
        let help = "write it with the country's code: `+4915112345678`";
        ApiError::invalid("step.phone_malformed", "/phone", "this is not a telephone number", help)
    };
    international(text, market).ok_or_else(malformed)
}

fn check_address(address: &PostalAddress) -> Result<(), ApiError> {
    let PostalAddress { street, house_number, postal_code, city, country } = address;
    for (name, text) in [("street", street), ("house_number", house_number), ("postal_code", postal_code), ("city", city)] {
        let at = format!("/address/{name}");
        check_text(&at, Some(text), 100)?;
        if text.trim().is_empty() {
            return Err(missing(&at, "say all parts of the address"));
        }
    }
    if country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(ApiError::invalid("step.country_malformed", "/address/country", "this is not a country's code", "write it as `DE`"))
}

/// Where an identity check leads back to: the session's own place, or another one on the same site
pub fn way_back(session: &Session, said: Option<String>) -> Result<Option<String>, ApiError> {
    let Some(said) = said else { return Ok(session.return_url.clone()) };
    let origin = |url: &str| url.split_once("://").map(|(scheme, rest)| (scheme.to_owned(), host(rest).to_owned()));
    let said = crate::sessions::checked_url(&said)?;
    if session.return_url.as_deref().and_then(origin) == origin(&said) {
        return Ok(Some(said));
    }
    Err(ApiError::invalid(
        "return_url.foreign",
        "/return_url",
        "the address to return to is not on the site that the session returns to",
        "leave it out, or open the session with a `return_url` on that site",
    ))
}

fn host(rest: &str) -> &str {
    rest.split(['/', '?']).next().unwrap_or_default()
}

/// `greta@example.org` as `g…@example.org`
pub fn masked_mail(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or(("", address));
    format!("{}…@{host}", name.chars().next().map(String::from).unwrap_or_default())
}

/// `greta@example.org` as `g…@e….org`, for whoever need not be its owner: a domain may be a name, or an employer's
pub fn hidden_mail(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or(("", address));
    let top = host.rsplit('.').next().unwrap_or_default();
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    format!("{}…@{}….{top}", first(name), first(host))
}

/// `+4915112345678` as `+49…78`
pub fn masked_phone(number: &str) -> String {
    let end = number.len().saturating_sub(2);
    format!("{}…{}", number.get(..3).unwrap_or_default(), number.get(end..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_for_mails_are_plain_and_numbers_international() {
        assert_eq!(mail_address(" greta@example.org ").unwrap(), "greta@example.org");
        for bad in
            ["greta", "@example.org", "a@b", "a@b@c.de", "a b@c.de", "a@c.de,d@e.de", "a@c.de\nBcc: d@e.de", "<a@c.de>", "a@.de", "a@de."]
        {
            assert_eq!(mail_address(bad).unwrap_err().code, "step.email_malformed", "{bad}");
        }
        assert_eq!(phone_number("0151 1234-5678", "DE").unwrap(), "+4915112345678");
        assert_eq!(phone_number("+49", "DE").unwrap_err().code, "step.phone_malformed");
    }

    #[test]
    fn little_is_shown_of_where_a_code_went() {
        assert_eq!(masked_mail("yvonne@example.org"), "y…@example.org");
        assert_eq!(masked_mail("ö@example.org"), "ö…@example.org");
        for (address, hidden) in
            [("hans@mueller.de", "h…@m….de"), ("a@mail.firma.at", "a…@m….at"), ("ö@österreich.example", "ö…@ö….example")]
        {
            assert_eq!(hidden_mail(address), hidden);
        }
        assert_eq!(masked_phone("+4915112345689"), "+49…89");
    }

    #[test]
    fn a_step_takes_what_belongs_to_it_and_nothing_else() {
        let date = StartStep { birth_date: Some("1985-03-27".to_owned()), ..StartStep::default() };
        assert_eq!(read(Step::BirthDate, &date, "DE").unwrap(), Said::BirthDate("1985-03-27".to_owned()));
        assert_eq!(read(Step::Email, &date, "DE").unwrap_err().code, "step.foreign_field");
        assert_eq!(read(Step::Email, &StartStep::default(), "DE").unwrap(), Said::Email(None));
        for step in [Step::BirthDate, Step::Phone, Step::Address] {
            assert_eq!(read(step, &StartStep::default(), "DE").unwrap_err().code, "step.field_missing");
        }
    }
}
