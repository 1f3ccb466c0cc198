//! Decide and choose: the first WebAssembly module
