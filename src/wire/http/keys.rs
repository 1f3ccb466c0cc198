//! Keys: those that callers show, and those that sign.

use serde::{Deserialize, Serialize};

/// Who may show a key
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// Browsers: `pk_…`
    Publishable,
    /// The shop's server: `sk_…`
    Secret,
}

/// `POST /v1/api_keys`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateApiKey {
    /// Who may show it
    pub kind: KeyKind,
}

/// A new key; the only time it is seen whole
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiKeyCreated {
    /// Id of the key
    pub id: String,
    /// Who may show it
    pub kind: KeyKind,
    /// The key itself
    pub key: String,
}

/// A key as the list shows it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiKey {
    /// Id of the key
    pub id: String,
    /// Who may show it
    pub kind: KeyKind,
    /// How it ends
    pub ends_with: String,
    /// UTC
    pub created_at: String,
    /// UTC
    pub revoked_at: Option<String>,
}

/// `GET /v1/api_keys`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiKeys {
    /// The newest first, at most 200
    pub api_keys: Vec<ApiKey>,
}

/// `GET /v1/keys`: a JSON Web Key Set (RFC 7517)
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeySet {
    /// Keys that signed tokens which may still count
    pub keys: Vec<Jwk>,
}

/// A public signing key (RFC 8037)
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jwk {
    /// `OKP`
    pub kty: &'static str,
    /// `Ed25519`
    pub crv: &'static str,
    /// The key, base64url
    pub x: String,
    /// Its id
    pub kid: String,
    /// `EdDSA`
    pub alg: &'static str,
    /// `sig`
    #[serde(rename = "use")]
    pub purpose: &'static str,
}

/// The answer of `POST /v1/keys/rotate`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// The key that signs from now on
    pub kid: String,
    /// The key that signed until now
    pub previous_kid: Option<String>,
    /// Until when that one stays published, UTC
    pub previous_published_until: Option<String>,
}

/// What a decision token says
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenClaims {
    /// `tresen`
    pub iss: String,
    /// Whose shop
    pub tenant: String,
    /// The session
    pub session: String,
    /// The shop's number of the order
    pub order: String,
    /// The method
    pub method: String,
    /// SHA-256 of the cart, hex
    pub cart_hash: String,
    /// What the shopper pays
    pub amount: crate::money::Money,
    /// Hash of the plan of instalments, where one was agreed to
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_hash: Option<String>,
    /// Id of the decision's record
    pub decision_id: String,
    /// Hash of the policy
    pub policy_hash: String,
    /// Seconds since 1970
    pub iat: i64,
    /// Seconds since 1970
    pub exp: i64,
    /// Id of the token
    pub jti: String,
}
