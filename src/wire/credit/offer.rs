//! What a decision's offers on account are to the law, and the plans of instalments on offer: what only somebody who knows the
//! seller can add to a decision.

use super::plan::{Plan, to_wire};
use crate::decision::Decision;
use crate::policy::Merchant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, Facts, known};
use tresen_core::instalments::{self, Charge, Wanted};
use tresen_core::law::regime::{self, Deferral, Disclosure, Finding, Seller, Why};
use tresen_core::offer::credit::{Paid, Sells, deferral};
use tresen_core::offer::{Answer, MethodAnswer, State, decide};
use tresen_core::policy::{Method as PolicyMethod, PlanOffer, Policy};
use tresen_core::program::Program;
use tresen_core::rate::Rate;

/// What time to pay is to the law, and what follows
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regime {
    /// `paid_at_once`, `business`, `free_deferral` or `consumer_credit`
    pub regime: String,
    /// Why it is no free deferral, as codes `regime.…`
    pub reasons: Vec<String>,
    /// What the customer must be told or left, as ids of texts `credit.…`, in the order of the law's articles
    pub disclosures: Vec<String>,
    /// Days from delivery to the last payment
    pub days: Option<u16>,
    /// The most days that a free deferral of this seller may last, where there is a figure
    pub days_most: Option<u16>,
    /// Where that figure is written
    pub source: Option<String>,
}

impl Regime {
    /// Whether the customer must be told all that the law on consumer credit asks for
    #[must_use]
    pub fn is_consumer_credit(&self) -> bool {
        self.regime == regime::Regime::ConsumerCredit.code()
    }
}

/// A plan of instalments that an order may have
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOnOffer {
    /// How many rates
    pub rates: u8,
    /// The fixed interest a year in percent, such as `9.48`; `0.00` where none is charged
    pub interest_percent: String,
    /// Dates, amounts, what it costs
    #[serde(flatten)]
    pub plan: Plan,
    /// What it is to the law
    pub credit: Regime,
}

/// What a method on account is to the law before anybody has chosen it, for a browser
///
/// It follows from the market, the day, the seller, whether a company buys, the terms, and the day of delivery: nothing in it is about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodRegime {
    /// Of a method with plans, that of the plan that asks for most
    #[serde(flatten)]
    pub regime: Regime,
    /// Of each plan of the policy, whether the cart is large enough for it or not
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<PlanRegime>,
}

impl MethodRegime {
    /// Whether a shopper is shown more of it than its name: plans, or all that the law wants told of a credit
    #[must_use]
    pub fn shows_more(&self) -> bool {
        !self.plans.is_empty() || self.regime.is_consumer_credit()
    }
}

/// What a plan is to the law
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRegime {
    /// How many rates
    pub rates: u8,
    /// What it is
    #[serde(flatten)]
    pub regime: Regime,
}

/// What a method is to the law may hang on these facts, beside its terms
const ASKED: [FactIndex; 3] = [known::CUSTOMER_KIND, known::ORDER_EXPECTED_DELIVERY, known::CART_TOTAL];

/// What the methods on account are to the law, by their ids; of the facts only those count that the law asks about
#[must_use]
pub fn regimes(policy: &Policy, program: &Program, merchant: &Merchant, facts: &Facts, today: Date) -> BTreeMap<String, MethodRegime> {
    let mut asked = Facts::default();
    for fact in ASKED {
        asked.put(fact, facts.get(fact));
    }
    let answer = decide(program, &mut asked, today);
    let on_account = policy.methods.iter().zip(answer.methods()).filter(|(method, _)| method.kind.is_on_account());
    let regime = |(method, found): (&PolicyMethod, &MethodAnswer)| {
        let order = Order { policy, method, facts: &asked, answer: &answer, sells: merchant.sells() };
        let plan = |plan: &PlanOffer| {
            let last = found.term_ends.map(|first| first.plus_months(i32::from(plan.rates.saturating_sub(1))));
            PlanRegime { rates: plan.rates, regime: order.regime(last, plan.charge != Charge::Free) }
        };
        let plans: Vec<PlanRegime> = method.plans.iter().map(plan).collect();
        let alone = order.regime(found.term_ends, found.fee > 0);
        let regime = strictest(plans.iter().map(|plan| &plan.regime), alone);
        (method.id.clone(), MethodRegime { regime, plans })
    };
    on_account.map(regime).collect()
}

impl Merchant {
    /// What the law asks about the seller
    #[must_use]
    pub fn sells(&self) -> Sells {
        Sells {
            seller: if self.is_large { Seller::Large } else { Seller::SmallOrMedium },
            offered_by_third_party: self.credit_by_third_party,
            claim_sold: self.sells_claims,
        }
    }
}

