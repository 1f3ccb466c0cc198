//! A policy as compiled bytes: the canonical form whose SHA-256 is the policy's name; and as the program that decides.

use super::bytes::pack;
use super::compile::compile;
use super::{Policy, names, words};
use crate::program::Program;
use alloc::vec::Vec;

impl Policy {
    /// The policy as compiled bytes
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        pack(&names::write(self), &compile(self), &words::write(self))
    }

    /// The policy as the engine runs it; the same as from its bytes
    #[must_use]
    pub fn program(&self) -> Program {
        Program::from_words(compile(self))
    }
}
