//! Messages: sending, history, reading, editing.
//!
//! Sending is the hot path: [`post`] checks and permits, the [`writer`] numbers and stores whole
//! batches with one durable commit, then tells everybody, then answers.

pub mod actions;
mod history;
pub mod http;
mod import;
pub mod live;
mod post;
mod store;
mod wire;
mod writer;

pub use history::at;
pub(crate) use history::{release, tell_waited};
pub use import::{Imported, import};
pub use wire::{Author, MessageView};
pub use writer::{Job, Queue, run as run_writer};
