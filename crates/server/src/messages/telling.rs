//! What the writer tells once a batch is on disk.

use super::writer::{Post, Read, Reads, Sent, Stored};
use crate::app::App;
use crate::conversations::{Kind, tell_changed};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};

/// In conversations with more members, who read what is told to the reader's own devices only.
const MOST_TOLD_OF_READING: usize = 50;

pub(super) fn publish(app: &App, posts: &[Post], stored: &[Stored]) {
    let new = posts.iter().zip(stored).filter(|(_, stored)| stored.new);
    let counted = new.clone().map(|(post, _)| (post.facts.site, post.facts.kind == Kind::Organizer));
    app.figures.sent(counted, app.clock.now());
    let event =
        |stored: &Stored, audience| Event::new("message.created", format!("\"message\":{}", stored.json), audience);
    let (quiet, aloud): (Vec<_>, Vec<_>) = new.partition(|(post, _)| post.quiet);
    app.hub.publish_all(aloud.into_iter().map(|(post, stored)| event(stored, audience(post))));
    for (post, stored) in quiet {
        let (id, members) = (post.facts.id, post.facts.members());
        for member in members.iter().copied() {
            let audience = Audience::Conversation { id, members: members.clone(), staff: None };
            app.hub.publish_if_here(member, event(stored, audience));
        }
    }
}

fn audience(post: &Post) -> Audience {
    match post.place.as_ref().and_then(|place| place.whisper.as_ref()) {
        Some(whisper) => Audience::Room { id: post.facts.id, members: Some(whisper.reaches.clone()) },
        None => post.facts.audience(post.from.id()),
    }
}

/// Tells those who are not inside a room that something was said there which they may read.
pub(super) fn tell_rooms(app: &App, posts: &[Post], stored: &[Stored]) {
    for (post, _) in posts.iter().zip(stored).filter(|(post, stored)| stored.new && post.facts.kind == Kind::Room) {
        let place = post.place.as_deref();
        let whisper = place.and_then(|place| place.whisper.as_ref());
        let named = place.map(|place| place.mentions.as_slice()).unwrap_or_default();
        let concerned = whisper.map_or(named, |whisper| &whisper.reaches).iter().copied();
        app.room_news.said(post.facts.site, post.facts.id, whisper.is_none(), concerned);
    }
}

/// The members for whom a message changes how its conversation stands: in whose list it brings it back; and who was
/// answered for the first time, where rules may say something else of replying than of starting. A block keeps it all
/// away.
pub(super) fn concerned(app: &App, post: &Post, stored: &Stored) -> Vec<i64> {
    if !stored.new {
        return Vec::new();
    }
    let mut members = post.facts.revived_by(stored.seq);
    if post.quiet {
        // Whoever is away loads everything when they are back.
        members.retain(|member| !app.hub.misses(*member));
    }
    if post.facts.writes(post.from.id()) && app.policies.may_differ(post.facts.site) {
        let peer = post.facts.peer_of(post.from.id());
        members.extend(peer.filter(|peer| !post.facts.blocks(*peer) && !members.contains(peer)));
    }
    members
}

/// Answers whoever sent a message, then tells those whom it concerns; the writer waits for neither. Never the other way
/// round: across a block there is nobody to tell, and an answer that comes sooner would say so.
pub(super) fn answer(app: &App, post: Post, stored: Stored, concerned: Vec<i64>) {
    let Post { permit: _used, facts, answering, .. } = post;
    answering.answer(Ok((stored.json, if stored.new { Sent::New } else { Sent::Known })));
    if concerned.is_empty() {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        if let Ok(Some(site)) = app.sites.get(&app.db, facts.site).await {
            tell_changed(&app, &site, facts.id, &concerned).await;
        }
    });
}

pub(super) fn publish_reads(app: &App, reads: &[Read], moved: &[Option<i64>]) {
    let moved = reads.iter().zip(moved).filter_map(|(read, seq)| Some((read, (*seq)?)));
    app.hub.publish_all(moved.map(|(read, seq)| {
        let facts = &read.facts;
        let (actor, reader, own) = match read.by {
            Reads::Member(id) => (id, format!("\"{}\"", ids::show(id)), Audience::Member(id)),
            Reads::Staff => (0, "null".to_owned(), facts.audience(0)),
        };
        let fields = format!("\"conversation_id\":\"{}\",\"member_id\":{reader},\"seq\":{seq}", ids::show(facts.id));
        let small = match facts.kind {
            Kind::Direct | Kind::Organizer => true,
            Kind::Group => facts.members().len() <= MOST_TOLD_OF_READING,
            Kind::Room => false,
        };
        Event::new("conversation.read", fields, if small { facts.audience_but(actor, &read.but) } else { own })
    }));
}
