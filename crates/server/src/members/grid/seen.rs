//! When members were last here: kept in memory as they come and go, stored a moment later for many at once.

use crate::app::App;
use crate::platform::clock::{Millis, pause};
use crate::platform::db::{DbError, Sql, placeholders};
use crate::sites::SiteId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const GATHER: Duration = Duration::from_secs(2);
/// So many at once in one transaction, so that whoever sends waits for a moment at most.
const AT_ONCE: usize = 500;

/// Those who came or went since it was last stored.
#[derive(Default)]
pub struct Seen {
    /// By member: their site, and when.
    waiting: Mutex<HashMap<i64, (i64, Millis)>>,
}

impl Seen {
    /// These came or went now.
    pub(in crate::members) fn at(&self, site: SiteId, members: impl Iterator<Item = i64>, now: Millis) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(members.map(|member| (member, (site.0, now))));
    }

    fn take(&self) -> Vec<[i64; 3]> {
        let taken = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        taken.into_iter().map(|(member, (site, at))| [member, at, site]).collect()
    }
}

/// Stores it, for as long as the process lives.
pub async fn store_forever(app: App) {
    loop {
        pause(GATHER).await;
        for chunk in app.seen.take().chunks(AT_ONCE) {
            if let Err(error) = store(&app, chunk).await {
                tracing::error!(%error, "could not store who was here");
            }
        }
    }
}

async fn store(app: &App, seen: &[[i64; 3]]) -> Result<(), DbError> {
    let mut tx = app.db.write("member_seen").await?;
    let text = format!(
        "UPDATE member SET last_seen_at = v.column2 FROM (VALUES {}) AS v \
         WHERE member.site_id = v.column3 AND member.id = v.column1",
        placeholders(1, seen.len(), 3)
    );
    Sql::assembled(text).bind_each(seen.iter().flatten().copied()).run(&mut tx).await?;
    drop(tx.commit().await?);
    Ok(())
}
