//! What Parvis decides, without input, output, clock or chance: those are arguments.
//!
//! Every rule that a person could dispute ("why can't I write to her?", "why was my text refused?",
//! "why does it say three unread?") is a pure function in this crate, so that it can be read and
//! tested alone.

pub mod calls;
pub mod contacts;
pub mod conversations;
pub mod members;
pub mod messages;
pub mod moderation;
pub mod rooms;
pub mod rules;
pub mod suggestions;
