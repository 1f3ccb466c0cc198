//! Scorecards, classes and value classes as JSON.

use super::condition::Scope;
use super::reader::{Fields, Reader, Spot, shown};
use super::repair;
use crate::suggest;
use tresen_core::facts::{FactIndex, FactKind, known};
use tresen_core::policy::{
    Attribute, CLASSES_MAX, Class, ClassEntry, Condition, Node, POINTS_MAX, Points, Relation, Scorecard, Scorecards, ValueClass,
};
use tresen_core::rate::Rate;

const ATTRIBUTES_MAX: usize = 64;

impl Reader {
    /// The names of classes and value classes, which conditions anywhere may mention
    pub(super) fn read_class_ids(&mut self, fields: &Fields<'_>) {
        for (key, of_value) in [("classes", false), ("value_classes", true)] {
            let entries = fields.get(key).and_then(|spot| spot.value.as_array());
            let ids = entries.into_iter().flatten().filter_map(|entry| entry.get("id")?.as_str()).map(str::to_owned).collect();
            if of_value {
                self.value_class_ids = ids;
            } else {
                self.class_ids = ids;
            }
        }
    }

    pub(super) fn read_value_classes(&mut self, fields: &Fields<'_>) {
        let Some(spot) = fields.get("value_classes") else { return };
        let Some(entries) = self.list(&spot, CLASSES_MAX) else { return };
        let mut taken = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            let Some(fields) = self.object(entry, &["id", "when"]) else {
                let when = self.broken_condition();
                self.policy.value_classes.push(ValueClass { id: String::new(), when });
                continue;
            };
            let id = self.class_id(&fields, &mut taken, "value class");
            let is_last = place.saturating_add(1) == entries.len();
            self.entry_condition(&fields, "when", is_last);
            let when = self.when(&fields, Scope::BeforeClasses);
            self.label(String::new());
            self.policy.value_classes.push(ValueClass { id, when });
        }
    }

    fn class_id(&mut self, fields: &Fields<'_>, taken: &mut Vec<String>, what: &str) -> String {
        let id = self.required(fields, "id", "give it a name").and_then(|spot| self.new_id(&spot, taken)).unwrap_or_default().to_owned();
        if !id.is_empty() {
            self.label(format!("{what} `{id}`"));
            taken.push(id.clone());
        }
        id
    }

    /// All but the last entry of a list of classes say how one gets into them
    fn entry_condition(&mut self, fields: &Fields<'_>, key: &str, is_last: bool) {
        if is_last && fields.has(key) {
            let help = format!("remove `{key}`, or add a last class without it");
            self.error("policy.class.last", &fields.at_key(key), format!("the last class takes the rest, so it has no `{key}`"), help);
        }
        if !is_last && fields.lacks(key) {
            let help = format!("give it `{key}`, or move it to the end");
            self.error("policy.key.missing", fields.at(), format!("`{key}` is missing"), help);
        }
    }

    pub(super) fn read_scorecards(&mut self, fields: &Fields<'_>) {
        let with_scorecards = fields.has("scorecards");
        let returning = fields.get("returning").map(|spot| self.condition(&spot, Scope::Server));
        if !with_scorecards {
            for key in ["returning", "unknown"].into_iter().filter(|key| fields.has(key)) {
                let message = format!("`{key}` decides nothing without scorecards");
                self.warning("policy.scorecard.none", &fields.at_key(key), message, format!("remove `{key}`"));
            }
            return;
        }
        self.policy.returning = returning.unwrap_or_else(|| {
            let known = Node::Compare { fact: known::CUSTOMER_KNOWN, relation: Relation::Equal, value: 1 };
            Condition(Some(self.policy.conditions.push(known)))
        });
        let help = "write `\"unknown\": {\"class\": …}`: the class of an order about which nothing is known";
        let unknown = self.required(fields, "unknown", help).and_then(|spot| self.object(&spot, &["class"]));
        let unknown = unknown.and_then(|fields| self.required(&fields, "class", "name a class")).and_then(|spot| self.class_place(&spot));
        let before = self.errors();
        let Some(cards) = fields.get("scorecards").and_then(|spot| self.object(&spot, &["new", "returning"])) else { return };
        let mut card = |key: &str| {
            let help = "write a scorecard for new and one for returning customers; they may be the same";
            self.required(&cards, key, help).and_then(|spot| self.scorecard(&spot, key)).unwrap_or_default()
        };
        let (new, returning) = (card("new"), card("returning"));
        self.scores_whole = self.errors() == before;
        self.policy.scorecards = Some(Scorecards { new, returning, unknown_class: unknown.unwrap_or(0) });
    }

    /// A class by its name, as its place
    pub(super) fn class_place(&mut self, spot: &Spot<'_>) -> Option<u8> {
        let ids = self.class_ids.clone();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let id = self.text(spot)?;
        let place = ids.iter().position(|known| *known == id).and_then(|place| u8::try_from(place).ok());
        if place.is_none() {
            let help = suggest::help(id, ids.iter().copied(), || match ids.as_slice() {
                [] => "declare it under `classes`".into(),
                ids => format!("name one of {}", suggest::listed(ids.iter().copied())),
            });
            self.error("policy.class.unknown", &spot.at, format!("unknown class `{id}`"), help);
        }
        place
    }

    fn scorecard(&mut self, spot: &Spot<'_>, key: &str) -> Option<Scorecard> {
        let fields = self.object(spot, &["base", "attributes"])?;
        let base = fields.get("base").and_then(|spot| self.small(&spot, -POINTS_MAX, POINTS_MAX)).unwrap_or(0);
        let entries =
            self.required(&fields, "attributes", "write a list, be it empty").and_then(|spot| self.list(&spot, ATTRIBUTES_MAX))?;
        let mut attributes: Vec<Attribute> = Vec::new();
        for entry in &entries {
            let Some(attribute) = self.attribute(entry, key) else { continue };
            if attributes.iter().any(|earlier| earlier.fact == attribute.fact) {
                let message = format!("`{}` is scored twice", self.policy.name_of(attribute.fact));
                self.problem("policy.scorecard.duplicate_fact", &entry.at, message, "join the two attributes");
            }
            attributes.push(attribute);
        }
        self.label(String::new());
        Some(Scorecard { base, known: false, attributes })
    }

    fn attribute(&mut self, spot: &Spot<'_>, key: &str) -> Option<Attribute> {
        self.label(format!("scorecard `{key}`"));
        let fields = self.object(spot, &["fact", "bins", "categories", "other", "missing"])?;
        let fact =
            self.required(&fields, "fact", "name the fact that is scored").and_then(|spot| self.fact(&spot, Scope::BeforeClasses))?;
        let kind = self.policy.kind_of(fact).filter(|_| !self.untyped.contains(&fact))?;
        self.label(format!("scorecard `{key}`, `{}`", self.policy.name_of(fact)));
        if kind == FactKind::Texts {
            self.error("policy.scorecard.type", &fields.at_key("fact"), "a list of texts cannot be scored", "score another fact");
            return None;
        }
        let (wanted, unwanted) = if kind.is_ordered() { ("bins", "categories") } else { ("categories", "bins") };
        if fields.has(unwanted) {
            let message = format!("a fact of type {} is scored by `{wanted}`", kind.word());
            self.error("policy.scorecard.type", &fields.at_key(unwanted), message, format!("write `{wanted}` instead of `{unwanted}`"));
            return None;
        }
        let help = format!("a fact of type {} is scored by `{wanted}`", kind.word());
        let entries = self.required(&fields, wanted, &help)?;
        let missing = self.points(&fields, "missing");
        let points = if kind.is_ordered() {
            self.bins(&entries, fact, kind)?
        } else {
            let other = self.points(&fields, "other");
            self.categories(&entries, fact, kind, other)?
        };
        if kind.is_ordered() && fields.has("other") {
            self.error("policy.scorecard.type", &fields.at_key("other"), "bins leave nothing over", "remove `other`");
        }
        Some(Attribute { fact, missing, points })
    }

    /// Points at a key, 0 if it is not there
    fn points(&mut self, fields: &Fields<'_>, key: &str) -> i32 {
        fields.get(key).and_then(|spot| self.small(&spot, -POINTS_MAX, POINTS_MAX)).unwrap_or(0)
    }

    fn categories(&mut self, spot: &Spot<'_>, fact: FactIndex, kind: FactKind, other: i32) -> Option<Points> {
        let mut values: Vec<(i64, i32)> = Vec::new();
        for entry in self.list(spot, 256)? {
            let Some(fields) = self.object(&entry, &["values", "points"]) else { continue };
            let points =
                self.required(&fields, "points", "say how many points").and_then(|spot| self.small(&spot, -POINTS_MAX, POINTS_MAX));
            let literals = self.required(&fields, "values", "name the values").and_then(|spot| self.list(&spot, 1_024));
            for literal in literals.unwrap_or_default() {
                let Some(value) = self.literal(&literal, fact, kind) else { continue };
                if values.iter().any(|(earlier, _)| *earlier == value) {
                    let message = format!("{} has points already", shown(literal.value));
                    self.error("policy.categories.duplicate", &literal.at, message, "name each value in one category only");
                } else {
                    values.push((value, points.unwrap_or(0)));
                }
            }
        }
        values.sort_unstable();
        Some(Points::Categories { values, other })
    }

    pub(super) fn read_classes(&mut self, fields: &Fields<'_>) {
        let by_points = fields.has("scorecards");
        let Some(spot) = fields.get("classes") else {
            if by_points {
                self.error("policy.key.missing", fields.at(), "`classes` is missing", "scorecards need classes to sort the points into");
            }
            // The engine wants a class; one without a name is told to nobody.
            self.policy.classes.push(nameless());
            return;
        };
        let Some(entries) = self.list(&spot, CLASSES_MAX) else { return };
        if entries.is_empty() {
            self.error("policy.list.empty", &spot.at, "there is no class", "write a class, or leave `classes` out");
        }
        let mut taken = Vec::new();
        let mut assumed = false;
        for (place, entry) in entries.iter().enumerate() {
            let is_last = place.saturating_add(1) == entries.len();
            let class = self.class(entry, &mut taken, by_points, is_last).unwrap_or_else(|| Class {
                entry: ClassEntry::When(self.broken_condition()),
                own_data: true,
                ..nameless()
            });
            assumed |= !class.own_data;
            self.policy.classes.push(class);
            self.label(String::new());
        }
        if assumed {
            let message = "probabilities of default are assumed, not measured";
            let help = "replace them by figures of your own once there are some, and write `\"basis\": \"own_data\"`";
            self.warning("policy.probability.assumed", &spot.at, message, help);
        }
    }

    fn class(&mut self, spot: &Spot<'_>, taken: &mut Vec<String>, by_points: bool, is_last: bool) -> Option<Class> {
        let fields = self.object(spot, &["id", "from_points", "when", "default_probability_ppm", "basis"])?;
        let id = self.class_id(&fields, taken, "class");
        let (key, other) = if by_points { ("from_points", "when") } else { ("when", "from_points") };
        if fields.has(other) {
            let why = if by_points { "with scorecards classes go by points" } else { "without scorecards classes go by conditions" };
            self.error(
                "policy.class.entry",
                &fields.at_key(other),
                format!("`{other}` has no meaning here"),
                format!("write `{key}`: {why}"),
            );
        }
        self.entry_condition(&fields, key, is_last);
        let entry = if is_last {
            ClassEntry::Rest
        } else if by_points {
            let from = fields.get(key).and_then(|spot| self.small(&spot, -64 * POINTS_MAX, 64 * POINTS_MAX));
            from.map_or_else(|| ClassEntry::When(self.broken_condition()), ClassEntry::Points)
        } else {
            ClassEntry::When(self.when(&fields, Scope::BeforeClasses))
        };
        let help = "say how likely a default is, in parts per million: 4000 is 0.4 %";
        let probability = self.required(&fields, "default_probability_ppm", help).and_then(|spot| self.probability(&spot));
        let basis = fields.get("basis").and_then(|spot| self.word(&spot, "basis", &["assumed", "own_data"]));
        Some(Class { id, entry, default_probability_ppm: probability.unwrap_or(0), own_data: basis == Some(1) })
    }

    /// A probability in parts per million, which many will write as a percentage at first
    fn probability(&mut self, spot: &Spot<'_>) -> Option<u32> {
        let found = spot.value.as_u64().and_then(|ppm| u32::try_from(ppm).ok()).filter(|ppm| *ppm <= Rate::WHOLE_PPM);
        if found.is_none() {
            let text = spot.str().map_or_else(|| spot.value.to_string(), str::to_owned);
            let share = repair::percentage(&text).or_else(|| spot.value.is_f64().then_some(text));
            let help = match share.and_then(|share| Rate::parse(&share)) {
                Some(rate) => format!("write parts per million: `{}`", rate.ppm()),
                None => "write parts per million, from 0 to 1000000: 4000 is 0.4 %".into(),
            };
            self.error(
                "policy.probability.malformed",
                &spot.at,
                format!("{} is not a number of parts per million", shown(spot.value)),
                help,
            );
        }
        found
    }
}

fn nameless() -> Class {
    Class { id: String::new(), entry: ClassEntry::Rest, default_probability_ppm: 0, own_data: false }
}
