//! What a request must bring: a key of the right kind, a path, a body that is exactly what is asked for.

use super::BODY_MAX;
use crate::api_keys;
use crate::app::{App, Caller, blocking};
use crate::error::ApiError;
use crate::proofs;
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use http_body_util::BodyExt as _;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use tresen_wire::http::KeyKind;

/// How much of an oversized body is read and thrown away, so that the caller gets to read the refusal
const DISCARD_MAX: usize = 64 * 1024 * 1024;

/// The shop's server
pub struct Secret(pub Caller);

/// A browser, or the shop's server on its behalf
pub struct AnyKey(pub Caller);

impl FromRequestParts<Arc<App>> for Secret {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let (caller, kind) = caller(parts, app).await?;
        match kind {
            KeyKind::Secret => Ok(Self(caller)),
            KeyKind::Publishable => Err(ApiError::new(
                403,
                "auth.secret_key_needed",
                "this key is for browsers, and what is asked for is not",
                "ask from the shop's server with the secret key (`sk_…`); never give that to a browser",
            )),
        }
    }
}

impl FromRequestParts<Arc<App>> for AnyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let (caller, _) = caller(parts, app).await?;
        Ok(Self(caller))
    }
}

async fn caller(parts: &Parts, app: &Arc<App>) -> Result<(Caller, KeyKind), ApiError> {
    let key = bearer(parts)?.to_owned();
    let idempotency_key = idempotency_key(parts)?;
    let app = Arc::clone(app);
    let (caller, kind) = blocking(move || api_keys::authenticate(&app, &key)).await?;
    Ok((Caller { idempotency_key, ..caller }, kind))
}

fn bearer(parts: &Parts) -> Result<&str, ApiError> {
    let value = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, key) = value.and_then(|value| value.split_once(' ')).unwrap_or(("", ""));
    if scheme.eq_ignore_ascii_case("bearer") && !key.trim().is_empty() {
        return Ok(key.trim());
    }
    Err(ApiError::new(401, "auth.key_missing", "the request shows no key", "send `Authorization: Bearer sk_…`, or `pk_…` from a browser"))
}

fn idempotency_key(parts: &Parts) -> Result<Option<String>, ApiError> {
    let Some(value) = parts.headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| (0x21..0x7f).contains(&byte)));
    key.map(|key| Some(key.to_owned())).ok_or_else(|| {
        ApiError::new(
            400,
            "idempotency.key_malformed",
            "the idempotency key is not 1 to 255 visible ASCII characters",
            "use a UUID or the order's number",
        )
    })
}

/// The caller's key for one thing that is done once, from somebody whose right is a token and no API key
pub struct Once(pub Option<String>);

impl FromRequestParts<Arc<App>> for Once {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _app: &Arc<App>) -> Result<Self, ApiError> {
        idempotency_key(parts).map(Self)
    }
}

/// One name out of the path
pub struct Segment(pub String);

impl FromRequestParts<Arc<App>> for Segment {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let Path(segment) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| not_utf8())?;
        Ok(Self(segment))
    }
}

/// Two names out of the path
pub struct Segments(pub String, pub String);

impl FromRequestParts<Arc<App>> for Segments {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let Path((first, second)) = Path::<(String, String)>::from_request_parts(parts, app).await.map_err(|_| not_utf8())?;
        Ok(Self(first, second))
    }
}

fn not_utf8() -> ApiError {
    ApiError::new(400, "path.not_utf8", "the path is not UTF-8", "encode the id as UTF-8 and then as percent signs")
}

/// Whether the body is announced as that
fn is_announced_as(request: &Request, wanted: &str) -> bool {
    let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case(wanted))
}

/// A mail as it came in
pub struct Mail(pub Vec<u8>);

/// A bounce may bring back what bounced, with all that somebody else has attached to it
const MAIL_MAX: usize = 10 * 1024 * 1024;

impl FromRequest<Arc<App>> for Mail {
    type Rejection = ApiError;

    async fn from_request(request: Request, _app: &Arc<App>) -> Result<Self, ApiError> {
        let is_mail = is_announced_as(&request, "message/rfc822");
        let bytes = read(request.into_body(), MAIL_MAX).await?;
        if is_mail {
            return Ok(Self(bytes));
        }
        Err(ApiError::new(415, "body.media_type", "the body is not announced as a mail", "send `Content-Type: message/rfc822`"))
    }
}

/// A file of a customer's, and what they call it
pub struct Upload {
    /// What is in it
    pub bytes: Vec<u8>,
    /// From the header `File-Name`: UTF-8, in percent signs; empty without it
    pub name: String,
}

impl FromRequest<Arc<App>> for Upload {
    type Rejection = ApiError;

    async fn from_request(request: Request, _app: &Arc<App>) -> Result<Self, ApiError> {
        let said = request.headers().get("file-name").map(|said| percent_decode_str(said.to_str().unwrap_or_default()).decode_utf8_lossy());
        let name = said.unwrap_or_default().into_owned();
        let bytes = read(request.into_body(), proofs::SIZE_MAX).await;
        let bytes = bytes.map_err(|problem| if problem.status == 413 { proofs::too_large() } else { problem })?;
        Ok(Self { bytes, name })
    }
}

