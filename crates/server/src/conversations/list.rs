//! Reading conversations: one, or a page of a list.

use super::store::{self, HeadRow, Kind, OrganizerRow};
use super::wire::{ConversationView, OrganizerView, Peer};
use crate::app::App;
use crate::members::{Member, MemberCard};
use crate::messages::{self, MessageView};
use crate::platform::clock::{Millis, rfc3339};
use crate::platform::db::Reader;
use crate::platform::http::{Answer, Code, Lang, Page, Problem, cursor_of};
use crate::platform::ids;
use crate::rules;
use crate::sites::{Site, SiteId};
use domain::conversations::{is_listed, unread};
use domain::rules::Right;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A page of a member's list. With member-to-member chat off, only the conversation with the organizers.
pub async fn page(
    app: &App,
    site: &Site,
    me: &Member,
    after: Option<(Millis, i64)>,
    limit: usize,
) -> Answer<Page<ConversationView>> {
    let newest_first = site.settings.list_order == crate::sites::ListOrder::NewestFirst;
    let organizer_only = !site.settings.features.member_chat;
    let mut reader = app.db.read().await?;
    let mut heads = store::heads(&mut reader, site.id, me.id, after, newest_first, organizer_only, limit + 1).await?;
    let more = heads.len() > limit;
    heads.truncate(limit);
    let next = heads.last().filter(|_| more).and_then(|h| cursor_of(&(h.last_at, h.id)));
    let items = views(app, &mut reader, site, me, heads).await?;
    Ok(Page { items, next })
}

/// One conversation of a member.
pub async fn view(app: &App, site: &Site, me: &Member, id: i64) -> Answer<ConversationView> {
    let mut reader = app.db.read().await?;
    let head = store::head(&mut reader, site.id, me.id, id).await?.ok_or_else(Problem::not_found)?;
    if head.kind() != Kind::Organizer && !site.settings.features.member_chat {
        return Err(Problem::not_found());
    }
    let mut views = views(app, &mut reader, site, me, vec![head]).await?;
    views.pop().ok_or_else(Problem::not_found)
}

async fn views(
    app: &App,
    reader: &mut Reader,
    site: &Site,
    me: &Member,
    heads: Vec<HeadRow>,
) -> Answer<Vec<ConversationView>> {
    let directs: Vec<i64> = heads.iter().filter(|h| h.kind() == Kind::Direct).map(|h| h.id).collect();
    let groups: Vec<i64> = heads.iter().filter(|h| h.kind() == Kind::Group).map(|h| h.id).collect();
    let peers = store::peers(&mut *reader, site.id, me.id, &directs).await?;
    let sizes = store::sizes(&mut *reader, site.id, &groups).await?;
    let lasts: Vec<(i64, i64)> =
        heads.iter().filter(|h| h.last_seq > h.cleared_seq).map(|h| (h.id, h.last_seq)).collect();
    let mut lasts = last_messages(app, reader, site.id, &lasts).await?;
    let members: Vec<i64> = peers.iter().map(|(_, member, _)| *member).collect();
    let here = app.hub.connected_among(site.id.0, &members);
    let members = app.members.get_all(&app.db, site.id, &members).await?;
    let peers: HashMap<i64, (Arc<Member>, i64)> = peers
        .into_iter()
        .filter_map(|(conversation, member, read)| Some((conversation, (members.get(&member)?.clone(), read))))
        .collect();
    Ok(heads
        .into_iter()
        .map(|head| {
            let size = sizes.get(&head.id).copied();
            let last = lasts.remove(&head.id);
            one(site, me, &head, (peers.get(&head.id), &here), size, last)
        })
        .collect())
}

fn one(
    site: &Site,
    me: &Member,
    head: &HeadRow,
    (peer, here): (Option<&(Arc<Member>, i64)>, &HashSet<i64>),
    size: Option<i64>,
    last_message: Option<MessageView>,
) -> ConversationView {
    let kind = head.kind();
    let lang = me.profile.locale.as_deref().and_then(Lang::of_tag).unwrap_or_default();
    let refused = may_write(site, me, kind, peer.map(|(member, _)| &**member)).err();
    ConversationView {
        id: ids::show(head.id),
        kind,
        name: match kind {
            Kind::Organizer => Some(organizer_title(site, me.profile.locale.as_deref())),
            _ => head.name.clone(),
        },
        picture_url: None,
        peer: peer.map(|(member, _)| Peer { card: MemberCard::of(member), connected: here.contains(&member.id) }),
        participants: match kind {
            Kind::Direct => 2,
            Kind::Organizer => 1,
            Kind::Group => size.unwrap_or(1),
        },
        peer_read_seq: match kind {
            Kind::Direct => peer.map(|(_, read)| *read),
            Kind::Organizer => Some(head.staff_read_seq),
            Kind::Group => None,
        },
        last_seq: head.last_seq,
        last_at: rfc3339(head.last_at),
        read_seq: head.read_seq,
        unread: unread(head.last_seq, head.read_seq, head.cleared_seq),
        last_message,
        listed: is_listed(head.last_seq, head.hidden_seq),
        can_write: refused.is_none(),
        cannot_write: refused.map(|problem| problem.body(lang).into()),
    }
}

