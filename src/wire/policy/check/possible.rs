//! Whether conditions can hold together: a search over ranges of values, fact by fact.
//!
//! A class stands for how one gets into it: where conditions ask for one, the search goes on with what leads there.
//!
//! **Invariant:** "cannot" is a proof. Where the search gives up, where facts depend on each other in ways it does not know, or
//! where something could not be read, the answer is "can": nobody is accused wrongly.

use super::classes;
use super::values::Values;
use std::cell::Cell;
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, FactKind, known};
use tresen_core::money::MINOR_MAX;
use tresen_core::policy::{Condition, Node, Policy, Truth};

/// Steps after which one search gives up
const STEPS_MAX: u32 = 20_000;
/// Steps of all searches in one policy, after which there are no more: nobody waits longer for a larger policy
const STEPS_IN_ALL: u32 = 1_000_000;

/// What a condition is to say; it can also be unknown, so "not true" is more than "false"
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    True,
    False,
    NotTrue,
    NotFalse,
}

impl Says {
    /// What the opposite of a condition says that says this
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NotTrue => Self::NotFalse,
            Self::NotFalse => Self::NotTrue,
        }
    }

    /// Everything but this
    pub(super) fn otherwise(self) -> Self {
        match self {
            Self::True => Self::NotTrue,
            Self::False => Self::NotFalse,
            Self::NotTrue => Self::True,
            Self::NotFalse => Self::False,
        }
    }
}

/// Something that is to be so
#[derive(Debug, Clone)]
pub(super) struct Goal(Want);

#[derive(Debug, Clone)]
enum Want {
    Node(u16, Says),
    Within(Key, Values),
    Nothing,
    Never,
    Either(Vec<Vec<Goal>>),
}

/// A fact, or whether a list holds a text
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    fact: FactIndex,
    text: Option<u32>,
}

impl Key {
    fn of(fact: FactIndex) -> Self {
        Self { fact, text: None }
    }
}

impl Goal {
    /// The condition holds
    pub(super) fn holds(condition: Condition) -> Self {
        Self(condition.0.map_or(Want::Nothing, |place| Want::Node(place, Says::True)))
    }

    /// The condition does not hold: it is false or unknown
    pub(super) fn fails(condition: Condition) -> Self {
        Self(condition.0.map_or(Want::Never, |place| Want::Node(place, Says::NotTrue)))
    }

    /// The node at a place says something
    pub(super) fn node(place: u16, says: Says) -> Self {
        Self(Want::Node(place, says))
    }

    /// The fact is one of these values, or is not there if that is among them
    pub(super) fn within(fact: FactIndex, values: Values) -> Self {
        Self(Want::Within(Key::of(fact), values))
    }

    /// The fact is there and between two values
    pub(super) fn between(fact: FactIndex, least: i64, most: i64) -> Self {
        Self(Want::Within(Key::of(fact), Values::present(least, most)))
    }

    /// All goals of one of the groups
    pub(super) fn either(groups: Vec<Vec<Self>>) -> Self {
        Self(Want::Either(groups))
    }
}

/// What the search knows about the policy
#[derive(Debug)]
pub(super) struct World<'a> {
    policy: &'a Policy,
    /// The fewest and the most points of the scorecards, if they could be read
    points: Option<(i64, i64)>,
    /// Whether all of the policy could be read, so that what leads into a class is known
    whole: bool,
    /// Steps of the present search
    steps: Cell<u32>,
    /// Steps of all searches so far
    in_all: Cell<u32>,
}

impl<'a> World<'a> {
    pub(super) fn new(policy: &'a Policy, points: Option<(i64, i64)>, whole: bool) -> Self {
        Self { policy, points, whole, steps: Cell::new(0), in_all: Cell::new(0) }
    }

    /// Whether some facts meet all goals
    pub(super) fn can(&self, goals: Vec<Goal>) -> bool {
        self.steps.set(0);
        self.search(goals, Vec::new(), Vec::new(), Entered::default())
    }

