//! Value class, points and risk class with the server's facts folded in.

use super::conditions::{Folder, Seen};
use crate::facts::{FactIndex, FactKind, known};
use crate::policy::{Attribute, Class, ClassEntry, Condition, Effect, Points, Policy, Rule, Scorecard, Scorecards, Truth, ValueClass};
use crate::program::Attribute as AttributeRow;
use crate::program::layout::head;
use crate::qualify::first_class;
use alloc::string::String;
use alloc::vec::Vec;

/// The class before the rules, or what is left to find it
enum Base {
    Sure(u8),
    Open { classes: Vec<Class>, scorecards: Option<Scorecards> },
}

impl Folder<'_> {
    /// Folds value class, scorecards, classes and the rules that cap the class
    pub(super) fn fold_standing(&mut self, residual: &mut Policy) {
        residual.value_classes = self.fold_value_classes();
        let base = self.fold_base();
        let mut caps = Vec::new();
        let mut sure_cap = 0_u8;
        for rule in &self.policy.rules {
            if let Effect::ClassAtBest(class) = rule.effect
                && let Some(when) = self.kept(rule.when)
            {
                if when == Condition::ALWAYS {
                    sure_cap = sure_cap.max(class);
                } else {
                    caps.push(Rule { id: String::new(), when, effect: rule.effect, private: false });
                }
            }
        }
        match base {
            Base::Sure(class) if caps.is_empty() => self.risk_class = Seen::Constant(Some(class.max(sure_cap).into())),
            Base::Sure(class) => {
                residual.classes = self.blank_classes(|place| if place == usize::from(class) { Truth::True } else { Truth::False });
                residual.rules = caps;
                self.push_sure_cap(residual, sure_cap);
            }
            Base::Open { classes, scorecards } => {
                residual.classes = classes;
                residual.scorecards = scorecards;
                residual.returning = if residual.scorecards.is_some() { self.never() } else { Condition::ALWAYS };
                residual.rules = caps;
                self.push_sure_cap(residual, sure_cap);
            }
        }
    }

    fn push_sure_cap(&self, residual: &mut Policy, class: u8) {
        if class > 0 {
            residual.rules.push(Rule { id: String::new(), when: Condition::ALWAYS, effect: Effect::ClassAtBest(class), private: false });
        }
    }

    fn fold_value_classes(&mut self) -> Vec<ValueClass> {
        let policy = self.policy;
        let mut kept = Vec::new();
        let mut open = false;
        for (class, place) in policy.value_classes.iter().zip(0_i64..) {
            match self.fold_condition(class.when) {
                Ok(when) => {
                    open = true;
                    kept.push(ValueClass { id: String::new(), when });
                }
                Err(Truth::True) if !open => {
                    self.value_class = Seen::Constant(Some(place));
                    return Vec::new();
                }
                Err(Truth::True) => {
                    kept.push(ValueClass { id: String::new(), when: Condition::ALWAYS });
                    break;
                }
                Err(Truth::False | Truth::Unknown) => {
                    let when = self.never();
                    kept.push(ValueClass { id: String::new(), when });
                }
            }
        }
        if !open {
            self.value_class = Seen::Constant(None);
            return Vec::new();
        }
        kept
    }

    fn never(&mut self) -> Condition {
        self.constant(Truth::False)
    }

    fn fold_base(&mut self) -> Base {
        let policy = self.policy;
        match &policy.scorecards {
            Some(scorecards) => {
                // INVARIANT: `returning` reads server facts only, so it is sure.
                let program = self.program;
                let returning = program.is_returning(self.truths);
                let (card, slot) =
                    if returning { (&scorecards.returning, head::CARD_RETURNING) } else { (&scorecards.new, head::CARD_NEW) };
                self.fold_scorecard(card, program.card(slot).2, scorecards.unknown_class)
            }
            None => {
                self.risk_points = Seen::Constant(None);
                self.fold_class_conditions()
            }
        }
    }

    fn fold_class_conditions(&mut self) -> Base {
        let policy = self.policy;
        let mut classes = Vec::new();
        let mut open = false;
        for (class, place) in policy.classes.iter().zip(0_u8..) {
            let folded = match class.entry {
                ClassEntry::When(when) => self.fold_condition(when),
                ClassEntry::Rest => Err(Truth::True),
                ClassEntry::Points(_) => Err(Truth::False),
            };
            let entry = match folded {
                Ok(when) => {
                    open = true;
                    ClassEntry::When(when)
                }
                Err(Truth::True) if !open => return Base::Sure(place),
                Err(Truth::True) if class.entry == ClassEntry::Rest => ClassEntry::Rest,
                Err(Truth::True) => ClassEntry::When(Condition::ALWAYS),
                Err(Truth::False | Truth::Unknown) => ClassEntry::When(self.never()),
            };
            classes.push(blank(entry));
        }
        Base::Open { classes, scorecards: None }
    }

    fn fold_scorecard(&mut self, scorecard: &Scorecard, rows: &[AttributeRow], unknown_class: u8) -> Base {
        let mut base = scorecard.base;
        let mut is_known = scorecard.known || scorecard.attributes.is_empty();
        let mut attributes = Vec::new();
        for (attribute, row) in scorecard.attributes.iter().zip(rows) {
            match self.see(attribute.fact) {
                Seen::Constant(value) => {
                    is_known |= value.is_some();
                    base = base.saturating_add(i32::try_from(self.program.points(row, value)).unwrap_or(0));
                }
                Seen::Client { fact, less } => attributes.push(self.fold_attribute(attribute, fact, less)),
            }
        }
        if attributes.is_empty() {
            let points = is_known.then_some(base);
            self.risk_points = Seen::Constant(points.map(i64::from));
            return Base::Sure(first_class(self.program, points, self.truths));
        }
        let lowest = attributes.iter().fold(0_i32, |sum, attribute| sum.saturating_add(extremes(attribute).0));
        let highest = attributes.iter().fold(0_i32, |sum, attribute| sum.saturating_add(extremes(attribute).1));
        self.risk_points = Seen::Client { fact: known::RISK_POINTS, less: base.into() };
        self.points_reach = Some((lowest.into(), highest.into()));
        let classes = self.policy.classes.iter().map(|class| {
            blank(match class.entry {
                // What can always or never be reached says no more than that.
                ClassEntry::Points(from) => ClassEntry::Points(from.saturating_sub(base).clamp(lowest, highest.saturating_add(1))),
                other @ (ClassEntry::When(_) | ClassEntry::Rest) => other,
            })
        });
        let classes = classes.collect();
        let new = Scorecard { base: 0, known: is_known, attributes };
        Base::Open { classes, scorecards: Some(Scorecards { new, returning: Scorecard::default(), unknown_class }) }
    }

    fn fold_attribute(&mut self, attribute: &Attribute, fact: FactIndex, less: i64) -> Attribute {
        let points = match &attribute.points {
            Points::Bins { first, edges } if less == 0 => Points::Bins { first: *first, edges: edges.clone() },
            Points::Bins { first, edges } => {
                let (lowest, highest) = fact.range().unwrap_or((i64::MIN, i64::MAX));
                let shifted: Vec<(i64, i32)> = edges.iter().map(|(edge, points)| (edge.saturating_sub(less), *points)).collect();
                let first = shifted.iter().rev().find(|(edge, _)| *edge <= lowest).map_or(*first, |(_, points)| *points);
                Points::Bins { first, edges: shifted.into_iter().filter(|(edge, _)| *edge > lowest && *edge <= highest).collect() }
            }
            Points::Categories { values, other } if self.policy.kind_of(fact) == Some(FactKind::Text) => {
                let mut values: Vec<(i64, i32)> = values.iter().map(|(value, points)| (self.value(fact, *value), *points)).collect();
                values.sort_unstable();
                Points::Categories { values, other: *other }
            }
            Points::Categories { values, other } => Points::Categories { values: values.clone(), other: *other },
        };
        Attribute { fact, missing: attribute.missing, points }
    }

    fn blank_classes(&mut self, truth: impl Fn(usize) -> Truth) -> Vec<Class> {
        let count = self.policy.classes.len();
        (0..count)
            .map(|place| {
                blank(if place.saturating_add(1) == count { ClassEntry::Rest } else { ClassEntry::When(self.constant(truth(place))) })
            })
            .collect()
    }
}

fn blank(entry: ClassEntry) -> Class {
    Class { id: String::new(), entry, default_probability_ppm: 0, own_data: false }
}

/// The fewest and the most points that an attribute can give
fn extremes(attribute: &Attribute) -> (i32, i32) {
    let (single, pairs) = match &attribute.points {
        Points::Bins { first, edges } => (*first, edges),
        Points::Categories { values, other } => (*other, values),
    };
    let all = pairs.iter().map(|pair| pair.1).chain([single, attribute.missing]);
    all.fold((single, single), |(lowest, highest), points| (lowest.min(points), highest.max(points)))
}
