//! Who hears what of moderation.

use super::store::{self, Sanction, SanctionKind};
use crate::app::App;
use crate::conversations::actions::tell_member;
use crate::members::MemberCard;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::platform::language::sentence;
use crate::platform::live::{Audience, Event};
use crate::sites::{Site, SiteId};
use std::collections::HashMap;

/// The longest reason or note.
const MOST_WORDS: usize = 300;

/// A reason: 1 to 300 characters, no control characters but newline.
pub fn words(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (1..=MOST_WORDS).contains(&text.chars().count()) && !text.chars().any(|c| c.is_control() && c != '\n');
    fits.then(|| text.to_owned())
}

/// A note, which may be left out.
pub fn note(text: Option<&str>) -> Answer<Option<String>> {
    said("note", text)
}

/// What a moderator may say in a field of this name.
pub fn said(field: &str, text: Option<&str>) -> Answer<Option<String>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let refused = || Problem::said(sentence("refusal.moderation.words").with("field", field));
    words(text).map(Some).ok_or_else(refused)
}

/// The cards of members.
pub async fn cards(app: &App, site: SiteId, members: impl Iterator<Item = i64>) -> Answer<HashMap<i64, MemberCard>> {
    let mut members: Vec<i64> = members.collect();
    members.sort_unstable();
    members.dedup();
    let found = app.members.get_all(&app.db, site, &members).await?;
    Ok(found.into_iter().map(|(id, member)| (id, MemberCard::of(&member))).collect())
}

/// More or less waits in a room: its moderators who are inside are told, and the operators.
pub async fn waiting_changed(app: &App, site: &Site, room: Option<i64>) -> Answer<()> {
    let Some(room) = room else { return Ok(()) };
    let open = store::open_in(&mut app.db.read().await?, site.id, room).await?;
    let fields = format!("\"conversation_id\":\"{}\",\"open\":{open}", ids::show(room));
    let moderators = moderators_inside(app, site, room).await?;
    let inside = Audience::Room { id: room, members: Some(moderators.into()) };
    app.hub.publish_all([
        Event::new("moderation.updated", fields.clone(), inside),
        Event::new("moderation.updated", fields, Audience::Staff(site.id.0)),
    ]);
    Ok(())
}

/// The moderators who are inside a room, sorted.
async fn moderators_inside(app: &App, site: &Site, id: i64) -> Answer<Vec<i64>> {
    let Some(room) = app.rooms.get(app, site.id, id).await?.filter(|room| room.is_moderated(site)) else {
        return Ok(Vec::new());
    };
    let inside = app.members.get_all(&app.db, site.id, &app.hub.inside(id).1).await?;
    let moderators = inside.values().filter(|member| room.is_moderator(site, member));
    let mut moderators: Vec<i64> = moderators.map(|member| member.id).collect();
    moderators.sort_unstable();
    Ok(moderators)
}

/// A sanction was made or lifted: whom it is on sees it in the room, and is put out of it if it says so.
pub async fn sanctioned(app: &App, site: &Site, sanction: &Sanction) -> Answer<()> {
    let everywhere = match sanction.room {
        Some(room) => vec![room],
        None => store::rooms(&mut app.db.read().await?, site.id).await?,
    };
    if sanction.kind == SanctionKind::Ban && sanction.lifted_at.is_none() {
        everywhere.iter().for_each(|room| app.hub.put_out(*room, sanction.member));
    }
    for room in everywhere {
        tell_member(app, site, sanction.member, room).await;
    }
    Ok(())
}
