//! Sets of values that a fact can have, "missing" among them.

use tresen_core::policy::Relation;

/// Values in rising ranges that do not touch, and perhaps none at all
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Values {
    missing: bool,
    ranges: Vec<(i64, i64)>,
}

impl Values {
    /// The fact is there, between two values
    pub(super) fn present(least: i64, most: i64) -> Self {
        Self { missing: false, ranges: if least <= most { vec![(least, most)] } else { Vec::new() } }
    }

    /// The fact is not there
    pub(super) fn missing() -> Self {
        Self { missing: true, ranges: Vec::new() }
    }

    /// These, or not there
    pub(super) fn or_missing(self) -> Self {
        Self { missing: true, ..self }
    }

    /// What stands in a relation to a value
    pub(super) fn related(relation: Relation, value: i64) -> Self {
        let before = value.checked_sub(1);
        let after = value.checked_add(1);
        let up_to = |most: Option<i64>| most.map(|most| (i64::MIN, most));
        let from = |least: Option<i64>| least.map(|least| (least, i64::MAX));
        let (one, other) = match relation {
            Relation::Equal => (Some((value, value)), None),
            Relation::NotEqual => (up_to(before), from(after)),
            Relation::Less => (up_to(before), None),
            Relation::LessOrEqual => (up_to(Some(value)), None),
            Relation::Greater => (from(after), None),
            Relation::GreaterOrEqual => (from(Some(value)), None),
        };
        Self { missing: false, ranges: one.into_iter().chain(other).collect() }
    }

    /// One of some rising values
    pub(super) fn one_of(values: &[i64]) -> Self {
        Self { missing: false, ranges: values.iter().map(|value| (*value, *value)).collect() }
    }

    /// Every other value; the fact is there
    pub(super) fn others(&self) -> Self {
        let mut ranges = Vec::new();
        let mut least = Some(i64::MIN);
        for (from, to) in &self.ranges {
            if let (Some(least), Some(before)) = (least, from.checked_sub(1))
                && least <= before
            {
                ranges.push((least, before));
            }
            least = to.checked_add(1);
        }
        ranges.extend(least.map(|least| (least, i64::MAX)));
        Self { missing: false, ranges }
    }

    /// What is in both
    pub(super) fn and(&self, other: &Self) -> Self {
        let pairs = self.ranges.iter().flat_map(|one| other.ranges.iter().map(move |two| (one.0.max(two.0), one.1.min(two.1))));
        Self { missing: self.missing && other.missing, ranges: pairs.filter(|(least, most)| least <= most).collect() }
    }

    /// Whether a value is one of them
    pub(super) fn has(&self, value: i64) -> bool {
        self.ranges.iter().any(|(least, most)| (least..=most).contains(&&value))
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.missing && self.ranges.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Relation; 6] =
        [Relation::Equal, Relation::NotEqual, Relation::Less, Relation::LessOrEqual, Relation::Greater, Relation::GreaterOrEqual];

    #[test]
    fn a_set_and_its_others_share_nothing_and_leave_nothing() {
        for relation in ALL {
            for value in [i64::MIN, -1, 0, 7, i64::MAX] {
                let set = Values::related(relation, value);
                assert!(set.and(&set.others()).is_empty());
                for probe in [i64::MIN, -2, -1, 0, 1, 6, 7, 8, i64::MAX] {
                    let point = Values::present(probe, probe);
                    assert_eq!(!set.and(&point).is_empty(), relation.holds(probe, value), "{probe} {relation:?} {value}");
                    assert_ne!(set.and(&point).is_empty(), set.others().and(&point).is_empty());
                }
            }
        }
        assert!(Values::one_of(&[]).is_empty() && !Values::one_of(&[]).or_missing().is_empty());
    }
}
