//! How the merchant collects, as JSON: levels, hours, persona, costs, and the segments that are treated otherwise.

use super::condition::Scope;
use super::reader::{Fields, Reader, Room, Spot};
use crate::hours::told;
use tresen_core::ladder::{Channel, LEVELS_MAX, Ladder, Step, Tone};
use tresen_core::law::contact::{HOUSE, House};
use tresen_core::policy::{
    AFTER_DAYS_MAX, Address, COUNTED_DAYS_MAX, Collection, LATER_DAYS_MAX, NOTE_DAYS_MAX, Persona, SEGMENTS_MAX, Segment, Speech,
    TERM_DAYS_MAX, Then, TimeOfDay,
};

const KEYS: [&str; 12] = [
    "note_days",
    "levels",
    "propose_placement",
    "tolerance",
    "micro_claim",
    "costs",
    "expected_yield",
    "default_interest",
    "lump_sum",
    "hours",
    "persona",
    "segments",
];

impl Reader {
    /// The block `collection`; what it does not say is as the house does it
    pub(super) fn read_collection(&mut self, fields: &Fields<'_>) {
        let Some(spot) = fields.get("collection") else { return };
        let Some(fields) = self.object(&spot, &KEYS) else { return };
        let mut collection = Collection::standard(self.policy.currency);
        let ladder = &mut collection.ladder;
        self.read_figures(&fields, ladder);
        if let Some(spot) = fields.get("levels") {
            ladder.steps = self.levels(&spot);
        }
        if let Some(spot) = fields.get("hours") {
            ladder.house = self.hours(&spot);
        }
        collection.persona = fields.get("persona").map(|spot| self.persona(&spot)).unwrap_or_default();
        if let Some(spot) = fields.get("segments") {
            self.read_segments(&spot, &mut collection);
        }
        self.policy.collection = Some(collection);
    }

    fn read_figures(&mut self, fields: &Fields<'_>, ladder: &mut Ladder) {
        if let Some(days) = self.note_days(fields) {
            ladder.note_days = Some(days).filter(|days| *days > 0);
        }
        if let Some(proposes) = fields.get("propose_placement").and_then(|spot| self.boolean(&spot)) {
            ladder.propose_placement = proposes;
        }
        let mut flag = |key: &str| fields.get(key).and_then(|spot| self.boolean(&spot)).unwrap_or(false);
        (ladder.interest, ladder.lump_sum) = (flag("default_interest"), flag("lump_sum"));
        if let Some(tolerance) = fields.get("tolerance").and_then(|spot| self.amount(&spot)) {
            ladder.tolerance_minor = tolerance;
        }
        if let Some(micro) = fields.get("micro_claim").and_then(|spot| self.amount(&spot)) {
            ladder.micro_minor = micro;
        }
        let codes = Channel::ALL.map(Channel::code);
        if let Some(costs) = fields.get("costs").and_then(|spot| self.object(&spot, &codes)) {
            ladder.cost_minor = codes.map(|code| costs.get(code).and_then(|spot| self.amount(&spot)).unwrap_or(0));
        }
        ladder.expected = fields.get("expected_yield").and_then(|spot| self.rate(&spot));
    }

    fn note_days(&mut self, fields: &Fields<'_>) -> Option<u8> {
        fields.get("note_days").and_then(|spot| self.days(&spot, 0, NOTE_DAYS_MAX))
    }

    /// A whole number of days
    fn days(&mut self, spot: &Spot<'_>, least: u8, most: u8) -> Option<u8> {
        self.integer(spot, least.into(), most.into()).and_then(|days| u8::try_from(days).ok())
    }

