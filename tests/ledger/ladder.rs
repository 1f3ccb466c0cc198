//! What the ladder of a policy does to a case: cost against what a message brings, a human in place of a message, and what is known of a case.

use crate::{life, names};
use tresen_core::collect::{Action, Attempt, Case, Channel, Due, Gate, Ladder, Now, Outcome, Person, Subject, Way, due, learn, segmented};
use tresen_core::date::Date;
use tresen_core::facts::{Facts, case};
use tresen_core::law::contact::Moment;
use tresen_core::money::Currency;
use tresen_core::policy::{Collection, Condition, Conditions, Node, Relation, Segment, Then};
use tresen_core::rate::Rate;
use tresen_core::receivable::{Account, Event};

const DAY: i64 = 24 * 60;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A weekday at ten
fn at(text: &str) -> Now {
    let today = day(text);
    let utc_minutes = i64::from(today.days()) * DAY + 600;
    Now { today, person: vec![Moment { date: today, minute: 600, is_holiday: false, utc_minutes }] }
}

/// One claim of that much, ordered on the 2nd of March and due on Monday the 16th
fn account(minor: i64) -> Account {
    let mut account = Account::default();
    life::order(&mut account, day("2026-03-02"), &names::receivable(1), minor, day("2026-03-16"));
    account
}

/// Somebody who can be reached by these ways alone
fn by(open: &[Channel]) -> Person {
    Person { ways: Channel::ALL.map(|channel| if open.contains(&channel) { Way::Open } else { Way::NoAddress }), prefers: None }
}

fn sent(on: &str, channel: Channel, outcome: Outcome) -> Attempt {
    let about = vec![(names::receivable(1), Subject::Note, day("2026-03-16"))];
    Attempt { utc_minutes: i64::from(day(on).days()) * DAY + 600, about, channel, outcome }
}

/// A ladder whose letter costs 1.10, and whose messages bring two percent
fn dear() -> Ladder {
    Ladder { cost_minor: [0, 8, 110, 0], expected: Rate::from_ppm(20_000), micro_minor: 0, ..Ladder::standard(Currency::EUR) }
}

fn asked(account: &Account, person: &Person, ladder: &Ladder, on: &str) -> Due {
    due(&Case { account, person, attempts: &[] }, ladder, &at(on))
}

fn way(due: &Due) -> Option<Channel> {
    due.actions.iter().find_map(|action| match action {
        Action::Remind(reminder) => Some(reminder.channel),
        _ => None,
    })
}

/// The account on its last level but one, whose term has passed
fn before_the_last(account: &mut Account, ladder: &Ladder) {
    for level in 1..u8::try_from(ladder.steps.len()).unwrap() {
        let on = day("2026-03-19").plus_days(i32::from(level) * 10);
        let (receivable, run) = (names::receivable(1), names::run(level.into()));
        account
            .apply(on, &Event::LevelRaised { receivable: receivable.clone(), to: level, last: false, run, cycle: day("2026-03-16") })
            .unwrap();
        account.apply(on, &Event::NoticeArrived { receivable, level, term_until: on.plus_days(5) }).unwrap();
    }
}

#[test]
fn a_message_must_bring_more_than_it_costs() {
    // Two percent of 55.00 are 1.10, which the letter costs; of one cent more they are more.
    for (late, letter) in [(5_500, None), (5_501, Some(Channel::Letter))] {
        let found = asked(&account(late), &by(&[Channel::Letter]), &dear(), "2026-03-19");
        assert_eq!(way(&found), letter, "{late}");
        let stopped: Vec<Gate> = found.stopped.iter().map(|(_, gate)| *gate).collect();
        assert_eq!(stopped, if letter.is_none() { vec![Gate::TooDear] } else { vec![] }, "{late}");
    }
    // Where a cheaper way is open too, it is taken, though the person would rather have a letter.
    let both = Person { prefers: Some(Channel::Letter), ..by(&[Channel::TextMessage, Channel::Letter]) };
    assert_eq!(way(&asked(&account(5_500), &both, &dear(), "2026-03-19")), Some(Channel::TextMessage));
    assert_eq!(way(&asked(&account(5_501), &both, &dear(), "2026-03-19")), Some(Channel::Letter));
    // Without what a message brings, cost is not looked at; a way that costs nothing is worth it always.
    let unknown = Ladder { expected: None, ..dear() };
    assert_eq!(way(&asked(&account(400), &by(&[Channel::Letter]), &unknown, "2026-03-19")), Some(Channel::Letter));
    assert_eq!(way(&asked(&account(301), &by(&[Channel::Email]), &dear(), "2026-03-19")), Some(Channel::Email));
    assert_eq!(asked(&account(400), &by(&[]), &dear(), "2026-03-19").stopped[0].1, Gate::NoWay);
}

