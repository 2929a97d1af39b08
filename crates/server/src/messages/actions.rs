//! What changes messages that exist, and passing signals.

use super::history::views;
use super::store::{self, MessageRow};
use super::wire::MessageView;
use super::writer::{Job, Read, Reads};
use crate::app::App;
use crate::contacts;
use crate::conversations::{self, Facts, Kind, actions::participating, may_write};
use crate::members::{Member, MemberCard};
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::Site;
use domain::messages::Body;
use std::sync::Arc;
use tokio::sync::oneshot;

/// The author gives a message another text.
pub async fn edit(app: &App, site: &Site, me: &Member, id: i64, seq: i64, body: &str) -> Answer<MessageView> {
    let facts = participating(app, site, me, id).await?;
    let body = Body::parse(body)?;
    may_write(app, site, me, &facts).await?;
    let _order = app.order(id).await;
    let mut tx = app.db.write("message_edit").await?;
    let row = own(&mut tx, site, me, id, seq).await?;
    if row.removed_by.is_some() {
        return Err(Problem::with(Code::Conflict, "the message was removed"));
    }
    if row.body != body.as_str() {
        let held = facts.peer_of(me.id).is_some_and(|peer| facts.blocks(peer));
        store::edit(&mut tx, site.id, &row, body.as_str(), held, app.clock.now()).await?;
    }
    let audience = facts.audience(me.id);
    finish(app, site, audience, &facts, tx, seq).await
}

/// The author withdraws a message: the text is gone, its place stays. Withdrawing twice is the same.
pub async fn withdraw(app: &App, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<MessageView> {
    let facts = participating(app, site, me, id).await?;
    let _order = app.order(id).await;
    let mut tx = app.db.write("message_withdraw").await?;
    let row = own(&mut tx, site, me, id, seq).await?;
    if row.removed_by.is_none() {
        store::remove(&mut tx, site.id, id, seq, "author", app.clock.now()).await?;
    }
    // It only takes away: who sees the message is told, whoever blocks whom.
    let audience = conversations::who_see(&mut tx, site.id, &facts, me.id, seq).await?;
    finish(app, site, audience, &facts, tx, seq).await
}

/// One's own message; another's can be seen but not touched.
async fn own(tx: &mut Tx, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<MessageRow> {
    let row = store::at(tx, site.id, &[(id, seq)]).await?.pop().ok_or_else(Problem::not_found)?;
    if row.author_name.is_some() || row.author_id != me.id {
        return Err(Problem::new(Code::ReadOnly));
    }
    Ok(row)
}

async fn finish(
    app: &App,
    site: &Site,
    audience: Audience,
    facts: &Facts,
    mut tx: Tx,
    seq: i64,
) -> Answer<MessageView> {
    let rows = store::at(&mut tx, site.id, &[(facts.id, seq)]).await?;
    let committed = tx.commit().await?;
    let view = views(app, site.id, rows).await?.pop().ok_or_else(Problem::not_found)?;
    let fields = format!("\"message\":{}", serde_json::to_string(&view).unwrap_or_default());
    app.hub.publish(Event::new("message.updated", fields, audience));
    drop(committed);
    Ok(view)
}

/// A member has read up to here.
pub async fn read(app: &App, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    let but = apart_in_group(app, site, me, &facts).await?;
    if !move_mark(app, facts, Reads::Member(me.id), seq, but).await? {
        conversations::actions::mark_seen(app, site, me, id).await?;
    }
    Ok(())
}

/// The operators have read up to here.
pub async fn read_by_staff(app: &App, site: &Site, id: i64, seq: i64) -> Answer<()> {
    let facts = app.conversations.get(app, site.id, id).await?;
    let facts = facts.filter(|f| f.kind == crate::conversations::Kind::Organizer).ok_or_else(Problem::not_found)?;
    move_mark(app, facts, Reads::Staff, seq, Vec::new()).await.map(drop)
}

/// `true` if it moved.
async fn move_mark(app: &App, facts: Arc<Facts>, by: Reads, seq: i64, but: Vec<i64>) -> Answer<bool> {
    if seq < 0 {
        return Err(Problem::invalid("seq: at least 0"));
    }
    let (done, moved) = oneshot::channel();
    app.messages.add(Job::Read(Read { facts, by, seq, but, done })).await?;
    moved.await.map_err(|_| Problem::new(Code::Unavailable))?
}

/// A member is typing: the others are told, nothing is kept.
pub async fn typing(app: &App, site: &Site, me: &Member, id: i64) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    may_write(app, site, me, &facts).await?;
    let card = serde_json::to_string(&MemberCard::of(me)).unwrap_or_default();
    let fields = format!("\"conversation_id\":\"{}\",\"member\":{card}", ids::show(id));
    let mut but = apart_in_group(app, site, me, &facts).await?;
    but.push(me.id);
    but.sort_unstable();
    app.hub.publish(Event::passing("typing", fields, facts.audience_but(me.id, &but)));
    Ok(())
}

/// Those who must not see in a group that a member is here, sorted: whom they block, and who blocks them.
async fn apart_in_group(app: &App, site: &Site, me: &Member, facts: &Facts) -> Answer<Vec<i64>> {
    if facts.kind != Kind::Group {
        return Ok(Vec::new());
    }
    let around = contacts::blocks_around(&mut app.db.read().await?, site.id, &[me.id]).await?;
    let mut apart: Vec<i64> = around.into_iter().map(|(_, other)| other).collect();
    apart.sort_unstable();
    Ok(apart)
}
