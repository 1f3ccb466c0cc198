//! What the module brings because it does without std: memory, and an end where there is no way on.

use lol_alloc::{FreeListAllocator, LockedAllocator};

/// Small rather than fast: a decision allocates nothing, and what is allocated for a policy and a picture are some hundred pieces
///
/// The lock costs nothing without threads; it is what lets this be said without `unsafe`.
#[global_allocator]
static MEMORY: LockedAllocator<FreeListAllocator> = LockedAllocator::new(FreeListAllocator::new());

/// A panic is a trap: JavaScript catches it and the shop's own methods take over
///
/// Nobody reads a message here, and the machinery that would write one weighs more than the engine.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
