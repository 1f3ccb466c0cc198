//! A nightly run over a million open claims, of which a hundred thousand get a message, killed in the middle and gone on with: `make bench-night`.
//!
//! `cargo bench -p tresen-service --bench night -- --tresen FILE [--claims NUMBER]`
//!
//! What is owed is brought in, reminded of and paid through the service itself, in the past of a sandbox, and kept beside the build for the next time.
//! Counted is the night alone: the `tresen` command on that database, sending to a mail server of the bench's own that counts what it gets.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    reason = "a benchmark reckons with its own figures, and stops where something is not as it has to be"
)]

#[path = "../tests/common/client.rs"]
#[expect(dead_code, unreachable_pub, reason = "the tests ask for more")]
mod client;
mod house;
mod people;
mod plain;
mod seed;
mod sink;

use house::{House, Worker};
use people::{Fate, People};
use sink::{Sink, Taken};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Asked {
    tresen: PathBuf,
    claims: usize,
}

fn asked() -> Asked {
    let mut arguments = std::env::args().skip(1);
    let mut found = Asked { tresen: PathBuf::from("target/release/tresen"), claims: 1_000_000 };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--tresen" => found.tresen = arguments.next().expect("--tresen FILE").into(),
            "--claims" => found.claims = arguments.next().expect("--claims NUMBER").parse().expect("a number of claims"),
            // Cargo adds one of its own.
            "--bench" => {}
            other => panic!("{other} is none of --tresen FILE, --claims NUMBER"),
        }
    }
    found
}

fn main() {
    let Asked { tresen, claims } = asked();
    let people = People::of(claims);
    let worker: Worker = Arc::new(move |folder: &Path, smtp| {
        let mut command = Command::new(&tresen);
        command.args(["run", "--sandbox", "--public-url", "https://shop.example", "--smtp", &format!("smtp://{smtp}"), "--database"]);
        command.arg(folder.join("tresen.sqlite")).arg("--master-key-file").arg(folder.join("master.key"));
        command
    });
    let folder = seed::kept(&worker, &people);
    let night = tempfile::tempdir_in(folder.parent().unwrap()).unwrap();
    let sink = Sink::open();
    let house = House::copy(&folder, night.path(), &worker, sink.address);
    house.it_is(people::NIGHT);
    let half = watch(&house, || sink.count() >= people.due() / 2);
    let left = sink.count();
    let rest = watch(&house, || false);
    // What was on its way when it was killed is found forlorn ten minutes later.
    house.it_is(people::LATER);
    house.run();
    let taken = sink.taken();
    report(&people, &house, &taken, (left, &half, &rest));
    let seconds = plain::seconds(people.claims, people.due(), taken.bytes / taken.count().max(1));
    let what = "a loop over a table, one mail after the other, nothing written down";
    println!("  {:<46} {:>22}   {what}", "beside it, without ledger and gates", format!("{seconds:.1} s"));
}

/// A process from its beginning to its end
struct Life {
    seconds: f64,
    /// What it held in memory at most
    peak_kb: u64,
    /// What it took of the processors, in seconds
    cpu: f64,
}

/// The command until it has done everything, or until it is killed
fn watch(house: &House, is_enough: impl Fn() -> bool) -> Life {
    let start = Instant::now();
    let mut child = house.begin();
    let (status, stat) = (format!("/proc/{}/status", child.id()), format!("/proc/{}/stat", child.id()));
    let (mut peak_kb, mut cpu) = (0, 0.0);
    loop {
        let held = std::fs::read_to_string(&status).unwrap_or_default();
        let high = held.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak_kb = peak_kb.max(high.unwrap_or(0));
        let times = std::fs::read_to_string(&stat).unwrap_or_default();
        let behind_the_name = times.rsplit_once(") ").map_or("", |(_, behind)| behind);
        // In hundredths of a second, the process's own and the system's for it.
        let ticks: f64 = behind_the_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
        cpu = ticks.max(cpu * 100.0) / 100.0;
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "the run did not end well");
            break;
        }
        if is_enough() {
            child.kill().unwrap();
            child.wait().unwrap();
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Life { seconds: start.elapsed().as_secs_f64(), peak_kb, cpu }
}

fn report(people: &People, house: &House, taken: &Taken, (left, half, rest): (usize, &Life, &Life)) {
    let (due, sent, unknown, refused) =
        (people.due(), house.of_tonight("sent"), house.tasks("unknown_delivery"), house.tasks("refused_message"));
    let row = |what: &str, figure: String, beside: &str| println!("  {what:<46} {figure:>22}   {beside}");
    println!("a night over {} open claims, of which {due} get a mail", people.claims);
    row("killed after", format!("{:.1} s", half.seconds), &format!("{left} mails had come"));
    row("the rest", format!("{:.1} s", rest.seconds), "");
    let all = half.seconds + rest.seconds;
    row("both", format!("{all:.1} s"), &format!("{:.0} mails a second; target 300 s", taken.count() as f64 / all));
    row("processor time of both", format!("{:.1} s", half.cpu + rest.cpu), "what they took of two cores");
    row("memory at most", format!("{:.1} MiB", half.peak_kb.max(rest.peak_kb) as f64 / 1024.0), "");
    row("mails that came", taken.count().to_string(), &format!("{} bytes each", taken.bytes / taken.count().max(1)));
    row("of them twice", taken.twice().to_string(), "");
    row("written down as sent", sent.to_string(), &format!("and {unknown} unknown, {refused} refused by the lint, each a task"));
    // What is unknown may have come or not.
    assert_eq!(taken.twice(), 0, "a mail came twice");
    assert_eq!(taken.recipients.values().filter(|mails| **mails > 1).count(), 0, "somebody got two mails");
    assert_eq!(sent + unknown + refused, due, "everybody who is due got a mail, or a human looks");
    assert!((sent..=sent + unknown).contains(&taken.count()), "{} came, {sent} were sent", taken.count());
    let others = taken.recipients.keys().filter(|recipient| !Fate::ALL.iter().any(|fate| fate.acts() && fate.is_of(recipient)));
    assert_eq!(others.count(), 0, "somebody got a mail whom a gate protects");
}
