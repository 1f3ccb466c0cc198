//! Where a human answers, and when, in words and in data.

use super::page::tag;
use crate::app::Work;
use crate::collect;
use crate::engine::Policy;
use crate::error::ApiError;
use std::collections::BTreeMap;
use tresen_core::hours::{Hours, Standing};
use tresen_core::law::contact::Moment;
use tresen_texts::Language;
use tresen_wire::hours::{Answered, read, written};
use tresen_wire::http::PaylinkShop;

/// When somebody answers, and whether somebody does now: by the clock and the holidays of the shop
pub fn answered(work: &Work<'_>, policy: &Policy, hours: &Hours) -> Result<Answered, ApiError> {
    let now = collect::moment(work, policy, work.moment.now)?;
    let minute = now.person.first().map_or(0, |Moment { minute, .. }| *minute);
    let standing = hours.standing(now.today, minute, collect::calendar(policy));
    let mut said = BTreeMap::new();
    for language in Language::ALL {
        if let Some(words) = tresen_texts::hours_now(language, hours, standing) {
            said.insert(tag(language).to_owned(), words);
        }
    }
    Ok(Answered { open: written(hours), now: matches!(standing, Standing::Open(_)), said })
}

/// What [`answered`] says in a language, however a person is addressed in it
pub fn said(hours: &Answered, language: Language) -> Option<&str> {
    hours.said.get(tag(language)).map(String::as_str)
}

/// The ways to a human in a row, for a text that is kept: by which they are reached and when, not whether now; nothing where there is none
pub fn ways(shop: &PaylinkShop, language: Language) -> Option<String> {
    let hours = shop.hours.as_ref().and_then(|hours| tresen_texts::hours(language, &read(&hours.open)?));
    let ways: Vec<String> = [shop.phone.clone(), shop.email.clone(), hours].into_iter().flatten().collect();
    (!ways.is_empty()).then(|| ways.join(", "))
}
