//! Secrets and signatures, as Standard Webhooks has them.

use crate::error::ApiError;
use crate::ids;
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// A secret of 32 bytes
pub type Secret = [u8; 32];

/// A new secret
pub fn secret() -> Result<Secret, ApiError> {
    Ok(ids::random()?)
}

/// The secret as the receiver writes it down
pub fn written(secret: &Secret) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

/// The bytes of a secret as it is written down; nothing of one that is too short
pub fn secret_of(written: &str) -> Option<Vec<u8>> {
    let secret = STANDARD.decode(written.trim().strip_prefix("whsec_")?).ok()?;
    (secret.len() >= 24).then_some(secret)
}

/// Whether whoever has the secret signed what came; when they did is not asked, for what came says only where to look
pub fn is_signed(secret: &[u8], headers: &HeaderMap, body: &[u8]) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signed = |signature: &str| {
        let signature = STANDARD.decode(signature.strip_prefix("v1,")?).ok()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        mac.update(format!("{}.{}.", said("webhook-id"), said("webhook-timestamp")).as_bytes());
        mac.update(body);
        mac.verify_slice(&signature).ok()
    };
    said("webhook-signature").split(' ').any(|signature| signed(signature).is_some())
}

/// The header `webhook-signature`: one signature for each secret that is live
pub fn signatures(secrets: &[Vec<u8>], id: &str, timestamp: i64, body: &[u8]) -> Result<String, ApiError> {
    let each = secrets.iter().map(|secret| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(ApiError::internal)?;
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    });
    Ok(each.collect::<Result<Vec<_>, ApiError>>()?.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_specification() {
        // The example of the specification and of the reference libraries.
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed =
            signatures(std::slice::from_ref(&secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#).unwrap();
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = signatures(&[vec![7; 32], secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#).unwrap();
        assert!(both.ends_with(&format!(" {signed}")), "{both}");
    }

    #[test]
    fn what_is_signed_is_told_from_what_is_not() {
        let (secret, other) = ([7; 32].to_vec(), [8; 32].to_vec());
        let headers = |signature: String| {
            let mut headers = HeaderMap::new();
            for (name, value) in [("webhook-id", "msg_1"), ("webhook-timestamp", "1"), ("webhook-signature", signature.as_str())] {
                headers.insert(name, value.parse().unwrap());
            }
            headers
        };
        let both = signatures(&[other.clone(), secret.clone()], "msg_1", 1, b"{}").unwrap();
        assert!(is_signed(&secret, &headers(both.clone()), b"{}"), "one of several");
        for (why, headers, body) in [
            ("another body", headers(both.clone()), &b"{ }"[..]),
            ("nothing", headers(String::new()), b"{}"),
            ("another's", headers(signatures(&[other], "msg_1", 1, b"{}").unwrap()), b"{}"),
            ("another message", headers(signatures(std::slice::from_ref(&secret), "msg_2", 1, b"{}").unwrap()), b"{}"),
            ("another version", headers(both.replace("v1,", "v2,")), b"{}"),
            ("no headers", HeaderMap::new(), b"{}"),
        ] {
            assert!(!is_signed(&secret, &headers, body), "{why}");
        }
    }

    #[test]
    fn a_secret_is_written_as_receivers_expect_it() {
        let written = written(&[7; 32]);
        assert_eq!(secret_of(&format!("{written}\n")).unwrap(), [7; 32]);
        assert!(secret_of(&format!("whsec_{}", STANDARD.encode([7; 23]))).is_none() && secret_of("geheim").is_none());
        assert_ne!(secret().unwrap(), secret().unwrap());
    }
}
