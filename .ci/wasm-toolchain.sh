# Read by the scripts that compile for wasm32-unknown-unknown: which toolchain of this machine can do it.
#
#   rustup   a toolchain that has the target (the ordinary case)
#   debian   Debian's rustc-web with its own sources: the standard library is built along (-Zbuild-std), for machines
#            where rustup is missing or cannot download
#
# TRESEN_WASM_TOOLCHAIN=rustup|debian takes one of them and no other.
# shellcheck shell=bash

wasm_target=wasm32-unknown-unknown
debian_cargo=/usr/bin/cargo
debian_rustc=/usr/bin/rustc

rustup_ready() {
  have rustc && [ -d "$(rustc --print target-libdir --target "$wasm_target" 2>/dev/null)" ]
}

# rust-lld comes with every rustup toolchain; Debian has it as wasm-ld, one for each version of LLVM.
wasm_linker() {
  local found
  if have rustc; then
    found=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
    [ -x "$found" ] && { say "$found"; return; }
  fi
  found=$(find /usr/bin -maxdepth 1 -name 'wasm-ld*' 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] && say "$found"
}

debian_ready() {
  [ -x "$debian_cargo" ] && [ -x "$debian_rustc" ] || return 1
  version_at_least "$("$debian_rustc" --version | cut -d ' ' -f 2)" "$rust_wanted" || return 1
  [ -d "$("$debian_rustc" --print sysroot)/lib/rustlib/src/rust/library" ] && [ -n "$(wasm_linker)" ]
}

# Prints rustup or debian; fails where neither can build.
wasm_toolchain() {
  case ${TRESEN_WASM_TOOLCHAIN:-any} in
    rustup) rustup_ready && say rustup ;;
    debian) debian_ready && say debian ;;
    any) if rustup_ready; then say rustup; elif debian_ready; then say debian; else return 1; fi ;;
    *) stop "TRESEN_WASM_TOOLCHAIN is \`$TRESEN_WASM_TOOLCHAIN\`; it may be rustup or debian" ;;
  esac
}
