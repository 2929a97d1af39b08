//! No door is more generous than the one decision, and no door tells of a block: at random, the same each time.

mod dice;
mod model;
mod plain;
mod twin;
mod walk;
