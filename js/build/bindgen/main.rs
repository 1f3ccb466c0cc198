//! Binds a WebAssembly module to JavaScript: `tresen-bindgen MODULE.wasm OUT_DIR NAME` writes `NAME.js` and `NAME_bg.wasm`.

use std::env::args;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    let [module, folder, name] = arguments.as_slice() else {
        eprintln!("usage: tresen-bindgen MODULE.wasm OUT_DIR NAME");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(false).omit_default_module_path(true);
    match bindgen.web(true).and_then(|bindgen| bindgen.generate(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{module} cannot be bound: {error:?}");
            ExitCode::FAILURE
        }
    }
}
