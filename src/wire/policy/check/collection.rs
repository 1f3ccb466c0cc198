//! A collection that says what it cannot mean: levels in the wrong order, ways without a fallback, segments that nobody belongs to.

use super::super::reader::{Reader, Room};
use super::possible::{Goal, World};
use super::{asking, parts, reaches};
use crate::hours::told;
use tresen_core::ladder::{FINAL_TERM_MIN, Ladder, Step, Tone};
use tresen_core::law::late_interest::known;
use tresen_core::law::regime::Party;
use tresen_core::money::Money;
use tresen_core::policy::{Collection, Condition, Persona, Policy, Then};

/// Days below which a term for a payment that takes days itself is none
const TERM_SHORT: u8 = 5;

pub(super) fn check(reader: &mut Reader, policy: &Policy) {
    let Some(collection) = &policy.collection else { return };
    check_levels(reader, &collection.ladder);
    check_figures(reader, policy, &collection.ladder);
    check_law(reader, policy, &collection.ladder);
    check_time(reader, collection, collection.persona, "/collection/persona");
    check_segments(reader, policy, collection);
}

fn check_levels(reader: &mut Reader, ladder: &Ladder) {
    let mut before: Option<&Step> = None;
    for (step, level) in ladder.steps.iter().zip(1_u8..) {
        let at = format!("/collection/levels/{}", level.saturating_sub(1));
        reader.label(format!("level {level}"));
        check_step(reader, ladder, step, level, &at);
        if let Some(before) = before {
            if step.tone < before.tone {
                let message = format!("it sounds `{}`, softer than the one before, `{}`", step.tone.code(), before.tone.code());
                let help = "let each level sound as the one before, or firmer";
                reader.problem("policy.collection.tone_order", &format!("{at}/tone"), message, help);
            }
            let apart = before.term_days.saturating_add(step.after_days);
            if apart < ladder.house.days {
                let message = format!(
                    "it is to come {apart} days after the one before, and a claim is written about once in {} days",
                    ladder.house.days
                );
                let help =
                    format!("write `\"after_days\": {}`, which is when it comes", ladder.house.days.saturating_sub(before.term_days));
                reader.warning("policy.collection.too_soon", &format!("{at}/after_days"), message, help);
            }
        }
        before = Some(step);
    }
    reader.label(String::new());
    if let Some(last) = before.filter(|last| ladder.propose_placement && last.tone != Tone::Firm) {
        let at = format!("/collection/levels/{}/tone", ladder.steps.len().saturating_sub(1));
        let message = format!("a hand-over is proposed after a final notice that sounds `{}` and does not tell of it", last.tone.code());
        let help = "write `\"tone\": \"firm\"` for the last level, or `\"propose_placement\": false`";
        reader.problem("policy.collection.final_tone", &at, message, help);
    }
}

fn check_step(reader: &mut Reader, ladder: &Ladder, step: &Step, level: u8, at: &str) {
    let (is_last, term_at) = (ladder.is_last(level), format!("{at}/term_days"));
    if is_last && step.term_days < FINAL_TERM_MIN {
        let message = format!("the final notice gives {} days, fewer than {FINAL_TERM_MIN}", step.term_days);
        reader.error("policy.collection.term", &term_at, message, format!("write `\"term_days\": {FINAL_TERM_MIN}` or more"));
    } else if step.term_days < TERM_SHORT {
        let message = format!("{} days are hardly enough for a transfer over a weekend", step.term_days);
        reader.warning("policy.collection.term", &term_at, message, format!("give {TERM_SHORT} days or more"));
    }
    let channels_at = format!("{at}/channels");
    if let [only] = step.channels.as_slice() {
        let message = format!("`{}` is the only way: where it fails, nobody is told", only.code());
        reader.warning("policy.collection.no_fallback", &channels_at, message, "name a second way, which is tried where the first fails");
    }
    let is_lean = step.channels.iter().any(|channel| channel.is_lean());
    if !is_last && ladder.micro_minor > ladder.tolerance_minor && !is_lean {
        let message = "a micro-claim bears none of its ways, so such customers never get beyond the level before";
        reader.problem("policy.collection.micro", &channels_at, message, "add `email` or `text_message`, or lower `micro_claim`");
    }
    if step.fee_minor > 0 && level == 1 {
        let message = "the first reminder puts the customer in default, so it costs nothing";
        reader.error(
            "policy.collection.first_fee",
            &format!("{at}/fee"),
            message,
            "remove `fee` here; a later letter may cost its print and postage",
        );
    } else if step.fee_minor > 0 && !step.channels.contains(&tresen_core::ladder::Channel::Letter) {
        let message = "only a letter has material that the customer pays for, and this level goes by none";
        reader.warning("policy.collection.fee", &format!("{at}/fee"), message, "remove `fee`, or add `letter` to the `channels`");
    }
}

