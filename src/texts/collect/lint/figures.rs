//! Whether every figure in a text is one of the facts': amounts, rates, days, numbers, links.

use super::reading::{Reading, normal};
use crate::collect::values::Writer;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::collect::message::{Occasion, PartKind, Particulars};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::money::Money;

/// What stands beside a number that is an amount
const MARKS: [&str; 10] = ["€", "eur", "euro", "euros", "cent", "cents", "$", "£", "chf", "usd"];
/// What stands behind a number that is a share
const SHARES: [&str; 3] = ["%", "prozent", "percent"];
/// What stands behind a number that is a time of day
const HOURS: [&str; 5] = ["uhr", "h", "am", "pm", "o"];
/// A number with so many digits is somebody's: a telephone, an account
const LONG_DIGITS: usize = 7;

/// A number in a text with what stands before and behind it
struct Number<'a> {
    digits: &'a str,
    before: &'a str,
    after: &'a str,
}

/// No amount at all; what was drawn for a link by chance is none, whatever it looks like
pub(super) fn none(reading: &Reading<'_>, tokens: &[&str], found: &mut Vec<Diagnostic>) {
    let mistake = |what: &str| {
        let help = "an amount stands inside, never on a lock screen";
        Diagnostic::error("collect.outside.amount", reading.at, format!("`{what}` is read on a lock screen"), help)
    };
    let whole = tokens.iter().fold(reading.whole.clone(), |whole, token| whole.replace(token, "\u{fffc}"));
    found.extend(numbers(&whole).iter().filter(|number| number.is_money()).map(|number| mistake(number.digits)));
}

/// No figure but those of the facts
pub(super) fn check(reading: &Reading<'_>, writer: &Writer<'_>, particulars: &Particulars, found: &mut Vec<Diagnostic>) {
    let amounts = amounts(particulars);
    let written: BTreeSet<String> = amounts.iter().map(|amount| bare(&writer.amount(*amount))).collect();
    let rates: BTreeSet<String> = rates(particulars).map(|rate| writer.percent(rate)).collect();
    let days = days(particulars);
    let months: Vec<String> = (1..=12).filter_map(|month| Date::from_ymd(2026, month, 1)).map(|date| month_name(writer, date)).collect();
    let mut wrong = |code, what: &str, why: &str, help: &'static str| {
        found.push(Diagnostic::error(code, reading.at, format!("`{what}` {why}"), help));
    };
    for number in numbers(&reading.said) {
        if let Some(month) = months.iter().position(|month| number.is_of_month(month)) {
            if !days.iter().any(|date| number.is_day(*date, month)) {
                wrong("collect.date.unknown", number.digits, "is the day of no date of this message", "let a blank name the day");
            }
        } else if number.is_share() {
            if !rates.contains(number.digits) {
                wrong("collect.rate.unknown", number.digits, "is the rate of nothing that is asked for", "let a part name its rate");
            }
        } else if number.is_money() {
            if !written.contains(number.digits) || !number.has_mark_of(particulars.total) {
                wrong("collect.amount.unknown", number.digits, "is no amount of this message", "let a blank name the amount");
            }
        } else if number.is_dotted_date() {
            wrong("collect.date.unknown", number.digits, "is a day that somebody typed", "let a blank name the day");
        }
    }
    if let Some(mark) = lonely_mark(&reading.said) {
        wrong("collect.amount.words", mark, "has no number beside it", "let a blank name the amount");
    }
    if let Some(number) = long_number(&reading.said) {
        wrong("collect.number.unknown", &number, "is no number of this message", "let a blank name accounts, references and telephones");
    }
    for link in reading.said.split_whitespace().filter(|word| is_link(word)) {
        wrong("collect.link.unknown", link, "leads somewhere that the facts do not name", "lead to the ways of the customer");
    }
}

/// Every amount that a message may name, and nothing
fn amounts(particulars: &Particulars) -> Vec<Money> {
    let mut all = alloc::vec![particulars.total];
    all.extend(Money::from_minor(0, particulars.total.currency()));
    for claim in &particulars.claims {
        all.push(claim.open);
        all.extend(claim.parts.iter().map(|part| part.amount));
        all.extend(claim.received.iter().map(|received| received.amount));
    }
    all.extend(particulars.named());
    all
}

fn rates(particulars: &Particulars) -> impl Iterator<Item = tresen_core::rate::Rate> {
    particulars.claims.iter().flat_map(|claim| &claim.parts).filter_map(|part| match part.kind {
        PartKind::DefaultInterest { rate, .. } => Some(rate),
        PartKind::Principal
        | PartKind::Fee
        | PartKind::Interest
        | PartKind::LumpSum
        | PartKind::DunningCost { .. }
        | PartKind::LegalCost => None,
    })
}

