//! Bins as JSON: a row of ranges without gaps, each with its points.

use super::reader::{Reader, Spot, shown};
use tresen_core::facts::{FactIndex, FactKind};
use tresen_core::policy::{POINTS_MAX, Points};

const KEYS: [&str; 3] = ["from", "below", "points"];

/// One bin as written
struct Bin<'a> {
    from: Option<(i64, Spot<'a>)>,
    below: Option<(i64, Spot<'a>)>,
    points: i32,
    at: String,
}

impl Reader {
    pub(super) fn bins(&mut self, spot: &Spot<'_>, fact: FactIndex, kind: FactKind) -> Option<Points> {
        let entries = self.list(spot, 256)?;
        let read: Vec<Option<Bin<'_>>> = entries.iter().map(|entry| self.bin(entry, fact, kind)).collect();
        let bins = read.into_iter().collect::<Option<Vec<Bin<'_>>>>()?;
        let Some((first, others)) = bins.split_first() else {
            self.error("policy.list.empty", &spot.at, "there is no bin", "write one bin without `from` and `below` for all values");
            return None;
        };
        let before = self.diagnostics.len();
        if bins.len() > 1 && first.below.is_none() && bins.last().is_some_and(|last| last.from.is_none()) {
            self.error("policy.bins.order", &spot.at, "the bins run from high to low", "write bins in rising order");
            return None;
        }
        if let Some((_, from)) = &first.from {
            let message = format!("values below {} are in no bin", shown(from.value));
            self.error("policy.bins.gap", &from.at, message, "leave `from` out of the first bin");
        }
        for (one, next) in bins.iter().zip(others) {
            self.neighbours(one, next);
        }
        if let Some((_, below)) = bins.last().and_then(|last| last.below.as_ref()) {
            let message = format!("values from {} on are in no bin", shown(below.value));
            self.error("policy.bins.gap", &below.at, message, "leave `below` out of the last bin");
        }
        if self.diagnostics.len() > before {
            return None;
        }
        let edges = others.iter().filter_map(|bin| bin.from.as_ref().map(|(from, _)| (*from, bin.points))).collect();
        Some(Points::Bins { first: first.points, edges })
    }

    fn bin<'a>(&mut self, spot: &Spot<'a>, fact: FactIndex, kind: FactKind) -> Option<Bin<'a>> {
        let fields = self.object(spot, &KEYS)?;
        let points = self.required(&fields, "points", "say how many points").and_then(|spot| self.small(&spot, -POINTS_MAX, POINTS_MAX));
        // A misspelt edge is told once, and not as a gap too.
        let mut whole = !fields.has_strangers(&KEYS);
        let mut edge = |key: &str| {
            let spot = fields.get(key)?;
            let value = self.literal(&spot, fact, kind);
            whole &= value.is_some();
            value.map(|value| (value, spot))
        };
        let (from, below) = (edge("from"), edge("below"));
        if let (Some((from, spot)), Some((below, _))) = (&from, &below)
            && from >= below
        {
            self.error(
                "policy.bins.empty",
                &spot.at,
                "the bin is empty: `from` is not below `below`",
                "exchange the two, or remove the bin",
            );
            whole = false;
        }
        let points = points?;
        whole.then(|| Bin { from, below, points, at: spot.at.clone() })
    }

    fn neighbours(&mut self, one: &Bin<'_>, next: &Bin<'_>) {
        let (Some((below, end)), Some((from, start))) = (&one.below, &next.from) else {
            let (at, key) = if one.below.is_none() { (&one.at, "below") } else { (&next.at, "from") };
            let message = format!("only the {} bin may have no `{key}`", if key == "below" { "last" } else { "first" });
            self.error("policy.bins.open_end", at, message, format!("give the bin a `{key}`"));
            return;
        };
        let (end, begin) = (shown(end.value), shown(start.value));
        if from > below {
            let message = format!("values from {end} to below {begin} are in no bin");
            let help = if from.checked_sub(*below) == Some(1) {
                format!("write {begin} for the `below` of the bin before, which does not include its own value")
            } else {
                format!("write {end} here, where the bin before ends")
            };
            self.error("policy.bins.gap", &start.at, message, help);
        } else if from < below {
            let out_of_order = next.below.as_ref().is_some_and(|(next_below, _)| next_below <= below);
            if out_of_order {
                self.error(
                    "policy.bins.order",
                    &start.at,
                    format!("the bin begins at {begin}, below the one before it"),
                    "write bins in rising order",
                );
            } else {
                let message = format!("values from {begin} to below {end} are in two bins");
                self.error("policy.bins.overlap", &start.at, message, format!("write {end} here, where the bin before ends"));
            }
        }
    }
}
