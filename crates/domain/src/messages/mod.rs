//! The text of a message.

mod body;

pub use body::{Body, BodyError, MAX_CHARACTERS, is_blank};