/// Every day that a message may name
fn days(particulars: &Particulars) -> Vec<Date> {
    let mut days = alloc::vec![particulars.today];
    days.extend(particulars.term.into_iter().chain(particulars.default_from));
    for claim in &particulars.claims {
        days.extend([claim.order.on, claim.invoice.on, claim.due]);
        days.extend(claim.received.iter().map(|received| received.on));
        for part in &claim.parts {
            match part.kind {
                PartKind::DefaultInterest { from, until, .. } => days.extend([from, until]),
                PartKind::DunningCost { on } => days.push(on),
                PartKind::Principal | PartKind::Fee | PartKind::Interest | PartKind::LumpSum | PartKind::LegalCost => {}
            }
        }
    }
    match &particulars.occasion {
        Occasion::Note => {}
        Occasion::Reminder { earlier, hand_over, .. } => {
            days.extend(earlier);
            days.extend(hand_over.map(|hand_over| hand_over.on));
        }
        Occasion::Crossed { received_on, message_on, .. } => days.extend([received_on, message_on]),
        Occasion::Thanks { received_on, .. } => days.push(*received_on),
        Occasion::Promise { by, .. } | Occasion::PromiseMissed { by, .. } => days.push(*by),
        Occasion::Rate { due, .. } => days.push(*due),
        Occasion::Deferral { until } => days.push(*until),
        Occasion::Plan { rates } => days.extend(rates.iter().map(|(on, _)| *on)),
        Occasion::Dispute { received_on, answer_by } => days.extend([received_on, answer_by]),
    }
    days
}

fn month_name(writer: &Writer<'_>, date: Date) -> String {
    normal(&writer.day(date)).chars().filter(|one| one.is_alphabetic()).collect::<String>().to_lowercase()
}

/// The digits of an amount with the signs between them
fn bare(amount: &str) -> String {
    normal(amount)
        .chars()
        .skip_while(|one| !one.is_ascii_digit())
        .take_while(|one| one.is_ascii_digit() || matches!(one, '.' | ','))
        .collect()
}

/// All numbers of a text, points and commas between digits included
fn numbers(text: &str) -> Vec<Number<'_>> {
    let mut numbers = Vec::new();
    let mut from = 0;
    while let Some((before, rest)) = text.split_at_checked(from) {
        let Some(start) = rest.find(|one: char| one.is_ascii_digit()) else { break };
        let Some((skipped, rest)) = rest.split_at_checked(start) else { break };
        let end = rest.char_indices().find(|(at, one)| !goes_on(rest, *at, *one)).map_or(rest.len(), |(at, _)| at);
        let Some((digits, after)) = rest.split_at_checked(end) else { break };
        let here = before.len().saturating_add(skipped.len());
        numbers.push(Number { digits, before: text.get(..here).unwrap_or_default(), after });
        from = here.saturating_add(end);
    }
    numbers
}

fn goes_on(text: &str, at: usize, one: char) -> bool {
    let next_is_digit = || text.get(at.saturating_add(1)..).and_then(|rest| rest.chars().next()).is_some_and(|next| next.is_ascii_digit());
    one.is_ascii_digit() || (matches!(one, '.' | ',') && next_is_digit())
}

