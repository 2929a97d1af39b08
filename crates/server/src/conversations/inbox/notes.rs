//! Notes of the operators on a conversation, among themselves: no member ever sees one.

use super::super::wire::Colleague;
use super::tell;
use crate::app::App;
use crate::operators::SignedInOperator;
use crate::platform::clock::{Millis, rfc3339};
use crate::platform::db::{Tx, sql};
use crate::platform::http::{Answer, Body, Page, Path, Problem, ProblemBody, id_of};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// On one conversation.
const MOST_NOTES: i64 = 200;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_notes, add_note)).routes(routes!(delete_note))
}

/// A note.
#[derive(Serialize, ToSchema)]
struct Note {
    /// Ours.
    id: String,
    /// Who wrote it, under the name of that day.
    by: Colleague,
    /// What it says.
    body: String,
    /// When (RFC 3339).
    at: String,
}

type NoteRow = (i64, i64, String, String, Millis);

fn note((id, by, name, body, at): NoteRow) -> Note {
    Note { id: ids::show(id), by: Colleague { id: ids::show(by), name }, body, at: rfc3339(at) }
}

/// What it says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewNote {
    /// 1 to 4,000 characters.
    body: String,
}

/// The notes on a conversation, oldest first.
#[utoipa::path(get, path = "/admin/conversations/{conversation}/notes", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id")),
    responses((status = 200, body = Page<Note>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn list_notes(State(app): State<App>, me: SignedInOperator, Path(id): Path<String>) -> Answer<Json<Page<Note>>> {
    let id = id_of(&id)?;
    super::staff_view(&app, &me.site, id).await?;
    let rows: Vec<NoteRow> =
        sql("SELECT id, by_id, by_name, body, at FROM note WHERE site_id = $1 AND conversation_id = $2 ORDER BY id")
            .bind(me.site.id.0)
            .bind(id)
            .all(&mut app.db.read().await?)
            .await?;
    Ok(Json(Page { items: rows.into_iter().map(note).collect(), next: None }))
}

/// Adds a note.
#[utoipa::path(post, path = "/admin/conversations/{conversation}/notes", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id")), request_body = NewNote,
    responses((status = 201, body = Note), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn add_note(
    State(app): State<App>,
    me: SignedInOperator,
    Path(conversation): Path<String>,
    Body(new): Body<NewNote>,
) -> Answer<(StatusCode, Json<Note>)> {
    let conversation = id_of(&conversation)?;
    super::staff_view(&app, &me.site, conversation).await?;
    let body = domain::messages::Body::parse(&new.body)?.into_string();
    let (id, now) = (app.ids.next(&app.clock), app.clock.now());
    let mut tx = app.db.write("note").await?;
    if count(&mut tx, &me, conversation).await? >= MOST_NOTES {
        return Err(Problem::said("refusal.notes.full"));
    }
    sql(
        "INSERT INTO note (id, site_id, conversation_id, by_id, by_name, body, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(me.site.id.0)
    .bind(conversation)
    .bind(me.operator.id)
    .bind(me.operator.name.as_str())
    .bind(body.as_str())
    .bind(now)
    .run(&mut tx)
    .await?;
    drop(tx.commit().await?);
    tell(&app, &me.site, conversation).await?;
    Ok((StatusCode::CREATED, Json(note((id, me.operator.id, me.operator.name.clone(), body, now)))))
}

async fn count(tx: &mut Tx, me: &SignedInOperator, conversation: i64) -> Answer<i64> {
    let query = sql("SELECT COUNT(*) FROM note WHERE site_id = $1 AND conversation_id = $2");
    Ok(query.bind(me.site.id.0).bind(conversation).number(tx).await?)
}

/// Deletes a note.
#[utoipa::path(delete, path = "/admin/conversations/{conversation}/notes/{note}", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("note" = String, Path, description = "The note's id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn delete_note(
    State(app): State<App>,
    me: SignedInOperator,
    Path((conversation, id)): Path<(String, String)>,
) -> Answer<StatusCode> {
    let conversation = id_of(&conversation)?;
    let mut tx = app.db.write("note_delete").await?;
    let gone = sql("DELETE FROM note WHERE site_id = $1 AND conversation_id = $2 AND id = $3")
        .bind(me.site.id.0)
        .bind(conversation)
        .bind(id_of(&id)?)
        .run(&mut tx)
        .await?;
    if gone == 0 {
        return Err(Problem::not_found());
    }
    drop(tx.commit().await?);
    tell(&app, &me.site, conversation).await?;
    Ok(StatusCode::NO_CONTENT)
}
