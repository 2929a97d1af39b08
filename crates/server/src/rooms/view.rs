//! A room as one of those who may enter sees it among conversations.

use super::store::{self, Reading, Room};
use super::wire::RoomInfo;
use crate::app::App;
use crate::conversations::{ConversationView, Kind};
use crate::members::Member;
use crate::messages::{self, MessageView};
use crate::moderation;
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::platform::language::Lang;
use crate::sites::Site;
use std::collections::HashMap;
use std::sync::Arc;

/// One room.
pub async fn view(app: &App, site: &Site, me: &Member, id: i64) -> Answer<ConversationView> {
    let room = super::entitled(app, site, me, id).await?;
    views(app, site, me, vec![room]).await?.pop().ok_or_else(Problem::not_found)
}

/// The rooms a member may enter, by name.
pub(super) async fn all(app: &App, site: &Site, me: &Member) -> Answer<Vec<ConversationView>> {
    if !super::is_on(site) {
        return Ok(Vec::new());
    }
    let mut rooms = store::all(&mut app.db.read().await?, site.id).await?;
    rooms.retain(|room| room.lets_in(me));
    views(app, site, me, rooms.into_iter().map(Arc::new).collect()).await
}

async fn views(app: &App, site: &Site, me: &Member, rooms: Vec<Arc<Room>>) -> Answer<Vec<ConversationView>> {
    let ids: Vec<i64> = rooms.iter().map(|room| room.id).collect();
    let readings = store::readings(&mut app.db.read().await?, site.id, me.id, &ids).await?;
    let readings: HashMap<i64, Reading> = readings.into_iter().map(|one| (one.conversation_id, one)).collect();
    let lasts: Vec<(i64, i64)> =
        readings.values().filter(|one| one.last_seq() > 0).map(|one| (one.conversation_id, one.last_seq())).collect();
    let lasts = messages::at(app, site.id, &lasts, |_, _| false).await?;
    let apart = super::apart(app, site, me.id).await?;
    let mut lasts: HashMap<String, MessageView> = lasts.into_iter().map(|m| (m.conversation_id.clone(), m)).collect();
    let mut views = Vec::with_capacity(rooms.len());
    for room in rooms {
        let Some(reading) = readings.get(&room.id) else { continue };
        let refused = super::may_write(app, site, me, &room).await.err();
        let mut info = RoomInfo::of(app, site, me, &room);
        info.sanction = moderation::own_sanction(app, site.id, me.id, room.id).await?;
        let last = lasts.remove(&ids::show(room.id));
        views.push(match super::banned(app, site, me, &room).await? {
            Some(ban) => one(me, &room, info, &reading.unheard(ban.created_at), None, refused),
            None => {
                info.connected = app.hub.count_inside(room.id, &apart);
                one(me, &room, info, reading, last, refused)
            }
        });
    }
    Ok(views)
}

fn one(
    me: &Member,
    room: &Room,
    info: RoomInfo,
    reading: &Reading,
    last_message: Option<MessageView>,
    refused: Option<Problem>,
) -> ConversationView {
    let lang = me.profile.locale.as_deref().and_then(Lang::of_tag).unwrap_or_default();
    ConversationView {
        id: ids::show(room.id),
        kind: Kind::Room,
        name: Some(room.name.clone()),
        picture_url: None,
        peer: None,
        participants: i64::try_from(info.connected).unwrap_or(0),
        peer_read_seq: None,
        last_seq: reading.last_seq(),
        last_at: last_message.as_ref().map_or_else(|| rfc3339(reading.shown_at), |message| message.sent_at.clone()),
        read_seq: reading.read_seq,
        unread: reading.unread(),
        mentions: reading.mentions,
        marked_unread: false,
        muted: reading.muted,
        my_role: None,
        history: None,
        last_message,
        listed: true,
        blocked: false,
        can_write: refused.is_none(),
        cannot_write: refused.map(|problem| problem.body(lang).into()),
        can_call: false,
        can_call_denied: None,
        room: Some(info),
    }
}
