# Read by the scripts of this folder: where things are, and how they speak.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# Tools that are built once and used by every clone on this machine; the names of their folders carry the version.
tools=${TRESEN_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/tresen/tools}
target=${CARGO_TARGET_DIR:-$root/target}
rust_wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
node_wanted=20

say() { printf '%s\n' "$@"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# version_at_least FOUND WANTED
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# locked_version CRATE [LOCK]: the version of a crate as Cargo.lock has it.
locked_version() {
  awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' "${2:-Cargo.lock}"
}

# Builds $target/debug/tresen.
build_tresen() {
  cargo build --locked --quiet -p tresen-cli
}
