//! What reviews would keep saying about the repository, said by a test.
//!
//! Each rule is a function from what it looks at to a list of problems, and is shown to find a problem that was planted.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the repository must fail")]

#[path = "tidy/direction.rs"]
mod direction;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/proofs.rs"]
mod proofs;
#[path = "tidy/repository.rs"]
mod repository;

fn holds(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
