//! History from elsewhere: the demonstration's, later a migration's.

use super::store;
use crate::app::App;
use crate::platform::clock::Millis;
use crate::platform::db::sql;
use crate::platform::http::{Answer, Problem};
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
    let mut tx = app.db.write("import").await?;
    let mut seq = 0;
    for message in messages {
        seq += 1;
        let body = Body::parse(&message.body)?;
        let kind = if message.operator_name.is_some() { "operator" } else { "member" };
        sql("INSERT INTO message (site_id, conversation_id, seq, author_kind, author_id, author_name, client_id, body, sent_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(site.0)
        .bind(id)
        .bind(seq)
        .bind(kind)
        .bind(message.author)
        .bind(message.operator_name.clone())
        .bind(crate::platform::ids::random::<16>().to_vec())
        .bind(body.as_str())
        .bind(message.sent_at)
        .run(&mut tx)
        .await?;
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
            Some(member) => store::read(&mut tx, site, id, *member, *up_to).await?,
            None => store::read_by_staff(&mut tx, site, id, *up_to).await?,
        };
    }
    let committed = tx.commit().await?;
    if let Some(facts) = app.conversations.get(app, site, id).await? {
        for author in authors {
            facts.writes(author);
        }
    }
    drop(committed);
    Ok(())
}
