//! The nightly run as `make bench-night` does it, over a few: killed in the middle and gone on with, and by two at once.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test")]

#[path = "common/client.rs"]
#[expect(dead_code, unreachable_pub, reason = "other tests ask for more")]
mod client;
#[path = "../bench/house.rs"]
mod house;
#[path = "../bench/people.rs"]
mod people;
#[path = "../bench/seed.rs"]
#[expect(dead_code, reason = "nothing is kept for the next time")]
mod seed;
#[path = "../bench/sink.rs"]
mod sink;

use house::{House, Worker};
use people::{Fate, People};
use sink::{Sink, Taken};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tresen_service::{Smtp, SmtpConfig};

const CLAIMS: usize = 2_000;

/// Set for the process that runs: the folder it works in, and the mail server
const FOLDER: &str = "TRESEN_TEST_NIGHT_FOLDER";
const SMTP: &str = "TRESEN_TEST_NIGHT_SMTP";

/// Not a test of its own: started again as a process by the tests below, it runs once
#[test]
fn runs_as_a_child() {
    let (Some(folder), Ok(smtp)) = (std::env::var_os(FOLDER).map(PathBuf::from), std::env::var(SMTP)) else { return };
    let mut config = tresen_service::Config::new(folder.join("tresen.sqlite"), folder.join("master.key"));
    config.sandbox = true;
    config.public_url = "https://shop.example".into();
    config.transport = Some(Arc::new(Smtp::new(&SmtpConfig { url: format!("smtp://{smtp}"), ..SmtpConfig::default() }).unwrap()));
    let ran = tresen_service::run(config).unwrap();
    assert_eq!(ran.broken, 0);
    println!("\nlooks {} messages {}", ran.looks, ran.messages);
}

fn worker() -> Worker {
    Arc::new(|folder: &Path, smtp| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "runs_as_a_child", "--nocapture"]).env(FOLDER, folder).env(SMTP, smtp.to_string());
        command
    })
}

/// What both nights begin with
struct Eve(TempDir, People);

impl Eve {
    fn new() -> Self {
        let (folder, people) = (tempfile::tempdir().unwrap(), People::of(CLAIMS));
        seed::make(&House::new(folder.path(), &worker(), Sink::open().address), &people);
        Self(folder, people)
    }

    /// A night of its own
    fn night(&self) -> (TempDir, House, Sink) {
        let (folder, sink) = (tempfile::tempdir().unwrap(), Sink::open());
        let house = House::copy(self.0.path(), folder.path(), &worker(), sink.address);
        house.it_is(people::NIGHT);
        (folder, house, sink)
    }
}

/// How often the process has looked at customers, and how many messages came to something
fn counts(child: Child) -> (usize, usize) {
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    let text = String::from_utf8(done.stdout).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("looks ")).unwrap();
    let (looks, messages) = line.split_once(" messages ").unwrap();
    (looks.parse().unwrap(), messages.parse().unwrap())
}

/// Everybody who is due has one mail or a task, and nobody else has one
fn is_right(house: &House, taken: &Taken, people: &People) {
    let (sent, unknown, refused) = (house.of_tonight("sent"), house.tasks("unknown_delivery"), house.tasks("refused_message"));
    assert_eq!(sent + unknown + refused, people.due());
    assert_eq!(taken.twice(), 0);
    assert!(taken.recipients.values().all(|mails| *mails == 1), "{:?}", taken.recipients);
    assert!((sent..=sent + unknown).contains(&taken.count()), "{} of {sent} and {unknown}", taken.count());
    let is_due = |recipient: &String| Fate::ALL.iter().any(|fate| fate.acts() && fate.is_of(recipient));
    assert!(taken.recipients.keys().all(is_due));
    assert!(taken.bytes > 2_000 * taken.count());
}

#[test]
fn a_night_is_killed_and_gone_on_with_or_shared_by_two_and_nobody_gets_two_mails() {
    let eve = Eve::new();
    killed_in_the_middle(&eve);
    by_two_at_once(&eve);
}

fn killed_in_the_middle(eve: &Eve) {
    let (_folder, house, sink) = eve.night();
    let people = &eve.1;
    let mut child = house.begin();
    let deadline = Instant::now() + Duration::from_secs(120);
    while sink.count() < people.due() / 2 {
        assert!(Instant::now() < deadline, "{} mails came", sink.count());
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let (_, messages) = counts(house.begin());
    assert!(messages < people.due(), "what was done before is not done again");
    house.it_is(people::LATER);
    house.run();
    assert!(house.tasks("unknown_delivery") <= 64);
    is_right(&house, &sink.taken(), people);
}

fn by_two_at_once(eve: &Eve) {
    let (_alone, one, _) = eve.night();
    let (looks, messages) = counts(one.begin());
    let (_folder, house, sink) = eve.night();
    let people = &eve.1;
    let (first, second) = (house.begin(), house.begin());
    let (first, second) = (counts(first), counts(second));
    assert_eq!(house.tasks("unknown_delivery"), 0);
    is_right(&house, &sink.taken(), people);
    assert_eq!(first.1 + second.1, messages, "each message once: {first:?} {second:?}");
    assert_eq!(first.0 + second.0, looks, "nobody is looked at once more: {first:?} {second:?}");
    assert!(first.1.min(second.1) > 0, "neither waits for the other to be done: {first:?} {second:?}");
}
