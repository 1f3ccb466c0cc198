//! How the service is told of each thing, and what of that the world keeps in mind.

use crate::common::books::{Broken, holds};
use crate::common::shop::{Order, eur};
use crate::live::{Answered, Claim, Payment, World};
use crate::step::{By, Fact, Setting};
use rusqlite::OptionalExtension as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tresen_core::ladder::Channel;

/// The policy of the tests, by which also those who are late may buy
pub fn policy(setting: Setting) -> String {
    let mut policy: Value = serde_json::from_str(&crate::common::collection::POLICY).unwrap();
    policy["rules"] = json!([]);
    policy["exposure"] = json!({"limits": [{"maximum": "2000.00 EUR"}]});
    if setting.costly {
        policy["collection"] = costly();
    }
    policy.to_string()
}

/// Letters are paid for, default interest runs, and segments change ways, days, tone and the time of day
fn costly() -> Value {
    json!({
        "note_days": 2, "tolerance": "0.50 EUR", "micro_claim": "5.00 EUR", "default_interest": true, "lump_sum": true,
        "levels": [
            {"after_days": 1, "term_days": 7, "tone": "neutral", "channels": ["email", "text_message"]},
            {"after_days": 1, "term_days": 7, "tone": "neutral", "channels": ["letter", "email"], "fee": "0.85 EUR"},
            {"after_days": 1, "term_days": 10, "tone": "firm", "channels": ["letter", "email"], "fee": "0.95 EUR"},
        ],
        "segments": [
            {"id": "broken_word", "when": {"fact": "case.promises_broken", "operator": "greaterThanInclusive", "value": 2}, "then": {"by_hand": true}},
            {"id": "unread", "when": {"all": [
                {"fact": "case.last_opened", "operator": "equal", "value": false},
                {"fact": "case.amount_overdue", "operator": "greaterThanInclusive", "value": "100.00 EUR"}]},
             "then": {"channels": ["letter", "text_message"]}},
            {"id": "small", "when": {"fact": "cart.total", "operator": "lessThan", "value": "10.00 EUR"}, "then": {"note_days": 0, "later_days": 5}},
            {"id": "regulars", "when": {"fact": "case.claims_paid", "operator": "greaterThanInclusive", "value": 1},
             "then": {"tone": "friendly", "persona": {"time_of_day": "evening"}}},
        ],
    })
}

/// Whether it could be told: nothing can be said of what is not there yet
type Told = Result<bool, Broken>;

impl World {
    /// Tells the service of a fact
    pub fn tells(&mut self, key: &str, fact: &Fact) -> Told {
        let answer = match fact {
            Fact::Buys { who, order, minor } => return self.buys(key, *who, order, *minor),
            Fact::Pays { number, by, minor, day } => return self.pays(key, *number, by, *minor, *day),
            Fact::Moves { who, email, phone, letter, unwanted } => return self.moves(key, *who, [*email, *phone, *letter], unwanted),
            Fact::Holds { who, claim, reason, days } => return self.is_held(key, *who, *claim, reason, *days),
            Fact::Releases { who } => return self.is_released(key, *who),
            Fact::News { who, back, news } => return self.news(key, *who, *back, news),
            Fact::Promises { who, days } => return self.promises(*who, *days),
            Fact::Looks { who } => return self.looks(*who),
            Fact::Works { left } => return self.works(key, *left),
            Fact::Erases { who } => return self.erases(key, *who),
            Fact::Refunds { number, minor } => return self.refunds(key, *number, *minor),
            Fact::Matches { number, who } => {
                let Some(id) = self.payment(*number) else { return Ok(false) };
                if self.customers[*who].claims.is_empty() {
                    return Ok(false);
                }
                (format!("/v1/payments/{id}/match"), json!({"customer": reference(*who)}))
            }
            Fact::Reverses { number } => match self.payment(*number) {
                Some(id) => (format!("/v1/payments/{id}/reverse"), json!({})),
                None => return Ok(false),
            },
            Fact::ChargesBack { number, news } => {
                let Some(id) = self.payment(*number) else { return Ok(false) };
                let until = (news == "opened").then(|| self.today().plus_days(10).to_iso());
                (format!("/v1/payments/{id}/chargeback"), json!({"state": news, "until": until}))
            }
            Fact::RefundEnds { number, settled } => {
                let Some(refund) = self.payments.get(number).and_then(|payment| payment.refunds.first()) else { return Ok(false) };
                (format!("/v1/refunds/{refund}/outcome"), json!({"outcome": if *settled { "settled" } else { "failed" }}))
            }
            Fact::Credits { who, claim, minor } => match self.claim(*who, *claim) {
                Some(claim) => (format!("/v1/receivables/{}/credit-notes", claim.id), json!({"amount": eur(*minor), "reason": "return"})),
                None => return Ok(false),
            },
            Fact::Withdraws { who, claim } => match self.claim(*who, *claim) {
                Some(claim) => (format!("/v1/receivables/{}/withdrawal", claim.id), json!({})),
                None => return Ok(false),
            },
            Fact::WritesOff { who, claim } => match self.claim(*who, *claim) {
                Some(claim) => (format!("/v1/receivables/{}/write-off", claim.id), json!({})),
                None => return Ok(false),
            },
            Fact::Waives { who, claim, costs } => match self.claim(*who, *claim) {
                Some(claim) => (format!("/v1/receivables/{}/waive", claim.id), json!({"what": if *costs { "costs" } else { "debt" }})),
                None => return Ok(false),
            },
        };
        let (path, body) = answer;
        self.asks(key, "POST", path, &body).map(|_| true)
    }

