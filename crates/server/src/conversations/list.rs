//! Reading conversations: one, or a page of a list.

use super::facts::Facts;
use super::store::{self, After, HeadRow, Kind, PeerRow};
use super::wire::{ConversationView, Peer};
use crate::app::App;
use crate::members::{Member, MemberCard};
use crate::messages::{self, MessageView};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Code, Page, Problem, cursor_of};
use crate::platform::ids;
use crate::platform::language::{Lang, sentence};
use crate::sites::{Site, SiteId};
use crate::{rooms, rules};
use domain::conversations::{is_listed, unread};
use domain::rules::Right;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A page of a member's list. With member-to-member chat off, only the conversation with the organizers.
pub async fn page(
    app: &App,
    site: &Site,
    me: &Member,
    after: Option<After>,
    limit: usize,
) -> Answer<Page<ConversationView>> {
    let newest_first = site.settings.list_order == crate::sites::ListOrder::NewestFirst;
    let organizer_only = !site.settings.features.member_chat;
    let mut reader = app.db.read().await?;
    let mut heads = store::heads(&mut reader, site.id, me.id, after, newest_first, organizer_only, limit + 1).await?;
    drop(reader);
    let more = heads.len() > limit;
    heads.truncate(limit);
    let next = heads.last().filter(|_| more).and_then(|h| cursor_of(&(h.blocked, h.last_at, h.id)));
    let items = views(app, site, me, heads).await?;
    Ok(Page { items, next })
}

/// One conversation of a member.
pub async fn view(app: &App, site: &Site, me: &Member, id: i64) -> Answer<ConversationView> {
    if app.conversations.get(app, site.id, id).await?.is_some_and(|facts| facts.kind == Kind::Room) {
        return rooms::view(app, site, me, id).await;
    }
    let head = store::head(&mut app.db.read().await?, site.id, me.id, id).await?.ok_or_else(Problem::not_found)?;
    if head.kind() != Kind::Organizer && !site.settings.features.member_chat {
        return Err(Problem::not_found());
    }
    views(app, site, me, vec![head]).await?.pop().ok_or_else(Problem::not_found)
}

async fn views(app: &App, site: &Site, me: &Member, heads: Vec<HeadRow>) -> Answer<Vec<ConversationView>> {
    let directs: Vec<i64> = heads.iter().filter(|h| h.kind() == Kind::Direct).map(|h| h.id).collect();
    let groups: Vec<i64> = heads.iter().filter(|h| h.kind() == Kind::Group).map(|h| h.id).collect();
    let mut reader = app.db.read().await?;
    let peers = store::peers(&mut reader, site.id, me.id, &directs).await?;
    let sizes = store::sizes(&mut reader, site.id, &groups).await?;
    drop(reader);
    let mut lasts = last_messages(app, site.id, me.id, &heads).await?;
    let members: Vec<i64> = peers.iter().map(|peer| peer.member_id).collect();
    let here = app.hub.connected_among(site.id.0, &members);
    let members = app.members.get_all(&app.db, site.id, &members).await?;
    let peers: HashMap<i64, (Arc<Member>, PeerRow)> = peers
        .into_iter()
        .filter_map(|peer| Some((peer.conversation_id, (members.get(&peer.member_id)?.clone(), peer))))
        .collect();
    let mut views = Vec::with_capacity(heads.len());
    for head in heads {
        let other = match peers.get(&head.id) {
            Some((member, row)) => Some(Other::of(app, site, me, &head, member, row, &here).await?),
            None => None,
        };
        let last = lasts.remove(&head.id);
        views.push(one(site, me, &head, other, sizes.get(&head.id).copied(), last));
    }
    Ok(views)
}

/// The other of a direct conversation, as the reader sees them.
struct Other {
    peer: Peer,
    read_seq: i64,
    /// Why the reader may not write.
    refused: Option<Problem>,
    /// Why the reader may not call.
    uncallable: Option<Problem>,
}

impl Other {
    async fn of(
        app: &App,
        site: &Site,
        me: &Member,
        head: &HeadRow,
        member: &Member,
        row: &PeerRow,
        here: &HashSet<i64>,
    ) -> Answer<Other> {
        let written = rules::permit_writing(app, site, me, member, row.wrote, head.blocked).await;
        let called = rules::permit_calling(app, site, me, member, head.blocked).await;
        let between = rules::Between { blocked: head.blocked, blocks_me: row.blocks, ..Default::default() };
        let connected = here.contains(&member.id)
            && between.shows_presence()
            && rules::decide(app, site, me, member, Right::See, &between).await?.allowed();
        Ok(Other {
            peer: Peer { card: MemberCard::of(member), connected },
            read_seq: row.read_seq,
            refused: written.err(),
            uncallable: called.err(),
        })
    }
}

