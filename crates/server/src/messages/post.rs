//! Sending: parse, limit, permit, then into the writer's queue.

use super::history::views;
use super::room::{self, Placed};
use super::store;
use super::writer::{Answering, From, Job, Post, Sent};
use crate::app::App;
use crate::conversations::{Facts, Kind, actions::participating, may_write};
use crate::members::Member;
use crate::moderation::{self, HeldRow};
use crate::operators::Operator;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::rooms::RoomPlace;
use crate::rules::{self, Permit};
use crate::sites::Site;
use domain::messages::Body;
use domain::rooms::{Address, address};
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::oneshot;
use utoipa::ToSchema;

/// A message to be sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The client's own name for it (a UUID): the same again is answered with the same message.
    pub client_id: String,
    /// The text: 1 to 4,000 characters, no control characters but newline.
    pub body: String,
    /// The id of the message it answers.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// In a room: `true` if its author was shown that it is for some alone. It is never said aloud then.
    #[serde(default)]
    pub whisper: Option<bool>,
}

/// A draft that is well formed.
pub(super) struct Checked {
    pub client_id: [u8; 16],
    pub body: Body,
    pub reply_to: Option<i64>,
    /// Its author was shown that it is for some alone.
    pub whisper: bool,
}

impl Draft {
    fn check(&self, conversation: i64) -> Answer<Checked> {
        let client_id = uuid::Uuid::try_parse(&self.client_id).map_err(|_| Problem::invalid("client_id: a UUID"))?;
        let body = Body::parse(&self.body)?;
        let reply_to = match self.reply_to.as_deref().map(ids::read_message) {
            None => None,
            Some(Some((id, seq))) if id == conversation => Some(seq),
            Some(_) => return Err(Problem::invalid("reply_to: no message of this conversation")),
        };
        let whisper = self.whisper.unwrap_or(false);
        Ok(Checked { client_id: client_id.into_bytes(), body, reply_to, whisper })
    }
}

/// Sends a member's message; it is answered through `answering` once it is on disk.
pub async fn by_member(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    id: i64,
    draft: &Draft,
    answering: Answering,
) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    let checked = draft.check(id)?;
    let client_id = checked.client_id;
    match permitted(app, site, me, &facts, checked).await {
        Ok((permit, Placed::Send(checked, place))) => {
            let place = (facts.kind == Kind::Room).then(|| Box::new(place));
            enqueue(app, permit, facts, From::Member(me.clone()), checked, place, answering).await
        }
        Ok((_, Placed::Hold(holding))) => {
            let outcome = match known(app, site, id, me, &client_id).await? {
                Some(message) => (message, Sent::Known),
                None => {
                    let held = moderation::hold(app, site, id, me, &holding).await?;
                    let held = held.ok_or_else(|| Problem::new(Code::Conflict))?;
                    (serde_json::to_string(&held).unwrap_or_default(), Sent::Held)
                }
            };
            answering.answer(Ok(outcome));
            Ok(())
        }
        Err(problem) => {
            // What was sent before is answered as it was then, whatever is decided now.
            let message = known(app, site, id, me, &client_id).await?.ok_or(problem)?;
            answering.answer(Ok((message, Sent::Known)));
            Ok(())
        }
    }
}

/// Whether a member may send it now; in a room, for whom it is and what moderation says of it.
async fn permitted(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    facts: &Facts,
    checked: Checked,
) -> Answer<(Permit, Placed)> {
    app.sending.take(me.id, site.settings.limits.messages.into(), &app.clock)?;
    let permit = may_write(app, site, me, facts).await?;
    if facts.kind == Kind::Room {
        return Ok((permit, room::decide(app, site, me, facts.id, checked).await?));
    }
    moderation::accepts(site.settings.content_policy.policy(), checked.body.as_str())?;
    Ok((permit, Placed::Send(checked, RoomPlace::default())))
}

/// What was sent before is answered as it was then, whatever is decided now.
async fn known(app: &App, site: &Site, id: i64, me: &Member, client_id: &[u8; 16]) -> Answer<Option<String>> {
    let known = store::by_client_id(&mut app.db.read().await?, site.id, id, me.id, client_id).await?;
    let Some(known) = known else { return Ok(None) };
    let message = views(app, site.id, vec![known]).await?.pop();
    Ok(message.map(|message| serde_json::to_string(&message).unwrap_or_default()))
}

