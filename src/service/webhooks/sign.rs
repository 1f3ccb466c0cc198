//! Secrets and signatures, as Standard Webhooks has them.

use crate::error::ApiError;
use crate::ids;
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
    fn a_secret_is_written_as_receivers_expect_it() {
        let written = written(&[7; 32]);
        assert_eq!(STANDARD.decode(written.strip_prefix("whsec_").unwrap()).unwrap(), [7; 32]);
        assert_ne!(secret().unwrap(), secret().unwrap());
    }
}
