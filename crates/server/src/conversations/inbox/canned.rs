//! Answers that operators give often, to be put into the composer and changed there.

use crate::app::App;
use crate::audit::{self, Subject};
use crate::operators::SignedInOperator;
use crate::platform::db::{DbError, Tx, sql};
use crate::platform::http::{Answer, Body, Page, Path, Problem, ProblemBody, id_of};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::members::clean_label;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// On one site.
const MOST_ANSWERS: i64 = 200;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_canned_answers, create_canned_answer))
        .routes(routes!(replace_canned_answer, delete_canned_answer))
}

/// An answer to hand.
#[derive(Serialize, ToSchema)]
struct CannedAnswer {
    /// Ours.
    id: String,
    /// By which it is found.
    title: String,
    /// The text.
    body: String,
}

/// An answer to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAnswer {
    /// 1 to 80 characters.
    title: String,
    /// 1 to 4,000 characters.
    body: String,
}

impl NewAnswer {
    fn check(&self) -> Answer<(String, String)> {
        let title =
            clean_label(&self.title).ok_or_else(|| Problem::invalid("title: 1 to 80 characters on one line"))?;
        Ok((title, domain::messages::Body::parse(&self.body)?.into_string()))
    }
}

/// The answers to hand, by title.
#[utoipa::path(get, path = "/admin/canned-answers", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<CannedAnswer>), (status = 401, body = ProblemBody)))]
async fn list_canned_answers(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<CannedAnswer>>> {
    let rows: Vec<(i64, String, String)> =
        sql("SELECT id, title, body FROM canned_answer WHERE site_id = $1 ORDER BY title, id")
            .bind(me.site.id.0)
            .all(&mut app.db.read().await?)
            .await?;
    let items = rows.into_iter().map(|(id, title, body)| CannedAnswer { id: ids::show(id), title, body });
    Ok(Json(Page { items: items.collect(), next: None }))
}

/// Keeps an answer.
#[utoipa::path(post, path = "/admin/canned-answers", tag = "back-office", security(("operator" = [])), request_body = NewAnswer,
    responses((status = 201, body = CannedAnswer), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn create_canned_answer(
    State(app): State<App>,
    me: SignedInOperator,
    Body(new): Body<NewAnswer>,
) -> Answer<(StatusCode, Json<CannedAnswer>)> {
    let (title, body) = new.check()?;
    let id = app.ids.next(&app.clock);
    let mut tx = app.db.write("canned_answer").await?;
    let known = sql("SELECT COUNT(*) FROM canned_answer WHERE site_id = $1").bind(me.site.id.0).number(&mut tx).await?;
    if known >= MOST_ANSWERS {
        return Err(Problem::said("refusal.answers.full"));
    }
    sql("INSERT INTO canned_answer (id, site_id, title, body) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(me.site.id.0)
        .bind(title.as_str())
        .bind(body.as_str())
        .run(&mut tx)
        .await?;
    note(&app, &mut tx, &me, "answer.create", id, json!({"title": title})).await?;
    drop(tx.commit().await?);
    Ok((StatusCode::CREATED, Json(CannedAnswer { id: ids::show(id), title, body })))
}

/// Puts another answer in the place of one.
#[utoipa::path(put, path = "/admin/canned-answers/{answer}", tag = "back-office", security(("operator" = [])),
    params(("answer" = String, Path, description = "Its id")), request_body = NewAnswer,
    responses((status = 200, body = CannedAnswer), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn replace_canned_answer(
    State(app): State<App>,
    me: SignedInOperator,
    Path(answer): Path<String>,
    Body(new): Body<NewAnswer>,
) -> Answer<Json<CannedAnswer>> {
    let ((title, body), id) = (new.check()?, id_of(&answer)?);
    let mut tx = app.db.write("canned_answer").await?;
    let found = sql("UPDATE canned_answer SET title = $3, body = $4 WHERE site_id = $1 AND id = $2")
        .bind(me.site.id.0)
        .bind(id)
        .bind(title.as_str())
        .bind(body.as_str())
        .run(&mut tx)
        .await?;
    if found == 0 {
        return Err(Problem::not_found());
    }
    note(&app, &mut tx, &me, "answer.change", id, json!({"title": title})).await?;
    drop(tx.commit().await?);
    Ok(Json(CannedAnswer { id: answer, title, body }))
}

/// Forgets an answer.
#[utoipa::path(delete, path = "/admin/canned-answers/{answer}", tag = "back-office", security(("operator" = [])),
    params(("answer" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn delete_canned_answer(
    State(app): State<App>,
    me: SignedInOperator,
    Path(answer): Path<String>,
) -> Answer<StatusCode> {
    let id = id_of(&answer)?;
    let mut tx = app.db.write("canned_answer_delete").await?;
    let query = sql("DELETE FROM canned_answer WHERE site_id = $1 AND id = $2").bind(me.site.id.0).bind(id);
    if query.run(&mut tx).await? == 0 {
        return Err(Problem::not_found());
    }
    note(&app, &mut tx, &me, "answer.delete", id, json!({})).await?;
    drop(tx.commit().await?);
    Ok(StatusCode::NO_CONTENT)
}

async fn note(
    app: &App,
    tx: &mut Tx,
    me: &SignedInOperator,
    action: &'static str,
    id: i64,
    detail: Value,
) -> Result<(), DbError> {
    audit::write(app, tx, me.site.id, &me.actor(), action, &Subject::of("answer", id), detail).await
}
