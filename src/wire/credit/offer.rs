//! What a decision's offers on account are to the law, and the plans of instalments on offer: what only somebody who knows the
//! seller can add to a decision.

use super::plan::{Plan, to_wire};
use crate::decision::{Decision, Method};
use crate::policy::Merchant;
use serde::{Deserialize, Serialize};
use tresen_core::facts::{Facts, known};
use tresen_core::instalments::Charge;
use tresen_core::law::regime::{self, Deferral, Disclosure, Finding, Seller, Why};
use tresen_core::offer::credit::{Paid, Sells, deferral};
use tresen_core::offer::{Answer, State};
use tresen_core::policy::{Method as PolicyMethod, Policy};
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

/// Adds to each method that gives time to pay what that is to the law, and to each that is not withheld the plans of instalments it has
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
        told.credit = Some(strictest(told, alone));
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
    fn regime(&self, last: Option<tresen_core::date::Date>, charged: bool) -> Regime {
        let deferral = deferral(self.policy, self.method, self.facts, self.answer.today, Paid { last, charged }, self.sells);
        told(&deferral, &deferral.regime())
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
fn strictest(method: &Method, alone: Regime) -> Regime {
    let of_plans = method.plans.iter().map(|plan| &plan.credit);
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
