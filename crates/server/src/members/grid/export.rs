//! The grid as a file for spreadsheets (CSV, RFC 4180): what is shown, row after row, however many.

use super::matching::Matching;
use super::target::TargetForm;
use super::{GridMember, GridQuery, members};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Body, Problem, ProblemBody, Query};
use crate::sites::SiteId;
use axum::body::Body as Stream;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// So many rows are read at once.
const AT_ONCE: usize = 500;
const LARGEST_SELECTION: usize = 4 * 1024 * 1024;

/// What a file holds unless it is said otherwise: what an import reads.
const COLUMNS: [&str; 13] = [
    "external_id",
    "login",
    "name",
    "email",
    "headline",
    "locale",
    "populations",
    "badges",
    "interests",
    "offers",
    "looks_for",
    "contactable",
    "chat_enabled",
];
/// What else it may hold.
const MORE: [&str; 6] = ["id", "avatar_url", "connected", "last_seen_at", "created_at", "sanctions"];

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(export_members, export_selection))
        .layer(DefaultBodyLimit::max(LARGEST_SELECTION))
}

/// The members that the grid shows, as CSV, in UTF-8 with a byte order mark (so that spreadsheets know).
#[utoipa::path(get, path = "/admin/members/export", tag = "back-office", security(("operator" = [])), params(GridQuery),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 401, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn export_members(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<GridQuery>,
) -> Answer<Response> {
    let columns = columns(asked.columns.as_deref().map(|names| names.split(',').collect()))?;
    let (matching, sort) = asked.matching(&app, &me).await?;
    let ids = matching.sorted_ids(&mut app.db.read().await?, sort).await?;
    note(&app, &me, ids.len(), &columns).await?;
    Ok(file(app, me.site.id, ids, columns))
}

/// Whose rows, and which columns.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Selection {
    /// The members' ids.
    members: Vec<String>,
    /// Which columns, in order.
    #[serde(default)]
    columns: Option<Vec<String>>,
}

/// The same of a selection.
#[utoipa::path(post, path = "/admin/members/export", tag = "back-office", security(("operator" = [])),
    request_body = Selection,
    responses((status = 200, body = String, content_type = "text/csv"), (status = 401, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn export_selection(
    State(app): State<App>,
    me: SignedInOperator,
    Body(Selection { members, columns: names }): Body<Selection>,
) -> Answer<Response> {
    let columns = columns(names.as_ref().map(|names| names.iter().map(String::as_str).collect()))?;
    let target = TargetForm { members: Some(members), ..TargetForm::default() }.read(&app, &me).await?;
    let ids = target.ids(&app, me.site.id).await?;
    note(&app, &me, ids.len(), &columns).await?;
    Ok(file(app, me.site.id, ids, columns))
}

/// Who takes away what of how many is written down before they have it.
async fn note(app: &App, me: &SignedInOperator, members: usize, columns: &[String]) -> Answer<()> {
    let (site, detail) = (me.site.id, json!({"members": members, "columns": columns}));
    let mut tx = app.db.write("members_export").await?;
    audit::write(app, &mut tx, site, &me.actor(), "members.export", &Subject::of("site", site.0), detail).await?;
    drop(tx.commit().await?);
    Ok(())
}

fn columns(names: Option<Vec<&str>>) -> Answer<Vec<String>> {
    let Some(names) = names.filter(|names| !names.is_empty()) else {
        return Ok(COLUMNS.iter().map(|name| (*name).to_owned()).collect());
    };
    let known = |name: &&str| COLUMNS.contains(name) || MORE.contains(name) || name.starts_with("attributes.");
    match names.iter().find(|name| !known(name)) {
        Some(unknown) => Err(Problem::invalid(format!("columns: {unknown:?} is none"))),
        None => Ok(names.into_iter().map(str::to_owned).collect()),
    }
}

/// The rows are read as the file is taken: no more than a few are ever in memory.
fn file(app: App, site: SiteId, ids: Vec<i64>, columns: Vec<String>) -> Response {
    let mut head = "\u{FEFF}".to_owned();
    line(&mut head, columns.iter().cloned());
    let columns: Arc<[String]> = columns.into();
    let start = (app, ids, 0_usize, Some(head));
    let rows = stream::unfold(start, move |(app, ids, at, head)| {
        let columns = columns.clone();
        async move {
            if head.is_none() && at >= ids.len() {
                return None;
            }
            let next = ids.len().min(at + AT_ONCE);
            let text = rows(&app, site, &ids[at..next], &columns).await;
            let text = text.map(|rows| Bytes::from(head.unwrap_or_default() + &rows));
            let text = text.map_err(|problem| std::io::Error::other(format!("{problem:?}")));
            Some((text, (app, ids, next, None)))
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"members.csv\""),
    ];
    (headers, Stream::from_stream(rows)).into_response()
}

async fn rows(app: &App, site: SiteId, ids: &[i64], columns: &[String]) -> Answer<String> {
    let mut reader = app.db.read().await?;
    let mut text = String::new();
    for member in members(app, &mut reader, site, ids).await? {
        line(&mut text, columns.iter().map(|column| cell(&member, column)));
    }
    Ok(text)
}

/// Several values of a cell are parted by `|`.
fn cell(member: &GridMember, column: &str) -> String {
    let (me, card) = (&member.me, &member.me.card);
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
    match column {
        "id" => card.id.clone(),
        "external_id" => me.external_id.clone(),
        "login" => card.login.clone(),
        "name" => card.name.clone(),
        "email" => or_nothing(&me.email),
        "avatar_url" => or_nothing(&card.avatar_url),
        "headline" => or_nothing(&card.headline),
        "locale" => or_nothing(&me.locale),
        "populations" => me.populations.join("|"),
        "badges" => card.badges.join("|"),
        "interests" => me.interests.keys().cloned().collect::<Vec<_>>().join("|"),
        "offers" => me.offers.join("|"),
        "looks_for" => me.looks_for.join("|"),
        "contactable" => yes(me.contactable),
        "chat_enabled" => yes(me.chat_enabled),
        "connected" => yes(member.connected),
        "last_seen_at" => or_nothing(&member.last_seen_at),
        "created_at" => member.created_at.clone(),
        "sanctions" => member.sanctions.join("|"),
        other => {
            let values = other.strip_prefix("attributes.").and_then(|name| me.attributes.get(name));
            values.map(|values| values.join("|")).unwrap_or_default()
        }
    }
}

/// A line of cells. One that a spreadsheet would take for a formula is kept from it by an apostrophe (OWASP, CSV
/// injection).
pub(crate) fn line(into: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            into.push(',');
        }
        let cell = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell };
        if cell.contains(['"', ',', ';', '\n', '\r']) {
            into.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            into.push_str(&cell);
        }
    }
    into.push_str("\r\n");
}

impl Matching {
    /// All their ids, in the order of the grid.
    async fn sorted_ids(
        &self,
        reader: &mut crate::platform::db::Reader,
        sort: super::Sort,
    ) -> Result<Vec<i64>, crate::platform::db::DbError> {
        let rows = super::page(reader, self, sort, super::Place::Offset(0), usize::MAX).await?;
        Ok(rows.into_iter().map(|(_, _, id)| id).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_and_nothing_else() {
        let mut text = String::new();
        let cells = ["a", "b,c", "d\"e", "=1+1", "-5", "@x", "f\ng"];
        line(&mut text, cells.iter().map(|cell| (*cell).to_owned()));
        assert_eq!(text, "a,\"b,c\",\"d\"\"e\",'=1+1,'-5,'@x,\"f\ng\"\r\n");
    }
}
