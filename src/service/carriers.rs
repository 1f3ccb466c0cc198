//! Whoever carries messages in production, way by way: a mail server, a gateway for text messages, a folder for letters.
//!
//! **Invariant:** a way that nobody is named for is closed; nothing is handed to somebody who does not carry it.

mod folder;
mod gateway;

pub use folder::Letters;
pub use gateway::TextMessages;

use crate::collect::{Handed, Parcel, Transport};
use std::sync::Arc;
use tresen_core::ladder::Channel;

/// Who carries what
#[derive(Debug, Clone, Default)]
pub struct Carriers {
    /// E-mail
    pub email: Option<Arc<dyn Transport>>,
    /// Messages to telephones
    pub text_message: Option<Arc<dyn Transport>>,
    /// Letters
    pub letter: Option<Arc<dyn Transport>>,
}

impl Carriers {
    fn of(&self, channel: Channel) -> Option<&Arc<dyn Transport>> {
        match channel {
            Channel::Email => self.email.as_ref(),
            Channel::TextMessage => self.text_message.as_ref(),
            Channel::Letter => self.letter.as_ref(),
            Channel::Telephone => None,
        }
    }
}

impl Transport for Carriers {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        self.of(channel).map_or_else(|| Handed::Refused("nobody carries it".to_owned()), |carrier| carrier.send(channel, parcel))
    }

    fn carries(&self, channel: Channel) -> bool {
        self.of(channel).is_some_and(|carrier| carrier.carries(channel))
    }
}