#[test]
fn the_final_notice_goes_out_whatever_it_costs() {
    let mut account = account(1_000);
    before_the_last(&mut account, &dear());
    let found = asked(&account, &by(&[Channel::Letter]), &dear(), "2026-05-04");
    assert_eq!(way(&found), Some(Channel::Letter), "{found:?}");
}

#[test]
fn a_micro_claim_bears_no_letter_before_the_final_notice() {
    let ladder = Ladder::standard(Currency::EUR);
    let found = asked(&account(5_000), &by(&[Channel::Letter]), &ladder, "2026-03-19");
    assert_eq!((way(&found), found.stopped[0].1), (None, Gate::TooDear));
    assert_eq!(way(&asked(&account(5_001), &by(&[Channel::Letter]), &ladder, "2026-03-19")), Some(Channel::Letter));
    let mut small = account(5_000);
    before_the_last(&mut small, &ladder);
    assert_eq!(way(&asked(&small, &by(&[Channel::Letter]), &ladder, "2026-05-04")), Some(Channel::Letter));
}

#[test]
fn a_human_takes_the_step_on_its_day_and_not_before() {
    let ladder = Ladder { by_hand: true, ..Ladder::standard(Currency::EUR) };
    let person = by(&[Channel::Email]);
    let early = asked(&account(5_900), &person, &ladder, "2026-03-18");
    assert_eq!((early.actions, early.stopped[0].1), (vec![], Gate::NotYet(day("2026-03-19"))));
    let on_the_day = asked(&account(5_900), &person, &ladder, "2026-03-19");
    assert_eq!(on_the_day.actions, [Action::ByHand { receivable: names::receivable(1), level: 1 }]);
    // On a Sunday too: nobody is written to.
    assert_eq!(asked(&account(5_900), &person, &ladder, "2026-03-22").actions, on_the_day.actions);
    let stopped = Ladder { stopped: true, ..ladder };
    let found = asked(&account(5_900), &person, &stopped, "2026-03-19");
    assert_eq!((found.actions, found.stopped[0].1), (vec![], Gate::Stopped));
}

#[test]
fn the_house_reminds_three_ten_and_twenty_days_after_the_due_date() {
    let ladder = Ladder { note_days: None, ..Ladder::standard(Currency::EUR) };
    let (mut account, person) = (account(5_900), by(&[Channel::Email]));
    let (mut today, mut attempts, mut days) = (day("2026-03-16"), Vec::<Attempt>::new(), Vec::new());
    while days.len() < 4 {
        today = today.plus_days(1);
        let now = at(&today.to_iso());
        for action in due(&Case { account: &account, person: &person, attempts: &attempts }, &ladder, &now).actions {
            days.push(today.days_since(day("2026-03-16")));
            let Action::Remind(reminder) = action else { continue };
            let (about, run) = (&reminder.about[0], names::run(u64::try_from(days.len()).unwrap()));
            let (receivable, level) = (about.receivable.clone(), about.level);
            let raised = Event::LevelRaised { receivable: receivable.clone(), to: level, last: reminder.last, run, cycle: about.cycle };
            account.apply(today, &raised).unwrap();
            let term_until = today.plus_days(i32::from(reminder.term_days));
            account.apply(today, &Event::NoticeArrived { receivable: receivable.clone(), level, term_until }).unwrap();
            let about = vec![(receivable, Subject::Level(level), about.cycle)];
            attempts.push(Attempt { utc_minutes: now.person[0].utc_minutes, about, channel: Channel::Email, outcome: Outcome::Sent });
        }
    }
    // The 26th of March is a Thursday, the 5th of April a Sunday, on which nobody is written to: the final notice goes out on Monday.
    assert_eq!(days, [3, 10, 21, 32]);
}

/// What is known of a case with these attempts
fn known(attempts: &[Attempt], person: &Person, on: &str) -> Facts {
    let account = account(5_900);
    let mut facts = Facts::new();
    // What was known of another moment does not stay.
    facts.set(case::LAST_OPENED, 1);
    learn(&mut facts, &Case { account: &account, person, attempts }, &at(on));
    facts
}

