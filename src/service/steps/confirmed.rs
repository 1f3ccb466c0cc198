//! What counts as confirmed for a session, and the facts that follow from it.
//!
//! **Invariant:** a step counts only if the service recorded it, for this very person, and as long as it says.

use super::check::Check;
use crate::app::Work;
use crate::error::ApiError;
use crate::sessions::Session;
use serde_json::{Value, json};
use tresen_core::steps::{Step, Steps};
use tresen_wire::http::Facts;

/// The fact of the birth date
pub const BIRTH_DATE: &str = "customer.birth_date";
/// The fact that lists what is confirmed
pub const CONFIRMED: &str = "customer.confirmed";

/// What the person of a session has confirmed
#[derive(Debug, Default)]
pub struct Confirmed {
    steps: Steps,
    birth_date: Option<String>,
}

impl Session {
    /// What the person has confirmed
    pub fn confirmed(&self, work: &Work<'_>) -> Result<Confirmed, ApiError> {
        let mut confirmed = Confirmed::default();
        for check in Check::counting(work, self)? {
            // A mail that went to another address than the one that is now with the shop says nothing about this one.
            let counts =
                check.step != Step::Email || self.email(work)?.is_none_or(|email| is_same(Some(&email), check.details.email.as_deref()));
            if counts {
                confirmed.steps = confirmed.steps.with(check.step);
            }
            if check.step == Step::BirthDate {
                confirmed.birth_date = check.details.birth_date;
            }
        }
        Ok(confirmed)
    }

    /// Where mails to the person go: a customer's address as the shop said it, or what it said of this guest
    pub fn email(&self, work: &Work<'_>) -> Result<Option<String>, ApiError> {
        if self.signed_in { work.email_of(&self.customer, &self.key) } else { Ok(self.details.guest_email.clone()) }
    }
}

/// Whether two addresses lead to one mailbox
pub fn is_same(one: Option<&str>, other: Option<&str>) -> bool {
    let plain = |email: &str| email.trim().to_lowercase();
    one.map(plain) == other.map(plain)
}

impl Confirmed {
    /// The steps that count where the shop says that birth date of the person, or none
    pub fn steps(&self, stated: Option<&Value>) -> Steps {
        if self.contradicts(stated) { self.steps.without([Step::BirthDate].into_iter().collect()) } else { self.steps }
    }

    /// Whether the shop says another birth date than the one that was confirmed
    pub fn contradicts(&self, stated: Option<&Value>) -> bool {
        match (stated, &self.birth_date) {
            (Some(stated), Some(confirmed)) => stated != confirmed,
            (Some(_) | None, _) => false,
        }
    }

    /// Adds to the facts what follows; a birth date that the shop has said stays
    pub fn add_to(&self, facts: &mut Facts) {
        let stated = facts.get(BIRTH_DATE).cloned();
        // Sorted, so that the same things give the same bytes in whatever order they were confirmed.
        let mut keys: Vec<&str> = self.steps(stated.as_ref()).iter().map(Step::code).collect();
        keys.sort_unstable();
        facts.insert(CONFIRMED.to_owned(), json!(keys));
        if let (None, Some(confirmed)) = (stated, &self.birth_date) {
            facts.insert(BIRTH_DATE.to_owned(), json!(confirmed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_counts_only_while_the_shop_says_no_other() {
        let confirmed = Confirmed {
            steps: [Step::Phone, Step::BirthDate, Step::Email].into_iter().collect(),
            birth_date: Some("1985-03-27".to_owned()),
        };
        let facts = |stated: Option<&str>| {
            let mut facts = Facts::new();
            facts.extend(stated.map(|date| (BIRTH_DATE.to_owned(), json!(date))));
            confirmed.add_to(&mut facts);
            Value::Object(facts)
        };
        assert_eq!(facts(None), json!({"customer.birth_date": "1985-03-27", "customer.confirmed": ["birth_date", "email", "phone"]}));
        assert_eq!(facts(Some("1985-03-27")), facts(None));
        assert_eq!(facts(Some("1985-03-28")), json!({"customer.birth_date": "1985-03-28", "customer.confirmed": ["email", "phone"]}));
    }
}
