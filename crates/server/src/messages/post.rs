//! Sending: parse, limit, permit, then into the writer's queue.

use super::writer::{Answering, From, Job, Post};
use crate::app::App;
use crate::conversations::{Facts, Kind, actions::participating, may_write};
use crate::members::Member;
use crate::operators::Operator;
use crate::platform::http::{Answer, Bucket, Problem};
use crate::platform::ids;
use crate::rules::{self, Permit};
use crate::sites::Site;
use domain::messages::Body;
use serde::Deserialize;
use std::sync::Arc;
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
}

struct Checked {
    client_id: [u8; 16],
    body: Body,
    reply_to: Option<i64>,
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
        Ok(Checked { client_id: client_id.into_bytes(), body, reply_to })
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
    let limit = site.settings.limits.messages;
    app.sending.take(me.id, Bucket { per_second: limit.per_second, burst: limit.burst }, &app.clock)?;
    let permit = may_write(app, site, me, &facts).await?;
    enqueue(app, permit, facts, From::Member(me.clone()), checked, answering).await
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
    let facts = app.conversations.get(app, site.id, id).await?.filter(|f| f.kind == Kind::Organizer);
    let facts = facts.ok_or_else(Problem::not_found)?;
    let checked = draft.check(id)?;
    let from = From::Operator { id: me.id, name: me.name.as_str().into() };
    enqueue(app, rules::permit_operator(), facts, from, checked, answering).await
}

async fn enqueue(
    app: &App,
    permit: Permit,
    facts: Arc<Facts>,
    from: From,
    checked: Checked,
    answering: Answering,
) -> Answer<()> {
    let Checked { client_id, body, reply_to } = checked;
    let post = Post { permit, facts, from, client_id, body: body.into_string(), reply_to, answering };
    app.messages.add(Job::Post(Box::new(post))).await
}