#[test]
fn what_is_known_of_a_case_is_what_happened_and_no_more() {
    let facts = known(&[], &by(&[Channel::Email]), "2026-03-12");
    for (fact, value) in [
        (case::DAYS_OVERDUE, Some(0)),
        (case::DAYS_UNTIL_DUE, Some(4)),
        (case::LEVEL, Some(0)),
        (case::AMOUNT_OVERDUE, Some(0)),
        (case::AMOUNT_OPEN, Some(5_900)),
        (case::CLAIMS_OPEN, Some(1)),
        (case::CLAIMS_PAID, Some(0)),
        (case::PROMISES_BROKEN, Some(0)),
        (case::MESSAGES, Some(0)),
        (case::DAYS_SINCE_MESSAGE, None),
        (case::LAST_CHANNEL, None),
        (case::LAST_ARRIVED, None),
        (case::LAST_OPENED, None),
        (case::LAST_CLICKED, None),
        (case::PREFERS, None),
    ] {
        assert_eq!(facts.get(fact), value, "{:?}", fact.name());
    }
    let late = known(&[], &Person { prefers: Some(Channel::Letter), ..by(&[]) }, "2026-03-20");
    let told = [case::DAYS_OVERDUE, case::DAYS_UNTIL_DUE, case::AMOUNT_OVERDUE, case::PREFERS].map(|fact| late.get(fact));
    assert_eq!(told, [Some(4), None, Some(5_900), Some(2)]);
}

#[test]
fn of_the_last_message_nothing_is_known_that_nobody_saw() {
    for (channel, outcome, arrived, opened, clicked) in [
        (Channel::Email, Outcome::Intended, None, None, None),
        (Channel::Email, Outcome::Sent, None, None, Some(0)),
        (Channel::Email, Outcome::Arrived, Some(1), None, Some(0)),
        (Channel::Email, Outcome::Unopened, Some(1), Some(0), Some(0)),
        (Channel::Email, Outcome::Opened, Some(1), Some(1), Some(0)),
        (Channel::Email, Outcome::Clicked, Some(1), Some(1), Some(1)),
        (Channel::Email, Outcome::Failed, Some(0), Some(0), Some(0)),
        (Channel::Letter, Outcome::Arrived, Some(1), None, None),
    ] {
        // An older message, of which more is known, says nothing of the last.
        let attempts = [sent("2026-03-16", channel, outcome), sent("2026-03-10", Channel::TextMessage, Outcome::Clicked)];
        let facts = known(&attempts, &by(&[]), "2026-03-20");
        let told = [case::LAST_ARRIVED, case::LAST_OPENED, case::LAST_CLICKED].map(|fact| facts.get(fact));
        assert_eq!(told, [arrived, opened, clicked], "{channel:?} {outcome:?}");
        assert_eq!((facts.get(case::DAYS_SINCE_MESSAGE), facts.get(case::LAST_CHANNEL)), (Some(4), i64::try_from(channel.place()).ok()));
        assert_eq!(facts.get(case::MESSAGES), Some(if outcome == Outcome::Failed { 1 } else { 2 }), "{outcome:?}");
    }
}

#[test]
fn a_segment_asks_about_the_case_as_it_is_now() {
    let mut conditions = Conditions::default();
    let unopened = conditions.push(Node::Compare { fact: case::LAST_OPENED, relation: Relation::Equal, value: 0 });
    let then = Then { channels: vec![Channel::TextMessage], ..Then::default() };
    let segments = vec![Segment { id: "unopened".into(), when: Condition(Some(unopened)), then }];
    let collection = Collection { conditions, segments, ..Collection::standard(Currency::EUR) };
    let (account, person) = (account(5_900), by(&[Channel::Email, Channel::TextMessage]));
    for (outcome, way_of_the_first) in [(Outcome::Arrived, Channel::Email), (Outcome::Unopened, Channel::TextMessage)] {
        let attempts = [sent("2026-03-13", Channel::Email, outcome)];
        let (case, now) = (Case { account: &account, person: &person, attempts: &attempts }, at("2026-03-20"));
        let chosen = segmented(&collection, &case, &Facts::new(), &now);
        assert_eq!(way(&due(&case, &chosen.ladder, &now)), Some(way_of_the_first), "{outcome:?}");
    }
}
