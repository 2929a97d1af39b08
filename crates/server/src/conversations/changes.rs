//! Conversations that stand otherwise for somebody now, which they are to be told: one after the other, and nobody waits
//! for it.

use super::actions::tell_member;
use crate::app::App;
use crate::sites::{Site, SiteId};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// Whom to tell of what.
#[derive(Default)]
pub struct Changes {
    /// Site, conversation, member: each once, however often it changes meanwhile.
    waiting: Mutex<BTreeSet<(i64, i64, i64)>>,
    woken: Notify,
}

impl Changes {
    /// A conversation is to be told to members as it is for them.
    fn tell(&self, site: SiteId, id: i64, members: impl IntoIterator<Item = i64>) {
        let mut members = members.into_iter().peekable();
        if members.peek().is_some() {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.extend(members.map(|member| (site.0, id, member)));
            self.woken.notify_one();
        }
    }

    fn take(&self) -> BTreeSet<(i64, i64, i64)> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Up to so many are told before whoever changed it is answered.
const MOST_WAITED_FOR: usize = 50;

/// A conversation changed for these members: a few are told now, many soon.
pub(crate) async fn tell_changed(app: &App, site: &Site, id: i64, members: &[i64]) {
    if members.len() > MOST_WAITED_FOR {
        return app.changes.tell(site.id, id, members.iter().copied());
    }
    for member in members {
        tell_member(app, site, *member, id).await;
    }
}

/// Tells, for as long as the process lives.
pub async fn tell_forever(app: App) {
    loop {
        app.changes.woken.notified().await;
        for (site, id, member) in app.changes.take() {
            if let Ok(Some(site)) = app.sites.get(&app.db, SiteId(site)).await {
                tell_member(&app, &site, member, id).await;
            }
        }
    }
}
