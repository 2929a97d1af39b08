//! What changes conversations (their messages are another slice's).

use super::facts::Facts;
use super::making::{self, New};
use super::store::{self, Kind};
use super::{inbox, list, wire::ConversationView};
use crate::app::App;
use crate::contacts;
use crate::members::Member;
use crate::platform::clock::Millis;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::rooms;
use crate::rules;
use crate::sites::{Site, SiteId};
use domain::rules::Right;
use std::collections::HashMap;
use std::sync::Arc;

/// Opens the direct conversation with a member; `true` if it was made now. However many press at the
/// same moment, there is one.
pub async fn open_direct(app: &App, site: &Site, me: &Member, other: &str) -> Answer<(ConversationView, bool)> {
    let other = ids::read(other).ok_or_else(Problem::not_found)?;
    if other == me.id {
        return Err(Problem::invalid("member: not yourself"));
    }
    let other = app.members.get(&app.db, site.id, other).await?.ok_or_else(Problem::not_found)?;
    let between = rules::between(app, site, me, &[other.id]).await?.remove(&other.id).unwrap_or_default();
    if between.conversation.is_none() {
        rules::permit(app, site, me, &other, Right::Start, &between).await?;
    } else if !site.settings.features.member_chat {
        return Err(Problem::new(Code::FeatureOff));
    }
    let key = store::direct_key(me.id, other.id);
    open(app, site, me, Kind::Direct, key, &[(me.id, true), (other.id, false)]).await
}

/// The direct conversation in which a call is told, made if there is none: then it stands in the caller's list at once,
/// in the other's when something is said.
pub async fn open_for_call(app: &App, site: &Site, me: &Member, other: i64) -> Answer<Arc<Facts>> {
    let key = store::direct_key(me.id, other);
    let (id, made) = ensure(app, site, Kind::Direct, key, &[(me.id, true), (other, false)]).await?;
    if made {
        tell(app, site, me, id).await?;
    }
    app.conversations.get(app, site.id, id).await?.ok_or_else(Problem::not_found)
}

/// Opens the member's conversation with the organizers.
pub async fn open_organizer(app: &App, site: &Site, me: &Member) -> Answer<(ConversationView, bool)> {
    let key = store::organizer_key(me.id);
    let exists = store::by_key(&mut app.db.read().await?, site.id, &key).await?.is_some();
    if !exists && !site.settings.features.contact_organizer {
        return Err(Problem::new(Code::FeatureOff));
    }
    open(app, site, me, Kind::Organizer, key, &[(me.id, true)]).await
}

/// The operators open the conversation with a member; it stands in the member's list once they wrote.
pub async fn open_for_staff(app: &App, site: &Site, member: &Member) -> Answer<i64> {
    let key = store::organizer_key(member.id);
    let (id, made) = ensure(app, site, Kind::Organizer, key, &[(member.id, false)]).await?;
    if made {
        tell_staff(app, site, id).await;
    }
    Ok(id)
}

/// The conversations with the organizers of these members (at most a few hundred), made where there is none; each stands
/// in its member's list once the operators wrote. Nobody is told.
pub async fn open_many_for_staff(app: &App, site: SiteId, members: &[i64]) -> Answer<HashMap<i64, Arc<Facts>>> {
    let keys: Vec<String> = members.iter().map(|member| store::organizer_key(*member)).collect();
    let known = inbox::store::by_keys(&mut app.db.read().await?, site, &keys).await?;
    let missing = members.iter().zip(&keys).filter(|(_, key)| !known.contains_key(*key));
    let people: Vec<([(i64, bool); 1], &String)> = missing.map(|(member, key)| ([(*member, false)], key)).collect();
    let mut ids: Vec<i64> = known.into_values().collect();
    if !people.is_empty() {
        let all: Vec<New<'_>> = people.iter().map(|(members, key)| New::of_organizers(app, key, members)).collect();
        let mut tx = app.db.write("conversation_open_many").await?;
        let made = making::insert_all(&mut tx, site, &all, app.clock.now()).await?;
        if made.len() < all.len() {
            ids = inbox::store::by_keys(&mut tx, site, &keys).await?.into_values().collect();
        } else {
            ids.extend(&made);
        }
        let committed = tx.commit().await?;
        for new in all.iter().filter(|new| made.contains(&new.id)) {
            remember(app, Facts::fresh(site, new));
        }
        drop(committed);
    }
    let facts = app.conversations.get_all(app, site, &ids).await?;
    Ok(facts.into_iter().filter_map(|facts| Some((*facts.members().first()?, facts))).collect())
}

