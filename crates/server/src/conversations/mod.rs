//! Conversations: who takes part, and the list a person lives in.

pub mod actions;
mod facts;
pub mod http;
mod list;
mod store;
mod wire;

pub use facts::{Facts, Known};
pub(crate) use list::may_write;
pub use list::{organizer_title, staff_view, view};
pub use store::{HeadRow, Kind};
pub use wire::{ConversationView, OrganizerView};

use crate::app::App;
use crate::platform::db::DbError;
use crate::sites::SiteId;
use std::collections::HashMap;

/// Which of these members `member` has a direct conversation with, and which one it is.
pub async fn direct_with(app: &App, site: SiteId, member: i64, others: &[i64]) -> Result<HashMap<i64, i64>, DbError> {
    if others.is_empty() {
        return Ok(HashMap::new());
    }
    store::direct_with(&mut app.db.read().await?, site, member, others).await
}

/// Everybody whom these members have direct conversations with: `(member, peer)`.
pub async fn direct_peers(app: &App, site: SiteId, members: &[i64]) -> Result<Vec<(i64, i64)>, DbError> {
    store::direct_peers(&mut app.db.read().await?, site, members).await
}

/// Up to which message a member cleared their copy.
pub async fn cleared_by(app: &App, site: SiteId, member: i64, id: i64) -> Result<i64, DbError> {
    let head = store::head(&mut app.db.read().await?, site, member, id).await?;
    Ok(head.map_or(0, |head| head.cleared_seq))
}
