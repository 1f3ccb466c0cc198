//! Letters into a folder, as houses that print and post take them: `msg_….pdf`, and beside it `msg_….json` with what an envelope needs.
//!
//! **Invariant:** a letter is there whole or not at all. The JSON is put there last: where it is, its PDF is.
//! **Invariant:** the same letter is put there once, even when whoever prints has taken it away meanwhile.

use crate::collect::{Handed, Parcel, Transport};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tresen_core::ident::MessageId;
use tresen_core::ladder::Channel;

/// Where it is remembered which letters were put there: a file without content for each
const PUT: &str = ".put";

/// Puts letters into a folder
#[derive(Debug, Clone)]
pub struct Letters {
    folder: PathBuf,
}

impl Letters {
    /// A folder that is there
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the service.
    pub fn new(folder: PathBuf) -> Result<Self, String> {
        fs::create_dir_all(folder.join(PUT)).map_err(|problem| format!("letters cannot be put into {}: {problem}", folder.display()))?;
        Ok(Self { folder })
    }

    fn put(&self, id: &MessageId, parcel: &Parcel, pdf: &[u8]) -> io::Result<()> {
        let put = self.folder.join(PUT).join(id.as_str());
        if put.exists() {
            return Ok(());
        }
        let (letter, about) = (format!("{id}.pdf"), format!("{id}.json"));
        let pages = pages(pdf);
        let described = json!({
            "id": id.as_str(),
            "pdf": letter,
            "sha256": tresen_wire::decision::hex(&<[u8; 32]>::from(Sha256::digest(pdf))),
            "sender": {"name": parcel.sender.name},
            "recipient": parcel.recipient.split(", ").collect::<Vec<_>>(),
            "language": parcel.locale,
            "format": "A4",
            "window": "DIN 5008 B",
            "duplex": false,
            "pages": pages,
            "postage": pages.map(postage),
        });
        self.whole(&letter, pdf)?;
        self.whole(&about, format!("{described:#}\n").as_bytes()).inspect_err(|_| {
            // A letter that nothing is said of is nobody's.
            let _ = fs::remove_file(self.folder.join(&letter));
        })?;
        File::create(put).map(|_| ())
    }

    /// Writes a file under another name, and gives it its own when it is whole and on the disk
    fn whole(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let begun = self.folder.join(PUT).join(format!("{name}.part"));
        let mut file = File::create(&begun)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&begun, self.folder.join(name))).inspect_err(
            |_| {
                let _ = fs::remove_file(&begun);
            },
        )?;
        sync(&self.folder);
        Ok(())
    }
}

/// Where a folder cannot be synced, the file system does it when it likes
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// The pages of a letter of ours; nothing where they cannot be counted
fn pages(pdf: &[u8]) -> Option<usize> {
    let mark = b"/Type/Page";
    let plain: Vec<u8> = pdf.iter().copied().filter(|byte| *byte != b' ').collect();
    let count =
        plain.windows(mark.len().saturating_add(1)).filter(|window| window.starts_with(mark) && window.last() != Some(&b's')).count();
    (count > 0).then_some(count)
}

/// The class of postage in Germany for so many sheets of 80 g/m², printed on one side, with their envelope
fn postage(pages: usize) -> &'static str {
    match pages {
        0..=3 => "standard",
        4..=8 => "compact",
        _ => "large",
    }
}

impl Transport for Letters {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        let refused = |why: &str| Handed::Refused(why.to_owned());
        // The name of a file is made of it.
        let Some(id) = MessageId::parse(&parcel.id) else { return refused("no message") };
        let (Channel::Letter, Some(pdf)) = (channel, parcel.pdf()) else { return refused("no letter") };
        match self.put(&id, parcel, &pdf) {
            Ok(()) => Handed::Sent { provider_ref: None },
            Err(problem) if self.folder.join(format!("{id}.json")).exists() => {
                tracing::warn!(kind = ?problem.kind(), "a letter lies in its folder, and it could not be noted");
                Handed::Sent { provider_ref: None }
            }
            Err(problem) => {
                tracing::warn!(kind = ?problem.kind(), "a letter could not be put into its folder");
                Handed::NotNow("it could not be put into the folder".to_owned())
            }
        }
    }

    fn carries(&self, channel: Channel) -> bool {
        channel == Channel::Letter
    }
}
