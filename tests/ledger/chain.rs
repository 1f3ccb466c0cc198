//! The chain of reminders of random lives: who is written to when, how often, and never again after a payment.

use crate::life::Life;
use crate::names;
use std::collections::BTreeMap;
use tresen_core::collect::{Action, Attempt, Case, Channel, Due, Gate, Ladder, Now, Outcome, Person, Step, Subject, Tone, Way, due};
use tresen_core::date::{Date, Weekday};
use tresen_core::ident::ReceivableId;
use tresen_core::law::contact::Moment;
use tresen_core::money::Currency;
use tresen_core::receivable::{Account, Act, Event};
use tresen_tests::chance::Chance;

const LIVES: u64 = 400;
const DAY: i64 = 24 * 60;

pub fn ladder() -> Ladder {
    let step =
        |after_days, term_days, tone, channels: &[Channel]| Step { after_days, term_days, tone, channels: channels.to_vec(), fee_minor: 0 };
    Ladder {
        steps: vec![
            step(3, 7, Tone::Friendly, &[Channel::Email, Channel::TextMessage, Channel::Letter]),
            step(1, 7, Tone::Neutral, &[Channel::Email, Channel::TextMessage, Channel::Letter]),
            step(1, 10, Tone::Firm, &[Channel::Email, Channel::Letter]),
        ],
        ..Ladder::standard(Currency::EUR)
    }
}