async fn open(
    app: &App,
    site: &Site,
    me: &Member,
    kind: Kind,
    key: String,
    members: &[(i64, bool)],
) -> Answer<(ConversationView, bool)> {
    let (id, made) = ensure(app, site, kind, key, members).await?;
    if !made {
        list_again(app, site, me, id).await?;
    }
    if made && kind == Kind::Organizer {
        tell_staff(app, site, id).await;
    }
    Ok((tell(app, site, me, id).await?, made))
}

/// The conversation with this key, made if needed.
async fn ensure(app: &App, site: &Site, kind: Kind, key: String, members: &[(i64, bool)]) -> Answer<(i64, bool)> {
    if let Some(id) = store::by_key(&mut app.db.read().await?, site.id, &key).await? {
        return Ok((id, false));
    }
    let id = app.ids.next(&app.clock);
    // A block between the two is made before or after, never beside it.
    let _order = app.order(members.iter().fold(0, |pair, (id, _)| pair ^ id)).await;
    let mut tx = app.db.write("conversation_open").await?;
    let people: Vec<i64> = members.iter().map(|(id, _)| *id).collect();
    let blocking = contacts::blockers_among(&mut tx, site.id, &people).await?;
    let new = New { id, kind, key: Some(key.clone()), members, blocking: &blocking, ..New::default() };
    if !making::insert(&mut tx, site.id, &new, app.clock.now()).await? {
        let id = store::by_key(&mut tx, site.id, &key).await?.ok_or_else(|| Problem::new(Code::Conflict))?;
        return Ok((id, false));
    }
    let committed = tx.commit().await?;
    remember(app, Facts::fresh(site.id, &new));
    drop(committed);
    Ok((id, true))
}

pub(super) fn remember(app: &App, facts: Facts) -> Arc<Facts> {
    let facts = Arc::new(facts);
    app.conversations.changed(facts.clone());
    facts
}

/// Takes a conversation out of one's own list; a newer message, or opening it, brings it back.
/// With `clear`, its messages so far are also gone for oneself.
pub async fn remove(app: &App, site: &Site, me: &Member, id: i64, clear: bool) -> Answer<()> {
    let facts = listed_for(app, site, me, id).await?;
    let mut tx = app.db.write("conversation_remove").await?;
    let last_seq = store::lock_as_seen(&mut tx, &app.db, site.id, id, me.id).await?;
    store::set_hidden(&mut tx, site.id, id, me.id, Some(last_seq)).await?;
    let read = clear && store::clear(&mut tx, site.id, id, me.id, last_seq).await?;
    facts.set_hidden(me.id, Some(last_seq));
    let committed = tx.commit().await?;
    let conversation = ids::show(id);
    if read && facts.kind != Kind::Group {
        // What is gone unread stays unread by nobody: the other side's mark moves as with reading.
        let fields =
            format!("\"conversation_id\":\"{conversation}\",\"member_id\":\"{}\",\"seq\":{last_seq}", ids::show(me.id));
        app.hub.publish(Event::new("conversation.read", fields, facts.audience(me.id)));
    }
    let fields = format!("\"conversation_id\":\"{conversation}\",\"cleared\":{clear}");
    app.hub.publish(Event::new("conversation.removed", fields, Audience::Member(me.id)));
    drop(committed);
    Ok(())
}

/// Within the transaction that makes a room: its conversation.
pub(crate) async fn insert_room(tx: &mut Tx, site: SiteId, id: i64, name: &str, now: Millis) -> Answer<()> {
    let new = New { id, kind: Kind::Room, name: Some(name), ..New::default() };
    making::insert(tx, site, &new, now).await?;
    Ok(())
}

