//! Calls between two members: ringing, answering, ending, and passing on what their devices say to each other. Pictures
//! and sound go from one to the other, or through a relay, and never through here.
//!
//! A call is a row: who came first is decided by the database, and a restart loses nothing. A member who blocks the
//! caller does not hear it, and the caller hears what an absent member would let them hear.

mod actions;
mod blocks;
mod finish;
pub mod http;
pub mod live;
mod start;
mod store;
mod watch;
mod wire;

pub(crate) use blocks::{hang_up_before, meet, part, tell_met, tell_parted};
pub use watch::{end_of_session, sweep, watch_forever};

use crate::platform::clock::Millis;
use crate::platform::http::{Bucket, RateLimit};
use std::collections::HashMap;
use std::sync::Mutex;

/// Starting calls: five at once, then ten a minute; to one member five, then one each half minute.
const STARTING: Bucket = Bucket { per_second: 10.0 / 60.0, burst: 10.0 };
const STARTING_WITH_ONE: Bucket = Bucket { per_second: 1.0 / 30.0, burst: 5.0 };
/// What devices say to each other, in frames and in bytes. A reader's outbox must hold a burst of it (`platform/live`).
const SIGNALS: Bucket = Bucket { per_second: 50.0, burst: 300.0 };
const SIGNAL_BYTES: Bucket = Bucket { per_second: 65_536.0, burst: 393_216.0 };

/// What is known of calls beside their rows.
#[derive(Default)]
pub struct Calls {
    /// How fast members start calls.
    starting: RateLimit<i64>,
    /// The same for each two of them: caller, callee.
    starting_with: RateLimit<(i64, i64)>,
    /// How fast devices signal.
    signals: RateLimit<i64>,
    signal_bytes: RateLimit<i64>,
    /// Call and member who is in it and has no connection: until when they are waited for.
    missing: Mutex<HashMap<(i64, i64), Millis>>,
}
