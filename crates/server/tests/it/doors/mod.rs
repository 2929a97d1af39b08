//! No door is more generous than the one decision, and no door tells of a block: at random, the same each time.

pub mod dice;
mod model;
pub mod plain;
mod twin;
mod walk;
