//! The server as its clients meet it: over loopback, with its own client and with coturn's.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod connections;
mod coturn;
mod credentials;
mod harness;
mod hostile;
mod many;
mod peers;
mod relaying;
