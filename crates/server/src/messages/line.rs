//! Lines that a conversation says of itself: who came, who left, how it is called now.

use super::history::views;
use super::store::{self, MessageRow};
use crate::app::App;
use crate::conversations::{Facts, tell_changed};
use crate::members::{Member, MemberCard};
use crate::platform::db::{DbError, Tx};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::Site;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// Somebody made the group (`name`).
    GroupCreated,
    /// It has another name (`name`).
    Renamed,
    /// It has another picture.
    PictureChanged,
    /// It has no picture any more.
    PictureRemoved,
    /// `members` take part from now on.
    MembersAdded,
    /// `members` no longer take part.
    MemberRemoved,
    /// Whoever did it left.
    MemberLeft,
    /// `members` may change the group.
    AdminMade,
    /// `members` no longer may.
    AdminUnmade,
    /// Whoever did it called the other; `call` says what became of it.
    Call,
}

/// What a call is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// Picture and sound.
    Video,
    /// Sound alone.
    Voice,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The two talked.
    Ended,
    /// The other did not want to.
    Declined,
    /// Whoever called gave up before there was an answer: the other missed it.
    Cancelled,
    /// There was no answer.
    Missed,
    /// The other was in another call, and missed this one.
    Busy,
}

/// A call that is over, as its line tells it to both sides.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct CallLine {
    /// What it was made with.
    pub media: Media,
    /// What became of it.
    pub outcome: Outcome,
    /// How long the two talked.
    pub seconds: i64,
}

impl CallLine {
    fn sentence(&self, by: &str) -> String {
        let what = match self.media {
            Media::Video => "video call",
            Media::Voice => "call",
        };
        match self.outcome {
            Outcome::Ended => format!("{by}: {what}, {}:{:02}.", self.seconds / 60, self.seconds % 60),
            Outcome::Declined => format!("{by}: {what}, declined."),
            Outcome::Cancelled | Outcome::Missed | Outcome::Busy => format!("{by}: {what}, not answered."),
        }
    }
}

/// What a line says, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// What happened.
    pub event: Happened,
    /// To whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<i64>,
    /// A name that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An operator did it.
    #[serde(default)]
    pub staff: bool,
    /// A call that is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallLine>,
}

impl Line {
    /// Something happened to these members.
    pub fn of(event: Happened, members: &[i64]) -> Line {
        Line { event, members: members.to_vec(), name: None, staff: false, call: None }
    }

    /// A name was given.
    pub fn named(event: Happened, name: &str) -> Line {
        Line { name: Some(name.to_owned()), ..Line::of(event, &[]) }
    }

    fn of_call(call: CallLine) -> Line {
        Line { call: Some(call), ..Line::of(Happened::Call, &[]) }
    }

    fn sentence(&self, by: &str, members: &[String]) -> String {
        let (name, members) = (self.name.as_deref().unwrap_or_default(), members.join(", "));
        match self.event {
            Happened::GroupCreated => format!("{by} made the group “{name}”."),
            Happened::Renamed => format!("{by} named the group “{name}”."),
            Happened::PictureChanged => format!("{by} changed the group's picture."),
            Happened::PictureRemoved => format!("{by} removed the group's picture."),
            Happened::MembersAdded => format!("{by} added {members}."),
            Happened::MemberRemoved => format!("{by} removed {members}."),
            Happened::MemberLeft => format!("{by} left."),
            Happened::AdminMade => format!("{by} made {members} admin of the group."),
            Happened::AdminUnmade => format!("{by} took the role of admin from {members}."),
            Happened::Call => self.call.map_or_else(String::new, |call| call.sentence(by)),
        }
    }
}

/// A line of the conversation itself, as callers see it; `body` says the same in English.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SystemLine {
    /// What happened.
    pub event: Happened,
    /// Who did it; null: an operator, whose name is the author's.
    pub by: Option<MemberCard>,
    /// To whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberCard>,
    /// A name that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A call that is over; `by` called the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<CallLine>,
}

/// Who did something: their id, their name, whether they are staff.
pub struct Doer<'a> {
    /// A member's or an operator's.
    pub id: i64,
    /// As it was then.
    pub name: &'a str,
    /// An operator.
    pub staff: bool,
}

