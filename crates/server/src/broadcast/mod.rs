//! Broadcasts: one text of an operator, brought into each recipient's own conversation with the organizers. Once each,
//! and the same number as was shown before.

mod actions;
mod audience;
mod delivery;
pub mod http;
mod store;
mod wire;

pub use delivery::{Post, deliver_forever};
