//! The house's own consent texts, as the widget shows them.

use super::{ConsentQuestion, ConsentText, ConsentTexts};
use jiff::civil::Date;
use tresen_core::money::{Currency, Money as Amount, NumberStyle, push_fraction};
use tresen_texts::{Consent, CreditConsent, CreditTexts, Day, Language, Particulars, PlanParticulars, Wording, text_hash};
use tresen_wire::credit::{Instalment, PlanOnOffer};
use tresen_wire::money::Money;

/// The texts of `tresen-texts`
#[derive(Debug, Clone, Copy, Default)]
pub struct HouseTexts;

impl ConsentTexts for HouseTexts {
    fn text(&self, question: &ConsentQuestion<'_>) -> Option<ConsentText> {
        let language = Language::choose(question.locale, question.address_form.code());
        let style = NumberStyle::of_language(language.name().as_bytes());
        let amount = written(question.amount, style)?;
        let fee = if question.fee.minor > 0 { Some(written(question.fee, style)?) } else { None };
        if let Some(plan) = question.plan {
            let wording = of_plan(language, style, question, plan)?;
            return Some(ConsentText { text_hash: text_hash(&wording), version: wording.version });
        }
        let particulars = Particulars {
            merchant: &question.merchant.name,
            creditor: question.merchant.creditor_id.as_deref(),
            bureau: question.bureau,
            amount: &amount,
            fee: fee.as_deref(),
            due: question.due_date.and_then(day),
            days: question.term_days,
        };
        let wording = Wording::new(&language.texts()?, Consent::from_id(question.id)?, &particulars);
        Some(ConsentText { text_hash: text_hash(&wording), version: wording.version })
    }
}

/// The text of a purchase on credit
fn of_plan(language: Language, style: NumberStyle, question: &ConsentQuestion<'_>, offer: &PlanOnOffer) -> Option<Wording> {
    let consent = match (question.id, offer.rates) {
        ("instalments", 2..) => CreditConsent::Instalments,
        ("invoice" | "pay_later", 1) => CreditConsent::Deferral,
        _ => return None,
    };
    let plan = &offer.plan;
    let bought = Money::new(plan.total.minor.checked_sub(plan.cost.minor)?, &plan.total.currency);
    let rate = |rate: &Instalment| Some((written(&rate.amount, style)?, day(&rate.due_date)?));
    let schedule: Vec<(String, Day)> = plan.instalments.iter().map(rate).collect::<Option<_>>()?;
    let particulars = PlanParticulars {
        merchant: &question.merchant.name,
        bureau: question.bureau,
        amount: &written(&bought, style)?,
        total: &written(&plan.total, style)?,
        cost: &written(&plan.cost, style)?,
        interest: &percent(&offer.interest_percent, style)?,
        annual_rate: &percent(&plan.annual_rate_percent, style)?,
        schedule: &schedule,
    };
    CreditTexts::of(language)?.wording(consent, &particulars)
}

/// A number with a point as the language writes it
fn percent(plain: &str, style: NumberStyle) -> Option<String> {
    let (whole, digits) = plain.split_once('.')?;
    let mut out = String::new();
    push_fraction(&mut out, format!("{whole}{digits}").parse().ok()?, u8::try_from(digits.len()).ok()?, style);
    Some(out)
}

fn written(amount: &Money, style: NumberStyle) -> Option<String> {
    Some(Amount::from_minor(amount.minor, Currency::parse(&amount.currency)?).ok()?.to_text(style))
}

fn day(text: &str) -> Option<Day> {
    let date: Date = text.parse().ok()?;
    let part = |part: i8| u8::try_from(part).ok();
    Some(Day {
        year: u16::try_from(date.year()).ok()?,
        month: part(date.month())?,
        day: part(date.day())?,
        weekday: part(date.weekday().to_monday_zero_offset())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresen_wire::http::AddressForm;
    use tresen_wire::policy::Merchant;

    static FREE: Money = Money { minor: 0, currency: String::new() };

    fn question<'a>(merchant: &'a Merchant, amount: &'a Money) -> ConsentQuestion<'a> {
        let address_form = AddressForm::Sie;
        ConsentQuestion {
            id: "sepa_debit",
            locale: "de",
            address_form,
            merchant,
            bureau: None,
            amount,
            fee: &FREE,
            term_days: Some(14),
            due_date: None,
            plan: None,
        }
    }

    fn hash_of(question: &ConsentQuestion<'_>) -> Option<String> {
        HouseTexts.text(question).map(|text| text.text_hash)
    }

    #[test]
    fn every_text_of_the_house_has_a_hash_that_moves_with_the_order() {
        let merchant = Merchant { name: "Kiesel".to_owned(), ..Merchant::default() };
        let hash = |id: &str, locale: &str, address_form: AddressForm, minor: i64, due_date: Option<&str>| {
            hash_of(&ConsentQuestion { id, locale, address_form, due_date, ..question(&merchant, &Money::new(minor, "EUR")) })
        };
        let base = hash("invoice", "de", AddressForm::Sie, 16_840, Some("2026-12-07")).unwrap();
        assert_eq!(hash("invoice", "de-AT", AddressForm::Sie, 16_840, Some("2026-12-07")).unwrap(), base);
        for other in [
            hash("invoice", "de", AddressForm::Du, 16_840, Some("2026-12-07")),
            hash("invoice", "en", AddressForm::Sie, 16_840, Some("2026-12-07")),
            hash("invoice", "de", AddressForm::Sie, 16_841, Some("2026-12-07")),
            hash("invoice", "de", AddressForm::Sie, 16_840, Some("2026-12-08")),
        ] {
            assert_ne!(other.unwrap(), base);
        }
        assert_eq!(hash("gold", "de", AddressForm::Sie, 16_840, None), None);
    }

    #[test]
    fn a_mandate_names_the_creditor_identifier_and_no_other_text_does() {
        let amount = Money::new(16_840, "EUR");
        let without = Merchant { name: "Kiesel".to_owned(), ..Merchant::default() };
        let with = Merchant { creditor_id: Some("DE98ZZZ09999999999".to_owned()), ..without.clone() };
        let hash = |id: &str, merchant: &Merchant| hash_of(&ConsentQuestion { id, ..question(merchant, &amount) }).unwrap();
        assert_ne!(hash("sepa_debit", &with), hash("sepa_debit", &without));
        assert_eq!(hash("invoice", &with), hash("invoice", &without));
    }
}