/// Within the transaction that deletes a room, before all else: nobody writes in it meanwhile.
pub(crate) async fn lock_room(app: &App, tx: &mut Tx, site: SiteId, id: i64) -> Answer<()> {
    store::lock(tx, &app.db, site, id).await?;
    Ok(())
}

/// Within the transaction that changes a room.
pub(crate) async fn rename_room(tx: &mut Tx, site: SiteId, id: i64, name: &str) -> Answer<()> {
    Ok(store::rename(tx, site, id, name).await?)
}

/// Within the transaction that deletes a room, after all that was its own.
pub(crate) async fn delete_room(tx: &mut Tx, site: SiteId, id: i64) -> Answer<()> {
    Ok(store::delete(tx, site, id).await?)
}

/// Whether one wants to hear of a conversation.
pub async fn mute(app: &App, site: &Site, me: &Member, id: i64, muted: bool) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    let mut tx = app.db.write("conversation_mute").await?;
    match facts.kind {
        Kind::Room => rooms::set_muted(&mut tx, site.id, id, me.id, muted, app.clock.now()).await?,
        _ => drop(store::set_muted(&mut tx, site.id, id, me.id, muted).await?),
    }
    drop(tx.commit().await?);
    Ok(())
}

/// Tells one's own devices what one changed for oneself; with `listed`, puts a conversation that was deleted back into
/// one's own list.
pub async fn set_own(app: &App, site: &Site, me: &Member, id: i64, listed: bool) -> Answer<ConversationView> {
    if listed {
        list_again(app, site, me, id).await?;
    }
    tell(app, site, me, id).await
}

/// Marks a conversation as unread, for oneself alone, until it is read.
pub async fn mark_unread(app: &App, site: &Site, me: &Member, id: i64) -> Answer<()> {
    listed_for(app, site, me, id).await?;
    let mut tx = app.db.write("conversation_unread").await?;
    let marked = store::mark_unread(&mut tx, site.id, id, me.id, true).await?;
    drop(tx.commit().await?);
    if marked {
        tell(app, site, me, id).await?;
    }
    Ok(())
}

/// Takes that mark away, when the conversation is read.
pub async fn mark_seen(app: &App, site: &Site, me: &Member, id: i64) -> Answer<()> {
    let head = store::head(&mut app.db.read().await?, site.id, me.id, id).await?;
    if !head.is_some_and(|head| head.marked_unread) {
        return Ok(());
    }
    let mut tx = app.db.write("conversation_seen").await?;
    store::mark_unread(&mut tx, site.id, id, me.id, false).await?;
    drop(tx.commit().await?);
    tell(app, site, me, id).await.map(drop)
}

/// What ends with a block.
pub(crate) struct Ended {
    /// The conversation.
    pub facts: Arc<Facts>,
    /// The last message its blocker saw meanwhile.
    pub seen: i64,
    /// How far they have read, if that is further than the other saw meanwhile.
    pub read_seq: Option<i64>,
}

/// Within the transaction of a block: from now on nothing is told across the direct conversation of the two, if they
/// have one.
pub(crate) async fn block(app: &App, tx: &mut Tx, site: SiteId, me: i64, other: i64) -> Answer<Option<Arc<Facts>>> {
    let Some(id) = store::by_key(&mut *tx, site, &store::direct_key(me, other)).await? else { return Ok(None) };
    store::lock(tx, &app.db, site, id).await?;
    store::block(tx, site, id, me).await?;
    let facts = facts_in(app, tx, site, id).await?;
    // Before the commit, which lets the next message in.
    facts.set_blocks(me, true);
    app.conversations.changed(facts.clone());
    Ok(Some(facts))
}

/// Within the transaction that ends a block.
pub(crate) async fn unblock(app: &App, tx: &mut Tx, site: SiteId, me: i64, other: i64) -> Answer<Option<Ended>> {
    let Some(id) = store::by_key(&mut *tx, site, &store::direct_key(me, other)).await? else { return Ok(None) };
    store::lock(tx, &app.db, site, id).await?;
    let Some(ended) = store::unblock(tx, site, id, me).await? else { return Ok(None) };
    let facts = facts_in(app, tx, site, id).await?;
    let read_seq = Some(ended.read_seq).filter(|read| *read > ended.shown_read_seq && !facts.blocks(other));
    Ok(Some(Ended { facts, seen: ended.seen, read_seq }))
}

