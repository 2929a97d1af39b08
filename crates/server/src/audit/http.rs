//! The audit log over HTTP.

use super::ActorKind;
use super::store::{self, EntryRow};
use crate::app::App;
use crate::operators::{Role, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Page, PageQuery, ProblemBody, Query, cursor_of, read_cursor};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_entries))
}

/// Something that a moderator or an operator did.
#[derive(Serialize, ToSchema)]
struct AuditEntry {
    /// Ours.
    id: String,
    /// When (RFC 3339).
    at: String,
    /// Who.
    actor: AuditActor,
    /// What: `message.remove`, `sanction.create` and so on.
    action: String,
    /// To what.
    subject: AuditSubject,
    /// More about it.
    detail: serde_json::Value,
}

/// Who did it.
#[derive(Serialize, ToSchema)]
struct AuditActor {
    /// In what capacity.
    kind: ActorKind,
    /// Theirs.
    id: String,
    /// What others saw then.
    name: String,
}

/// What it was done to.
#[derive(Serialize, ToSchema)]
struct AuditSubject {
    /// `message`, `member`, `room` and so on.
    kind: String,
    /// Its id.
    id: String,
}

impl From<EntryRow> for AuditEntry {
    fn from(row: EntryRow) -> AuditEntry {
        AuditEntry {
            id: ids::show(row.id),
            at: rfc3339(row.at),
            actor: AuditActor { kind: row.actor_kind(), id: ids::show(row.actor_id), name: row.actor_name },
            action: row.action,
            subject: AuditSubject { kind: row.subject_kind, id: row.subject_id },
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        }
    }
}

/// What moderators and operators did, newest first.
#[utoipa::path(get, path = "/admin/audit", tag = "back-office", security(("operator" = [])), params(PageQuery),
    responses((status = 200, body = Page<AuditEntry>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_entries(
    State(app): State<App>,
    operator: SignedInOperator,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<AuditEntry>>> {
    operator.require(Role::Admin)?;
    let limit = asked.limit()?;
    let before: Option<(i64, i64)> = read_cursor(asked.cursor.as_deref())?;
    let before = before.unwrap_or((i64::MAX, i64::MAX));
    let mut rows = store::page(&mut app.db.read().await?, operator.site.id, before, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|last| cursor_of(&(last.at, last.id)));
    Ok(Json(Page { items: rows.into_iter().map(AuditEntry::from).collect(), next }))
}
