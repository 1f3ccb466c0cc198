//! Where the guests come from to whom a hint is shown: `?channel=instagram`.

use crate::app::App;
use crate::error::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;
use tresen_core::hint::Channel;

/// The channel of the query; without one the shop's own pages
pub struct From(pub Channel);

impl FromRequestParts<Arc<App>> for From {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _app: &Arc<App>) -> Result<Self, ApiError> {
        parse(parts.uri.query().unwrap_or("")).map(Self)
    }
}

/// No channel needs an escape, so none is read
fn parse(query: &str) -> Result<Channel, ApiError> {
    match query.split_once('=') {
        None if query.is_empty() => Ok(Channel::WEB_SHOP),
        Some(("channel", word)) => Channel::from_word(word).ok_or_else(|| {
            let help = "pass one of the words of `order.origin_channel`, such as `instagram`";
            ApiError::new(400, "channel.unknown", "there is no such channel", help)
        }),
        _ => Err(ApiError::new(400, "query.unknown", "the query has a parameter that is not known here", "pass `channel` or nothing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_channel_or_none() {
        assert_eq!(parse("").unwrap(), Channel::WEB_SHOP);
        assert_eq!(parse("channel=tiktok").unwrap(), Channel::from_word("tiktok").unwrap());
        for (query, code) in [
            ("channel=", "channel.unknown"),
            ("channel=pigeon", "channel.unknown"),
            ("channel=tiktok&channel=app", "channel.unknown"),
            ("kanal=app", "query.unknown"),
            ("channel", "query.unknown"),
        ] {
            assert_eq!(parse(query).unwrap_err().code, code, "{query}");
        }
    }
}