fn one(
    site: &Site,
    me: &Member,
    head: &HeadRow,
    other: Option<Other>,
    size: Option<i64>,
    last_message: Option<MessageView>,
) -> ConversationView {
    let kind = head.kind();
    let lang = me.profile.locale.as_deref().and_then(Lang::of_tag).unwrap_or_default();
    let refused = match (kind, &other) {
        (Kind::Direct, Some(other)) => other.refused.clone(),
        (Kind::Direct, None) => Some(Problem::new(Code::ReadOnly)),
        (Kind::Group | Kind::Room, _) => rules::permit_among_participants(site, me, true).err(),
        (Kind::Organizer, _) => rules::permit_among_participants(site, me, false).err(),
    };
    let uncallable = other.as_ref().and_then(|other| other.uncallable.clone());
    ConversationView {
        id: ids::show(head.id),
        can_call: other.is_some() && uncallable.is_none(),
        can_call_denied: uncallable.map(|problem| problem.body(lang).into()),
        kind,
        name: match kind {
            Kind::Organizer => Some(organizer_title(site, me.profile.locale.as_deref())),
            _ => head.name.clone(),
        },
        picture_url: head.picture_id.as_deref().map(crate::pictures::url),
        muted: head.muted,
        my_role: head.role(),
        history: head.history(),
        participants: match kind {
            Kind::Direct => 2,
            Kind::Organizer => 1,
            Kind::Group | Kind::Room => size.unwrap_or(1),
        },
        peer_read_seq: match kind {
            Kind::Direct => other.as_ref().map(|other| other.read_seq),
            Kind::Organizer => Some(head.staff_read_seq),
            Kind::Group | Kind::Room => None,
        },
        peer: other.map(|other| other.peer),
        last_seq: head.last_seq,
        last_at: rfc3339(head.last_at),
        read_seq: head.read_seq,
        unread: unread(head.last_seq, head.read_seq, head.cleared_seq),
        marked_unread: head.marked_unread,
        mentions: 0,
        room: None,
        last_message,
        listed: is_listed(head.last_seq, head.hidden_seq),
        blocked: head.blocked,
        can_write: refused.is_none(),
        cannot_write: refused.map(|problem| problem.body(lang).into()),
    }
}

/// Leave for a member to write in a conversation that exists.
pub(crate) async fn may_write(app: &App, site: &Site, me: &Member, facts: &Facts) -> Answer<rules::Permit> {
    if facts.kind == Kind::Room {
        let room = rooms::entitled(app, site, me, facts.id).await?;
        return rooms::may_write(app, site, me, &room).await;
    }
    if facts.kind != Kind::Direct {
        return rules::permit_among_participants(site, me, facts.kind != Kind::Organizer);
    }
    let peer = match facts.peer_of(me.id) {
        Some(peer) => app.members.get(&app.db, site.id, peer).await?,
        None => None,
    };
    let peer = peer.ok_or_else(|| Problem::new(Code::ReadOnly))?;
    rules::permit_writing(app, site, me, &peer, facts.wrote(peer.id), facts.blocks(me.id)).await
}

/// "Organizer - {site}", in the reader's language, unless the site says it otherwise.
pub fn organizer_title(site: &Site, locale: Option<&str>) -> String {
    let lang = locale.and_then(Lang::of_tag).unwrap_or_default();
    let title = sentence("organizer.title").with("site", &site.name);
    match site.settings.text(lang.tag(), "organizer.title") {
        Some(own) => title.fill(own),
        None => title.say_in(lang),
    }
}

/// The last message of each that its reader sees.
async fn last_messages(app: &App, site: SiteId, me: i64, heads: &[HeadRow]) -> Answer<HashMap<i64, MessageView>> {
    let seen = heads.iter().filter(|h| h.last_seq > h.cleared_seq);
    let wanted: Vec<(i64, i64)> = seen.map(|h| (h.id, h.last_seq)).collect();
    let blocked: HashSet<i64> = heads.iter().filter(|h| h.blocked).map(|h| h.id).collect();
    let found = messages::at(app, site, &wanted, |id, author| author != me && blocked.contains(&id)).await?;
    Ok(found.into_iter().filter_map(|m| Some((ids::read(&m.conversation_id)?, m))).collect())
}
