//! What changes messages that exist, and passing signals.

use super::history::views;
use super::store::{self, MessageRow};
use super::wire::MessageView;
use super::writer::{Job, Read, Reads};
use crate::app::App;
use crate::conversations::{Facts, actions::participating, may_write};
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
    finish(app, site, me, &facts, tx, seq).await
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
    finish(app, site, me, &facts, tx, seq).await
}

/// One's own message; another's can be seen but not touched.
async fn own(tx: &mut Tx, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<MessageRow> {
    let row = store::at(tx, site.id, &[(id, seq)]).await?.pop().ok_or_else(Problem::not_found)?;
    if row.author_name.is_some() || row.author_id != me.id {
        return Err(Problem::new(Code::ReadOnly));
    }
    Ok(row)
}

async fn finish(app: &App, site: &Site, me: &Member, facts: &Facts, mut tx: Tx, seq: i64) -> Answer<MessageView> {
    let rows = store::at(&mut tx, site.id, &[(facts.id, seq)]).await?;
    let committed = tx.commit().await?;
    let view = views(app, site.id, rows).await?.pop().ok_or_else(Problem::not_found)?;
    let fields = format!("\"message\":{}", serde_json::to_string(&view).unwrap_or_default());
    app.hub.publish(Event::new("message.updated", fields, facts.audience(me.id)));
    drop(committed);
    Ok(view)
}

/// A member has read up to here.
pub async fn read(app: &App, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    if !move_mark(app, facts, Reads::Member(me.id), seq).await? {
        crate::conversations::actions::mark_seen(app, site, me, id).await?;
    }
    Ok(())
}

/// The operators have read up to here.
pub async fn read_by_staff(app: &App, site: &Site, id: i64, seq: i64) -> Answer<()> {
    let facts = app.conversations.get(app, site.id, id).await?;
    let facts = facts.filter(|f| f.kind == crate::conversations::Kind::Organizer).ok_or_else(Problem::not_found)?;
    move_mark(app, facts, Reads::Staff, seq).await.map(drop)
}

/// `true` if it moved.
async fn move_mark(app: &App, facts: Arc<Facts>, by: Reads, seq: i64) -> Answer<bool> {
    if seq < 0 {
        return Err(Problem::invalid("seq: at least 0"));
    }
    let (done, moved) = oneshot::channel();
    app.messages.add(Job::Read(Read { facts, by, seq, done })).await?;
    moved.await.map_err(|_| Problem::new(Code::Unavailable))?
}

/// A member is typing: the others are told, nothing is kept.
pub async fn typing(app: &App, site: &Site, me: &Member, id: i64) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    may_write(app, site, me, &facts).await?;
    let card = serde_json::to_string(&MemberCard::of(me)).unwrap_or_default();
    let fields = format!("\"conversation_id\":\"{}\",\"member\":{card}", ids::show(id));
    let audience = match facts.audience(me.id) {
        Audience::Conversation { id, staff, members } => {
            let others = members.iter().copied().filter(|id| *id != me.id).collect();
            Audience::Conversation { id, members: others, staff }
        }
        other => other,
    };
    app.hub.publish(Event::passing("typing", fields, audience));
    Ok(())
}
