//! The JSON at every border of the service

#![warn(missing_docs)]

pub mod decision;
pub mod facts;
pub mod json;
pub mod money;
pub mod policy;
mod suggest;
