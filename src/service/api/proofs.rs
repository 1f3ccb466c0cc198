//! Files that customers send beside a request: in by their access, out to the shop's server alone.

use super::accounts::opened;
use super::extract::{Secret, Segment, Segments, Upload};
use super::handlers::{Service, ok};
use super::paylinks::DISCREET;
use crate::app::blocking;
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::proofs::{self, Handed};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

/// Whoever opens a file where it lies gets neither a script that runs nor a page of this origin
const SAFE: [(HeaderName, HeaderValue); 2] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Under no key: the same content again is the same file
pub async fn send(State(app): Service, Segment(token): Segment, Upload { bytes, name }: Upload) -> Response {
    let sent = async {
        let (caller, access) = opened(&app, token).await?;
        let upload = blocking(move || proofs::Upload::read(bytes, &name)).await?;
        app.write(caller, move |work| Answer::json(201, &proofs::take(work, &access, &upload)?)).await
    };
    (DISCREET, sent.await).into_response()
}

pub async fn take_back(State(app): Service, Segments(token, proof): Segments) -> Response {
    let gone = async {
        let (caller, access) = opened(&app, token).await?;
        app.write(caller, move |work| ok(&proofs::take_back(work, &access, &proof)?)).await
    };
    (DISCREET, gone.await).into_response()
}

pub async fn hand_out(State(app): Service, Secret(caller): Secret, Segment(proof): Segment) -> Result<Response, ApiError> {
    let Handed { stem, ending, media_type, content } = app.read(caller, move |work| proofs::hand_out(work, &proof)).await?;
    let kept = (header::CONTENT_DISPOSITION, attachment("proof", &stem, ending));
    Ok((DISCREET, SAFE, [(header::CONTENT_TYPE, media_type.to_owned()), kept], content).into_response())
}

/// As what a file is kept, by its title (RFC 6266, the letters as RFC 8187 has them), with a plain name for whoever cannot read those
pub fn attachment(plain: &str, title: &str, ending: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let title = title.replace(['\u{a0}', '\u{202f}'], " ");
    let written: String =
        title.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{written}.{ending}")
}