/// Leave for a member to write in a conversation that exists.
pub(crate) fn may_write(site: &Site, me: &Member, kind: Kind, peer: Option<&Member>) -> Answer<rules::Permit> {
    match (kind, peer) {
        (Kind::Direct, Some(peer)) => match rules::permit(site, me, peer, Right::Reply, true) {
            // Somebody who may no longer use the chat: what was said stays readable.
            Err(problem) if problem.code == Code::NotFound => Err(Problem::new(Code::ReadOnly)),
            decided => decided,
        },
        (Kind::Direct, None) => Err(Problem::new(Code::ReadOnly)),
        (Kind::Group, _) => rules::permit_among_participants(site, me, true),
        (Kind::Organizer, _) => rules::permit_among_participants(site, me, false),
    }
}

/// "Organizer - {site}", in the reader's language, unless the site says it otherwise.
pub fn organizer_title(site: &Site, locale: Option<&str>) -> String {
    let lang = locale.and_then(Lang::of_tag).unwrap_or_default();
    let own = site.settings.text(lang.tag(), "organizer.title");
    let text = own.unwrap_or(match lang {
        Lang::En => "Organizer - {site}",
        Lang::Fr => "Organisateur - {site}",
    });
    text.replace("{site}", &site.name)
}

async fn last_messages(
    app: &App,
    reader: &mut Reader,
    site: SiteId,
    wanted: &[(i64, i64)],
) -> Answer<HashMap<i64, MessageView>> {
    let found = messages::at(app, reader, site, wanted).await?;
    Ok(found.into_iter().filter_map(|m| Some((ids::read(&m.conversation_id)?, m))).collect())
}

/// A page of the organizers' conversations.
pub async fn staff_page(
    app: &App,
    site: &Site,
    after: Option<(Millis, i64)>,
    limit: usize,
) -> Answer<Page<OrganizerView>> {
    let mut reader = app.db.read().await?;
    let mut rows = store::organizer_page(&mut reader, site.id, after, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|r| cursor_of(&(r.last_at, r.id)));
    let items = staff_views(app, &mut reader, site.id, rows).await?;
    Ok(Page { items, next })
}

/// One of the organizers' conversations.
pub async fn staff_view(app: &App, site: &Site, id: i64) -> Answer<OrganizerView> {
    let mut reader = app.db.read().await?;
    let row = store::organizer_one(&mut reader, site.id, id).await?.ok_or_else(Problem::not_found)?;
    let mut views = staff_views(app, &mut reader, site.id, vec![row]).await?;
    views.pop().ok_or_else(Problem::not_found)
}

async fn staff_views(
    app: &App,
    reader: &mut Reader,
    site: SiteId,
    rows: Vec<OrganizerRow>,
) -> Answer<Vec<OrganizerView>> {
    let lasts: Vec<(i64, i64)> = rows.iter().filter(|r| r.last_seq > 0).map(|r| (r.id, r.last_seq)).collect();
    let mut lasts = last_messages(app, reader, site, &lasts).await?;
    let ids: Vec<i64> = rows.iter().map(|r| r.id).collect();
    let reads: HashMap<i64, i64> =
        store::peers(&mut *reader, site, -1, &ids).await?.into_iter().map(|(c, _, read)| (c, read)).collect();
    let members: Vec<i64> = rows.iter().map(|r| r.member_id).collect();
    let members_found = app.members.get_all(&app.db, site, &members).await?;
    let here = app.hub.connected_among(site.0, &members);
    let view = |row: OrganizerRow| OrganizerView {
        id: ids::show(row.id),
        kind: Kind::Organizer,
        member: members_found.get(&row.member_id).map(|m| MemberCard::of(m)),
        connected: here.contains(&row.member_id),
        last_seq: row.last_seq,
        last_at: rfc3339(row.last_at),
        read_seq: row.staff_read_seq,
        unread: unread(row.last_seq, row.staff_read_seq, 0),
        peer_read_seq: reads.get(&row.id).copied().unwrap_or(0),
        last_message: lasts.remove(&row.id),
    };
    Ok(rows.into_iter().map(view).collect())
}
