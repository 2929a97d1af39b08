use super::{Actor, ActorKind, Subject};
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::sites::SiteId;

/// An entry as it is stored.
#[derive(sqlx::FromRow)]
pub(super) struct EntryRow {
    pub id: i64,
    pub at: Millis,
    actor_kind: String,
    pub actor_id: i64,
    pub actor_name: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub detail: String,
}

impl ActorKind {
    fn as_str(self) -> &'static str {
        match self {
            ActorKind::Member => "member",
            ActorKind::Operator => "operator",
        }
    }
}

impl EntryRow {
    pub fn actor_kind(&self) -> ActorKind {
        if self.actor_kind == "member" { ActorKind::Member } else { ActorKind::Operator }
    }
}

pub(super) async fn insert(
    tx: &mut Tx,
    site: SiteId,
    (id, now): (i64, Millis),
    actor: &Actor,
    action: &'static str,
    subject: &Subject,
    detail: &str,
) -> Result<(), DbError> {
    sql("INSERT INTO audit_entry (id, site_id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(id)
    .bind(site.0)
    .bind(now)
    .bind(actor.kind.as_str())
    .bind(actor.id)
    .bind(actor.name.as_str())
    .bind(action)
    .bind(subject.kind)
    .bind(subject.id.as_str())
    .bind(detail)
    .run(tx)
    .await
    .map(drop)
}

/// The entries before this one (time, id), newest first.
pub(super) async fn page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    before: (Millis, i64),
    limit: usize,
) -> Result<Vec<EntryRow>, DbError> {
    sql("SELECT id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail FROM audit_entry \
         WHERE site_id = $1 AND (at < $2 OR (at = $2 AND id < $3)) ORDER BY at DESC, id DESC LIMIT $4")
    .bind(site.0)
    .bind(before.0)
    .bind(before.1)
    .bind(i64::try_from(limit).unwrap_or(200))
    .all(on)
    .await
}
