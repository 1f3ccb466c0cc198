//! Writes every file that comes from the catalogue of facts.

use std::process::ExitCode;
use tresen_tests::catalogue;

fn main() -> ExitCode {
    match run() {
        Ok(count) => {
            println!("{count} files written");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<usize, String> {
    let files = catalogue::generated(&catalogue::read()?);
    for (place, text) in &files {
        let path = catalogue::root().join(place);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(files.len())
}
