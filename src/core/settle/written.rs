//! A situation and a settlement as bytes: how a browser is told what it previews by.
//!
//! A version and whole numbers, as in a compiled policy, in the order of the fields. A name is its length and its bytes. Only the versions of one build
//! speak with each other: the page and the service come from the same release, and what is not understood is asked of the service.

use super::{Claim, PlanBefore, Situation, Terms};
use crate::calendar::{Calendar, Region};
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::allocation::Regime;
use crate::law::regime::{Party, Seller};
use crate::offer::credit::Sells;
use crate::policy::bytes::{push_word, words};
use crate::policy::{Conditions, DeferralTerms, HardshipTerms, PlanTerms, Settlement};
use crate::receivable::decide::Owing;
use crate::receivable::{HoldReason, ItemKind};
use alloc::string::String;
use alloc::vec::Vec;

/// The layout; a page and a service that write different ones do not understand each other
pub const VERSION: i64 = 1;
const PARTIES: [Party; 2] = [Party::Consumer, Party::Business];
const SELLERS: [Seller; 2] = [Seller::SmallOrMedium, Seller::Large];
const PLANS: [PlanBefore; 3] = [PlanBefore::Free, PlanBefore::Failed, PlanBefore::Active];
const CALENDARS: [Calendar; 5] =
    [Calendar::WeekendsOnly, Calendar::GermanyNationwide, Calendar::GermanyAnyRegion, Calendar::Austria, Calendar::Netherlands];
/// Behind the calendars stand those of the German states
const REGIONS_FROM: i64 = 5;

/// A situation and what the merchant allows in it, as bytes
#[must_use]
pub fn write(situation: &Situation, settlement: &Settlement) -> Vec<u8> {
    let mut out = Out(Vec::new());
    out.number(VERSION);
    let Situation { today, terms, claims, credit, promise, broken, planned } = situation;
    out.day(*today);
    let [first, second] = terms.market;
    out.number(i64::from(first) << 8 | i64::from(second));
    match terms.calendar {
        Calendar::GermanyRegion(region) => out.number(REGIONS_FROM.saturating_add(region as i64)),
        calendar => out.number(place(&CALENDARS, &calendar)),
    }
    out.number(place(&SELLERS, &terms.sells.seller));
    out.flags(&[terms.sells.offered_by_third_party, terms.sells.claim_sold, *planned]);
    out.number(*credit);
    out.some(*promise, Out::day);
    out.count(*broken);
    out.list(claims, Out::claim);
    out.settlement(settlement);
    out.0
}

/// What was written, without the methods; nothing for bytes that another build wrote, or that were cut
#[must_use]
pub fn read(bytes: &[u8]) -> Option<(Situation, Settlement)> {
    let mut words = words(bytes)?.into_iter();
    let mut told = In(&mut words);
    if told.number()? != VERSION {
        return None;
    }
    let today = told.day()?;
    let market = u16::try_from(told.number()?).ok()?.to_be_bytes();
    let calendar = told.calendar()?;
    let seller = told.one_of(&SELLERS)?;
    let [offered_by_third_party, claim_sold, planned] = told.flags()?;
    let terms = Terms { market, calendar, sells: Sells { seller, offered_by_third_party, claim_sold } };
    let (credit, promise, broken) = (told.number()?, told.some(In::day)?, told.count()?);
    let claims = told.list(In::claim)?;
    let settlement = told.settlement()?;
    let situation = Situation { today, terms, claims, credit, promise, broken, planned };
    words.next().is_none().then_some((situation, settlement))
}

/// Where something stands in a list of all there is of its kind
fn place<T: PartialEq>(all: &[T], one: &T) -> i64 {
    all.iter().position(|other| other == one).and_then(|place| i64::try_from(place).ok()).unwrap_or(0)
}

struct Out(Vec<u8>);

impl Out {
    fn number(&mut self, number: i64) {
        push_word(&mut self.0, number);
    }

    fn count(&mut self, count: usize) {
        self.number(i64::try_from(count).unwrap_or(i64::MAX));
    }

    fn day(&mut self, day: Date) {
        self.number(day.days().into());
    }

    fn flags(&mut self, flags: &[bool]) {
        self.number(flags.iter().rev().fold(0, |bits, flag| bits << 1 | i64::from(*flag)));
    }