    fn claim(&self, who: usize, claim: usize) -> Option<&Claim> {
        self.customers[who].claims.get(claim)
    }

    fn payment(&self, number: u32) -> Option<&String> {
        self.payments.get(&number)?.id.as_ref()
    }

    fn is_there(&self, who: usize) -> bool {
        !self.customers[who].claims.is_empty() && !self.customers[who].erased
    }

    fn buys(&mut self, key: &str, who: usize, order: &str, minor: i64) -> Told {
        if self.customers[who].erased {
            return Ok(true);
        }
        let is_new = !self.answered.contains_key(key);
        let (mut path, mut body) = (String::new(), Value::Null);
        if is_new {
            let request = json!({"customer": {"reference": reference(who), "signed_in": true, "email": email(who, 0)}});
            path = format!("/v1/sessions/{}/confirm", self.service().client.session(&request));
            body = serde_json::from_str(&Order::new(order, "invoice", minor).body()).unwrap();
        }
        let answer = self.asks(key, "POST", path, &body)?;
        let json = answer.json();
        if !is_new || answer.status != 200 || json["outcome"] != "confirmed" {
            return Ok(true);
        }
        let part = |name: &str| json["receivable"][name].as_str().unwrap().to_owned();
        let claim = Claim { id: part("id"), reference: part("reference"), minor };
        let customer = &mut self.customers[who];
        customer.claims.push(claim);
        if customer.claims.len() == 1 {
            self.carrier.allows(who, [(Channel::Email, email(who, 0))].into());
        }
        Ok(true)
    }

    fn pays(&mut self, key: &str, number: u32, by: &By, minor: i64, day: i32) -> Told {
        if !self.payments.contains_key(&number) {
            let Some(whose) = self.whose(by) else { return Ok(false) };
            let mut told =
                json!({"provider": "bank", "reference": format!("b-{number}"), "amount": eur(minor), "value_date": self.day(day)});
            told.as_object_mut().unwrap().extend(whose.as_object().unwrap().clone());
            self.payments.insert(number, Payment { told, id: None, refunds: vec![] });
        }
        let payment = &self.payments[&number];
        let (known, mut told) = (payment.id.clone(), payment.told.clone());
        let differs = told["amount"] != eur(minor);
        if differs && known.is_none() {
            return Ok(true);
        }
        told["amount"] = eur(minor);
        let before = self.position();
        let is_new = !self.answered.contains_key(key);
        let answer = self.asks(key, "POST", "/v1/payments".to_owned(), &told)?;
        let Some(known) = known else {
            if answer.status == 201 {
                let id = answer.json()["id"].as_str().unwrap().to_owned();
                self.payments.get_mut(&number).unwrap().id = Some(id);
            }
            return Ok(true);
        };
        let said = || format!("{told}: {} {}", answer.status, answer.text());
        holds(self.position() == before, "a payment told twice did something", said)?;
        let right = if differs { answer.status == 409 } else { !is_new || (answer.status == 200 && answer.json()["id"] == known.as_str()) };
        holds(right, "a payment told twice is another", said)?;
        Ok(true)
    }

    /// What it says of whose it is; nothing while what it names is not there yet
    fn whose(&self, by: &By) -> Option<Value> {
        Some(match by {
            By::Reference { who, claim } => json!({"remittance": format!("Rechnung {} danke", self.claim(*who, *claim)?.reference)}),
            By::Customer { who } => json!({"customer": reference(*who)}),
            By::Claim { who, claim } => json!({"designated": [self.claim(*who, *claim)?.id]}),
            By::Wrong => json!({"remittance": "RF18539007547034"}),
            By::Nothing => json!({"remittance": "Danke"}),
            By::Both { who, other } => {
                let claim = self.claim(*other, 0)?;
                json!({"customer": reference(*who), "remittance": claim.reference})
            }
        })
    }

