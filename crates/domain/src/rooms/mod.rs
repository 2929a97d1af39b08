//! What a room decides by itself: when it is open, and whom a text is for.

mod address;
pub mod hours;

pub use address::{Address, Called, MOST_ADDRESSED, MOST_MENTIONED, address, login_keys, mentions};
