//! Decision tokens: compact JWS (RFC 7515) signed with Ed25519 (RFC 8037).
//!
//! Written here rather than taken from a crate: the one form we write is three base64url parts, and the crates that write
//! every form bring OpenSSL, ring or AWS-LC with them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::Serialize;

#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    kid: &'a str,
    typ: &'static str,
}

/// The token of those claims
pub fn sign<T: Serialize>(key: &SigningKey, kid: &str, claims: &T) -> Result<String, serde_json::Error> {
    let header = serde_json::to_vec(&Header { alg: "EdDSA", kid, typ: "JWT" })?;
    Ok(sign_bytes(key, &header, &serde_json::to_vec(claims)?))
}

fn sign_bytes(key: &SigningKey, header: &[u8], payload: &[u8]) -> String {
    let mut token = URL_SAFE_NO_PAD.encode(header);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let signature = key.sign(token.as_bytes());
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature.to_bytes(), &mut token);
    token
}

/// The `x` of the public key's JWK
pub fn jwk_x(key: &VerifyingKey) -> String {
    URL_SAFE_NO_PAD.encode(key.as_bytes())
}

/// The RFC 7638 thumbprint of the public key, which serves as its id
pub fn thumbprint(key: &VerifyingKey) -> String {
    use sha2::{Digest as _, Sha256};
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, jwk_x(key));
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonical.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signature, Verifier as _};

    fn rfc_8037_key() -> SigningKey {
        let secret: [u8; 32] = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap().try_into().unwrap();
        SigningKey::from_bytes(&secret)
    }

    /// RFC 8037, appendices A.1 to A.4
    #[test]
    fn the_vector_of_rfc_8037() {
        let key = rfc_8037_key();
        assert_eq!(jwk_x(&key.verifying_key()), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(thumbprint(&key.verifying_key()), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert_eq!(
            sign_bytes(&key, br#"{"alg":"EdDSA"}"#, b"Example of Ed25519 signing"),
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
    }

    #[test]
    fn a_changed_claim_breaks_the_signature() {
        let key = rfc_8037_key();
        let token = sign(&key, "k1", &serde_json::json!({"order": "1"})).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        assert!(key.verifying_key().verify(signed.as_bytes(), &signature).is_ok());
        let other = sign(&key, "k1", &serde_json::json!({"order": "2"})).unwrap();
        let (other, _) = other.rsplit_once('.').unwrap();
        assert!(key.verifying_key().verify(other.as_bytes(), &signature).is_err());
    }
}
