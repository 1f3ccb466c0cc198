//! Worlds that once broke something, and do no longer.

use crate::shrink;
use crate::step::{Setting, Step};
use serde::Deserialize;
use std::path::Path;

/// A world as it is kept
#[derive(Deserialize)]
struct Kept {
    /// What it once broke
    why: String,
    #[serde(flatten)]
    setting: Setting,
    steps: Vec<Step>,
}

#[test]
fn what_once_broke_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/world");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    assert!(!files.is_empty());
    for file in files {
        let kept: Kept = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let broken = shrink::tried(&kept.steps, kept.setting, None);
        assert!(broken.is_none(), "{}, {}: {broken:?}", file.display(), kept.why);
    }
}
