//! Those inside a room, sorted by name, made once for as long as nobody comes or goes.

use super::store::Room;
use crate::app::App;
use crate::members::Member;
use crate::platform::db::holding_none;
use crate::platform::http::Answer;
use domain::members::fold;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Somebody inside, and what they are found by.
#[derive(Clone)]
pub(super) struct Inside {
    pub member: Arc<Member>,
    /// Name and login, as they are compared.
    pub key: String,
}

/// A list, and which coming or going it was made after. An older one is never shown: whoever came in between was told
/// of already, and would be missing from then on.
type Kept = (u64, Arc<[Inside]>);

/// The last list of each room that was asked for.
#[derive(Default)]
pub struct Snapshots {
    by_room: Mutex<HashMap<i64, Kept>>,
    /// One is made at a time: who asks meanwhile waits for it.
    making: tokio::sync::Mutex<()>,
}

/// No more are kept.
const MOST_KEPT: usize = 200;

impl Snapshots {
    fn known(&self, room: i64, version: u64) -> Option<Arc<[Inside]>> {
        let kept = self.by_room.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&room).filter(|(known, _)| *known == version).map(|(_, list)| list.clone())
    }

    fn keep(&self, room: i64, made: Kept) {
        let mut kept = self.by_room.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(room, made);
    }
}

/// Those inside, by name.
pub(super) async fn inside(app: &App, room: &Room) -> Answer<Arc<[Inside]>> {
    holding_none();
    if let Some(list) = app.snapshots.known(room.id, app.hub.version_inside(room.id)) {
        return Ok(list);
    }
    let _alone = app.snapshots.making.lock().await;
    let (version, members) = app.hub.inside(room.id);
    if let Some(list) = app.snapshots.known(room.id, version) {
        return Ok(list);
    }
    let people = app.members.get_all(&app.db, room.site, &members).await?;
    let mut list: Vec<Inside> = people
        .into_values()
        .map(|member| Inside { key: format!("{}\n{}", fold(&member.profile.name), fold(&member.login)), member })
        .collect();
    list.sort_unstable_by(|a, b| (&a.key, a.member.id).cmp(&(&b.key, b.member.id)));
    let list: Arc<[Inside]> = list.into();
    app.snapshots.keep(room.id, (version, list.clone()));
    Ok(list)
}
