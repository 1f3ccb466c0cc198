//! How a customer is reached, as they see it: so much of it that they know it, and whoever looks over their shoulder learns little.

use super::Access;
use crate::app::Work;
use crate::collect::{self, Reach};
use crate::error::ApiError;
use crate::steps::{masked_mail, masked_phone};
use tresen_core::ladder::Channel;
use tresen_wire::http::AccountReach;

/// What is known of where the customer is reached, and what they may say about it; of a person who is erased, nothing
pub fn reach(work: &Work<'_>, access: &Access) -> Result<AccountReach, ApiError> {
    let Some(reach) = Reach::of(work, &access.customer)? else { return Ok(AccountReach::default()) };
    let masked =
        |channel, mask: fn(&str) -> String| Some(reach.recipient(channel)).filter(|known| !known.is_empty()).map(|known| mask(&known));
    let transport = work.app.transport();
    // Nobody is called by the clock: that a human does.
    let reminds =
        |channel: &Channel| *channel != Channel::Telephone && transport.as_ref().is_some_and(|transport| transport.carries(*channel));
    Ok(AccountReach {
        email: masked(Channel::Email, masked_mail),
        phone: masked(Channel::TextMessage, masked_phone),
        address: reach.addressee.address.last().map(|line| format!("…, {line}")),
        channels: Channel::ALL.into_iter().filter(reminds).map(Into::into).collect(),
        opted_out: reach.opted_out,
        languages: collect::languages().map(|language| language.name().to_owned()).collect(),
    })
}
