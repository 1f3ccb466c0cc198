//! Whom a policy asks about a customer, and what holds where no answer comes in time.

use super::reader::{Fields, Reader};
use tresen_core::facts::{FactIndex, known};
use tresen_core::policy::{Condition, Effect, Node, RULES_MAX, Relation, Rule, Scorecard};

/// How a credit bureau is asked
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bureau {
    /// The adapter, by the name under which the service has it
    pub adapter: String,
    /// The name of the bureau as shoppers know it
    pub name: String,
    /// How long to wait for an answer, in milliseconds
    pub timeout_ms: u32,
    /// How many days an answer counts
    pub valid_days: u16,
    /// Why the law allows asking, as it is kept with every answer
    pub legal_basis: String,
}

/// The rule for the customer about whom no answer came in time
const FALLBACK_RULE: &str = "bureau_fallback";

/// A bureau as it is read: the class of those about whom no answer came comes after the rules
pub(super) struct Read {
    pub(super) bureau: Option<Bureau>,
    class: Option<u8>,
}

/// The facts that an answer gives
const FACTS: [FactIndex; 3] = [known::BUREAU_OUTCOME, known::BUREAU_SCORE, known::BUREAU_NEGATIVE];

impl Reader {
    pub(super) fn read_bureau(&mut self, fields: &Fields<'_>) -> Read {
        let nobody = Read { bureau: None, class: None };
        let Some(spot) = fields.get("bureau") else { return nobody };
        let keys = ["adapter", "name", "timeout_ms", "valid_days", "legal_basis", "fallback_class"];
        let Some(fields) = self.object(&spot, &keys) else { return nobody };
        let text = |reader: &mut Self, key: &str, help: &str| {
            reader.required(&fields, key, help).and_then(|spot| reader.text(&spot).map(str::to_owned))
        };
        let adapter = text(self, "adapter", "name the adapter as the service has it, such as `sandbox`");
        let name = text(self, "name", "write the bureau's name, which shoppers are told");
        let legal_basis = text(self, "legal_basis", "write why the law allows asking, such as `GDPR Art. 6(1)(f)`");
        let number = |reader: &mut Self, key: &str, help: &str, least: i64, most: i64| {
            reader.required(&fields, key, help).and_then(|spot| reader.integer(&spot, least, most))
        };
        let timeout = number(self, "timeout_ms", "say how many milliseconds to wait, such as 800", 50, 5_000);
        let valid = number(self, "valid_days", "say how many days an answer counts, such as 30", 1, 365);
        let help = "name the class of a customer about whom no answer comes in time";
        let class = self.required(&fields, "fallback_class", help).and_then(|spot| self.class_place(&spot));
        let bureau =
            adapter.zip(name).zip(legal_basis).zip(timeout.zip(valid)).and_then(|(((adapter, name), legal_basis), (timeout, valid))| {
                Some(Bureau {
                    adapter,
                    name,
                    timeout_ms: u32::try_from(timeout).ok()?,
                    valid_days: u16::try_from(valid).ok()?,
                    legal_basis,
                })
            });
        Read { bureau, class }
    }

    /// Tells what is wrong with a bureau, and adds the rule for those about whom no answer came
    pub(super) fn finish_bureau(&mut self, read: &Read) {
        let Some(class) = read.class.filter(|_| read.bureau.is_some()) else { return };
        if !self.asks_for_an_answer() {
            let message = "no condition and no scorecard looks at an answer, so asking changes nothing";
            let help = "use `bureau.score`, `bureau.negative` or `bureau.outcome`, or remove `bureau`: whoever is asked about leaves a trace there";
            self.warning("policy.bureau.unused", "/bureau", message, help);
        }
        if self.policy.rules.len() >= RULES_MAX {
            let message = format!("with the rule for missing answers there are more than {RULES_MAX} rules");
            return self.error("policy.bureau.rules", "/rules", message, "remove a rule, or join two into one");
        }
        if let Some(place) = self.policy.rules.iter().position(|rule| rule.id == FALLBACK_RULE) {
            let message = format!("`{FALLBACK_RULE}` is the name of the rule that `bureau` brings along");
            return self.error("policy.bureau.rule_taken", &format!("/rules/{place}/id"), message, "give the rule another name");
        }
        let place = known::BUREAU_OUTCOME.choices().iter().zip(0_i64..).find(|(choice, _)| **choice == "unavailable");
        let value = place.map_or(0, |(_, place)| place);
        let node = Node::Compare { fact: known::BUREAU_OUTCOME, relation: Relation::Equal, value };
        let when = Condition(Some(self.policy.conditions.push(node)));
        self.policy.rules.push(Rule { id: FALLBACK_RULE.to_owned(), when, effect: Effect::ClassAtBest(class), private: false });
    }

    fn asks_for_an_answer(&self) -> bool {
        let policy = &self.policy;
        let cards = policy.scorecards.iter().flat_map(|cards| [&cards.new, &cards.returning]);
        let scored = |card: &Scorecard| card.attributes.iter().any(|attribute| FACTS.contains(&attribute.fact));
        let read = |node: &Node| node.facts().into_iter().flatten().any(|fact| FACTS.contains(&fact));
        policy.conditions.nodes().iter().any(read) || cards.into_iter().any(scored)
    }
}
