//! In which words an answer for a person is wanted: `?locale=de&address_form=du`.

use crate::app::App;
use crate::error::ApiError;
use crate::explain::Wanted;
use crate::sessions::check_locale;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;
use tresen_wire::http::AddressForm;

/// The language and the address form of the query
pub struct Words(pub Wanted);

impl FromRequestParts<Arc<App>> for Words {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _app: &Arc<App>) -> Result<Self, ApiError> {
        parse(parts.uri.query().unwrap_or("")).map(Self)
    }
}

/// Neither value needs an escape, so none is read
fn parse(query: &str) -> Result<Wanted, ApiError> {
    let mut wanted = Wanted::default();
    for (name, value) in query.split('&').filter(|part| !part.is_empty()).map(|part| part.split_once('=').unwrap_or((part, ""))) {
        match name {
            "locale" if wanted.locale.is_none() => {
                check_locale(value).map_err(|problem| ApiError { status: 400, at: None, ..problem })?;
                wanted.locale = Some(value.to_owned());
            }
            "address_form" if wanted.address_form.is_none() => wanted.address_form = Some(address_form(value)?),
            "locale" | "address_form" => return Err(refused("query.twice", "a parameter of the query stands twice", "pass it once")),
            _ => {
                return Err(refused(
                    "query.unknown",
                    "the query has a parameter that is not known here",
                    "pass `locale`, `address_form` or neither",
                ));
            }
        }
    }
    Ok(wanted)
}

fn address_form(value: &str) -> Result<AddressForm, ApiError> {
    [AddressForm::Sie, AddressForm::Du]
        .into_iter()
        .find(|form| form.code() == value)
        .ok_or_else(|| refused("address_form.unknown", "the address form is neither `sie` nor `du`", "pass `sie` or `du`"))
}

fn refused(code: &'static str, message: &'static str, help: &'static str) -> ApiError {
    ApiError::new(400, code, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_is_taken_and_only_once() {
        let wanted = parse("locale=de-AT&address_form=du").unwrap();
        assert_eq!((wanted.locale.as_deref(), wanted.address_form), (Some("de-AT"), Some(AddressForm::Du)));
        let wanted = parse("").unwrap();
        assert!(wanted.locale.is_none() && wanted.address_form.is_none());
        for (query, code) in [
            ("locale=de&locale=en", "query.twice"),
            ("language=de", "query.unknown"),
            ("locale=d", "locale.malformed"),
            ("locale=de%20", "locale.malformed"),
            ("address_form=Du", "address_form.unknown"),
            ("address_form", "address_form.unknown"),
        ] {
            assert_eq!(parse(query).unwrap_err().code, code, "{query}");
        }
    }
}