    fn refunds(&mut self, key: &str, number: u32, minor: i64) -> Told {
        let Some(id) = self.payment(number).cloned() else { return Ok(false) };
        let is_new = !self.answered.contains_key(key);
        let answer = self.asks(key, "POST", "/v1/refunds".to_owned(), &json!({"payment": id, "amount": eur(minor)}))?;
        if is_new && answer.status == 201 {
            let refund = answer.json()["refund"].as_str().unwrap().to_owned();
            self.payments.get_mut(&number).unwrap().refunds.push(refund);
        }
        Ok(true)
    }

    fn moves(&mut self, key: &str, who: usize, [mail, phone, letter]: [bool; 3], unwanted: &[String]) -> Told {
        if !self.is_there(who) {
            return Ok(self.customers[who].erased);
        }
        let is_new = !self.answered.contains_key(key);
        let version = self.customers[who].moves + 1;
        let street = format!("Musterstraße {}", 100 * who + usize::try_from(version).unwrap());
        let number = format!("+49151{who:02}{version:06}");
        let body = json!({
            "name": letter.then(|| json!({"given": "Alex", "family": "Beispiel"})),
            "address": if letter { vec![street.clone(), "12345 Musterstadt".to_owned()] } else { vec![] },
            "email": mail.then(|| email(who, version)),
            "phone": phone.then(|| number.clone()),
            "opted_out": unwanted,
        });
        let answer = self.asks(key, "PUT", format!("/v1/customers/{}/contact", reference(who)), &body)?;
        if !is_new || answer.status != 200 {
            return Ok(true);
        }
        self.customers[who].moves = version;
        let mut ways = BTreeMap::from([(Channel::Email, email(who, if mail { version } else { 0 }))]);
        if phone {
            ways.insert(Channel::TextMessage, number);
        }
        if letter {
            ways.insert(Channel::Letter, format!("Alex Beispiel, {street}, 12345 Musterstadt"));
        }
        ways.retain(|channel, _| unwanted.iter().all(|code| code != channel.code()));
        self.carrier.allows(who, ways);
        Ok(true)
    }

    fn is_held(&mut self, key: &str, who: usize, claim: Option<usize>, reason: &str, days: Option<i32>) -> Told {
        if !self.is_there(who) {
            return Ok(self.customers[who].erased);
        }
        let is_new = !self.answered.contains_key(key);
        let about = claim.and_then(|claim| self.claim(who, claim)).map(|claim| claim.id.clone());
        let until = days.map(|days| self.today().plus_days(days).to_iso());
        let body = json!({"reason": reason, "receivable": about, "until": until});
        let answer = self.asks(key, "POST", format!("/v1/customers/{}/holds", reference(who)), &body)?;
        if is_new && answer.status == 201 {
            let silent = claim.is_none() && matches!(reason, "deceased" | "insolvency");
            let hold = answer.json()["hold"].as_str().unwrap().to_owned();
            if days.is_none() {
                self.customers[who].holds.push((hold, silent));
            }
            self.is_silent(who);
        }
        Ok(true)
    }

    fn is_silent(&self, who: usize) {
        let customer = &self.customers[who];
        self.carrier.is_silent_to(who, customer.erased || customer.holds.iter().any(|(_, silent)| *silent));
    }

    fn is_released(&mut self, key: &str, who: usize) -> Told {
        if self.customers[who].holds.is_empty() || self.customers[who].erased {
            return Ok(self.answered.contains_key(key) || self.customers[who].erased);
        }
        let is_new = !self.answered.contains_key(key);
        let hold = self.customers[who].holds[0].0.clone();
        let answer = self.asks(key, "POST", format!("/v1/customers/{}/holds/{hold}/release", reference(who)), &json!({}))?;
        if is_new && answer.status == 200 {
            self.customers[who].holds.remove(0);
            self.is_silent(who);
        }
        Ok(true)
    }

