//! What a customer may settle by themselves, as JSON: parts, a later day, rates, a pause, and by which methods what is owed is paid.

use super::Merchant;
use super::condition::Scope;
use super::reader::{Fields, Reader, Room, Spot};
use tresen_core::instalments::{RATES_MAX, RATES_MIN};
use tresen_core::money::Money;
use tresen_core::policy::{
    Condition, DeferralTerms, Fee, HardshipTerms, LATER_MAX, PAUSE_DAYS_MAX, PAYMENT_METHODS_MAX, PaymentMethod, PlanTerms, Settlement,
    TIMES_MAX,
};

/// Somebody who helps people with debts, without being paid by creditors
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtAdvice {
    /// Who
    pub name: String,
    /// Where they are found, `https://…`
    pub url: String,
    /// Where they answer
    pub phone: Option<String>,
}

const KEYS: [&str; 6] = ["part_payment", "deferral", "plan", "hardship", "methods", "debt_advice"];
const PLAN_KEYS: [&str; 4] = ["from", "rates", "rate_minimum", "first_within_days"];
/// Most addresses of debt advice
const ADVICE_MAX: usize = 8;

impl Reader {
    /// The block `settlement`; what it does not say is as the house does it
    pub(super) fn read_settlement(&mut self, fields: &Fields<'_>, merchant: &mut Merchant) {
        let Some(spot) = fields.get("settlement") else { return };
        let Some(fields) = self.object(&spot, &KEYS) else { return };
        let mut settlement = Settlement::standard(self.policy.currency);
        if let Some(fields) = fields.get("part_payment").and_then(|spot| self.object(&spot, &["minimum"]))
            && let Some(minimum) = self.above_zero(&fields, "minimum")
        {
            settlement.part_minimum = minimum;
        }
        settlement.deferral = self.unless_off(&fields, "deferral", settlement.deferral, Self::deferral);
        let lighter = settlement.hardship.and_then(|hardship| hardship.plan);
        settlement.plan = self.unless_off(&fields, "plan", settlement.plan, Self::plan_terms);
        // Whoever has said that money is tight is offered no less than everybody, where nothing else is said.
        let lighter = settlement.plan.zip(lighter).map(|(plan, lighter)| wider(plan, lighter));
        let hardship = settlement.hardship.map(|hardship| HardshipTerms { plan: lighter, ..hardship });
        settlement.hardship = self.unless_off(&fields, "hardship", hardship, Self::hardship);
        if let Some(spot) = fields.get("methods") {
            self.read_payment_methods(&spot, &mut settlement);
        }
        if let Some(spot) = fields.get("debt_advice") {
            merchant.debt_advice = self.debt_advice(&spot);
        }
        self.policy.settlement = Some(settlement);
    }

    /// What stands under a key: nothing for `false`, and `house` where nothing stands there
    fn unless_off<T: Copy>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        house: Option<T>,
        read: fn(&mut Self, &Spot<'_>, Option<T>) -> Option<T>,
    ) -> Option<T> {
        match fields.get(key) {
            None => house,
            Some(spot) if spot.value.as_bool() == Some(false) => None,
            Some(spot) => read(self, &spot, house),
        }
    }

    fn deferral(&mut self, spot: &Spot<'_>, house: Option<DeferralTerms>) -> Option<DeferralTerms> {
        let (fields, house) = (self.object(spot, &["days", "times"])?, house?);
        let days = self.count(&fields, "days", 1, LATER_MAX).unwrap_or(house.days);
        Some(DeferralTerms { days, times: self.count(&fields, "times", 1, TIMES_MAX).unwrap_or(house.times) })
    }

    fn hardship(&mut self, spot: &Spot<'_>, house: Option<HardshipTerms>) -> Option<HardshipTerms> {
        let (fields, house) = (self.object(spot, &["pause_days", "plan"])?, house?);
        let pause_days = self.count(&fields, "pause_days", 1, PAUSE_DAYS_MAX).unwrap_or(house.pause_days);
        // Where rates are for nobody else, they may still be for those.
        let lightest = Settlement::standard(self.policy.currency).hardship.and_then(|hardship| hardship.plan);
        let base = if fields.has("plan") { house.plan.or(lightest) } else { house.plan };
        Some(HardshipTerms { pause_days, plan: self.unless_off(&fields, "plan", base, Self::plan_terms) })
    }

