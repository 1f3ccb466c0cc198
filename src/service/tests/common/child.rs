//! The service as a process of its own, which is killed or dies: this very program, started again for one of its tests.

use super::Client;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tresen_service::Config;

/// Set for the process: the folder it works in
const FOLDER: &str = "TRESEN_TEST_FOLDER";

/// Where the process works, and a sandbox there on a free port; nothing in a program that was not started as one
pub fn config() -> Option<(PathBuf, Config)> {
    let folder = PathBuf::from(std::env::var_os(FOLDER)?);
    let mut config = Config::new(folder.join("tresen.sqlite"), folder.join("master.key"));
    config.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    config.sandbox = true;
    config.sandbox_keys_file = Some(folder.join("keys.json"));
    Some((folder, config))
}

/// Serves until it is killed
pub fn serve(config: Config) {
    tresen_service::serve(config, |address| println!("\nlistening {address}")).unwrap();
}

/// Starts the process by the test that serves in it, with what is set for it beside the folder
pub fn start(test: &str, folder: &Path, set: &[(&str, String)]) -> (Child, Client) {
    let (child, address) = listens(test, |command| command.env(FOLDER, folder).envs(set.iter().map(|(name, value)| (name, value))));
    (child, Client::new(address, &folder.join("keys.json")))
}

/// Starts the process by the test that serves in it, and waits until it says where it listens
pub fn listens(test: &str, set: impl FnOnce(&mut Command) -> &mut Command) -> (Child, SocketAddr) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let command = set(command.args(["--exact", test, "--nocapture"])).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.map(Result::unwrap).find_map(|line| line.strip_prefix("listening ")?.parse().ok()).unwrap();
    (child, address)
}
