//! Those inside a room, sorted by name, made once for as long as nobody comes or goes.

use super::store::Room;
use crate::app::App;
use crate::members::Member;
use crate::platform::clock::stopwatch;
use crate::platform::http::Answer;
use domain::members::fold;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Somebody inside, and what they are found by.
#[derive(Clone)]
pub(super) struct Inside {
    pub member: Arc<Member>,
    /// Name and login, as they are compared.
    pub key: String,
}

/// A list, which coming or going it was made after, and when.
struct Kept {
    version: u64,
    made: Instant,
    list: Arc<[Inside]>,
}

/// The last list of each room that was asked for.
#[derive(Default)]
pub struct Snapshots {
    by_room: Mutex<HashMap<i64, Kept>>,
    /// One is made at a time: who asks meanwhile waits for it.
    making: tokio::sync::Mutex<()>,
}

/// No more are kept.
const MOST_KEPT: usize = 200;
/// Of a longer list, one that was made a moment ago will do: comings and goings are told no faster either.
const LONG: usize = 500;
const A_MOMENT: Duration = Duration::from_millis(500);

impl Snapshots {
    fn known(&self, room: i64, version: u64) -> Option<Arc<[Inside]>> {
        let kept = self.by_room.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(&room)?;
        let will_do = known.version == version || (known.list.len() > LONG && known.made.elapsed() < A_MOMENT);
        will_do.then(|| known.list.clone())
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
    app.snapshots.keep(room.id, Kept { version, made: stopwatch(), list: list.clone() });
    Ok(list)
}
