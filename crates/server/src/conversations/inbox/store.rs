use super::super::wire::InboxState;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, Value, list, sql};
use crate::sites::SiteId;
use std::collections::HashMap;

/// An organizer conversation as the operators have it.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct OrganizerRow {
    /// Ours.
    pub id: i64,
    /// The member.
    pub member_id: i64,
    /// The last message's number.
    pub last_seq: i64,
    /// When it last changed.
    pub last_at: Millis,
    /// How far the operators have read.
    pub staff_read_seq: i64,
    /// An operator closed it, and the member has not written since.
    pub closed: bool,
    /// Who looks after it.
    pub assigned_id: Option<i64>,
    /// Their name.
    pub assigned_name: Option<String>,
    /// How many notes there are.
    pub notes: i64,
}

impl OrganizerRow {
    /// Whether the operators have not read all of it.
    pub fn is_unread(&self) -> bool {
        self.last_seq > self.staff_read_seq
    }
}

/// An operator closed it, and the member has not written since.
const CLOSED: &str = "(c.closed_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM message m WHERE m.site_id = $1 \
    AND m.conversation_id = c.id AND m.seq > c.closed_seq AND m.author_kind = 'member'))";

fn select() -> String {
    format!(
        "SELECT c.id, p.member_id, c.last_seq, c.last_at, c.staff_read_seq, {CLOSED} AS closed, c.assigned_id, \
         o.name AS assigned_name, (SELECT COUNT(*) FROM note n WHERE n.site_id = c.site_id AND n.conversation_id = c.id) AS notes \
         FROM conversation c JOIN participant p ON p.conversation_id = c.id \
         LEFT JOIN operator o ON o.id = c.assigned_id WHERE c.site_id = $1 AND c.kind = 'organizer'"
    )
}

/// Which of them.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Open or closed.
    pub state: Option<InboxState>,
    /// Looked after by this operator, or by nobody.
    pub assigned: Option<Option<i64>>,
    /// Only what is not read.
    pub unread: bool,
    /// Only those in which the member has written.
    pub wrote: bool,
    /// Only with members who are found by these folded words.
    pub words: Vec<String>,
    /// What is not read comes first.
    pub unread_first: bool,
}

/// Where a page begins: after one that is unread or not, with this time and id.
pub type After = (bool, Millis, i64);

impl Wanted {
    fn conditions(&self, values: &mut Vec<Value>) -> String {
        let mut text = String::new();
        match self.state {
            Some(InboxState::Open) => text.push_str(&format!(" AND NOT {CLOSED}")),
            Some(InboxState::Closed) => text.push_str(&format!(" AND {CLOSED}")),
            None => {}
        }
        match self.assigned {
            Some(Some(operator)) => {
                values.push(operator.into());
                text.push_str(&format!(" AND c.assigned_id = ${}", values.len()));
            }
            Some(None) => text.push_str(" AND o.id IS NULL"),
            None => {}
        }
        if self.wrote {
            text.push_str(" AND p.wrote = TRUE");
        }
        for word in &self.words {
            values.push(format!("% {word}%").into());
            text.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM member w WHERE w.site_id = $1 AND w.id = p.member_id AND w.search_text LIKE ${})",
                values.len()
            ));
        }
        text
    }
}

/// A page of the inbox, newest activity first; what is not read before all else, if that is wanted.
pub async fn page<L>(
    on: &mut L,
    site: SiteId,
    wanted: &Wanted,
    after: Option<After>,
    limit: usize,
) -> Result<Vec<OrganizerRow>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let parts: &[Option<bool>] = match (wanted.unread, wanted.unread_first) {
        (true, _) => &[Some(true)],
        (false, true) => &[Some(true), Some(false)],
        (false, false) => &[None],
    };
    let mut found = Vec::new();
    for part in parts {
        let (at, id) = match (after, part) {
            // The part before the one in which the page begins was shown.
            (Some((false, ..)), Some(true)) if parts.len() > 1 => continue,
            (Some((unread, at, id)), part) if part.is_none_or(|part| part == unread) => (at, id),
            _ => (i64::MAX, i64::MAX),
        };
        let left = limit.saturating_sub(found.len());
        if left > 0 {
            found.extend(part_of(on, site, wanted, *part, (at, id), left).await?);
        }
    }
    Ok(found)
}

async fn part_of<L>(
    on: &mut L,
    site: SiteId,
    wanted: &Wanted,
    unread: Option<bool>,
    (at, id): (Millis, i64),
    limit: usize,
) -> Result<Vec<OrganizerRow>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let mut values: Vec<Value> = vec![site.0.into(), at.into(), id.into()];
    let conditions = wanted.conditions(&mut values);
    let which = match unread {
        Some(true) => " AND c.last_seq > c.staff_read_seq",
        Some(false) => " AND c.last_seq <= c.staff_read_seq",
        None => "",
    };
    values.push(i64::try_from(limit).unwrap_or(200).into());
    let text = format!(
        "{}{which}{conditions} AND (c.last_at < $2 OR (c.last_at = $2 AND c.id < $3)) \
         ORDER BY c.last_at DESC, c.id DESC LIMIT ${}",
        select(),
        values.len()
    );
    Sql::assembled(text).bind_each(values).all(on).await
}

/// One conversation with the organizers.
pub async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<OrganizerRow>, DbError> {
    Sql::assembled(format!("{} AND c.id = $2", select())).bind(site.0).bind(id).maybe(on).await
}

/// Closes it as far as its closer had seen: what the member writes meanwhile opens it again.
pub async fn close(tx: &mut Tx, site: SiteId, id: i64, seen: Option<i64>) -> Result<(), DbError> {
    sql("UPDATE conversation SET closed_seq = CASE WHEN $3 < last_seq THEN $3 ELSE last_seq END \
         WHERE site_id = $1 AND id = $2")
    .bind(site.0)
    .bind(id)
    .bind(seen.unwrap_or(i64::MAX))
    .run(tx)
    .await
    .map(drop)
}

/// Opens it again.
pub async fn open(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    let open = sql("UPDATE conversation SET closed_seq = NULL WHERE site_id = $1 AND id = $2");
    open.bind(site.0).bind(id).run(tx).await.map(drop)
}

/// Gives it to an operator, or to nobody.
pub async fn assign(tx: &mut Tx, site: SiteId, id: i64, to: Option<i64>) -> Result<(), DbError> {
    let query = sql("UPDATE conversation SET assigned_id = $3 WHERE site_id = $1 AND id = $2");
    query.bind(site.0).bind(id).bind(to).run(tx).await.map(drop)
}

/// The conversations with these keys.
pub(in crate::conversations) async fn by_keys(
    on: impl Into<Link<'_>>,
    site: SiteId,
    keys: &[String],
) -> Result<HashMap<String, i64>, DbError> {
    let text =
        format!("SELECT pair_key, id FROM conversation WHERE site_id = $1 AND pair_key IN ({})", list(2, keys.len()));
    let rows: Vec<(String, i64)> =
        Sql::assembled(text).bind(site.0).bind_each(keys.iter().map(String::as_str)).all(on).await?;
    Ok(rows.into_iter().collect())
}