/// Adds to each method that gives time to pay what that is to the law, and what it comes to where it is consumer credit; to each that is not
/// withheld the plans of instalments it has
///
/// The decision is that of `answer`, on `facts`; the method as a whole is what its strictest plan is.
pub fn complete(decision: &mut Decision, policy: &Policy, merchant: &Merchant, facts: &Facts, answer: &Answer) {
    for (place, method) in policy.methods.iter().enumerate().filter(|(_, method)| method.kind.is_on_account()) {
        let (Some(found), Some(told)) = (answer.methods().get(place), decision.methods.iter_mut().find(|told| told.id == method.id)) else {
            continue;
        };
        let order = Order { policy, method, facts, answer, sells: merchant.sells() };
        if found.state != State::Withheld {
            told.plans = order.plans();
        }
        let alone = order.regime(found.term_ends, found.fee > 0);
        let credit = strictest(told.plans.iter().map(|plan| &plan.credit), alone);
        if credit.is_consumer_credit() && method.plans.is_empty() {
            told.deferral = order.deferral(found, &credit);
        }
        told.credit = Some(credit);
    }
}

/// One method for one order
struct Order<'a> {
    policy: &'a Policy,
    method: &'a PolicyMethod,
    facts: &'a Facts,
    answer: &'a Answer,
    sells: Sells,
}

impl Order<'_> {
    fn regime(&self, last: Option<Date>, charged: bool) -> Regime {
        let deferral = deferral(self.policy, self.method, self.facts, self.answer.today, Paid { last, charged }, self.sells);
        told(&deferral, &deferral.regime())
    }

    /// What is paid at once and late, as a plan of one rate; nothing where the total or the day is not known
    fn deferral(&self, found: &MethodAnswer, credit: &Regime) -> Option<PlanOnOffer> {
        let charge = if found.fee > 0 { Charge::Fee(found.fee) } else { Charge::Free };
        let (principal, first) = (self.facts.get(known::CART_TOTAL)?, found.term_ends?);
        let (start, calendar) = (self.answer.today, self.answer.calendar);
        let plan = instalments::Plan::new(Wanted { principal, start, first, rates: 1, charge, calendar }).ok()?;
        let plan = to_wire(&plan, self.policy.currency.code());
        Some(PlanOnOffer { rates: 1, interest_percent: interest_percent(Rate::ZERO), plan, credit: credit.clone() })
    }

    /// The plans that can be made; one that cannot, because the total is too small for it, is not on offer
    fn plans(&self) -> Vec<PlanOnOffer> {
        let Some(total) = self.facts.get(known::CART_TOTAL) else { return Vec::new() };
        let made = self.method.plans_for(total).filter_map(|offer| {
            let plan = offer.plan(self.method, total, self.answer.today, self.answer.calendar).ok()?;
            let interest = if let Charge::Interest(rate) = offer.charge { rate } else { Rate::ZERO };
            Some((offer.rates, interest_percent(interest), plan))
        });
        let code = self.policy.currency.code();
        made.map(|(rates, interest_percent, plan)| {
            let credit = self.regime(plan.instalments.last().map(|last| last.nominal), plan.cost() > 0);
            PlanOnOffer { rates, interest_percent, credit, plan: to_wire(&plan, code) }
        })
        .collect()
    }
}

/// A rate in percent, with two decimals, or four where it has more
fn interest_percent(rate: Rate) -> String {
    let (whole, rest) = (rate.ppm() / 10_000, rate.ppm() % 10_000);
    if rest % 100 == 0 { format!("{whole}.{:02}", rest / 100) } else { format!("{whole}.{rest:04}") }
}

/// Of a method alone and its plans the one that asks for most; what they ask for stands in one row, so the longest is all of it
fn strictest<'a>(of_plans: impl Iterator<Item = &'a Regime>, alone: Regime) -> Regime {
    of_plans.max_by_key(|credit| (credit.disclosures.len(), credit.days)).cloned().unwrap_or(alone)
}

fn told(deferral: &Deferral, finding: &Finding) -> Regime {
    Regime {
        regime: regime::Regime::code(finding.regime).to_owned(),
        reasons: finding.reasons.iter().map(|why| Why::code(*why).to_owned()).collect(),
        disclosures: finding.disclosures.iter().map(|disclosure| Disclosure::code(*disclosure).to_owned()).collect(),
        days: deferral.days,
        days_most: finding.days_most,
        source: finding.source.map(str::to_owned),
    }
}
