//! Personal data under a key per customer, and all keys under the master key.
//!
//! **Invariant:** without the master key nothing personal in the database can be read, and without a customer's own key
//! nothing of that customer: whoever deletes the key has erased the person, and the totals stay.

use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::path::Path;
use tresen_core::ident::TenantId;
use tresen_wire::decision::hex;

const NONCE: usize = 24;

/// Holds the master key
pub struct Vault {
    wrap: XChaCha20Poly1305,
    index: [u8; 32],
    facts: [u8; 32],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Vault")
    }
}

/// Opens and closes what belongs to one customer
pub struct DataKey(XChaCha20Poly1305);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("DataKey")
    }
}

impl Vault {
    /// The vault of a master key
    pub fn new(master: &[u8; 32]) -> Self {
        Self {
            wrap: XChaCha20Poly1305::new(&keyed(master, &[b"wrap"]).into()),
            index: keyed(master, &[b"index"]),
            facts: keyed(master, &[b"facts"]),
        }
    }

    /// The vault of the master key in a file: base64 of 32 bytes, readable for its owner only
    ///
    /// With `create`, a missing file is written with a new key.
    pub fn from_file(path: &Path, create: bool) -> Result<Self, String> {
        let name = path.display();
        if create && !path.exists() {
            let key: [u8; 32] = ids::random().map_err(|problem| problem.to_string())?;
            write_private(path, &format!("{}\n", STANDARD.encode(key)))
                .map_err(|problem| format!("the master key cannot be written to `{name}`: {problem}"))?;
        }
        check_private(path)?;
        let text = std::fs::read_to_string(path).map_err(|problem| format!("the master key file `{name}` cannot be read: {problem}"))?;
        let bytes = STANDARD.decode(text.trim()).map_err(|_| format!("the master key file `{name}` is not base64"))?;
        let key: [u8; 32] = bytes.try_into().map_err(|_| format!("the master key in `{name}` is not 32 bytes"))?;
        Ok(Self::new(&key))
    }

    /// A new key for a customer, and the same wrapped for the database
    pub fn new_data_key(&self, owner: &str) -> Result<(DataKey, Vec<u8>), ApiError> {
        let key: [u8; 32] = ids::random()?;
        Ok((DataKey(XChaCha20Poly1305::new(&key.into())), self.wrap(owner, &key)?))
    }

    /// A customer's key from the database
    pub fn data_key(&self, owner: &str, wrapped: &[u8]) -> Result<DataKey, ApiError> {
        Ok(DataKey(XChaCha20Poly1305::new_from_slice(&self.unwrap(owner, wrapped)?).map_err(|_| damaged())?))
    }

    /// Wraps a secret for its owner
    pub fn wrap(&self, owner: &str, secret: &[u8]) -> Result<Vec<u8>, ApiError> {
        seal(&self.wrap, owner, secret)
    }

    /// A wrapped secret of its owner
    pub fn unwrap(&self, owner: &str, wrapped: &[u8]) -> Result<Vec<u8>, ApiError> {
        open(&self.wrap, owner, wrapped)
    }

    /// What was wrapped for its owner and handed to others, who may bring back anything
    pub fn unwrap_brought(&self, owner: &str, wrapped: &[u8]) -> Option<Vec<u8>> {
        opened(&self.wrap, owner, wrapped)
    }

    /// Keyed hash under which a personal text can be found again by whoever knows it, and by nobody who has only the database
    pub fn index(&self, tenant: &TenantId, kind: &str, text: &str) -> [u8; 32] {
        keyed(&self.index, &[tenant.as_str().as_bytes(), kind.as_bytes(), text.as_bytes()])
    }

    /// Whether [`Vault::index`] of the text is `kept`, compared in a time that says nothing about where they differ
    pub fn is_index(&self, tenant: &TenantId, kind: &str, text: &str, kept: &[u8]) -> bool {
        mac(&self.index, &[tenant.as_str().as_bytes(), kind.as_bytes(), text.as_bytes()]).is_some_and(|mac| mac.verify_slice(kept).is_ok())
    }

    /// Keyed hash of facts, so that a record can be compared with facts but not searched by guessing birthdays
    pub fn facts_hash(&self, tenant: &TenantId, bytes: &[u8]) -> String {
        hex(&keyed(&self.facts, &[tenant.as_str().as_bytes(), bytes]))
    }
}

