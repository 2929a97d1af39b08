//! x
pub mod platform;