/// Sends what a moderator approved, in its author's name; answered with the message.
pub(crate) async fn post_approved(
    app: &App,
    site: &Site,
    id: i64,
    author: &Arc<Member>,
    approved: &HeldRow,
) -> Answer<()> {
    let facts = app.conversations.get(app, site.id, id).await?.ok_or_else(Problem::not_found)?;
    let room = app.rooms.get(app, site.id, id).await?.ok_or_else(Problem::not_found)?;
    let body = Body::parse(&approved.body)?;
    let place = crate::rooms::place(app, site, author, &room, body.as_str()).await?;
    if place.whisper.is_some() {
        return Err(Problem::new(Code::Conflict));
    }
    let (answer, waiting) = oneshot::channel();
    let client_id = approved.client_id.as_slice().try_into().map_err(|_| Problem::new(Code::Internal))?;
    let checked = Checked { client_id, body, reply_to: approved.reply_to, whisper: false };
    let from = From::Member(author.clone());
    let permit = rules::permit_operator();
    enqueue(app, permit, facts, from, checked, Some(Box::new(place)), Answering::Request(answer)).await?;
    waiting.await.map_err(|_| Problem::new(Code::Unavailable))?.map(drop)
}

/// Sends an operator's message in a conversation with a member.
pub async fn by_operator(
    app: &App,
    site: &Site,
    me: &Operator,
    id: i64,
    draft: &Draft,
    answering: Answering,
) -> Answer<()> {
    let facts = app.conversations.get(app, site.id, id).await?;
    let facts = facts.filter(|facts| matches!(facts.kind, Kind::Organizer | Kind::Room));
    let facts = facts.ok_or_else(Problem::not_found)?;
    let checked = draft.check(id)?;
    let from = From::Operator { id: me.id, name: me.name.as_str().into() };
    let place = if facts.kind == Kind::Room { Some(Box::new(said_aloud(&checked)?)) } else { None };
    enqueue(app, rules::permit_operator(), facts, from, checked, place, answering).await
}

/// One message of a broadcast, for one member.
pub struct Copy {
    /// The conversation with the member.
    pub facts: Arc<Facts>,
    /// Always the same for the same broadcast and member, so that it is stored once.
    pub client_id: [u8; 16],
    /// The text.
    pub body: Body,
}

/// Brings the same message to many, in one go; the numbers under which they were stored, in order.
pub async fn copies(app: &App, (by, name): (i64, &str), copies: Vec<Copy>) -> Answer<Vec<i64>> {
    let mut waiting = Vec::with_capacity(copies.len());
    for Copy { facts, client_id, body } in copies {
        let (answer, stored) = oneshot::channel();
        let (from, body) = (From::Operator { id: by, name: name.into() }, body.into_string());
        let permit = rules::permit_operator();
        let answering = Answering::Request(answer);
        let post = Post { permit, facts, from, client_id, body, reply_to: None, place: None, quiet: true, answering };
        app.messages.add(Job::Post(Box::new(post))).await?;
        waiting.push(stored);
    }
    let mut numbers = Vec::with_capacity(waiting.len());
    for stored in waiting {
        let (message, _) = stored.await.map_err(|_| Problem::new(Code::Unavailable))??;
        let number: Number = serde_json::from_str(&message).map_err(|_| Problem::new(Code::Internal))?;
        numbers.push(number.seq);
    }
    Ok(numbers)
}

#[derive(Deserialize)]
struct Number {
    seq: i64,
}

/// The organizers speak to everybody in a room: they have other ways to speak to one.
fn said_aloud(checked: &Checked) -> Answer<RoomPlace> {
    match address(checked.body.as_str()) {
        Address::Everybody => Ok(RoomPlace::default()),
        Address::Only { called, .. } => {
            Err(Problem::whisper_refused("refusal.whisper.operator", called.into_iter().map(|one| one.typed).collect()))
        }
    }
}

async fn enqueue(
    app: &App,
    permit: Permit,
    facts: Arc<Facts>,
    from: From,
    checked: Checked,
    place: Option<Box<RoomPlace>>,
    answering: Answering,
) -> Answer<()> {
    let Checked { client_id, body, reply_to, .. } = checked;
    let post =
        Post { permit, facts, from, client_id, body: body.into_string(), reply_to, place, quiet: false, answering };
    app.messages.add(Job::Post(Box::new(post))).await
}
