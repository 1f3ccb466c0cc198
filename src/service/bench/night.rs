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
mod seed;

use house::House;
use people::People;
use std::path::PathBuf;
use std::time::Instant;

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
    let folder = seed::kept(&tresen, &people);
    let night = tempfile::tempdir_in(folder.parent().unwrap()).unwrap();
    let house = House::copy(&folder, night.path(), &tresen);
    house.it_is(people::NIGHT);
    let start = Instant::now();
    let ran = house.run();
    println!("{} in {:.1} s", ran.trim(), start.elapsed().as_secs_f64());
    println!("{}", house.states());
}