    /// Whether it will prove nothing more, having searched as long as it may
    pub(super) fn is_exhausted(&self) -> bool {
        self.in_all.get() > STEPS_IN_ALL
    }

    fn search(&self, mut goals: Vec<Goal>, mut choices: Vec<Vec<Vec<Goal>>>, mut known: Vec<(Key, Values)>, mut entered: Entered) -> bool {
        // What is carried along has been copied for this branch.
        self.step(choices.len().saturating_add(known.len()));
        while let Some(goal) = goals.pop() {
            self.step(1);
            if self.steps.get() > STEPS_MAX || self.is_exhausted() {
                return true;
            }
            match goal.0 {
                Want::Nothing => {}
                Want::Never => return false,
                Want::Within(key, values) => {
                    if !self.narrow(&mut known, key, &values) {
                        return false;
                    }
                }
                // What branches waits until what does not has narrowed the values.
                Want::Either(groups) => choices.push(groups),
                Want::Node(place, says) => match self.node(place, says) {
                    Step::Goals(more) => goals.extend(more),
                    Step::Choice(groups) => choices.push(groups),
                },
            }
        }
        let Some(groups) = choices.pop().or_else(|| self.enter(&known, &mut entered)) else { return true };
        groups.into_iter().any(|group| self.search(group, choices.clone(), known.clone(), entered))
    }

    /// What leads into the classes that are still possible, for a fact that names a class and was narrowed
    fn enter(&self, known: &[(Key, Values)], entered: &mut Entered) -> Option<Vec<Vec<Goal>>> {
        let of = |fact: FactIndex| known.iter().find(|(key, _)| *key == Key::of(fact)).map(|(_, values)| values).filter(|_| self.whole);
        // Without value classes the fact is missing, and nothing leads there.
        if let Some(values) = of(known::VALUE_CLASS).filter(|_| !entered.value_class && !self.policy.value_classes.is_empty()) {
            entered.value_class = true;
            return Some(classes::into_value_classes(self.policy, values));
        }
        if let Some(values) = of(known::RISK_CLASS).filter(|_| !entered.risk_class) {
            entered.risk_class = true;
            return Some(classes::into_risk_classes(self.policy, values));
        }
        None
    }

    fn step(&self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.steps.set(self.steps.get().saturating_add(count));
        self.in_all.set(self.in_all.get().saturating_add(count));
    }