/// A customer, and everything that was sent
pub struct World {
    pub life: Life,
    chance: Chance,
    person: Person,
    /// By how many minutes the person's clock may differ from the merchant's
    shifts: Vec<i64>,
    pub attempts: Vec<Attempt>,
    /// What was sent to another reference of the same person's
    pub beside: Vec<Attempt>,
    runs: u64,
    /// How often each thing was done
    done: BTreeMap<&'static str, usize>,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed ^ 0x5eed);
        let way = |chance: &mut Chance| chance.pick(&[Way::Open, Way::Open, Way::Open, Way::OptedOut, Way::NoAddress]);
        let ways = [way(&mut chance), way(&mut chance), way(&mut chance), Way::NoAddress];
        let prefers = chance.pick(&[None, Some(Channel::Email), Some(Channel::Letter)]);
        let shifts = chance.pick(&[vec![0], vec![0], vec![-60], vec![-120, -60, 0]]);
        let person = Person { ways, prefers };
        World { life: Life::calm(seed), chance, person, shifts, attempts: vec![], beside: vec![], runs: 0, done: BTreeMap::new() }
    }

    /// At that minute of the merchant; where it is not known in which of three zones the person is, in each of them
    fn at(&self, minute: u16) -> Now {
        let today = self.life.today;
        let utc_minutes = i64::from(today.days()) * DAY + i64::from(minute);
        let local = |shift: i64| {
            let date = today.plus_days(i32::try_from((i64::from(minute) + shift).div_euclid(DAY)).unwrap());
            let minute = u16::try_from((i64::from(minute) + shift).rem_euclid(DAY)).unwrap();
            Moment { date, minute, is_holiday: date.ymd().1 == 12 && date.ymd().2 == 25, utc_minutes }
        };
        Now { today, person: self.shifts.iter().map(|shift| local(*shift)).collect() }
    }

    /// What a person says of a way counts at once
    fn minds(&mut self) {
        if self.chance.once_in(40) {
            let place = self.chance.below(3);
            self.person.ways[place] = self.chance.pick(&[Way::Open, Way::Open, Way::OptedOut]);
        }
    }

    fn ask(&self, now: &Now) -> Due {
        let attempts = [self.beside.as_slice(), self.attempts.as_slice()].concat();
        due(&Case { account: &self.life.account, person: &self.person, attempts: &attempts }, &ladder(), now)
    }

    /// A run at some minute of the day; does what is due as a service would
    pub fn run(&mut self) {
        let minute = u16::try_from(self.chance.below(1_440)).unwrap();
        self.minds();
        let now = self.at(minute);
        let due = self.ask(&now);
        self.all_claims_have_an_answer(&due);
        for action in &due.actions {
            self.act(action, &now);
        }
        let again = self.ask(&now);
        let failed = self
            .attempts
            .last()
            .is_some_and(|attempt| attempt.utc_minutes == now.person[0].utc_minutes && attempt.outcome == Outcome::Failed);
        for action in &again.actions {
            // What has just failed is tried another way, and nothing else is said.
            let says = match action {
                Action::Note { .. } => !failed,
                Action::Remind(reminder) => !failed || reminder.about.iter().any(|about| about.rises),
                _ => false,
            };
            assert!(!says, "asked again at once it would write again: {again:?}");
        }
    }

    fn all_claims_have_an_answer(&self, due: &Due) {
        let mut said: Vec<ReceivableId> = due.stopped.iter().map(|(id, _)| id.clone()).collect();
        for action in &due.actions {
            match action {
                Action::Note { receivables, .. } => said.extend(receivables.iter().cloned()),
                Action::Remind(reminder) => said.extend(reminder.about.iter().map(|about| about.receivable.clone())),
                Action::Unreachable { receivable, .. }
                | Action::ByHand { receivable, .. }
                | Action::ProposePlacement { receivable }
                | Action::ProposeClearing { receivable } => {
                    said.push(receivable.clone());
                }
            }
        }
        said.sort();
        let open: Vec<ReceivableId> = self
            .life
            .account
            .receivables()
            .filter(|(_, claim)| claim.ending.is_none() || claim.sold().is_some())
            .map(|(id, _)| id.clone())
            .collect();
        assert_eq!(said, open, "each open claim has one answer");
        let is_sold = |id: &ReceivableId| self.life.account.receivable(id).is_some_and(|claim| claim.sold().is_some());
        assert!(due.stopped.iter().all(|(id, gate)| is_sold(id) == (*gate == Gate::Sold)), "{due:?}");
        let with_buyers = open.iter().filter(|id| is_sold(id)).count();
        assert_eq!(with_buyers, due.stopped.iter().filter(|(_, gate)| *gate == Gate::Sold).count(), "nothing is sent about what is sold");
    }

    fn act(&mut self, action: &Action, now: &Now) {
        let today = self.life.today;
        match action {
            Action::Note { receivables, channel } => {
                self.count("note");
                self.may_be_written_to(now, *channel);
                let about = receivables.iter().map(|id| (id.clone(), Subject::Note, self.life.account.cycle(id).unwrap())).collect();
                self.send(about, *channel, now);
            }
            Action::Remind(reminder) => {
                self.count("remind");
                self.may_be_written_to(now, reminder.channel);
                for about in &reminder.about {
                    assert_eq!(self.life.account.blocked(Act::Contact, &about.receivable, today), None);
                    assert!(self.life.account.overdue(&about.receivable, today) > ladder().tolerance_minor);
                    if about.rises {
                        self.runs += 1;
                        let run = names::run(1_000_000 + self.runs);
                        let last = ladder().is_last(about.level);
                        let raised =
                            Event::LevelRaised { receivable: about.receivable.clone(), to: about.level, last, run, cycle: about.cycle };
                        self.life.must(raised);
                    }
                }
                let about =
                    reminder.about.iter().map(|about| (about.receivable.clone(), Subject::Level(about.level), about.cycle)).collect();
                let arrived = self.send(about, reminder.channel, now);
                if arrived {
                    let term_until = today.plus_days(i32::from(reminder.term_days));
                    for about in &reminder.about {
                        self.life.must(Event::NoticeArrived { receivable: about.receivable.clone(), level: about.level, term_until });
                    }
                }
            }
            Action::Unreachable { receivable, level } => {
                self.count("unreachable");
                let term_until = today.plus_days(7);
                self.life.must(Event::NoticeArrived { receivable: receivable.clone(), level: *level, term_until });
            }
            Action::ByHand { .. } => panic!("this ladder leaves nothing to a human"),
            Action::ProposePlacement { receivable } => {
                self.count("placement");
                let level = &self.life.account.receivable(receivable).unwrap().level;
                assert!(level.last && level.term_until.is_some_and(|until| today > until));
            }
            Action::ProposeClearing { receivable } => {
                self.count("clearing");
                assert!(self.life.account.open(receivable) <= ladder().tolerance_minor);
            }
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.done.entry(what).or_insert(0) += 1;
    }

    /// Whether it arrives; a message may also be lost on the way
    fn send(&mut self, about: Vec<(ReceivableId, Subject, Date)>, channel: Channel, now: &Now) -> bool {
        let outcome = self.chance.pick(&[Outcome::Arrived, Outcome::Arrived, Outcome::Arrived, Outcome::Failed]);
        self.attempts.push(Attempt { utc_minutes: now.person[0].utc_minutes, about, channel, outcome });
        outcome == Outcome::Arrived
    }

    /// By the house's rules, reckoned here once more
    fn may_be_written_to(&self, now: &Now, channel: Channel) {
        for moment in &now.person {
            assert!((8 * 60..20 * 60).contains(&moment.minute) && moment.date.weekday() != Weekday::Sunday && !moment.is_holiday);
        }
        assert_eq!(self.person.way(channel), Way::Open);
    }

    /// No claim more than once, and no customer more than twice, in any seven days
    fn nobody_was_pestered(&self) {
        let reached: Vec<&Attempt> = self.attempts.iter().filter(|attempt| attempt.outcome != Outcome::Failed).collect();
        for (place, attempt) in reached.iter().enumerate() {
            let week = || reached[..place].iter().filter(|other| attempt.utc_minutes - other.utc_minutes < 7 * DAY);
            assert!(week().count() < 2, "three in a week");
            for (claim, ..) in &attempt.about {
                assert!(week().all(|other| other.about.iter().all(|(other, ..)| other != claim)), "one claim twice in a week");
            }
        }
    }
}

