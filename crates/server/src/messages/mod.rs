//! Messages: sending, history, reading, editing.
//!
//! Sending is the hot path: [`post`] checks and permits, the [`writer`] numbers and stores whole
//! batches with one durable commit, then tells everybody, then answers.

pub mod actions;
mod history;
mod hooks;
pub mod http;
mod import;
mod line;
pub mod live;
mod post;
pub mod removal;
mod room;
mod rooms;
mod store;
mod telling;
mod wire;
mod writer;

pub use history::{at, sent};
pub(crate) use history::{release, tell_waited};
pub use http::Why;
pub use import::{Imported, import};
pub use line::{CallLine, Doer, Happened, Line, Media, Outcome, say, say_call, tell_call, tell_said};
pub(crate) use post::{Copy, copies, post_approved};
pub(crate) use store::erase;
pub use wire::{Author, MessageView};
pub use writer::{Job, Queue, run as run_writer};
