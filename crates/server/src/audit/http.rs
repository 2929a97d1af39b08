//! The audit log over HTTP.

use super::ActorKind;
use super::filter::AuditQuery;
use super::store::{self, EntryRow};
use crate::app::App;
use crate::operators::{Role, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::csv;
use crate::platform::http::{Answer, Page, ProblemBody, Query, cursor_of, limit_of, read_cursor};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The longest table.
const MOST_EXPORTED: usize = 100_000;
/// Of which so many entries are read in one go.
const AT_ONCE: usize = 1_000;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_entries)).routes(routes!(export_entries))
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
#[utoipa::path(get, path = "/admin/audit", tag = "back-office", security(("operator" = [])), params(AuditQuery),
    responses((status = 200, body = Page<AuditEntry>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_entries(
    State(app): State<App>,
    operator: SignedInOperator,
    Query(asked): Query<AuditQuery>,
) -> Answer<Json<Page<AuditEntry>>> {
    operator.require(Role::Admin)?;
    let limit = limit_of(asked.limit)?;
    let before: Option<(i64, i64)> = read_cursor(asked.cursor.as_deref())?;
    let before = before.unwrap_or((i64::MAX, i64::MAX));
    let filter = asked.filter()?;
    let mut rows = store::page(&mut app.db.read().await?, operator.site.id, &filter, before, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|last| cursor_of(&(last.at, last.id)));
    Ok(Json(Page { items: rows.into_iter().map(AuditEntry::from).collect(), next }))
}

/// The same as a table (CSV), whole: up to 100,000 entries.
#[utoipa::path(get, path = "/admin/audit/export", tag = "back-office", security(("operator" = [])), params(AuditQuery),
    responses((status = 200, content_type = "text/csv", body = String), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn export_entries(
    State(app): State<App>,
    operator: SignedInOperator,
    Query(asked): Query<AuditQuery>,
) -> Answer<Response> {
    operator.require(Role::Admin)?;
    let filter = asked.filter()?;
    let mut table =
        csv::row(["at", "actor_kind", "actor_id", "actor", "action", "subject_kind", "subject_id", "detail"]);
    let (mut before, mut left) = ((i64::MAX, i64::MAX), MOST_EXPORTED);
    while left > 0 {
        let rows = store::page(&mut app.db.read().await?, operator.site.id, &filter, before, left.min(AT_ONCE)).await?;
        let Some(last) = rows.last() else { break };
        (before, left) = ((last.at, last.id), left - rows.len());
        rows.into_iter().for_each(|row| table.push_str(&line(row)));
    }
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")];
    Ok((headers, table).into_response())
}

fn line(row: EntryRow) -> String {
    let kind = match row.actor_kind() {
        ActorKind::Member => "member",
        ActorKind::Operator => "operator",
        ActorKind::ApiKey => "api_key",
    };
    let (at, actor) = (rfc3339(row.at), ids::show(row.actor_id));
    csv::row([&at, kind, &actor, &row.actor_name, &row.action, &row.subject_kind, &row.subject_id, &row.detail])
}
