//! Rooms: public talk that the organizers open to populations. Who may come in, who is inside, whom a text is for.

pub mod admin;
pub mod http;
mod import;
pub mod live;
mod news;
mod place;
mod presence;
mod settings;
mod snapshot;
mod store;
mod view;
mod wire;

pub use admin::make;
pub(crate) use import::{Past, import};
pub use news::{News, tell_forever as tell_news_forever};
pub(crate) use place::{RoomPlace, met, pause, place, same_audience};
pub use presence::tell_forever as tell_comings_forever;
pub use settings::RoomRules;
pub use snapshot::Snapshots;
pub use store::Room;
pub(crate) use store::{Posted, mark_read, post, posted_by, reaches, set_muted, shown};
pub use view::view;
pub use wire::RoomInfo;

use crate::app::App;
use crate::contacts;
use crate::members::Member;
use crate::moderation::{self, Sanction, SanctionKind};
use crate::platform::cache::Kept;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Tx, holding_none};
use crate::platform::http::{Answer, Code, Problem};
use crate::rules::{self, Permit};
use crate::sites::{Site, SiteId};
use std::sync::Arc;

/// The rooms this process has met lately.
pub struct Rooms {
    by_id: Kept<Arc<Room>>,
}

impl Default for Rooms {
    fn default() -> Self {
        Rooms { by_id: Kept::new(1_000) }
    }
}

impl Rooms {
    /// A room of a site.
    pub async fn get(&self, app: &App, site: SiteId, id: i64) -> Result<Option<Arc<Room>>, DbError> {
        holding_none();
        if let Some(room) = self.by_id.get(id) {
            return Ok(Some(room).filter(|room| room.site == site));
        }
        let asked = self.by_id.ask();
        let Some(room) = store::one(&mut app.db.read().await?, site, id).await? else { return Ok(None) };
        let room = Arc::new(room);
        self.by_id.read(asked, id, room.clone());
        Ok(Some(room))
    }

    /// Of which site a room is that is known here.
    fn site_of(&self, id: i64) -> Option<SiteId> {
        self.by_id.get(id).map(|room| room.site)
    }

    fn changed(&self, room: Arc<Room>) {
        self.by_id.changed(room.id, room);
    }

    fn forget(&self, id: i64) {
        self.by_id.forget(|room| room.id == id);
    }
}

/// A room that the member may enter; to anybody else it is not there.
pub async fn entitled(app: &App, site: &Site, me: &Member, id: i64) -> Answer<Arc<Room>> {
    if !is_on(site) {
        return Err(Problem::not_found());
    }
    let room = app.rooms.get(app, site.id, id).await?.filter(|room| room.lets_in(me));
    room.ok_or_else(Problem::not_found)
}

/// Whether a site has rooms at all now.
pub fn is_on(site: &Site) -> bool {
    site.settings.features.messaging && site.settings.features.member_chat && site.settings.features.rooms
}

impl Room {
    /// Whether a member is of a population that may enter, or moderates here.
    pub fn lets_in(&self, member: &Member) -> bool {
        let of = |slugs: &[String]| slugs.iter().any(|slug| member.populations.contains(slug));
        self.rules.populations.is_empty() || of(&self.rules.populations) || of(&self.rules.moderators)
    }

    /// Whether there is moderation by members in it.
    pub fn is_moderated(&self, site: &Site) -> bool {
        site.settings.features.moderation && self.rules.moderation
    }

    /// Whether a member moderates it.
    pub fn is_moderator(&self, site: &Site, member: &Member) -> bool {
        self.is_moderated(site) && self.rules.moderators.iter().any(|slug| member.populations.contains(slug))
    }

    /// When it opens next, if it is closed now.
    pub fn opens_at(&self, now: Millis) -> Option<Option<Millis>> {
        self.rules.opening_hours.as_ref().and_then(|hours| hours.opens_at(now))
    }
}

/// Leave for a member to write in a room.
pub async fn may_write(app: &App, site: &Site, me: &Member, room: &Room) -> Answer<Permit> {
    let permit = rules::permit_among_participants(site, me, true)?;
    if let Some(sanction) = moderation::sanction_of(app, site.id, me.id, room.id).await? {
        return Err(sanction.problem());
    }
    if room.is_moderator(site, me) {
        return Ok(permit);
    }
    if room.rules.announcement_only {
        return Err(Problem::said_with(Code::ReadOnly, "refusal.room.announcement"));
    }
    if room.opens_at(app.clock.now()).is_some() {
        return Err(Problem::new(Code::RoomClosed));
    }
    Ok(permit)
}

/// A room that the member may enter now: whoever a moderator keeps out is told why.
pub(crate) async fn enter(app: &App, site: &Site, me: &Member, id: i64) -> Answer<Arc<Room>> {
    let room = entitled(app, site, me, id).await?;
    match banned(app, site, me, &room).await? {
        Some(sanction) => Err(sanction.problem()),
        None => Ok(room),
    }
}

async fn banned(app: &App, site: &Site, me: &Member, room: &Room) -> Answer<Option<Arc<Sanction>>> {
    let sanction = moderation::sanction_of(app, site.id, me.id, room.id).await?;
    Ok(sanction.filter(|sanction| sanction.kind == SanctionKind::Ban))
}

/// Each of those between whom and a member there is a block, once.
async fn apart(app: &App, site: &Site, me: i64) -> Answer<Vec<i64>> {
    let around = contacts::blocks_around(&mut app.db.read().await?, site.id, &[me]).await?;
    let mut apart: Vec<i64> = around.into_iter().map(|(_, other)| other).collect();
    apart.sort_unstable();
    apart.dedup();
    Ok(apart)
}

/// Whether there is a room that both may enter.
pub async fn share(app: &App, site: &Site, one: &Member, other: &Member) -> Answer<bool> {
    if !is_on(site) {
        return Ok(false);
    }
    let rooms = store::all(&mut app.db.read().await?, site.id).await?;
    Ok(rooms.iter().any(|room| room.lets_in(one) && room.lets_in(other)))
}

/// A population that may enter or moderate a room can't be deleted: another of the same name would take its place.
pub async fn refuse_if_used(tx: &mut Tx, site: SiteId, population: &str) -> Answer<()> {
    let named = |slugs: &[String]| slugs.iter().any(|slug| slug == population);
    let rooms = store::all(tx, site).await?;
    match rooms.into_iter().find(|room| named(&room.rules.populations) || named(&room.rules.moderators)) {
        Some(room) => {
            Err(Problem::with(Code::Conflict, format!("the room {:?} is open to this population", room.name)))
        }
        None => Ok(()),
    }
}

/// A member is of other populations now: they are put out of the rooms that they may no longer enter.
pub async fn recheck(app: &App, member: &Member) -> Answer<()> {
    for id in app.hub.rooms_of(member.id) {
        let room = app.rooms.get(app, member.site, id).await?;
        if room.is_none_or(|room| !room.lets_in(member)) {
            admin::put_out(app, id, member.id);
        }
    }
    Ok(())
}
