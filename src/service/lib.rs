//! HTTP, store, clock, payment providers
