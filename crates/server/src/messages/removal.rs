//! A moderator takes a message of a room away, or puts it back.

use super::history::views;
use super::store::{self, MessageRow};
use super::wire::MessageView;
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::conversations::Facts;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Tx, sql};
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::rooms;
use crate::sites::{Site, SiteId};
use serde_json::json;

/// So long what was removed can be put back; then its text is erased.
const UNDO: Millis = 24 * 3_600 * 1_000;

const MODERATOR: &str = "moderator";

/// Removes a message: nobody reads its text any more, its place says who removed it. Twice is the same.
pub async fn remove(
    app: &App,
    site: &Site,
    by: &Actor,
    facts: &Facts,
    seq: i64,
    reason: Option<&str>,
) -> Answer<MessageView> {
    let _order = app.order(facts.id).await;
    let mut tx = app.db.write("message_moderate").await?;
    let row = taken(&mut tx, site.id, facts.id, seq).await?;
    let changes = row.removed_by.is_none();
    if changes {
        hide(&mut tx, site.id, facts.id, seq, reason, app.clock.now()).await?;
        write_down(app, &mut tx, site.id, by, "message.remove", &row, reason).await?;
    }
    finish(app, site, facts, tx, (row, changes)).await
}

/// Puts back what a moderator removed, within a day.
pub async fn restore(app: &App, site: &Site, by: &Actor, facts: &Facts, seq: i64) -> Answer<MessageView> {
    let _order = app.order(facts.id).await;
    let mut tx = app.db.write("message_restore").await?;
    let row = taken(&mut tx, site.id, facts.id, seq).await?;
    let changes = row.removed_by.is_some();
    if changes {
        if !put_back(&mut tx, site.id, facts.id, seq, app.clock.now() - UNDO).await? {
            return Err(Problem::said_with(Code::Conflict, "refusal.message.gone"));
        }
        write_down(app, &mut tx, site.id, by, "message.restore", &row, None).await?;
    }
    finish(app, site, facts, tx, (row, changes)).await
}

/// Erases for good what was removed more than a day ago, on any site.
pub async fn sweep(app: &App) -> Result<(), DbError> {
    let mut tx = app.db.write("message_sweep").await?;
    sql("UPDATE message SET removed_body = NULL WHERE removed_body IS NOT NULL AND removed_at <= $1")
        .bind(app.clock.now() - UNDO)
        .run(&mut tx)
        .await?;
    drop(tx.commit().await?);
    Ok(())
}

/// A message that somebody wrote: what the conversation says of itself is not touched.
async fn taken(tx: &mut Tx, site: SiteId, id: i64, seq: i64) -> Answer<MessageRow> {
    let row = store::at(tx, site, &[(id, seq)]).await?.pop().ok_or_else(Problem::not_found)?;
    if row.line.is_some() { Err(Problem::new(Code::ReadOnly)) } else { Ok(row) }
}

async fn hide(tx: &mut Tx, site: SiteId, id: i64, seq: i64, reason: Option<&str>, now: Millis) -> Result<(), DbError> {
    sql("UPDATE message SET removed_body = body, body = '', held = NULL, removed_by = $4, removed_at = $5, removed_note = $6 \
         WHERE site_id = $1 AND conversation_id = $2 AND seq = $3")
    .bind(site.0)
    .bind(id)
    .bind(seq)
    .bind(MODERATOR)
    .bind(now)
    .bind(reason)
    .run(tx)
    .await
    .map(drop)
}

async fn put_back(tx: &mut Tx, site: SiteId, id: i64, seq: i64, since: Millis) -> Result<bool, DbError> {
    let back = sql(
        "UPDATE message SET body = removed_body, removed_body = NULL, removed_by = NULL, removed_at = NULL, removed_note = NULL \
         WHERE site_id = $1 AND conversation_id = $2 AND seq = $3 AND removed_body IS NOT NULL AND removed_at > $4",
    );
    Ok(back.bind(site.0).bind(id).bind(seq).bind(since).run(tx).await? > 0)
}

async fn write_down(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    by: &Actor,
    action: &'static str,
    row: &MessageRow,
    reason: Option<&str>,
) -> Result<(), DbError> {
    let author = if row.author_name.is_some() { "operator" } else { "member" };
    let detail = json!({"author": {"kind": author, "id": ids::show(row.author_id)}, "whisper": row.whisper_to.is_some(),
            "reason": reason});
    audit::write(app, tx, site, by, action, &Subject::message(row.conversation_id, row.seq), detail).await
}

/// Commits, and if something changed tells those who see the message; those who see it only as the last one in their
/// list, too.
async fn finish(
    app: &App,
    site: &Site,
    facts: &Facts,
    mut tx: Tx,
    (row, changes): (MessageRow, bool),
) -> Answer<MessageView> {
    let reaches = match row.whisper_to {
        None => None,
        Some(_) => Some(rooms::reaches(&mut tx, site.id, facts.id, row.seq).await?),
    };
    let rows = store::at(&mut tx, site.id, &[(facts.id, row.seq)]).await?;
    let committed = tx.commit().await?;
    let view = views(app, site.id, rows).await?.pop().ok_or_else(Problem::not_found)?;
    if !changes {
        return Ok(view);
    }
    let audience = match &reaches {
        None => facts.audience(0),
        Some(reaches) => Audience::Room { id: facts.id, members: Some(reaches.as_slice().into()) },
    };
    let fields = format!("\"message\":{}", serde_json::to_string(&view).unwrap_or_default());
    app.hub.publish(Event::new("message.updated", fields, audience));
    drop(committed);
    app.room_news.said(site.id, facts.id, reaches.is_none(), reaches.into_iter().flatten());
    Ok(view)
}