#[test]
fn who_is_reminded_how_often_and_when() {
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..LIVES {
        let mut world = World::new(seed);
        for _ in 0..150 {
            world.life.day(&mut |life, event| {
                let violations = life.account.violations(life.today);
                assert!(violations.is_empty(), "seed {seed}: {violations:?} after {event:?}");
            });
            // The scheduler is down for days, or runs several times a day.
            for _ in 0..world.chance.pick(&[0, 0, 1, 1, 3_usize]) {
                world.run();
            }
        }
        world.life.ends();
        world.nobody_was_pestered();
        world.done.iter().for_each(|(what, times)| *done.entry(what).or_insert(0) += times);
    }
    for what in ["note", "remind", "unreachable", "placement", "clearing"] {
        assert!(done.get(what).copied().unwrap_or(0) >= 50, "hardly ever: {what}; {done:?}");
    }
}

/// One claim of 100.00 that nobody pays, by e-mail that always arrives, with a run at ten each day but those that are left out
fn days_of_reminders(without: &[&str]) -> Vec<(String, u8)> {
    days_by(&ladder(), without)
}

/// The same by any ladder
pub fn days_by(ladder: &Ladder, without: &[&str]) -> Vec<(String, u8)> {
    let person = Person { ways: [Way::Open; 4], prefers: None };
    let (mut account, mut attempts, mut days) = (Account::default(), Vec::<Attempt>::new(), Vec::new());
    let id = names::receivable(1);
    let mut today = Date::parse("2026-03-02").unwrap();
    crate::life::order(&mut account, today, &id, 10_000, Date::parse("2026-03-16").unwrap());
    while today < Date::parse("2026-06-01").unwrap() {
        today = today.plus_days(1);
        if without.contains(&today.to_iso().as_str()) {
            continue;
        }
        // At ten, or when the ladder's day begins.
        let minute = ladder.house.opens_minute.max(600);
        let utc_minutes = i64::from(today.days()) * DAY + i64::from(minute);
        let now = Now { today, person: vec![Moment { date: today, minute, is_holiday: false, utc_minutes }] };
        let found = due(&Case { account: &account, person: &person, attempts: &attempts }, ladder, &now);
        for action in found.actions {
            let (about, channel) = match action {
                Action::Note { receivables, channel } => {
                    days.push((today.to_iso(), 0));
                    (
                        receivables.into_iter().map(|id| (id, Subject::Note, account.cycle(&names::receivable(1)).unwrap())).collect(),
                        channel,
                    )
                }
                Action::Remind(reminder) => {
                    let about = &reminder.about[0];
                    days.push((today.to_iso(), about.level));
                    let run = names::run(u64::try_from(days.len()).unwrap());
                    let raised =
                        Event::LevelRaised { receivable: id.clone(), to: about.level, last: reminder.last, run, cycle: about.cycle };
                    account.apply(today, &raised).unwrap();
                    let term_until = today.plus_days(i32::from(reminder.term_days));
                    account.apply(today, &Event::NoticeArrived { receivable: id.clone(), level: about.level, term_until }).unwrap();
                    (vec![(id.clone(), Subject::Level(about.level), about.cycle)], reminder.channel)
                }
                Action::ProposePlacement { .. } => {
                    days.push((today.to_iso(), 9));
                    return days;
                }
                other => panic!("{other:?}"),
            };
            attempts.push(Attempt { utc_minutes, about, channel, outcome: Outcome::Arrived });
        }
    }
    days
}