    fn narrow(&self, known: &mut Vec<(Key, Values)>, key: Key, values: &Values) -> bool {
        let place = known.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
            known.push((key, self.domain(key)));
            known.len().saturating_sub(1)
        });
        known.get_mut(place).is_none_or(|(_, present)| {
            *present = present.and(values);
            !present.is_empty()
        })
    }

    /// Everything that a fact can be
    fn domain(&self, key: Key) -> Values {
        let Key { fact, text } = key;
        if text.is_some() {
            return Values::present(0, 1).or_missing();
        }
        let last = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).saturating_sub(1);
        match fact {
            // Sums of two amounts, each of which may be the largest there is.
            known::ACCOUNT_EXPOSURE_AFTER | known::HISTORY_AMOUNT_7_DAYS_AFTER => {
                return Values::present(0, MINOR_MAX.saturating_mul(2)).or_missing();
            }
            known::RISK_CLASS => return Values::present(0, last(self.policy.classes.len())),
            known::VALUE_CLASS if self.policy.value_classes.is_empty() => return Values::missing(),
            known::VALUE_CLASS => return Values::present(0, last(self.policy.value_classes.len())),
            known::RISK_POINTS if self.policy.scorecards.is_none() => return Values::missing(),
            known::RISK_POINTS => {
                let (least, most) = self.points.or_else(|| fact.range()).unwrap_or((i64::MIN, i64::MAX));
                return Values::present(least, most).or_missing();
            }
            _ => {}
        }
        let (least, most) = match self.policy.kind_of(fact) {
            Some(FactKind::Boolean) => (0, 1),
            Some(FactKind::Integer | FactKind::Amount) => fact.range().unwrap_or((0, MINOR_MAX)),
            Some(FactKind::Date) => (Date::MIN.days().into(), Date::MAX.days().into()),
            Some(FactKind::Choice) => (0, last(fact.choices().len())),
            Some(FactKind::Country | FactKind::Text | FactKind::Texts) | None => (0, i64::MAX),
        };
        Values::present(least, most).or_missing()
    }

    fn node(&self, place: u16, says: Says) -> Step {
        let next = place.saturating_add(1);
        match self.policy.conditions.nodes().get(usize::from(place)) {
            None => Step::Goals(Vec::new()),
            Some(Node::All { end }) => self.group(next, *end, says, matches!(says, Says::True | Says::NotFalse)),
            Some(Node::Any { end }) => self.group(next, *end, says, matches!(says, Says::False | Says::NotTrue)),
            Some(Node::Not) => Step::Goals(vec![Goal::node(next, says.opposite())]),
            Some(leaf) => Step::Goals(leaf_goals(leaf, says)),
        }
    }

    /// All parts say it, or one of them does
    fn group(&self, first: u16, end: u16, says: Says, every: bool) -> Step {
        let mut parts = Vec::new();
        let mut place = first;
        while place < end {
            parts.push(Goal::node(place, says));
            place = self.policy.conditions.after(place);
        }
        if every { Step::Goals(parts) } else { Step::Choice(parts.into_iter().map(|part| vec![part]).collect()) }
    }
}

/// The facts of which it has been searched already what leads into their classes
#[derive(Debug, Clone, Copy, Default)]
struct Entered {
    value_class: bool,
    risk_class: bool,
}

enum Step {
    Goals(Vec<Goal>),
    Choice(Vec<Vec<Goal>>),
}

fn leaf_goals(leaf: &Node, says: Says) -> Vec<Goal> {
    let within = |key: Key, holding: Values, negated: bool| {
        let wants_holding = matches!(says, Says::True | Says::NotFalse) != negated;
        let values = if wants_holding { holding } else { holding.others() };
        let values = if matches!(says, Says::NotTrue | Says::NotFalse) { values.or_missing() } else { values };
        Goal(Want::Within(key, values))
    };
    let is_sure = matches!(says, Says::True | Says::False);
    match leaf {
        // Stands for what could not be read: it may say anything.
        Node::Constant(Truth::Unknown) => Vec::new(),
        Node::Constant(truth) => {
            let fits = (*truth == Truth::True) == matches!(says, Says::True | Says::NotFalse);
            vec![Goal(if fits { Want::Nothing } else { Want::Never })]
        }
        Node::Compare { fact, relation, value } => vec![within(Key::of(*fact), Values::related(*relation, *value), false)],
        Node::OneOf { fact, negated, values } => vec![within(Key::of(*fact), Values::one_of(values), *negated)],
        Node::Contains { fact, negated, text } => {
            let mut goals = vec![within(Key { fact: *fact, text: Some(*text) }, Values::present(1, 1), *negated)];
            if is_sure {
                goals.push(Goal::between(*fact, i64::MIN, i64::MAX));
            }
            goals
        }
        Node::CompareFacts { left, right, .. } if is_sure => [left, right].map(|fact| Goal::between(*fact, i64::MIN, i64::MAX)).into(),
        Node::CompareFacts { .. } => Vec::new(),
        Node::Present { fact, negated } => {
            let wants_present = matches!(says, Says::True | Says::NotFalse) != *negated;
            let values = if wants_present { Values::present(i64::MIN, i64::MAX) } else { Values::missing() };
            vec![Goal(Want::Within(Key::of(*fact), values))]
        }
        Node::All { .. } | Node::Any { .. } | Node::Not => Vec::new(),
    }
}
