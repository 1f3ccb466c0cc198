//! When somebody answers, as a language writes it: `Mo–Sa 8–20 Uhr`, `Mon–Sat, 8 am–8 pm`.

use crate::bundled::Language;
use crate::explain::Explaining;
use crate::keys::Key;
use crate::table::nth;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use tresen_core::date::Weekday;
use tresen_core::hours::{DAY_MINUTES, Hours, Span, Standing};

/// So many days after one another are written as a range
const RANGE_MIN: usize = 3;

const NOON: u16 = 12 * 60;

/// When somebody answers, in a language; nothing where nobody ever does, or a file of this build is damaged, which a test rules out
#[must_use]
pub fn hours(language: Language, hours: &Hours) -> Option<String> {
    let words = Words::of(language)?;
    let days: Vec<&[Span]> = hours.days().collect();
    let mut said: Vec<String> = Vec::new();
    for (first, spans) in days.iter().enumerate() {
        let is_new = !spans.is_empty() && days.iter().position(|other| other == spans) == Some(first);
        if is_new {
            let alike: Vec<usize> = days.iter().enumerate().filter(|(_, other)| *other == spans).map(|(day, _)| day).collect();
            said.push(words.open(&alike, spans)?);
        }
    }
    (!said.is_empty()).then(|| words.say("between", &[]).map(|between| said.join(&between)))?
}

/// The same, and until when somebody answers now, or from when on
#[must_use]
pub fn hours_now(language: Language, all: &Hours, standing: Standing) -> Option<String> {
    let said = hours(language, all)?;
    let words = Words::of(language)?;
    let (name, minute, day) = match standing {
        Standing::Open(until) => ("now.open", until, None),
        Standing::Later(from) => ("now.later", from, None),
        Standing::Again(day, from) => ("now.again", from, Some(day.weekday())),
        Standing::Closed => return Some(said),
    };
    let weekday = match day {
        Some(day) => written_weekday(language, day)?,
        None => String::new(),
    };
    words.say(name, &[("hours", &said), ("time", &words.time(minute)?), ("weekday", &weekday)])
}

fn written_weekday(language: Language, day: Weekday) -> Option<String> {
    String::from_utf8(nth(language.texts()?.get(Key::DateWeekdays), b'|', day.days_from_monday().into()).to_vec()).ok()
}

/// The words of one language
struct Words(Explaining);

impl Words {
    fn of(language: Language) -> Option<Self> {
        Explaining::read(match language {
            Language::German | Language::GermanDu => include_str!("hours/de.json"),
            Language::English => include_str!("hours/en.json"),
            Language::French => include_str!("hours/fr.json"),
            Language::Italian => include_str!("hours/it.json"),
            Language::Dutch => include_str!("hours/nl.json"),
        })
        .map(Self)
    }

    fn say(&self, name: &str, blanks: &[(&str, &str)]) -> Option<String> {
        self.0.say(name, blanks)
    }

    /// Days with the same spans
    fn open(&self, days: &[usize], spans: &[Span]) -> Option<String> {
        let days = self.days(days)?;
        if spans.iter().any(|span| span.is_whole_day()) {
            return self.say("open.whole_day", &[("days", &days)]);
        }
        let times: Option<Vec<String>> =
            spans.iter().map(|span| Some(format!("{}–{}", self.time(span.from())?, self.time(span.until())?))).collect();
        self.say("open", &[("days", &days), ("times", &self.listed(&times?)?)])
    }

    /// `Mo–Fr und So`; numbered from Monday on
    fn days(&self, days: &[usize]) -> Option<String> {
        if days.len() == Weekday::ALL.len() {
            return self.say("every_day", &[]);
        }
        let names = self.say("days", &[])?;
        let name = |day: usize| names.split('|').nth(day);
        let mut said: Vec<String> = Vec::new();
        for run in days.chunk_by(|day, next| day.saturating_add(1) == *next) {
            match (run, run.len() >= RANGE_MIN) {
                ([first, .., last], true) => said.push(format!("{}–{}", name(*first)?, name(*last)?)),
                (run, _) => said.extend(run.iter().filter_map(|day| name(*day)).map(String::from)),
            }
        }
        self.listed(&said)
    }

    /// `a, b und c`
    fn listed(&self, all: &[String]) -> Option<String> {
        match all {
            [] => None,
            [one] => Some(one.clone()),
            [before @ .., last] => Some(format!("{}{}{last}", before.join(", "), self.say("and", &[])?)),
        }
    }