impl DataKey {
    /// Closes a text; `place` binds it to where it is kept, so that it cannot be moved
    pub fn seal(&self, place: &Place, text: &[u8]) -> Result<Vec<u8>, ApiError> {
        seal(&self.0, &place.to_string(), text)
    }

    /// Opens a text
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Vec<u8>, ApiError> {
        open(&self.0, &place.to_string(), sealed)
    }
}

fn seal(cipher: &XChaCha20Poly1305, aad: &str, text: &[u8]) -> Result<Vec<u8>, ApiError> {
    let nonce: [u8; NONCE] = ids::random()?;
    let sealed = cipher.encrypt(XNonce::from_slice(&nonce), Payload { msg: text, aad: aad.as_bytes() }).map_err(|_| damaged())?;
    Ok([&nonce, sealed.as_slice()].concat())
}

fn open(cipher: &XChaCha20Poly1305, aad: &str, sealed: &[u8]) -> Result<Vec<u8>, ApiError> {
    opened(cipher, aad, sealed).ok_or_else(damaged)
}

fn opened(cipher: &XChaCha20Poly1305, aad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_at_checked(NONCE)?;
    cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: text, aad: aad.as_bytes() }).ok()
}

fn damaged() -> ApiError {
    ApiError::internal("sealed data cannot be opened: damaged, moved, or under another master key")
}

/// HMAC-SHA-256 over the parts, each with its length before it, so that no two lists of parts are one text
fn keyed(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    mac(key, parts).map_or([0; 32], |mac| mac.finalize().into_bytes().into())
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Option<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    Some(mac)
}

/// Writes a file that only its owner may read
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn check_private(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let name = path.display();
    let mode =
        std::fs::metadata(path).map_err(|problem| format!("the master key file `{name}` cannot be read: {problem}"))?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(format!("the master key file `{name}` can be read by others: chmod 600 `{name}`")) }
}

#[cfg(not(unix))]
fn check_private(_path: &Path) -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresen_core::ident::SessionId;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_in_its_place() {
        let vault = Vault::new(&[7; 32]);
        let (key, wrapped) = vault.new_data_key("t/c1").unwrap();
        let [here, there] = [[1; 20], [2; 20]].map(|bytes| Place::Session(SessionId::from_bytes(bytes)));
        let sealed = key.seal(&here, b"1985-03-27").unwrap();
        assert_eq!(vault.data_key("t/c1", &wrapped).unwrap().open(&here, &sealed).unwrap(), b"1985-03-27");
        assert!(key.open(&there, &sealed).is_err(), "moved");
        assert!(vault.data_key("t/c2", &wrapped).is_err(), "another owner");
        assert!(Vault::new(&[8; 32]).data_key("t/c1", &wrapped).is_err(), "another master key");
        let mut damaged = sealed;
        *damaged.last_mut().unwrap() ^= 1;
        assert!(key.open(&here, &damaged).is_err(), "damaged");
    }

    #[test]
    fn an_index_depends_on_tenant_kind_and_text() {
        let vault = Vault::new(&[7; 32]);
        let [a, b, ae] = ["a", "b", "ae"].map(|text| TenantId::parse(text).unwrap());
        assert_eq!(vault.index(&a, "email", "x"), vault.index(&a, "email", "x"));
        assert_ne!(vault.index(&a, "email", "x"), vault.index(&b, "email", "x"));
        assert!(vault.is_index(&a, "email", "x", &vault.index(&a, "email", "x")));
        assert!(!vault.is_index(&a, "email", "y", &vault.index(&a, "email", "x")) && !vault.is_index(&a, "email", "x", &[]));
        assert_ne!(vault.index(&a, "email", "x"), vault.index(&ae, "mail", "x"));
    }

    #[cfg(unix)]
    #[test]
    fn the_master_key_file_is_created_once_and_refused_when_others_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        assert!(Vault::from_file(&path, false).is_err(), "never created unasked");
        let tenant = TenantId::parse("t").unwrap();
        let index = Vault::from_file(&path, true).unwrap().index(&tenant, "k", "x");
        assert_eq!(Vault::from_file(&path, true).unwrap().index(&tenant, "k", "x"), index);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Vault::from_file(&path, true).unwrap_err().contains("chmod 600"));
    }
}