impl Number<'_> {
    /// The word or sign behind it, at most one blank away, in small letters
    fn next(&self) -> String {
        let after = self.after.strip_prefix('.').unwrap_or(self.after);
        token(after.strip_prefix(' ').unwrap_or(after).chars(), char::is_alphanumeric).to_lowercase()
    }

    /// The word or sign before it, at most one blank away, in small letters
    fn last(&self) -> String {
        let before = self.before.trim_end_matches(['−', '-']);
        let back = token(before.strip_suffix(' ').unwrap_or(before).chars().rev(), char::is_alphanumeric);
        back.chars().rev().collect::<String>().to_lowercase()
    }

    /// Whether a sign behind it belongs to a number behind the sign
    fn next_is_taken(&self) -> bool {
        let after = self.after.trim_start_matches(' ').trim_start_matches(|one: char| !one.is_alphanumeric() && one != ' ' && one != '\n');
        !self.after.starts_with(['.', ',']) && after.strip_prefix(' ').unwrap_or(after).starts_with(|one: char| one.is_ascii_digit())
    }

    /// Whether a sign before it belongs to a number before the sign
    fn last_is_taken(&self) -> bool {
        let before = self.before.trim_end_matches(' ').trim_end_matches(|one: char| !one.is_alphanumeric() && one != ' ' && one != '\n');
        before.strip_suffix(' ').unwrap_or(before).ends_with(|one: char| one.is_ascii_digit())
    }

    fn marks(&self) -> impl Iterator<Item = String> {
        let last = Some(self.last()).filter(|_| !self.last_is_taken());
        let next = Some(self.next()).filter(|_| !self.next_is_taken());
        [last, next].into_iter().flatten().filter(|mark| MARKS.contains(&mark.as_str()))
    }

    fn is_share(&self) -> bool {
        SHARES.contains(&self.next().as_str())
    }

    fn is_money(&self) -> bool {
        let cents = self
            .digits
            .rsplit_once(['.', ','])
            .is_some_and(|(whole, cents)| cents.len() == 2 && !whole.contains('.') | whole.contains(','));
        self.marks().next().is_some() || (cents && !self.is_share() && !HOURS.contains(&self.next().as_str()) && !self.is_dotted_date())
    }

    fn has_mark_of(&self, total: Money) -> bool {
        let code = total.currency().code().to_lowercase();
        let own: &[&str] = match total.currency().code() {
            "EUR" => &["€", "euro"],
            "GBP" => &["£"],
            "USD" => &["$"],
            _ => &[],
        };
        self.marks().all(|mark| own.contains(&mark.as_str()) || mark == code)
    }

    fn is_of_month(&self, month: &str) -> bool {
        self.digits.len() <= 2 && (self.next() == month || self.last() == month)
    }

    /// Whether it is the day of that date, and a year behind the month is its year
    fn is_day(&self, date: Date, month: usize) -> bool {
        let (year, number, day) = date.ymd();
        let behind = self.after.trim_start_matches(|one: char| !one.is_ascii_digit() && one != '\n' && one != ',');
        let stated: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let says_year = stated.len() == 4 && self.after.chars().take_while(|one| !one.is_ascii_digit()).count() <= 12;
        usize::from(number) == month.saturating_add(1)
            && self.digits.parse::<u8>() == Ok(day)
            && (!says_year || stated.parse::<i32>() == Ok(year))
    }

    /// `4.12.2026`, `04.12.`
    fn is_dotted_date(&self) -> bool {
        let mut groups = self.digits.split('.');
        let is_short = |group: Option<&str>| group.is_some_and(|group| (1..=2).contains(&group.len()) && !group.contains(','));
        let (day, month) = (is_short(groups.next()), is_short(groups.next()));
        let rest = groups.next();
        day && month
            && groups.next().is_none()
            && match rest {
                Some(year) => year.len() == 4 || year.len() == 2,
                None => self.after.starts_with('.') && !self.after.starts_with(". ") && !self.after.starts_with(".\n") && self.after != ".",
            }
    }
}

/// The first sign, or the first word
fn token(characters: impl Iterator<Item = char>, is_of_word: impl Fn(char) -> bool) -> String {
    let mut characters = characters.peekable();
    match characters.peek() {
        Some(one) if !is_of_word(*one) => (*one).into(),
        Some(_) | None => characters.take_while(|one| is_of_word(*one)).collect(),
    }
}

/// A sign or a word for money without a number
fn lonely_mark(text: &str) -> Option<&'static str> {
    let (beside, lower) = (numbers(text), text.to_lowercase());
    MARKS.into_iter().find(|mark| {
        let is_word = mark.chars().all(char::is_alphabetic);
        let all = lower.match_indices(mark).filter(|(at, _)| {
            let before = lower.get(..*at).and_then(|before| before.chars().next_back());
            let after = lower.get(at.saturating_add(mark.len())..).and_then(|after| after.chars().next());
            !is_word || !(before.is_some_and(char::is_alphabetic) || after.is_some_and(char::is_alphabetic))
        });
        let with_number = beside.iter().flat_map(Number::marks).filter(|found| found == mark).count();
        all.count() > with_number
    })
}

/// The first number that is too long to be anything but somebody's
fn long_number(text: &str) -> Option<String> {
    let mut run = String::new();
    for one in text.chars().chain(['\n']) {
        let goes_on = one.is_ascii_digit() || (matches!(one, ' ' | '-' | '/') && run.ends_with(|last: char| last.is_ascii_digit()));
        if goes_on {
            run.push(one);
            continue;
        }
        if run.chars().filter(char::is_ascii_digit).count() >= LONG_DIGITS {
            return Some(run.trim().into());
        }
        run.clear();
    }
    None
}

/// An address of a page or a mailbox
fn is_link(word: &str) -> bool {
    if word.contains('@') {
        return true;
    }
    let word = word.trim_matches(|one: char| !one.is_alphanumeric());
    let host = word.split('/').next().unwrap_or_default();
    let mut labels = host.rsplit('.');
    let ends_like_one = labels.next().is_some_and(|end| end.len() >= 2 && end.bytes().all(|byte| byte.is_ascii_lowercase()));
    let is_host = ends_like_one
        && host.contains('.')
        && labels.all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    word.contains("://") || word.starts_with("www.") || is_host
}
