//! What was erased is nowhere in the file any more.
//!
//! SQLite overwrites what is deleted (`secure_delete`), but not the copy that a row leaves behind where it lay before its page was split or joined with
//! another: in the free middle of a page it lies on until something is written over it.

use super::{Store, lock};
use crate::error::ApiError;
use std::fs::File;
use std::io::Read as _;

/// So much of the file is looked at at once, in bytes
const CHUNK: usize = 1 << 20;

/// So many bytes of a key are as good as the key
const TELLING: usize = 16;

impl Store {
    /// Writes the log back and empties it, and writes the file anew where one of the `keys` still lies in it, or where nobody knows them any more
    ///
    /// Looking reads the file once and holds no lock. Writing it anew holds the write lock, a few seconds for each gigabyte; it is needed for few keys of
    /// a thousand.
    ///
    /// # Errors
    ///
    /// `store.busy` while somebody still reads an older picture; what was written is written all the same.
    pub fn scrub(&self, keys: &[Vec<u8>]) -> Result<(), ApiError> {
        self.empty_log()?;
        if keys.is_empty() || self.holds(keys).map_err(ApiError::internal)? {
            lock(&self.writer).execute_batch("VACUUM")?;
            self.empty_log()?;
        }
        Ok(())
    }

    fn empty_log(&self) -> Result<(), ApiError> {
        let busy: i64 = lock(&self.writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 {
            return Ok(());
        }
        Err(ApiError {
            retry_after: Some(1),
            ..ApiError::new(
                503,
                "store.busy",
                "the data are erased, and a copy still lies in the log of the database",
                "send the same request with the same idempotency key again: the log is emptied then",
            )
        })
    }

    /// Whether the beginning or the end of a key is in the file
    fn holds(&self, keys: &[Vec<u8>]) -> std::io::Result<bool> {
        let ends: Vec<&[u8]> =
            keys.iter().flat_map(|key| [key.first_chunk::<TELLING>(), key.last_chunk()]).flatten().map(<[u8; TELLING]>::as_slice).collect();
        let mut file = File::open(&self.path)?;
        let mut seen = Vec::with_capacity(CHUNK + TELLING);
        loop {
            let read = file.by_ref().take(CHUNK as u64).read_to_end(&mut seen)?;
            if seen.windows(TELLING).any(|window| ends.contains(&window)) {
                return Ok(true);
            }
            if read == 0 {
                return Ok(false);
            }
            // What lies across two pieces is seen with the second.
            seen.drain(..seen.len().saturating_sub(TELLING - 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_wherever_it_lies_whole_or_in_half_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tresen.sqlite"), None).unwrap();
        let key: Vec<u8> = (100..160).collect();
        let other: Vec<u8> = (0..60).map(|byte| byte ^ 0xa5).collect();
        for (at, part) in
            [(0, &key[..]), (CHUNK - 7, &key[..]), (CHUNK - TELLING, &key[..TELLING]), (2 * CHUNK - 1, &key[key.len() - TELLING..])]
        {
            let mut bytes = vec![7; 2 * CHUNK + 100];
            bytes[at..at + part.len()].copy_from_slice(part);
            let elsewhere = Store {
                path: folder.path().join("file"),
                watch: None,
                writer: std::sync::Mutex::new(rusqlite::Connection::open_in_memory().unwrap()),
                readers: std::sync::Mutex::default(),
            };
            std::fs::write(&elsewhere.path, &bytes).unwrap();
            assert!(elsewhere.holds(&[other.clone(), key.clone()]).unwrap(), "{at}");
            assert!(!elsewhere.holds(std::slice::from_ref(&other)).unwrap(), "{at}");
            bytes[at] ^= 1;
            bytes[at + part.len() - 1] ^= 1;
            std::fs::write(&elsewhere.path, &bytes).unwrap();
            assert!(!elsewhere.holds(std::slice::from_ref(&key)).unwrap(), "{at}");
        }
        store.scrub(&[key]).unwrap();
        store.scrub(&[]).unwrap();
    }
}