    fn some<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.number(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn list<T>(&mut self, all: &[T], write: impl Fn(&mut Self, &T)) {
        self.count(all.len());
        all.iter().for_each(|one| write(self, one));
    }

    fn claim(&mut self, claim: &Claim) {
        let Claim { owing, meant, party, contract, delivered, revocable, withdrawn, due, final_notice, deferrals, plan, holds } = claim;
        self.list(owing.receivable.as_str().as_bytes(), |out, byte| out.number((*byte).into()));
        self.number(place(&Regime::ALL, &owing.regime));
        self.list(&owing.items, |out, (item, minor)| {
            out.number(place(&ItemKind::ALL, item));
            out.number(*minor);
        });
        self.flags(&[owing.due, owing.in_default, owing.elsewhere, *meant, *revocable, *withdrawn, *final_notice]);
        self.day(owing.since);
        self.number(place(&PARTIES, party));
        self.day(*contract);
        self.some(*delivered, Self::day);
        self.some(*due, Self::day);
        self.number((*deferrals).into());
        self.number(place(&PLANS, plan));
        self.number(owing.disputed);
        self.list(holds, |out, hold| out.number(place(&HoldReason::ALL, hold)));
    }

    fn settlement(&mut self, settlement: &Settlement) {
        // By which methods is paid, and what they cost the merchant, is no browser's to know.
        let Settlement { part_minimum, deferral, plan, hardship, conditions: _, methods: _ } = settlement;
        self.number(*part_minimum);
        self.some(*deferral, |out, DeferralTerms { days, times }| {
            out.number(days.into());
            out.number(times.into());
        });
        self.some(*plan, Self::plan);
        self.some(*hardship, |out, HardshipTerms { pause_days, plan }| {
            out.number(pause_days.into());
            out.some(plan, Self::plan);
        });
    }

    fn plan(&mut self, plan: PlanTerms) {
        let PlanTerms { from, rates_from, rates_to, rate_minimum, first_within_days } = plan;
        for number in [from, rates_from.into(), rates_to.into(), rate_minimum, first_within_days.into()] {
            self.number(number);
        }
    }
}

struct In<'a>(&'a mut alloc::vec::IntoIter<i64>);

impl In<'_> {
    fn number(&mut self) -> Option<i64> {
        self.0.next()
    }

    fn small(&mut self) -> Option<u8> {
        u8::try_from(self.number()?).ok()
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn day(&mut self) -> Option<Date> {
        Date::from_days(i32::try_from(self.number()?).ok()?)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.count()?).copied()
    }

    fn flags<const COUNT: usize>(&mut self) -> Option<[bool; COUNT]> {
        let bits = self.number()?;
        let mut place = 0_u32;
        Some([false; COUNT].map(|_| {
            let is_set = bits.wrapping_shr(place) & 1 == 1;
            place = place.saturating_add(1);
            is_set
        }))
    }

    /// What may be there, or nothing where the bytes end
    fn some<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.number()? == 0 { Some(None) } else { read(self).map(Some) }
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut left = self.count()?;
        let mut all = Vec::new();
        // Never more room than there are words for.
        while left > 0 {
            all.push(read(self)?);
            left = left.saturating_sub(1);
        }
        Some(all)
    }

    fn calendar(&mut self) -> Option<Calendar> {
        let number = self.number()?;
        match usize::try_from(number).ok().and_then(|place| CALENDARS.get(place)) {
            Some(calendar) => Some(*calendar),
            None => Region::from_index(number.checked_sub(REGIONS_FROM)?).map(Calendar::GermanyRegion),
        }
    }

    fn claim(&mut self) -> Option<Claim> {
        let name = String::from_utf8(self.list(Self::small)?).ok()?;
        let receivable = ReceivableId::parse(&name)?;
        let regime = self.one_of(&Regime::ALL)?;
        let items = self.list(|told| Some((told.one_of(&ItemKind::ALL)?, told.number()?)))?;
        let [is_due, in_default, elsewhere, meant, revocable, withdrawn, final_notice] = self.flags()?;
        let since = self.day()?;
        let (party, contract) = (self.one_of(&PARTIES)?, self.day()?);
        let (delivered, due) = (self.some(Self::day)?, self.some(Self::day)?);
        let (deferrals, plan, disputed) = (self.small()?, self.one_of(&PLANS)?, self.number()?);
        let holds = self.list(|told| told.one_of(&HoldReason::ALL))?;
        let owing = Owing { receivable, regime, items, due: is_due, disputed, in_default, elsewhere, since };
        Some(Claim { owing, meant, party, contract, delivered, revocable, withdrawn, due, final_notice, deferrals, plan, holds })
    }

    fn settlement(&mut self) -> Option<Settlement> {
        Some(Settlement {
            part_minimum: self.number()?,
            deferral: self.some(|told| Some(DeferralTerms { days: told.small()?, times: told.small()? }))?,
            plan: self.some(Self::plan)?,
            hardship: self.some(|told| Some(HardshipTerms { pause_days: told.small()?, plan: told.some(Self::plan)? }))?,
            conditions: Conditions::default(),
            methods: Vec::new(),
        })
    }

    fn plan(&mut self) -> Option<PlanTerms> {
        Some(PlanTerms {
            from: self.number()?,
            rates_from: self.small()?,
            rates_to: self.small()?,
            rate_minimum: self.number()?,
            first_within_days: self.small()?,
        })
    }
}
