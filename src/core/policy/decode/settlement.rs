//! A settlement from its words.

use super::{Words, condition};
use crate::policy::settlement::{DeferralTerms, HardshipTerms, PaymentMethod, PlanTerms, Settlement};
use crate::policy::words::settlement::{PLAN_WORDS, head};
use crate::policy::{Fee, names};
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

impl Words<'_> {
    /// The settlement whose head stands at a place
    pub(super) fn settlement(&self, place: usize, names: &str) -> Option<Settlement> {
        let slot = |of: usize| place.checked_add(of);
        let word = |of: usize| self.word(slot(of)?);
        let [days, times] = self.0.get(slot(head::DEFERRAL)?..)?.first_chunk()?;
        let deferral = DeferralTerms { days: small(*days)?, times: small(*times)? };
        let pause_days = small(word(head::PAUSE)?)?;
        let plan = self.plan_terms(slot(head::LIGHTER)?)?;
        Some(Settlement {
            part_minimum: word(head::PART)?,
            deferral: Some(deferral).filter(|terms| terms.days > 0),
            plan: self.plan_terms(slot(head::PLAN)?)?,
            hardship: Some(HardshipTerms { pause_days, plan }).filter(|_| pause_days > 0),
            conditions: self.conditions(slot(head::NODES)?)?,
            methods: self.payment_methods(slot(head::METHODS)?, names)?,
        })
    }

    fn plan_terms(&self, place: usize) -> Option<Option<PlanTerms>> {
        let [from, rates_from, rates_to, rate_minimum, within]: &[i64; PLAN_WORDS] = self.0.get(place..)?.first_chunk()?;
        let terms = PlanTerms {
            from: *from,
            rates_from: small(*rates_from)?,
            rates_to: small(*rates_to)?,
            rate_minimum: *rate_minimum,
            first_within_days: small(*within)?,
        };
        Some(Some(terms).filter(|terms| terms.rates_from > 0))
    }

    fn payment_methods(&self, slot: usize, names: &str) -> Option<Vec<PaymentMethod>> {
        let method = |([when, fixed, ppm], mut about): (&[i64; 3], _)| {
            let about: &mut dyn Iterator<Item = &str> = &mut about;
            let (id, provider) = (String::from(about.next()?), String::from(about.next()?));
            let fee = Fee { fixed: *fixed, rate: Rate::from_ppm(u32::try_from(*ppm).ok()?)? };
            Some(PaymentMethod { id, provider, fee, when: condition(*when)? })
        };
        self.list(slot)?.zip(names::records(names, "w")).map(method).collect()
    }
}

fn small(word: i64) -> Option<u8> {
    u8::try_from(word).ok()
}