/// A body as it came, for whoever signed its bytes
pub struct Raw(pub Vec<u8>);

impl FromRequest<Arc<App>> for Raw {
    type Rejection = ApiError;

    async fn from_request(request: Request, _app: &Arc<App>) -> Result<Self, ApiError> {
        read(request.into_body(), BODY_MAX).await.map(Self)
    }
}

/// The fields of a form of a page, each with its value
pub struct Form(pub Vec<(String, String)>);

impl FromRequest<Arc<App>> for Form {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let Raw(bytes) = Raw::from_request(request, app).await?;
        Ok(Self(url::form_urlencoded::parse(&bytes).into_owned().collect()))
    }
}

/// A JSON body as text: not too large, UTF-8, announced as JSON
pub struct Text(pub String);

impl FromRequest<Arc<App>> for Text {
    type Rejection = ApiError;

    async fn from_request(request: Request, _app: &Arc<App>) -> Result<Self, ApiError> {
        let is_json = is_announced_as(&request, "application/json");
        let bytes = read(request.into_body(), BODY_MAX).await?;
        if !is_json {
            return Err(ApiError::new(
                415,
                "body.media_type",
                "the body is not announced as JSON",
                "send `Content-Type: application/json`",
            ));
        }
        String::from_utf8(bytes)
            .map(Self)
            .map_err(|_| ApiError::new(400, "body.not_utf8", "the body is not UTF-8", "encode the JSON as UTF-8"))
    }
}

async fn read(mut body: Body, most: usize) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    let mut length: usize = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ApiError::new(400, "body.cut_off", "the body ended too early", "send it again"))?;
        let Ok(data) = frame.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > DISCARD_MAX {
            break;
        }
    }
    if length <= most {
        return Ok(bytes);
    }
    Err(ApiError::new(413, "body.too_large", format!("the body is larger than {most} bytes"), "send less; nothing here needs as much"))
}

/// A JSON body that is exactly what is asked for
pub struct Strict<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Strict<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let Text(text) = Text::from_request(request, app).await?;
        parse(&text).map(Self)
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    // Our reader would take a list for an object whose fields come in that order; nobody means that.
    if text.trim_start().starts_with('[') {
        return Err(ApiError {
            at: Some(String::new()),
            ..ApiError::new(400, "body.invalid", "the body is a list, not an object", "compare the request with /v1/openapi.json")
        });
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|problem| unreadable(&problem))?;
    reader.end().map_err(|problem| malformed(&problem))?;
    Ok(value)
}

fn unreadable(problem: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    if problem.inner().classify() != serde_json::error::Category::Data {
        return malformed(problem.inner());
    }
    let at = problem.path().iter().fold(String::new(), |pointer, segment| match segment {
        serde_path_to_error::Segment::Seq { index } => format!("{pointer}/{index}"),
        serde_path_to_error::Segment::Map { key } => format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
        serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => pointer,
    });
    ApiError {
        at: Some(at),
        ..ApiError::new(400, "body.invalid", plain(&problem.inner().to_string()), "compare the request with /v1/openapi.json")
    }
}

fn malformed(problem: &serde_json::Error) -> ApiError {
    let place = format!("line {}, column {}", problem.line(), problem.column());
    ApiError::new(400, "body.malformed", format!("the body is not JSON: something is wrong at {place}"), "send one JSON value")
}

/// What the reader says, without the names that our code gives to things
fn plain(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    let mut words = Vec::new();
    let mut rest = message.split(' ').peekable();
    while let Some(word) = rest.next() {
        match word {
            "struct" => {
                rest.next();
                words.push("an object");
            }
            "i64" | "u64" | "u32" | "u16" => words.push("a whole number"),
            "map," | "map" => words.push(if word.ends_with(',') { "an object," } else { "an object" }),
            "sequence," | "sequence" => words.push(if word.ends_with(',') { "a list," } else { "a list" }),
            _ => words.push(word),
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresen_wire::http::Confirm;

    fn problem(json: &str) -> (String, Option<String>, String) {
        let problem = parse::<Confirm>(json).unwrap_err();
        (problem.code.to_owned(), problem.at, problem.message)
    }

    #[test]
    fn a_mistake_is_told_with_its_place_and_without_our_names() {
        let start = r#"{"order":"1","method":"invoice","amount":{"minor":1,"currency":"EUR"},"#;
        let (code, at, message) =
            problem(&format!(r#"{start}"cart":{{"total":{{"minor":1,"currency":"EUR"}},"lines":[{{"quantity":"x"}}]}}}}"#));
        assert_eq!((code.as_str(), at.as_deref()), ("body.invalid", Some("/cart/lines/0/quantity")), "{message}");
        assert!(message.ends_with("expected a whole number"), "{message}");
        let (code, _, message) = problem(&format!(r#"{start}"surprise":1}}"#));
        assert_eq!(code, "body.invalid");
        assert!(message.starts_with("unknown field `surprise`"), "{message}");
        let (_, _, message) = problem(&format!(r#"{start}"cart":[]}}"#));
        assert!(!message.contains("Cart"), "{message}");
        assert_eq!(problem("{").0, "body.malformed");
        assert_eq!(problem("").0, "body.malformed");
    }
}
