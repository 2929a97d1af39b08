//! History from elsewhere: the demonstration's, later a migration's.

use super::store;
use crate::app::App;
use crate::conversations::Kind;
use crate::platform::clock::Millis;
use crate::platform::db::{Tx, sql};
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::rooms::{self, Past};
use crate::sites::SiteId;
use domain::messages::Body;

/// A message of the past.
pub struct Imported {
    /// The member who wrote it, or an operator with a name.
    pub author: i64,
    /// An operator's name.
    pub operator_name: Option<String>,
    /// The text.
    pub body: String,
    /// When.
    pub sent_at: Millis,
}

/// Fills an empty conversation with messages of the past, in order. Nobody is told; `read` says up to
/// which message each member (or, without one, the operators) had read.
pub async fn import(
    app: &App,
    site: SiteId,
    id: i64,
    messages: &[Imported],
    read: &[(Option<i64>, i64)],
) -> Answer<()> {
    let facts = app.conversations.get(app, site, id).await?.ok_or_else(Problem::not_found)?;
    let in_room = facts.kind == Kind::Room;
    let past: Vec<Past<'_>> = (1..)
        .zip(messages)
        .map(|(seq, message)| Past {
            author: message.operator_name.is_none().then_some(message.author),
            seq,
            sent_at: message.sent_at,
            body: &message.body,
        })
        .collect();
    let mut tx = app.db.write("import").await?;
    let places = if in_room { rooms::import(app, &mut tx, site, id, &past).await? } else { Vec::new() };
    let mut seq = 0;
    for message in messages {
        let place = usize::try_from(seq).ok().and_then(|at| places.get(at));
        seq += 1;
        insert(&mut tx, site, (id, seq), message, place).await?;
    }
    let last = messages.last().ok_or_else(|| Problem::invalid("no messages"))?.sent_at;
    sql("UPDATE conversation SET last_seq = $3, last_at = $4 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .bind(seq)
        .bind(last)
        .run(&mut tx)
        .await?;
    let mut authors: Vec<i64> = messages.iter().filter(|m| m.operator_name.is_none()).map(|m| m.author).collect();
    authors.sort_unstable();
    authors.dedup();
    for author in &authors {
        sql("UPDATE participant SET wrote = TRUE WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
            .bind(site.0)
            .bind(id)
            .bind(*author)
            .run(&mut tx)
            .await?;
    }
    for (member, up_to) in read {
        match member {
            Some(member) if in_room => rooms::mark_read(&mut tx, site, id, *member, *up_to, last).await?,
            Some(member) => store::read(&mut tx, site, id, *member, *up_to).await?,
            None => store::read_by_staff(&mut tx, site, id, *up_to).await?,
        };
    }
    let committed = tx.commit().await?;
    for author in authors {
        facts.writes(author);
    }
    drop(committed);
    Ok(())
}

/// `place`, of a room: how many public messages there are up to it, and whom it is for alone.
async fn insert(
    tx: &mut Tx,
    site: SiteId,
    (id, seq): (i64, i64),
    message: &Imported,
    place: Option<&(i64, Option<Vec<i64>>)>,
) -> Answer<()> {
    let body = Body::parse(&message.body)?;
    let kind = if message.operator_name.is_some() { "operator" } else { "member" };
    let whisper_to = place.and_then(|(_, to)| to.as_ref()).and_then(|to| serde_json::to_string(to).ok());
    sql("INSERT INTO message (site_id, conversation_id, seq, author_kind, author_id, author_name, client_id, body, sent_at, \
         shown, whisper_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(site.0)
    .bind(id)
    .bind(seq)
    .bind(kind)
    .bind(message.author)
    .bind(message.operator_name.clone())
    .bind(ids::random::<16>().to_vec())
    .bind(body.as_str())
    .bind(message.sent_at)
    .bind(place.map(|(shown, _)| *shown))
    .bind(whisper_to)
    .run(tx)
    .await?;
    Ok(())
}