    fn plan_terms(&mut self, spot: &Spot<'_>, house: Option<PlanTerms>) -> Option<PlanTerms> {
        let (fields, house) = (self.object(spot, &PLAN_KEYS)?, house?);
        let mut terms = house;
        if let Some(spot) = fields.get("rates")
            && let Some(rates) = self.object(&spot, &["from", "to"])
        {
            terms.rates_from = self.count(&rates, "from", RATES_MIN, RATES_MAX).unwrap_or(house.rates_from);
            terms.rates_to = self.count(&rates, "to", RATES_MIN, RATES_MAX).unwrap_or(house.rates_to);
            if terms.rates_from > terms.rates_to {
                let message = format!("at least {} rates and at most {} are none", terms.rates_from, terms.rates_to);
                self.error("policy.settlement.rates_order", &spot.at, message, "let `to` be no smaller than `from`");
            }
        }
        terms.rate_minimum = self.above_zero(&fields, "rate_minimum").unwrap_or(house.rate_minimum);
        terms.first_within_days = self.count(&fields, "first_within_days", 1, LATER_MAX).unwrap_or(house.first_within_days);
        let Some(spot) = fields.get("from") else { return Some(terms) };
        terms.from = self.amount(&spot).unwrap_or(house.from);
        let least = terms.rate_minimum.saturating_mul(terms.rates_from.into());
        if terms.from < least {
            let plain = |minor: i64| Money::from_minor(minor, self.policy.currency).map(Money::to_plain).unwrap_or_default();
            let message = format!("it decides nothing: {} rates of `{}` are more", terms.rates_from, plain(terms.rate_minimum));
            self.warning("policy.settlement.from_idle", &spot.at, message, format!("write `{}` or more, or remove it", plain(least)));
        }
        Some(terms)
    }

    fn count(&mut self, fields: &Fields<'_>, key: &str, least: u8, most: u8) -> Option<u8> {
        let spot = fields.get(key)?;
        self.integer(&spot, least.into(), most.into()).and_then(|count| u8::try_from(count).ok())
    }

    fn above_zero(&mut self, fields: &Fields<'_>, key: &str) -> Option<i64> {
        let spot = fields.get(key)?;
        let minor = self.amount(&spot)?;
        if minor == 0 {
            self.error(
                "policy.settlement.zero",
                &spot.at,
                "the smallest amount must lie above zero",
                "write the smallest that you offer, or remove it",
            );
        }
        Some(minor).filter(|minor| *minor > 0)
    }

    fn read_payment_methods(&mut self, spot: &Spot<'_>, settlement: &mut Settlement) {
        let Some(entries) = self.list(spot, PAYMENT_METHODS_MAX) else { return };
        let mut methods: Vec<PaymentMethod> = Vec::new();
        let conditions = self.apart(Room::Settlement, |reader| {
            for entry in &entries {
                let Some(method) = reader.payment_method(entry) else { continue };
                if methods.iter().any(|earlier| (&earlier.id, &earlier.provider) == (&method.id, &method.provider)) {
                    let message = format!("`{}` of `{}` stands twice", method.id, method.provider);
                    let help = "name each pair once; another provider of the same method takes over where the first fails";
                    reader.error("policy.settlement.method_twice", &entry.at, message, help);
                }
                methods.push(method);
            }
        });
        (settlement.conditions, settlement.methods) = (conditions, methods);
    }

    fn payment_method(&mut self, spot: &Spot<'_>) -> Option<PaymentMethod> {
        let fields = self.object(spot, &["id", "provider", "fee", "when"])?;
        let id = self.required(&fields, "id", "say which method it is, such as `card`").and_then(|spot| self.id(&spot));
        let help = "say who processes it, such as `stripe`";
        let provider = self.required(&fields, "provider", help).and_then(|spot| self.id(&spot));
        let fee = fields.get("fee").map_or(Fee::NONE, |spot| self.fee(&spot));
        let when = fields.get("when").map_or(Condition::ALWAYS, |spot| self.condition(&spot, Scope::Case));
        Some(PaymentMethod { id: id?.to_owned(), provider: provider?.to_owned(), fee, when })
    }

    fn debt_advice(&mut self, spot: &Spot<'_>) -> Vec<DebtAdvice> {
        let entries = self.list(spot, ADVICE_MAX).unwrap_or_default();
        entries.iter().filter_map(|entry| self.one_advice(entry)).collect()
    }

    fn one_advice(&mut self, spot: &Spot<'_>) -> Option<DebtAdvice> {
        let fields = self.object(spot, &["name", "url", "phone"])?;
        let name = self.required(&fields, "name", "say who gives advice").and_then(|spot| self.text(&spot)).map(str::to_owned);
        let url = self.required(&fields, "url", "say where they are found").and_then(|spot| self.address(&spot));
        let phone = fields.get("phone").and_then(|spot| self.text(&spot)).map(str::to_owned);
        Some(DebtAdvice { name: name?, url: url?, phone })
    }

    fn address(&mut self, spot: &Spot<'_>) -> Option<String> {
        let text = self.text(spot)?;
        let is_one = text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_one {
            let message = format!("`{text}` is not an address that a page can lead to");
            self.error("policy.settlement.url", &spot.at, message, "write it whole, such as `https://schuldnerberatung.example/`");
        }
        is_one.then(|| text.to_owned())
    }
}

/// What both allow together
fn wider(one: PlanTerms, other: PlanTerms) -> PlanTerms {
    PlanTerms {
        from: one.from.min(other.from),
        rates_from: one.rates_from.min(other.rates_from),
        rates_to: one.rates_to.max(other.rates_to),
        rate_minimum: one.rate_minimum.min(other.rate_minimum),
        first_within_days: one.first_within_days.max(other.first_within_days),
    }
}