    fn levels(&mut self, spot: &Spot<'_>) -> Vec<Step> {
        let Some(entries) = self.list(spot, LEVELS_MAX) else { return Vec::new() };
        if entries.is_empty() {
            self.error(
                "policy.list.empty",
                &spot.at,
                "there is no level",
                "write at least one, or leave `levels` out for the house's three",
            );
        }
        // Every level is read, also behind one that is broken; of a chain with a gap nothing more is said.
        let read: Vec<Option<Step>> = entries.iter().zip(1..).map(|(entry, level)| self.level(entry, level)).collect();
        read.into_iter().collect::<Option<_>>().unwrap_or_default()
    }

    fn level(&mut self, spot: &Spot<'_>, level: u8) -> Option<Step> {
        self.label(format!("level {level}"));
        let step = self.step(spot);
        self.label(String::new());
        step
    }

    fn step(&mut self, spot: &Spot<'_>) -> Option<Step> {
        let fields = self.object(spot, &["after_days", "term_days", "tone", "channels", "fee"])?;
        let mut days = |key: &str, help: &str, most: u8| self.required(&fields, key, help).and_then(|spot| self.days(&spot, 1, most));
        let after =
            days("after_days", "say how many days after the due date, or after the end of the term before, it comes", AFTER_DAYS_MAX);
        let term = days("term_days", "say how many days the customer has to pay", TERM_DAYS_MAX);
        let tone = self.required(&fields, "tone", "say how it sounds: `friendly`, `neutral` or `firm`").and_then(|spot| self.tone(&spot));
        let help = "name the ways in which it is tried, the first first, such as `[\"email\", \"letter\"]`";
        let channels = self.required(&fields, "channels", help).and_then(|spot| self.channels(&spot));
        let fee_minor = fields.get("fee").and_then(|spot| self.amount(&spot)).unwrap_or(0);
        Some(Step { after_days: after?, term_days: term?, tone: tone?, channels: channels?, fee_minor })
    }

    fn tone(&mut self, spot: &Spot<'_>) -> Option<Tone> {
        self.one_of(spot, "tone", &Tone::ALL, Tone::code)
    }

    /// One of some things by its word
    fn one_of<T: Copy, const COUNT: usize>(
        &mut self,
        spot: &Spot<'_>,
        what: &str,
        all: &[T; COUNT],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        self.word(spot, what, &all.map(code)).and_then(|place| all.get(place)).copied()
    }

    fn channels(&mut self, spot: &Spot<'_>) -> Option<Vec<Channel>> {
        let entries = self.list(spot, Channel::ALL.len())?;
        if entries.is_empty() {
            self.error("policy.list.empty", &spot.at, "there is no way to send it", "name at least one, such as `\"email\"`");
            return None;
        }
        let read: Vec<Option<Channel>> = entries.iter().map(|entry| self.one_of(entry, "channel", &Channel::ALL, Channel::code)).collect();
        let mut channels = Vec::new();
        for (entry, channel) in entries.iter().zip(read.into_iter().collect::<Option<Vec<_>>>()?) {
            if channels.contains(&channel) {
                let message = format!("`{}` stands twice", channel.code());
                self.error(
                    "policy.collection.channel_twice",
                    &entry.at,
                    message,
                    "name each way once: what failed is not tried again the same way",
                );
            }
            channels.push(channel);
        }
        Some(channels)
    }

    /// The hours within the house's own
    fn hours(&mut self, spot: &Spot<'_>) -> House {
        let Some(fields) = self.object(spot, &["from", "until", "counted_days"]) else { return HOUSE };
        let opens = fields.get("from").and_then(|spot| self.minute(&spot)).unwrap_or(HOUSE.opens_minute);
        let closes = fields.get("until").and_then(|spot| self.minute(&spot)).unwrap_or(HOUSE.closes_minute);
        let days = fields.get("counted_days").and_then(|spot| self.days(&spot, HOUSE.days, COUNTED_DAYS_MAX)).unwrap_or(HOUSE.days);
        if opens >= closes {
            let message = format!("the hours from `{}` until `{}` are none", told(opens), told(closes));
            self.error("policy.collection.hours_empty", &spot.at, message, "let `until` be later than `from`");
        }
        House { opens_minute: opens, closes_minute: closes, days, ..HOUSE }
    }

