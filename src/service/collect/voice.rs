//! In which language a customer is written to, and how they are spoken to: in mails, letters, and behind the link in them.
//!
//! **Invariant:** a message is in one language, of those in which there are messages; what leads from it speaks the same.

use super::words;
use crate::sessions::Session;
use tresen_core::policy::{Address, Persona, Speech};
use tresen_texts::Language;
use tresen_wire::http::{AddressForm, ContactDetails};

/// What is known of how somebody is spoken to
#[derive(Debug, Clone, Default)]
pub struct Spoken {
    /// The language that they or their shop have chosen, as its tag
    language: Option<String>,
    /// The form that was said of them alone
    said: Option<AddressForm>,
    /// The form in which their last order was taken
    ordered: Option<AddressForm>,
}

/// How somebody is written to
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Language and form, of those in which there are messages
    pub language: Language,
    /// The tag of the language
    pub locale: String,
    /// The form
    pub form: AddressForm,
}

impl Spoken {
    /// What the shop has said of somebody, and what their last session has left
    pub fn of(details: &ContactDetails, session: Option<&Session>) -> Self {
        let in_shop = session.filter(|session| !session.details.locale_left_open).map(|session| session.locale.clone());
        Self {
            language: details.locale.clone().or(in_shop),
            said: details.address_form,
            ordered: session.map(|session| session.address_form),
        }
    }

    /// How they are written to by a merchant who speaks like that
    ///
    /// The language is the customer's own before it is the merchant's; the form is what was said of them, then as the merchant speaks to everybody.
    pub fn voice(&self, persona: &Persona) -> Voice {
        let wished = persona.address.map(|address| match address {
            Address::Formal => AddressForm::Sie,
            Address::Familiar => AddressForm::Du,
        });
        let form = self.said.or(wished).or(self.ordered).unwrap_or(AddressForm::Sie);
        // Nobody has read messages in the drafts: where the merchant names no other language, English is understood, and refused by nobody.
        let otherwise = persona.language.map_or("en", Speech::code);
        let locale = self.language.clone().unwrap_or_else(|| persona.language.map_or("de", Speech::code).to_owned());
        let chosen = Language::choose(&locale, form.code());
        let is_own = words::of(chosen).is_some() && (chosen != Language::English || locale.to_ascii_lowercase().starts_with("en"));
        let locale = if is_own { locale } else { otherwise.to_owned() };
        Voice { language: Language::choose(&locale, form.code()), locale, form }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(language: Option<&str>, said: Option<AddressForm>, ordered: Option<AddressForm>) -> Spoken {
        Spoken { language: language.map(str::to_owned), said, ordered }
    }

    fn persona(language: Option<Speech>, address: Option<Address>) -> Persona {
        Persona { language, address, time_of_day: None }
    }

    #[test]
    fn whoever_has_chosen_a_language_is_written_to_in_it() {
        let english = persona(Some(Speech::English), None);
        let of = |language, persona: &Persona| {
            let voice = spoken(language, None, None).voice(persona);
            (voice.language, voice.locale)
        };
        assert_eq!(of(None, &Persona::default()), (Language::German, "de".to_owned()));
        assert_eq!(of(None, &english), (Language::English, "en".to_owned()));
        assert_eq!(of(Some("de-AT"), &english), (Language::German, "de-AT".to_owned()));
        assert_eq!(of(Some("en-GB"), &Persona::default()), (Language::English, "en-GB".to_owned()));
        // A draft, and a language of which there is nothing: never a tag of one language over the words of another.
        for unread in ["fr", "nl-BE", "pl"] {
            assert_eq!(of(Some(unread), &Persona::default()), (Language::English, "en".to_owned()));
            assert_eq!(of(Some(unread), &persona(Some(Speech::German), None)), (Language::German, "de".to_owned()));
        }
    }

    #[test]
    fn the_form_is_the_persons_then_the_merchants_then_that_of_the_order() {
        let (sie, du) = (Some(AddressForm::Sie), Some(AddressForm::Du));
        let of = |said, address, ordered| spoken(Some("de"), said, ordered).voice(&persona(None, address)).form;
        assert_eq!(of(None, None, None), AddressForm::Sie);
        assert_eq!(of(None, None, du), AddressForm::Du);
        assert_eq!(of(None, Some(Address::Formal), du), AddressForm::Sie);
        assert_eq!(of(None, Some(Address::Familiar), sie), AddressForm::Du);
        assert_eq!(of(sie, Some(Address::Familiar), du), AddressForm::Sie);
        let voice = spoken(Some("de"), du, None).voice(&Persona::default());
        assert_eq!(voice.language, Language::GermanDu);
    }
}
