//! The plans of a purchase in instalments as JSON.

use super::reader::{Fields, Reader, Spot};
use tresen_core::calendar::Calendar;
use tresen_core::date::Date;
use tresen_core::instalments::{Charge, PlanError, RATES_MAX, RATES_MIN};
use tresen_core::money::Money;
use tresen_core::policy::{Fee, Kind, Method, PLANS_MAX, PlanOffer, TermStart};

impl Reader {
    /// The plans of a method; none where it has none to have
    pub(super) fn plans(&mut self, fields: &Fields<'_>, kind: Kind) -> Vec<PlanOffer> {
        let Some(spot) = fields.get("plans") else {
            if kind == Kind::Instalments {
                let message = "there are no `plans`, so nobody is told the rates, and no order can be confirmed with it";
                let help = "write `\"plans\": [{\"rates\": 3}, {\"rates\": 6, \"interest\": \"0.0948\"}]` with plans of your own";
                self.warning("policy.plans.missing", fields.at(), message, help);
            }
            return Vec::new();
        };
        if kind != Kind::Instalments {
            let message = format!("a method of kind `{}` is not paid in instalments", kind.code());
            self.error("policy.plans.kind", &spot.at, message, "remove `plans`, or write `\"kind\": \"instalments\"`");
        }
        let entries = self.list(&spot, PLANS_MAX).unwrap_or_default();
        if entries.is_empty() {
            self.error("policy.list.empty", &spot.at, "there is no plan", "write at least one, such as `{\"rates\": 3}`");
        }
        let mut plans: Vec<PlanOffer> = Vec::new();
        for entry in &entries {
            let Some(plan) = self.plan(entry) else { continue };
            if plans.last().is_some_and(|before| before.rates >= plan.rates) {
                let message = format!("the plan has {} rates, no more than the one before", plan.rates);
                self.error("policy.plans.order", &entry.at, message, "write plans by rising numbers of rates, each number once");
            }
            plans.push(plan);
        }
        plans
    }

    fn plan(&mut self, spot: &Spot<'_>) -> Option<PlanOffer> {
        let fields = self.object(spot, &["rates", "minimum", "fee", "interest"])?;
        let rates = self
            .required(&fields, "rates", "say in how many rates is paid, one a month")
            .and_then(|spot| self.integer(&spot, RATES_MIN.into(), RATES_MAX.into()));
        let minimum = fields.get("minimum").and_then(|spot| self.amount(&spot)).unwrap_or(0);
        if fields.has("fee") && fields.has("interest") {
            let message = "a plan costs a fee or interest, not both";
            self.error("policy.plans.charge", fields.at(), message, "remove one of `fee` and `interest`");
        }
        let fee = fields.get("fee").and_then(|spot| self.amount(&spot)).filter(|fee| *fee > 0).map(Charge::Fee);
        let interest = fields.get("interest").and_then(|spot| self.rate(&spot)).map(Charge::Interest);
        let charge = fee.or(interest).unwrap_or(Charge::Free);
        Some(PlanOffer { rates: u8::try_from(rates?).ok()?, minimum, charge })
    }

    /// Whether every order that the method takes has a plan, with dates and rates
    pub(super) fn check_plans(&mut self, method: &Method, at: &str) {
        if method.plans.is_empty() || method.kind != Kind::Instalments {
            return;
        }
        if method.fee != Fee::NONE {
            let message = "what instalments cost stands in their plans, and the method has a fee of its own";
            self.error("policy.plans.fee", &format!("{at}/fee"), message, "move the fee into each of the `plans`");
        }
        let Some(term) = method.term else {
            let help = "write `\"term\": {\"days\": 30, \"from\": \"order\"}` for a first rate after 30 days";
            return self.error("policy.plans.term", at, "there is no `term`, which says when the first rate is due", help);
        };
        if term.start != TermStart::Order || term.days == 0 {
            let message = if term.days == 0 {
                "the first rate would be due with the order"
            } else {
                "the rates have no dates before the goods arrive"
            };
            let help = "count the first rate from the `order`, at least one day on: a plan is agreed with its dates";
            return self.error("policy.plans.term", &format!("{at}/term"), message, help);
        }
        let currency = self.policy.currency;
        let plain = |minor: i64| Money::from_minor(minor, currency).map(Money::to_plain).unwrap_or_default();
        let least = method.minimum.unwrap_or(0);
        let first = method.plans.iter().map(|plan| plan.minimum).min().unwrap_or(0);
        if least < first {
            let message = format!("an order of `{}` may be paid in instalments, and no plan begins below `{}`", plain(least), plain(first));
            return self.error("policy.plans.minimum", at, message, format!("write `\"minimum\": \"{}\"` for the method", plain(first)));
        }
        for (place, plan) in method.plans.iter().enumerate() {
            let total = least.max(plan.minimum);
            // Any day will do: amounts hang on the months between rates, and months are alike.
            let Err(problem) = plan.plan(method, total, Date::default(), Calendar::WeekendsOnly) else { continue };
            let message = format!("there is no plan of {} rates for `{}`: {}", plan.rates, plain(total), told(problem));
            let help = "raise the method's or the plan's `minimum`, or lower what it costs";
            self.error("policy.plans.impossible", &format!("{at}/plans/{place}"), message, help);
        }
    }
}

fn told(problem: PlanError) -> &'static str {
    match problem {
        PlanError::TooSmall => "a rate would pay nothing back",
        PlanError::AnnualRate(_) => "its effective annual rate is beyond what can be told",
        _ => "it costs more than equal rates can pay back",
    }
}
