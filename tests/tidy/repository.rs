//! The repository as git and cargo see it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A tracked file with its text; files that are not text are empty.
#[derive(Debug, Clone)]
pub struct Tracked {
    pub path: String,
    pub text: String,
}

impl Tracked {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

pub fn tracked() -> Vec<Tracked> {
    let listed = output("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    paths
        .filter_map(|path| {
            Some(Tracked { text: String::from_utf8(std::fs::read(root().join(path)).ok()?).unwrap_or_default(), path: path.to_owned() })
        })
        .collect()
}

/// What a program prints, run at the top of the repository.
pub fn output(program: &str, args: &[&str]) -> String {
    let done = Command::new(program).args(args).current_dir(root()).output().unwrap();
    assert!(done.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}