fn told(days: &[(String, u8)]) -> Vec<(&str, u8)> {
    days.iter().map(|(day, level)| (day.as_str(), *level)).collect()
}

#[test]
fn a_chain_is_short_and_a_day_without_a_run_moves_it_and_skips_nothing() {
    // Due on Monday the 16th. The note three days before; then three days after, and each time a week or ten days to pay. The word before the due
    // date counts as a contact, so the first reminder waits until seven days have passed since.
    let every_day = days_of_reminders(&[]);
    assert_eq!(told(&every_day), [("2026-03-13", 0), ("2026-03-20", 1), ("2026-03-28", 2), ("2026-04-06", 3), ("2026-04-17", 9)]);
    // Three days of outage: the one step that was due then comes on the next day, and its term counts from there.
    let outage = days_of_reminders(&["2026-03-28", "2026-03-30", "2026-03-31"]);
    assert_eq!(told(&outage), [("2026-03-13", 0), ("2026-03-20", 1), ("2026-04-01", 2), ("2026-04-09", 3), ("2026-04-20", 9)]);
    let long = days_of_reminders(&["2026-03-13", "2026-03-14", "2026-03-15", "2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19"]);
    assert_eq!(told(&long)[0], ("2026-03-20", 1), "a word before the due date is not made up for");
}

#[test]
fn whatever_days_are_missed_the_same_is_said_once_and_in_order() {
    let (mut missed, mut with_note) = (0, 0);
    for seed in 0..300 {
        let mut chance = Chance::new(seed);
        let (mut day, end) = (Date::parse("2026-03-03").unwrap(), Date::parse("2026-04-20").unwrap());
        let mut without = Vec::new();
        // Outages of up to four days, and weeks in which the runner is there every other day.
        while day < end {
            let down = chance.pick(&[0, 0, 0, 1, 1, 2, 4_usize]);
            without.extend((0..down).map(|passed| day.plus_days(i32::try_from(passed).unwrap()).to_iso()));
            day = day.plus_days(i32::try_from(down).unwrap() + 1);
        }
        let without: Vec<&str> = without.iter().map(String::as_str).collect();
        let said = days_of_reminders(&without);
        let levels: Vec<u8> = said.iter().map(|(_, level)| *level).filter(|level| *level > 0).collect();
        assert_eq!(levels, [1, 2, 3, 9], "seed {seed}: {said:?} without {without:?}");
        assert!(said.windows(2).all(|pair| pair[0].0 < pair[1].0), "seed {seed}: one thing a day: {said:?}");
        let first = said.iter().find(|(_, level)| *level == 1).unwrap();
        assert!(first.0.as_str() >= "2026-03-19", "seed {seed}: before its day: {said:?}");
        missed += without.len();
        with_note += usize::from(said.iter().any(|(_, level)| *level == 0));
    }
    assert!(missed > 3_000 && with_note > 100, "{missed} days missed, {with_note} with a note");
}
