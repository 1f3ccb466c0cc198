//! What a customer sends beside a request: a receipt, a photo.

use serde::Serialize;

/// `POST /v1/accounts/{access}/proofs`: a file as it is kept
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Its id, for the request that names it
    pub proof: String,
    /// What it is called, without what no name needs, and with the ending of what it is
    pub name: String,
    /// What it is, by its first bytes: `application/pdf`, `image/jpeg`, `image/png`, `image/webp` or `image/heic`
    pub media_type: String,
    /// In bytes, as it is kept
    pub size: u64,
    /// UTC
    pub sent_at: String,
}

/// A file in the export of a person, with what is in it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedProof {
    /// The file
    #[serde(flatten)]
    pub about: Proof,
    /// Id of the request that names it; null while none does
    pub request: Option<String>,
    /// What is in it, in base64
    pub content: String,
}
