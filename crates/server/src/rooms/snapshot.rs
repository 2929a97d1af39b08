//! Those inside a room, sorted by name, made once for as long as nobody comes or goes.

use super::store::Room;
use crate::app::App;
use crate::members::Member;
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

/// A list, and which coming or going it was made after.
type Kept = (u64, Arc<[Inside]>);

/// The last list of each room that was asked for.
#[derive(Default)]
pub struct Snapshots {
    by_room: Mutex<HashMap<i64, Kept>>,
}

/// No more are kept.
const MOST_KEPT: usize = 200;

/// Those inside, by name.
pub(super) async fn inside(app: &App, room: &Room) -> Answer<Arc<[Inside]>> {
    let (version, members) = app.hub.inside(room.id);
    let kept = &app.snapshots.by_room;
    if let Some((known, list)) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(&room.id)
        && *known == version
    {
        return Ok(list.clone());
    }
    let people = app.members.get_all(&app.db, room.site, &members).await?;
    let mut list: Vec<Inside> = people
        .into_values()
        .map(|member| Inside { key: format!("{}\n{}", fold(&member.profile.name), fold(&member.login)), member })
        .collect();
    list.sort_unstable_by(|a, b| (&a.key, a.member.id).cmp(&(&b.key, b.member.id)));
    let list: Arc<[Inside]> = list.into();
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert(room.id, (version, list.clone()));
    Ok(list)
}
