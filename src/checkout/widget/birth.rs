//! The question for the date of birth.

use alloc::string::String;
use tresen_core::date::{Date, days_in_month};
use tresen_texts::{Key, Texts, fill, month};
use tresen_ui::{Element, HtmlInputElement, attr, attr_if, field, focus, put, say};

use super::notes::Mistake;

/// Three fields for a day that everybody knows by heart
#[derive(Debug)]
pub struct BirthView {
    fields: [HtmlInputElement; 3],
    mistake: Mistake,
}

impl BirthView {
    /// Builds the question; `mark` makes its ids unique
    pub fn new(parent: &Element, texts: &Texts, mark: &str) -> Self {
        let root = put(parent, "fieldset", "tight");
        say(&put(&root, "legend", "h2"), texts.get(Key::BirthQuestion));
        let hint = put(&root, "p", "s soft");
        let hint_id = [mark, "h"].concat();
        attr(&hint, "id", &hint_id);
        say(&hint, texts.get(Key::BirthHint));
        let mistake = Mistake::new(&root, &[mark, "e"].concat());
        attr(&root, "aria-describedby", &[&hint_id, " ", mistake.id()].concat());
        let row = put(&root, "div", "date");
        let one = |key: Key, name: &str, length: &str| {
            let made = field(&put(&row, "div", ""), &[mark, name].concat(), texts.get(key), &["bday-", name].concat());
            attr(&made, "inputmode", "numeric");
            attr(&made, "maxlength", length);
            made
        };
        let fields = [one(Key::BirthDay, "day", "2"), one(Key::BirthMonth, "month", "2"), one(Key::BirthYear, "year", "4")];
        Self { fields, mistake }
    }

    /// Puts the caret into the first field
    pub fn focus(&self) {
        if let Some(first) = self.fields.first() {
            focus(first);
        }
    }

    /// The date that stands in the fields, or a sentence about what is wrong and the caret where it is
    pub fn read(&self, texts: &Texts, today: Date) -> Option<Date> {
        let typed = self.fields.each_ref().map(|field| field.value());
        let [day, month, year] = typed.each_ref().map(|value| value.trim());
        let found = parse(day, month, year, today);
        let (wrong, sentence) = match &found {
            Ok(_) => ([false; 3], String::new()),
            Err(mistake) => (mistake.fields, mistake.sentence(texts, day, month, year)),
        };
        self.mistake.say(&sentence);
        let mut first = true;
        for (field, wrong) in self.fields.iter().zip(wrong) {
            attr_if(field, "aria-invalid", wrong.then_some("true"));
            if wrong && first {
                focus(field);
                first = false;
            }
        }
        found.ok()
    }
}

/// What is wrong with a typed date, and in which of day, month and year
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wrong {
    fields: [bool; 3],
    key: Key,
}

impl Wrong {
    fn sentence(self, texts: &Texts, day: &str, month_typed: &str, year: &str) -> String {
        let mut out = String::new();
        let named = match self.key {
            Key::BirthErrorDay => month(texts, number(month_typed).unwrap_or_default() as u8),
            _ => month_typed,
        };
        fill(&mut out, texts.get(self.key), &[("day", day), ("month", named), ("year", year)]);
        out
    }
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok()
}

fn parse(day: &str, month: &str, year: &str, today: Date) -> Result<Date, Wrong> {
    let all = [day, month, year];
    let empty = all.map(str::is_empty);
    if empty.contains(&true) {
        return Err(Wrong { fields: empty, key: Key::BirthErrorEmpty });
    }
    let letters = all.map(|text| !text.bytes().all(|byte| byte.is_ascii_digit()));
    if letters.contains(&true) {
        return Err(Wrong { fields: letters, key: Key::BirthErrorDigits });
    }
    let in_year = |key| Wrong { fields: [false, false, true], key };
    let days = number(day).unwrap_or_default();
    let months = number(month).unwrap_or_default();
    let years = number(year).filter(|years| (1900..=2199).contains(years)).ok_or(in_year(Key::BirthErrorYear))?;
    let Some(last) = days_in_month(i32::from(years), months as u8).filter(|_| months <= 12) else {
        return Err(Wrong { fields: [false, true, false], key: Key::BirthErrorMonth });
    };
    if days == 0 || days > u16::from(last) {
        return Err(Wrong { fields: [true, true, false], key: Key::BirthErrorDay });
    }
    let date = Date::from_ymd(i32::from(years), months as u8, days as u8).ok_or(in_year(Key::BirthErrorYear))?;
    if date > today { Err(in_year(Key::BirthErrorFuture)) } else { Ok(date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: [&str; 3], expected: Result<&str, ([bool; 3], Key)>) {
        let today = Date::parse("2026-11-21").unwrap();
        let [day, month, year] = typed;
        let found = parse(day, month, year, today).map(Date::to_iso).map_err(|wrong| (wrong.fields, wrong.key));
        assert_eq!(found, expected.map(String::from), "{typed:?}");
    }

    #[test]
    fn a_typed_date_is_read_or_the_mistake_is_named_where_it_is() {
        check(["27", "3", "1985"], Ok("1985-03-27"));
        check(["07", "03", "1985"], Ok("1985-03-07"));
        check(["29", "2", "2004"], Ok("2004-02-29"));
        check(["29", "2", "1985"], Err(([true, true, false], Key::BirthErrorDay)));
        check(["31", "2", "1985"], Err(([true, true, false], Key::BirthErrorDay)));
        check(["0", "2", "1985"], Err(([true, true, false], Key::BirthErrorDay)));
        check(["1", "13", "1985"], Err(([false, true, false], Key::BirthErrorMonth)));
        check(["1", "0", "1985"], Err(([false, true, false], Key::BirthErrorMonth)));
        check(["", "3", ""], Err(([true, false, true], Key::BirthErrorEmpty)));
        check(["1", "März", "1985"], Err(([false, true, false], Key::BirthErrorDigits)));
        check(["1", "3", "85"], Err(([false, false, true], Key::BirthErrorYear)));
        check(["1", "3", "0000"], Err(([false, false, true], Key::BirthErrorYear)));
        check(["21", "11", "2026"], Ok("2026-11-21"));
        check(["22", "11", "2026"], Err(([false, false, true], Key::BirthErrorFuture)));
    }
}