impl<'a> From<&'a Member> for Doer<'a> {
    fn from(member: &'a Member) -> Doer<'a> {
        Doer { id: member.id, name: &member.profile.name, staff: false }
    }
}

/// Says something within the transaction in which it happened.
pub async fn say(
    app: &App,
    tx: &mut Tx,
    facts: &Facts,
    doer: &Doer<'_>,
    line: Line,
    people: &HashMap<i64, Arc<Member>>,
) -> Result<MessageRow, DbError> {
    let row = put(app, tx, facts, doer, line, people).await?;
    if !doer.staff {
        store::read(tx, facts.site, facts.id, doer.id, row.seq).await?;
    }
    Ok(row)
}

async fn put(
    app: &App,
    tx: &mut Tx,
    facts: &Facts,
    doer: &Doer<'_>,
    mut line: Line,
    people: &HashMap<i64, Arc<Member>>,
) -> Result<MessageRow, DbError> {
    line.staff = doer.staff;
    let names: Vec<String> =
        line.members.iter().filter_map(|id| people.get(id)).map(|m| m.profile.name.clone()).collect();
    let now = app.clock.now();
    let row = MessageRow {
        conversation_id: facts.id,
        seq: store::next_seq(&mut *tx, facts.site, facts.id, now).await?,
        author_id: doer.id,
        author_name: Some(doer.name.to_owned()),
        client_id: ids::random::<16>().to_vec(),
        body: line.sentence(doer.name, &names),
        sent_at: now,
        line: serde_json::to_string(&line).ok(),
        ..MessageRow::default()
    };
    store::insert_line(tx, facts.site, &row).await?;
    Ok(row)
}

/// The line of a call, and those for whom it is nothing new: their read marks moved.
pub struct Called {
    row: MessageRow,
    seen: Vec<i64>,
}

/// Says what became of a call, within the transaction in which it ended. It is not unread for those who were there
/// (`seen`), unless something before it is.
pub async fn say_call(
    app: &App,
    tx: &mut Tx,
    facts: &Facts,
    caller: &Member,
    call: CallLine,
    seen: &[i64],
) -> Result<Called, DbError> {
    let row = put(app, tx, facts, &Doer::from(caller), Line::of_call(call), &HashMap::new()).await?;
    let mut moved = Vec::with_capacity(seen.len());
    for member in seen {
        if store::read_next(tx, facts.site, facts.id, *member, row.seq).await? {
            moved.push(*member);
        }
    }
    Ok(Called { row, seen: moved })
}

/// After that commit: tells both, as far as no block is between them.
pub async fn tell_call(app: &App, site: &Site, facts: &Arc<Facts>, called: Called) {
    let Called { row, seen } = called;
    let (seq, caller) = (row.seq, row.author_id);
    tell(app, site, vec![row], facts.audience(caller)).await;
    app.hub.publish_all(seen.into_iter().map(|member| {
        let (id, member_id) = (ids::show(facts.id), ids::show(member));
        let fields = format!("\"conversation_id\":\"{id}\",\"member_id\":\"{member_id}\",\"seq\":{seq}");
        Event::new("conversation.read", fields, facts.audience(member))
    }));
    tell_changed(app, site, facts.id, &facts.revived_by(seq)).await;
}

/// After that commit: tells everybody who takes part, and brings the conversation back into the lists it was deleted
/// from. It is done, whatever becomes of telling it: who can't be told loads it again.
pub async fn tell_said(app: &App, site: &Site, facts: &Arc<Facts>, said: Vec<MessageRow>) {
    let last = said.iter().map(|row| row.seq).max().unwrap_or(0);
    tell(app, site, said, facts.audience(0)).await;
    tell_changed(app, site, facts.id, &facts.revived_by(last)).await;
}

async fn tell(app: &App, site: &Site, said: Vec<MessageRow>, audience: Audience) {
    match views(app, site.id, said).await {
        Ok(said) => app.hub.publish_all(said.into_iter().map(|message| {
            let fields = format!("\"message\":{}", serde_json::to_string(&message).unwrap_or_default());
            Event::new("message.created", fields, audience.clone())
        })),
        Err(problem) => {
            tracing::error!(?problem, "could not tell what was said");
            app.hub.publish(Event::new("resync", "\"reason\":\"untold\"".to_owned(), audience));
        }
    }
}