    fn time(&self, minute: u16) -> Option<String> {
        match minute {
            0 => return self.say("time.first", &[]),
            NOON => return self.say("time.noon", &[]),
            DAY_MINUTES => return self.say("time.last", &[]),
            _ => {}
        }
        let (hour, minutes) = (minute.div_euclid(60), minute.rem_euclid(60));
        let halves = self.say("time.half", &[])?;
        let (morning, afternoon) = halves.split_once('|')?;
        let half = if hour < 12 { morning } else { afternoon };
        let hour = match hour {
            hour if half.is_empty() => hour,
            0 => 12,
            13.. => hour.saturating_sub(12),
            hour => hour,
        };
        let name = if minutes == 0 { "time" } else { "time.minutes" };
        self.say(name, &[("hour", &hour.to_string()), ("minute", &format!("{minutes:02}")), ("half", half)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresen_core::date::Date;

    fn made(open: &[(&[Weekday], u16, u16)]) -> Hours {
        let mut hours = Hours::default();
        for (days, from, until) in open {
            for day in *days {
                assert!(hours.add(*day, Span::new(*from, *until).unwrap()));
            }
        }
        hours
    }

    fn said(hours: &Hours) -> [String; 5] {
        [Language::German, Language::English, Language::French, Language::Italian, Language::Dutch]
            .map(|language| super::hours(language, hours).unwrap())
    }

    #[test]
    fn hours_are_said_as_each_language_says_them() {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        let (week, working) = ([Monday, Tuesday, Wednesday, Thursday, Friday, Saturday], [Monday, Tuesday, Wednesday, Thursday, Friday]);
        for (open, expected) in [
            (
                made(&[(&week, 480, 1200)]),
                ["Mo–Sa 8–20 Uhr", "Mon–Sat, 8 am–8 pm", "lun.–sam. 8 h–20 h", "lun–sab ore 8–20", "ma–za 8–20 uur"],
            ),
            (
                made(&[(&working, 510, 720), (&working, 780, 1080), (&[Saturday], 540, 780)]),
                [
                    "Mo–Fr 8:30–12 und 13–18 Uhr, Sa 9–13 Uhr",
                    "Mon–Fri, 8:30 am–noon and 1 pm–6 pm; Sat, 9 am–1 pm",
                    "lun.–ven. 8 h 30–12 h et 13 h–18 h ; sam. 9 h–13 h",
                    "lun–ven ore 8:30–12 e 13–18; sab ore 9–13",
                    "ma–vr 8.30–12 en 13–18 uur; za 9–13 uur",
                ],
            ),
            (
                made(&[(&Weekday::ALL, 0, DAY_MINUTES)]),
                [
                    "täglich rund um die Uhr",
                    "daily, around the clock",
                    "tous les jours 24 h sur 24",
                    "tutti i giorni 24 ore su 24",
                    "dagelijks 24 uur per dag",
                ],
            ),
            (
                made(&[(&[Monday, Wednesday, Friday, Saturday, Sunday], 15, 1440)]),
                [
                    "Mo, Mi und Fr–So 0:15–24 Uhr",
                    "Mon, Wed and Fri–Sun, 12:15 am–midnight",
                    "lun., mer. et ven.–dim. 0 h 15–minuit",
                    "lun, mer e ven–dom ore 0:15–24",
                    "ma, wo en vr–zo 0.15–24 uur",
                ],
            ),
            (
                made(&[(&[Tuesday, Wednesday], 0, 60)]),
                ["Di und Mi 0–1 Uhr", "Tue and Wed, midnight–1 am", "mar. et mer. 0 h–1 h", "mar e mer ore 0–1", "di en wo 0–1 uur"],
            ),
        ] {
            assert_eq!(said(&open), expected);
        }
        assert_eq!(super::hours(Language::German, &Hours::default()), None);
    }

    #[test]
    fn it_is_said_how_it_stands_now() {
        let hours = made(&[(&[Weekday::Monday], 480, 1200)]);
        let monday = Date::parse("2026-11-30").unwrap();
        for (standing, german, english) in [
            (Standing::Open(1200), "Mo 8–20 Uhr · jetzt erreichbar, bis 20 Uhr", "Mon, 8 am–8 pm · open now, until 8 pm"),
            (Standing::Later(480), "Mo 8–20 Uhr · heute ab 8 Uhr erreichbar", "Mon, 8 am–8 pm · today from 8 am"),
            (Standing::Again(monday, 480), "Mo 8–20 Uhr · wieder am Montag ab 8 Uhr", "Mon, 8 am–8 pm · again on Monday from 8 am"),
            (Standing::Closed, "Mo 8–20 Uhr", "Mon, 8 am–8 pm"),
        ] {
            assert_eq!(hours_now(Language::GermanDu, &hours, standing).unwrap(), german);
            assert_eq!(hours_now(Language::English, &hours, standing).unwrap(), english);
            for language in Language::ALL {
                assert!(hours_now(language, &hours, standing).is_some(), "{language:?}");
            }
        }
    }

    #[test]
    fn every_language_has_the_same_words() {
        let names = |language| Words::of(language).unwrap().0.names().map(String::from).collect::<Vec<_>>();
        for language in Language::ALL {
            assert_eq!(names(language), names(Language::German));
            let words = Words::of(language).unwrap();
            assert_eq!(words.say("days", &[]).unwrap().split('|').count(), 7);
        }
    }
}
