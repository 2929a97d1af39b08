use super::filter::{Actor as Wanted, Filter};
use super::{Actor, ActorKind, Subject};
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::sites::SiteId;

/// An entry as it is stored.
#[derive(sqlx_macros::FromRow)]
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
            ActorKind::ApiKey => "api_key",
        }
    }
}

impl EntryRow {
    pub fn actor_kind(&self) -> ActorKind {
        match self.actor_kind.as_str() {
            "member" => ActorKind::Member,
            "api_key" => ActorKind::ApiKey,
            _ => ActorKind::Operator,
        }
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

pub(super) async fn set_detail(tx: &mut Tx, site: SiteId, id: i64, detail: &str) -> Result<(), DbError> {
    let set = sql("UPDATE audit_entry SET detail = $3 WHERE site_id = $1 AND id = $2");
    set.bind(site.0).bind(id).bind(detail).run(tx).await.map(drop)
}

/// The entries before this one (time, id) that somebody asks for, newest first.
pub(super) async fn page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    filter: &Filter,
    before: (Millis, i64),
    limit: usize,
) -> Result<Vec<EntryRow>, DbError> {
    let (actor_id, actor_name) = match &filter.actor {
        Some(Wanted::Id(id)) => (Some(*id), None),
        Some(Wanted::Name(name)) => (None, Some(name.as_str())),
        None => (None, None),
    };
    // What is not asked for is bound, and asks nothing. An action also stands for those that begin with it and a full
    // stop.
    let action = filter.action.as_deref().unwrap_or_default();
    let subject = filter.subject.as_deref().unwrap_or_default();
    sql("SELECT id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail FROM audit_entry \
         WHERE site_id = $1 AND (at < $2 OR (at = $2 AND id < $3)) AND at >= $4 AND at < $5 \
         AND ($6 OR actor_id = $7) AND ($8 OR actor_name = $9) \
         AND ($10 OR action = $11 OR SUBSTR(action, 1, LENGTH($11) + 1) = $12) \
         AND ($13 OR subject_id = $14 OR subject_kind = $14) ORDER BY at DESC, id DESC LIMIT $15")
    .bind(site.0)
    .bind(before.0)
    .bind(before.1)
    .bind(filter.from.unwrap_or(0))
    .bind(filter.before.unwrap_or(Millis::MAX))
    .bind(actor_id.is_none())
    .bind(actor_id.unwrap_or(0))
    .bind(actor_name.is_none())
    .bind(actor_name.unwrap_or_default())
    .bind(action.is_empty())
    .bind(action)
    .bind(format!("{action}."))
    .bind(subject.is_empty())
    .bind(subject)
    .bind(i64::try_from(limit).unwrap_or(200))
    .all(on)
    .await
}
