//! A policy as straight-line WebAssembly, for whoever decides about very many orders in a browser.
//!
//! The engine interprets a policy, which is small and quick to start. Where a million orders are decided, to see what another policy
//! would have done, this module reads the same facts from the same slots and says the same states, without looking up what it is to ask. Reasons
//! and terms it knows nothing of. (How fast: `make bench`.)
//!
//! It imports `tresen.memory`, the engine's memory, and exports
//!
//! - `decide(today, facts, apart, states, first, count)`: decides about `count` sets of facts from set `first` on, behind the last of which
//!   comes the first of all; `facts` is the address of the first set, `apart` how far it is from one to the next, `states` where the states
//!   go (4 bytes a set, two bits a method from the lowest up, as [`tresen_core::offer::State::number`] says);
//! - `policy`: the last eight bytes of the compiled policy it was made of, so that nobody uses it for another one.
//!
//! **Invariant:** it says what [`tresen_core::offer::states_into`] says (`docs/semantics.md`), on every policy that `policy check` passes and every
//! set of facts that the codec takes. (Where bytes were made up, sums may wrap here that the interpreter saturates.)

mod dates;
mod method;
mod question;
mod standing;
mod value;
mod writer;

use tresen_core::facts::{FactIndex, SETS, known};
use tresen_core::policy::{Policy, Questions, Stage};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType,
    ImportSection, Instruction, MemoryType, Module, TypeSection, ValType,
};
use writer::{ADDRESS, APART, COUNT, FACTS, ORDER, PARAMETERS, STATES, Writer};

/// Writes a policy as a module; `compiled` are the bytes of the same policy
#[must_use]
pub fn module(policy: &Policy, compiled: &[u8]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32; PARAMETERS as usize], []);
    types.ty().function([ValType::I32; 2], [ValType::I32]);
    types.ty().function([ValType::I32; 3], [ValType::I32]);
    let mut imports = ImportSection::new();
    let memory = MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
    imports.import("tresen", "memory", EntityType::Memory(memory));
    let mut functions = FunctionSection::new();
    functions.function(0).function(1).function(2);
    let mut globals = GlobalSection::new();
    let sum = compiled.last_chunk().copied().map_or(0, i64::from_le_bytes);
    globals.global(GlobalType { val_type: ValType::I64, mutable: false, shared: false }, &ConstExpr::i64_const(sum));
    let mut exports = ExportSection::new();
    exports.export("decide", ExportKind::Func, 0).export("policy", ExportKind::Global, 0);
    let mut code = CodeSection::new();
    code.function(&decide(policy)).function(&dates::birthday()).function(&question::contains());
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&globals).section(&exports).section(&code);
    module.finish()
}

/// The function that decides
fn decide(policy: &Policy) -> Function {
    let questions = Questions::new(&policy.conditions);
    let mut out = Writer::new(policy, &questions);
    out.get(COUNT).push(Instruction::I32Eqz).push(Instruction::If(BlockType::Empty)).push(Instruction::Return).push(Instruction::End);
    out.birthdays();
    out.not_valid();
    out.push(Instruction::Loop(BlockType::Empty));
    out.get(ORDER).get(APART).push(Instruction::I32Mul).get(FACTS).push(Instruction::I32Add).set(ADDRESS);
    out.load_facts();
    out.ask(Stage::Given);
    out.value_class();
    out.ask(Stage::Valued);
    out.points();
    out.class();
    out.ask(Stage::Rated);
    out.get(STATES).get(ORDER).int(2).push(Instruction::I32Shl).push(Instruction::I32Add);
    out.states();
    out.push(Instruction::I32Store(writer::at(0)));
    // Behind the last set comes the first.
    out.get(ORDER).int(1).push(Instruction::I32Add).int(i32::try_from(SETS).unwrap_or(16).wrapping_sub(1));
    out.push(Instruction::I32And).set(ORDER);
    out.get(COUNT).int(1).push(Instruction::I32Sub).tee(COUNT).push(Instruction::BrIf(0));
    out.push(Instruction::End);
    out.finish()
}

/// Facts that every decision looks at, beside those that the policy mentions
const ALWAYS_READ: [FactIndex; 2] = [known::CART_TOTAL, known::ACCOUNT_OPEN_BALANCE];

/// How far into a set of facts a word lies
fn offset(part: usize, word: usize) -> u64 {
    u64::try_from(part.saturating_add(word.saturating_mul(4))).unwrap_or(0)
}

const _: () = assert!(SETS.is_power_of_two());