    fn news(&mut self, key: &str, who: usize, back: usize, news: &str) -> Told {
        let Some(claim) = self.claim(who, 0).map(|claim| claim.id.clone()) else { return Ok(false) };
        let found: Option<(String, String)> = self
            .sql
            .query_row(
                "SELECT c.message_id, c.channel FROM contacts c JOIN receivables r ON r.customer_id = c.customer_id WHERE r.receivable_id = ?1 \
                 AND c.state IN ('sent', 'delivered', 'bounced', 'unknown') ORDER BY c.position DESC LIMIT 1 OFFSET ?2",
                rusqlite::params![claim, i64::try_from(back).unwrap()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .unwrap();
        let Some((id, channel)) = found else { return Ok(false) };
        let is_new = !self.answered.contains_key(key);
        let answer = self.asks(key, "POST", format!("/v1/messages/{id}/delivery"), &json!({"news": news}))?;
        if is_new && news == "bounced" && answer.status == 200 {
            holds(answer.json()["state"] == "bounced", "a bounce that nobody minds", || answer.text())?;
        }
        if is_new && news == "complained" && answer.status == 200 {
            let channel = Channel::ALL.into_iter().find(|one| one.code() == channel).unwrap();
            self.carrier.closes(who, channel);
        }
        Ok(true)
    }

    /// The token of a new pay link
    fn token(&self, who: usize) -> Option<String> {
        let claim = self.claim(who, 0)?;
        let answer = self.service().client.post(&format!("/v1/receivables/{}/paylink", claim.id), "");
        (answer.status == 201).then(|| answer.json()["token"].as_str().unwrap().to_owned())
    }

    fn promises(&mut self, who: usize, days: i32) -> Told {
        let Some(token) = self.token(who) else { return Ok(false) };
        let path = format!("/v1/paylinks/{token}/promise");
        let body = json!({"date": self.today().plus_days(days).to_iso()}).to_string();
        let headers = [("content-type", "application/json")];
        let answer = self.service().client.send("POST", &path, &headers, body.as_bytes());
        holds(answer.status < 500, "server error", || answer.text())?;
        let before = self.position();
        let again = self.service().client.send("POST", &path, &headers, body.as_bytes());
        holds(self.position() == before && again.status == answer.status, "a day that is named twice", || again.text())?;
        Ok(true)
    }

    fn looks(&mut self, who: usize) -> Told {
        let Some(token) = self.token(who) else { return Ok(false) };
        let access = self.service().client.post(&format!("/v1/customers/{}/access", reference(who)), "{}").json();
        let before = self.position();
        for path in [format!("/v1/paylinks/{token}"), format!("/pay/{token}")] {
            let answer = self.service().client.send("GET", &path, &[], b"");
            holds(answer.status == 200, "server error", || answer.text())?;
        }
        let path = format!("/v1/accounts/{}", access["token"].as_str().unwrap_or_default());
        let account = self.service().client.send("GET", &path, &[], b"").json();
        let claims = account["claims"].as_array().filter(|claims| !claims.is_empty());
        holds(claims.is_some_and(|claims| claims.iter().all(adds_up)), "sums that do not add up", || account.to_string())?;
        holds(self.position() == before, "a look changed something", || token)?;
        Ok(true)
    }

    fn works(&mut self, key: &str, left: bool) -> Told {
        let task = self.service().client.get("/v1/tasks").json()["tasks"][0].clone();
        let Some(id) = task["id"].as_str() else { return Ok(self.answered.contains_key(key)) };
        let outcome = match (task["kind"] == "unknown_delivery", left) {
            (true, true) => "left",
            (true, false) => "not_left",
            (false, _) => "done",
        };
        self.asks(key, "POST", format!("/v1/tasks/{id}/done"), &json!({"outcome": outcome})).map(|_| true)
    }

    fn erases(&mut self, key: &str, who: usize) -> Told {
        if !self.is_there(who) {
            return Ok(self.customers[who].erased);
        }
        let answer = self.asks(key, "POST", format!("/v1/customers/{}/erase", reference(who)), &json!({"despite_open": true}))?;
        if answer.status == 200 {
            self.customers[who].erased = true;
            self.is_silent(who);
            self.forgets(&reference(who));
        }
        Ok(true)
    }

    /// What was answered about somebody who is erased is not repeated
    fn forgets(&mut self, reference: &str) {
        let about = format!("/v1/customers/{reference}/");
        self.answered.retain(|_, Answered { path, .. }| !path.starts_with(&about) && !path.starts_with("/v1/sessions/"));
    }
}

fn reference(who: usize) -> String {
    format!("cus_{who}")
}

fn email(who: usize, version: u32) -> String {
    if version == 0 { format!("cus_{who}@example.org") } else { format!("cus_{who}.{version}@example.org") }
}

/// What was agreed and what lateness brought, less what was credited and paid, is what is open; so are its parts
fn adds_up(claim: &Value) -> bool {
    let minor = |money: &Value| money["minor"].as_i64();
    let all = |parts: &Value| parts.as_array()?.iter().map(|part| minor(&part["amount"])).sum::<Option<i64>>();
    let came = || Some(minor(&claim["agreed"])? + all(&claim["extra"])? - minor(&claim["credited"])? - minor(&claim["paid"])?);
    let open = minor(&claim["open"]);
    open.is_some() && came() == open && all(&claim["parts"]) == open
}