fn check_figures(reader: &mut Reader, policy: &Policy, ladder: &Ladder) {
    let costs = ladder.cost_minor.iter().any(|cost| *cost > 0);
    match (costs, ladder.expected) {
        (true, None) => {
            let message = "what messages cost decides nothing without `expected_yield`";
            let help = "write `\"expected_yield\": \"0.02\"` if a message brings 2 % of what is late, or remove `costs`";
            reader.warning("policy.collection.costs", "/collection/costs", message, help);
        }
        (false, Some(_)) => {
            let help = "write what they cost, such as `\"costs\": {\"letter\": \"1.10 EUR\"}`, or remove it";
            reader.warning(
                "policy.collection.costs",
                "/collection/expected_yield",
                "no message costs anything, so it decides nothing",
                help,
            );
        }
        (true, Some(_)) | (false, None) => {}
    }
    if ladder.micro_minor > 0 && ladder.micro_minor <= ladder.tolerance_minor {
        let plain = |minor: i64| Money::from_minor(minor, policy.currency).map(Money::to_plain).unwrap_or_default();
        let (micro, tolerance) = (plain(ladder.micro_minor), plain(ladder.tolerance_minor));
        let message = format!("micro-claims end at `{micro}`, and nothing up to `{tolerance}` is asked for anyway");
        reader.warning("policy.collection.micro_idle", "/collection/micro_claim", message, "raise `micro_claim`, or lower `tolerance`");
    }
}

/// Interest and a lump sum where nothing was read of the law that would give them
fn check_law(reader: &mut Reader, policy: &Policy, ladder: &Ladder) {
    let (consumer, business) = (known(policy.market, Party::Consumer), known(policy.market, Party::Business));
    let market = String::from_utf8_lossy(&policy.market);
    if ladder.interest && consumer.is_none() && business.is_none() {
        let message = format!("no rate of the law of `{market}` was read, so no interest is ever asked for");
        reader.warning("policy.collection.no_law", "/collection/default_interest", message, "remove `default_interest`");
    }
    if ladder.lump_sum && business != Some(true) {
        let message = format!("nothing was read of a lump sum in the law of `{market}`, so none is ever asked for");
        reader.warning("policy.collection.no_law", "/collection/lump_sum", message, "remove `lump_sum`");
    }
}

/// A time of day that lies outside the hours
fn check_time(reader: &mut Reader, collection: &Collection, persona: Persona, at: &str) {
    let (house, Some(time)) = (collection.ladder.house, persona.time_of_day) else { return };
    let (from, until) = time.minutes();
    if from.max(house.opens_minute) >= until.min(house.closes_minute) {
        let (opens, closes) = (told(house.opens_minute), told(house.closes_minute));
        let message = format!("`{}` lies outside the hours from `{opens}` until `{closes}`", time.code());
        let help = "choose another time of day, or widen the hours: as it stands the hours alone count";
        reader.problem("policy.collection.time_of_day", &format!("{at}/time_of_day"), message, help);
    }
}

fn check_segments(reader: &mut Reader, policy: &Policy, collection: &Collection) {
    let asked = asking(policy, &collection.conditions);
    let world = World::new(&asked, None, false);
    let mut before: Vec<Condition> = Vec::new();
    let mut alive = Vec::new();
    for (place, segment) in collection.segments.iter().enumerate() {
        let at = format!("/collection/segments/{place}");
        reader.label(format!("segment `{}`", segment.id));
        if !world.can(vec![Goal::holds(segment.when)]) {
            let message = "nobody ever belongs to it: no case can meet its condition";
            reader.problem("policy.segment.unreachable", &format!("{at}/when"), message, "mend its `when`, or remove it");
        } else if !reaches(&world, &before, segment.when) {
            let message = "nobody ever belongs to it: one before it always holds first";
            reader.problem("policy.segment.unreachable", &format!("{at}/when"), message, "move it up, or remove it");
        } else {
            alive.push((format!("segment `{}`", segment.id), segment.when));
        }
        check_then(reader, collection, place, &segment.then, &at);
        before.push(segment.when);
    }
    reader.label(String::new());
    if !reader.broken {
        reader.inside(Room::Collection, |reader| parts::check_all(reader, (&asked, &world), alive, "cases"));
    }
}

fn check_then(reader: &mut Reader, collection: &Collection, place: usize, then: &Then, at: &str) {
    let at = format!("{at}/then");
    let says_more = Then { stop: false, by_hand: false, ..then.clone() } != Then::default();
    if then.stop && (then.by_hand || says_more) {
        let message = "it stops everything, so whatever else it says changes nothing";
        return reader.warning("policy.segment.idle", &at, message, "remove `stop`, or everything beside it");
    }
    // Of what could not be read nobody knows what it would have said.
    if !reader.broken && collection.of(Some(place)) == (collection.ladder.clone(), collection.persona) {
        let message = "it changes nothing: everything that it says holds for everybody";
        return reader.warning("policy.segment.idle", &at, message, "say what is otherwise for it, or remove it");
    }
    let last = collection.ladder.steps.last();
    if let (Some(tone), Some(last)) = (then.tone, last)
        && tone > last.tone
    {
        let message = format!("its levels sound `{}`, firmer than the final notice, `{}`", tone.code(), last.tone.code());
        let help = "let no level sound firmer than the last";
        reader.problem("policy.collection.tone_order", &format!("{at}/tone"), message, help);
    }
    check_time(reader, collection, then.persona, &format!("{at}/persona"));
}
