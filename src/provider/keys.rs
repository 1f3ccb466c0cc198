//! The key by which a shop's service asks, and the secret by which notices are signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::Path;

/// The key by which a shop's service asks, and the secret by which notices are signed
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// `sbk_…`, sent as a bearer
    pub key: String,
    /// `whsec_…`
    pub webhook_secret: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Keys")
    }
}

/// Random bytes in hexadecimal
pub fn random(count: usize) -> Result<String, String> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|problem| format!("the system gave no random bytes: {problem}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Keys {
    /// New ones
    ///
    /// # Errors
    ///
    /// Where the system gives no random bytes.
    pub fn new() -> Result<Self, String> {
        Ok(Self { key: format!("sbk_{}", random(20)?), webhook_secret: format!("whsec_{}", STANDARD.encode(random(16)?)) })
    }

    /// Those in a file; new ones, readable by its owner alone, where there is none
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts it.
    pub fn from_file(path: &Path) -> Result<Self, String> {
        let name = path.display();
        if !path.exists() {
            let keys = Self::new()?;
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let text = serde_json::to_string(&keys).map_err(|problem| problem.to_string())?;
            let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
            written.map_err(|problem| format!("the keys cannot be written to `{name}`: {problem}"))?;
        }
        let text = std::fs::read_to_string(path).map_err(|problem| format!("the keys in `{name}` cannot be read: {problem}"))?;
        serde_json::from_str(&text).map_err(|problem| format!("`{name}` holds no keys: {problem}"))
    }
}
