//! What the module brings because it does without std: memory, and an end where there is no way on.

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static MEMORY: WasmDynamicTalc = new_wasm_dynamic_allocator();

/// A panic is a trap: JavaScript catches it and the shop's own methods take over
///
/// Nobody reads a message here, and the machinery that would write one weighs more than the engine.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