    /// A time of day within the hours of the house
    fn minute(&mut self, spot: &Spot<'_>) -> Option<u16> {
        let minute = self.read_time(spot)?;
        if !(HOUSE.opens_minute..=HOUSE.closes_minute).contains(&minute) {
            let (opens, closes) = (told(HOUSE.opens_minute), told(HOUSE.closes_minute));
            let message = format!("`{}` is outside the hours in which anybody is written to, `{opens}` to `{closes}`", told(minute));
            self.error("policy.collection.hours", &spot.at, message, "hours can be narrower than the house's own, never wider");
            return None;
        }
        Some(minute)
    }

    fn persona(&mut self, spot: &Spot<'_>) -> Persona {
        let Some(fields) = self.object(spot, &["language", "address", "time_of_day"]) else { return Persona::default() };
        Persona {
            language: fields.get("language").and_then(|spot| self.one_of(&spot, "language", &Speech::ALL, Speech::code)),
            address: fields.get("address").and_then(|spot| self.one_of(&spot, "form of address", &Address::ALL, Address::code)),
            time_of_day: fields.get("time_of_day").and_then(|spot| self.one_of(&spot, "time of day", &TimeOfDay::ALL, TimeOfDay::code)),
        }
    }

    fn read_segments(&mut self, spot: &Spot<'_>, collection: &mut Collection) {
        let Some(entries) = self.list(spot, SEGMENTS_MAX) else { return };
        let mut taken = Vec::new();
        let mut segments = Vec::new();
        let conditions = self.apart(Room::Collection, |reader| {
            for entry in &entries {
                segments.extend(reader.segment(entry, &mut taken));
                reader.label(String::new());
            }
        });
        collection.segments = segments;
        collection.conditions = conditions;
    }

    fn segment(&mut self, spot: &Spot<'_>, taken: &mut Vec<String>) -> Option<Segment> {
        let fields = self.object(spot, &["id", "description", "when", "then"])?;
        let id = self.required(&fields, "id", "give the segment a name").and_then(|spot| self.new_id(&spot, taken)).unwrap_or_default();
        if !id.is_empty() {
            self.label(format!("segment `{id}`"));
            taken.push(id.to_owned());
        }
        let when = match self.required(&fields, "when", "say who belongs to it") {
            Some(spot) => self.condition(&spot, Scope::Case),
            None => self.broken_condition(),
        };
        let help = "say what is otherwise, such as `{\"tone\": \"friendly\"}` or `{\"later_days\": 4}`";
        let then = self.required(&fields, "then", help).and_then(|spot| self.then(&spot)).unwrap_or_default();
        Some(Segment { id: id.to_owned(), when, then })
    }

    fn then(&mut self, spot: &Spot<'_>) -> Option<Then> {
        let keys = ["stop", "by_hand", "note_days", "later_days", "tone", "channels", "persona"];
        let fields = self.object(spot, &keys)?;
        let mut flag = |key: &str| fields.get(key).and_then(|spot| self.boolean(&spot)).unwrap_or(false);
        let (stop, by_hand) = (flag("stop"), flag("by_hand"));
        let most = i32::from(LATER_DAYS_MAX);
        let later = fields.get("later_days").and_then(|spot| self.small(&spot, most.saturating_neg(), most));
        Some(Then {
            stop,
            by_hand,
            note_days: self.note_days(&fields),
            later_days: later.and_then(|days| i8::try_from(days).ok()).unwrap_or(0),
            tone: fields.get("tone").and_then(|spot| self.tone(&spot)),
            channels: fields.get("channels").and_then(|spot| self.channels(&spot)).unwrap_or_default(),
            persona: fields.get("persona").map(|spot| self.persona(&spot)).unwrap_or_default(),
        })
    }
}
