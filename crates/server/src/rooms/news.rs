//! Telling those who are not inside a room that something was said there: gathered, a count and no more.

use super::store;
use crate::app::App;
use crate::conversations::actions::tell_member;
use crate::moderation::{self, SanctionKind};
use crate::platform::clock::pause;
use crate::platform::http::Answer;
use crate::sites::SiteId;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// At most one word in so long.
const GATHER: Duration = Duration::from_secs(3);
/// With more people on the site, only those who have been in the room are told, and whom a message concerns by name.
const SMALL_SITE: usize = 200;
/// Nobody beyond so many is told at a time.
const MOST_TOLD: usize = 500;

/// The rooms in which something was said, and whom it concerns in any case.
#[derive(Default)]
pub struct News {
    rooms: Mutex<HashMap<(i64, i64), Said>>,
    woken: Notify,
}

#[derive(Default)]
struct Said {
    public: bool,
    concerned: HashSet<i64>,
}

impl News {
    /// Something was said: `public`ly, or not; it concerns these in any case.
    pub(crate) fn said(&self, site: SiteId, room: i64, public: bool, concerned: impl IntoIterator<Item = i64>) {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let said = rooms.entry((site.0, room)).or_default();
        said.public |= public;
        said.concerned.extend(concerned);
        self.woken.notify_one();
    }
}

/// Tells, for as long as the process lives.
pub async fn tell_forever(app: App) {
    loop {
        app.room_news.woken.notified().await;
        let rooms = std::mem::take(&mut *app.room_news.rooms.lock().unwrap_or_else(PoisonError::into_inner));
        for ((site, room), said) in rooms {
            if let Err(problem) = tell(&app, SiteId(site), room, &said).await {
                tracing::error!(?problem, "could not tell that something was said in a room");
            }
        }
        pause(GATHER).await;
    }
}

async fn tell(app: &App, site: SiteId, room: i64, said: &Said) -> Answer<()> {
    let Some(site) = app.sites.get(&app.db, site).await? else { return Ok(()) };
    let (_, inside) = app.hub.inside(room);
    let inside: HashSet<i64> = inside.into_iter().collect();
    let outside: Vec<i64> =
        app.hub.connected_members(site.id.0).into_iter().filter(|member| !inside.contains(member)).collect();
    let mut told: Vec<i64> = Vec::new();
    if !said.public {
        // Whoever does not hear a whisper must not hear that there was one.
        told.extend(outside.into_iter().filter(|member| said.concerned.contains(member)));
    } else if outside.len() <= SMALL_SITE {
        told = outside;
    } else {
        let mut reader = app.db.read().await?;
        for chunk in outside.chunks(500) {
            told.extend(store::visitors_among(&mut reader, site.id, room, chunk).await?);
        }
        told.truncate(MOST_TOLD);
        told.extend(outside.into_iter().filter(|member| said.concerned.contains(member)));
        told.sort_unstable();
        told.dedup();
    }
    for member in told {
        let sanction = moderation::sanction_of(app, site.id, member, room).await?;
        if sanction.is_none_or(|sanction| sanction.kind != SanctionKind::Ban) {
            tell_member(app, &site, member, room).await;
        }
    }
    Ok(())
}
