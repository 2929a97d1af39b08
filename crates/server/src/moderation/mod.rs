//! Moderation: who may no longer speak in a room, what is held until a moderator has seen it, and what members report.
//!
//! Moderators of a room are members; operators moderate every room. Both come in through their own routes
//! ([`http`], [`admin`]) and do the same things ([`sanctions`], [`held`], [`reports`], [`removal`]), each written to the
//! audit log in its own transaction.

pub mod admin;
pub mod held;
pub mod http;
pub mod removal;
pub mod reports;
pub mod sanctions;
mod screen;
mod store;
mod telling;
mod wire;

pub use held::{Holding, hold};
pub use sanctions::{own_sanction, sanction_of};
pub use screen::{Screened, Screening, accepts, screen};
pub use store::{HeldRow, Reason, Sanction, SanctionKind};
pub use wire::{HeldView, SanctionView};

use crate::platform::cache::Kept;
use crate::platform::db::{DbError, Tx};
use crate::platform::http::RateLimit;
use crate::sites::SiteId;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What moderation knows by heart.
pub struct Moderation {
    /// The sanctions of each site that were in force when they were read.
    in_force: Kept<Arc<sanctions::InForce>>,
    /// How much members report.
    reporting: RateLimit<i64>,
    /// One decision at a time on what is held: two moderators never decide the same.
    deciding: Mutex<()>,
}

impl Default for Moderation {
    fn default() -> Self {
        Moderation { in_force: Kept::new(1_000), reporting: RateLimit::default(), deciding: Mutex::new(()) }
    }
}

/// Within the transaction in which a room goes for good: what moderation knows of it goes too.
pub async fn erase_room(tx: &mut Tx, site: SiteId, room: i64) -> Result<(), DbError> {
    store::erase_room(tx, site, room).await
}