/// After that commit.
pub(crate) fn unblocked(app: &App, me: i64, facts: &Arc<Facts>) {
    facts.set_blocks(me, false);
    app.conversations.changed(facts.clone());
}

/// What is known of a conversation, read within a transaction if it is not kept: one connection must not wait for
/// another.
async fn facts_in(app: &App, tx: &mut Tx, site: SiteId, id: i64) -> Answer<Arc<Facts>> {
    match app.conversations.kept(id) {
        Some(facts) => Ok(facts),
        None => Ok(Arc::new(store::facts(tx, site, &[id]).await?.pop().ok_or_else(Problem::not_found)?)),
    }
}

async fn list_again(app: &App, site: &Site, me: &Member, id: i64) -> Answer<()> {
    let facts = listed_for(app, site, me, id).await?;
    let mut tx = app.db.write("conversation_list").await?;
    store::lock(&mut tx, &app.db, site.id, id).await?;
    store::set_hidden(&mut tx, site.id, id, me.id, None).await?;
    facts.set_hidden(me.id, None);
    drop(tx.commit().await?);
    Ok(())
}

/// A conversation of the site in which the member takes part; else it isn't there.
pub(crate) async fn participating(app: &App, site: &Site, me: &Member, id: i64) -> Answer<Arc<Facts>> {
    let facts = app.conversations.get(app, site.id, id).await?.ok_or_else(Problem::not_found)?;
    if facts.kind == Kind::Room {
        rooms::entitled(app, site, me, id).await?;
        return Ok(facts);
    }
    if !facts.includes(me.id) {
        return Err(Problem::not_found());
    }
    if facts.kind != Kind::Organizer && !site.settings.features.member_chat {
        return Err(Problem::not_found());
    }
    Ok(facts)
}

/// A conversation that stands in one's own list. A room does not: it is there for all who may enter.
async fn listed_for(app: &App, site: &Site, me: &Member, id: i64) -> Answer<Arc<Facts>> {
    let facts = participating(app, site, me, id).await?;
    if facts.kind == Kind::Room {
        return Err(Problem::said_with(Code::Conflict, "refusal.room.listed"));
    }
    Ok(facts)
}

/// Tells a member how a conversation is for them now.
pub(crate) async fn tell_member(app: &App, site: &Site, member: i64, id: i64) {
    let member = app.members.get(&app.db, site.id, member).await.ok().flatten();
    let Some(member) = member else { return };
    if let Err(problem) = tell(app, site, &member, id).await {
        tracing::debug!(code = ?problem.code, "a conversation that the member does not see was not told");
    }
}

/// A view that was read before a message and told after it would set back who is told: then it is read again.
const MOST_READINGS: usize = 8;

pub(super) async fn tell(app: &App, site: &Site, member: &Member, id: i64) -> Answer<ConversationView> {
    for _ in 1..MOST_READINGS {
        let seen = app.hub.now();
        let view = list::view(app, site, member, id).await?;
        if app.hub.publish_unless_older(updated(&view, Audience::Member(member.id)), id, site.id.0, seen) {
            return Ok(view);
        }
    }
    let view = list::view(app, site, member, id).await?;
    app.hub.publish(updated(&view, Audience::Member(member.id)));
    Ok(view)
}

/// Tells the operators of a conversation that was opened.
async fn tell_staff(app: &App, site: &Site, id: i64) {
    if let Ok(view) = inbox::staff_view(app, site, id).await {
        let fields = format!("\"conversation\":{}", serde_json::to_string(&view).unwrap_or_default());
        app.hub.publish(Event::new("conversation.updated", fields, Audience::Staff(site.id.0)));
    }
}

fn updated(view: &ConversationView, audience: Audience) -> Event {
    let fields = format!("\"conversation\":{}", serde_json::to_string(view).unwrap_or_default());
    Event::new("conversation.updated", fields, audience)
}
