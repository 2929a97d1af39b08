//! Open sockets: who is connected, what they are told, and what they missed.
//!
//! An event is encoded once for its audience and its bytes are shared by every connection and by
//! the log from which reconnecting clients are served. Everything is bounded: the log by bytes, a
//! connection's outbox by bytes and frames, the time to say hello, the size of a frame.

mod connection;
mod event;
mod here;
mod hub;
mod log;
mod rooms;
mod socket;
mod stale;

pub use connection::{Close, Connection, Person, UnderWay};
pub use event::{Audience, Event};
pub use here::Comings;
pub use hub::{Entered, Hub, Missed, RoomEntered};
pub use socket::{Command, Door, Hello, error_frame, ok_frame, serve};
