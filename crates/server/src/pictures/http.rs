//! Pictures over HTTP.

use super::render::Square;
use super::{LARGEST, PACE, make, read_id, show_id, store, url};
use crate::app::App;
use crate::members::ChattingMember;
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Code, Path, Problem, ProblemBody, Query};
use crate::sites::SiteId;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap};
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What is too large is read this far and thrown away: a browser shows no answer that comes while it still sends.
const READ_AT_MOST: usize = 64 << 20;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(send_picture)).routes(routes!(send_as_operator)).routes(routes!(read_picture))
}

/// A picture that was kept.
#[derive(Serialize, ToSchema)]
struct SentPicture {
    /// Its id, to be named where a picture is chosen.
    id: String,
    /// Where it is, from the server's address.
    url: String,
}

/// Which part of the picture: a square, in pixels of the picture as one sees it. Without it the largest in the middle.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Part {
    /// From the left.
    x: Option<u32>,
    /// From the top.
    y: Option<u32>,
    /// Its side.
    size: Option<u32>,
}

impl Part {
    fn square(&self) -> Answer<Option<Square>> {
        match (self.x, self.y, self.size) {
            (None, None, None) => Ok(None),
            (Some(x), Some(y), Some(size)) => Ok(Some(Square { x, y, size })),
            _ => Err(Problem::invalid("x, y, size: all three or none")),
        }
    }
}

/// Sends a picture: a JPEG, PNG, WebP or GIF of at most 10 MB, 12,000 pixels a side and 128 MiB unpacked. It is cut
/// square, made 320 by 320 and written anew without anything else that was in the file.
#[utoipa::path(post, path = "/pictures", tag = "pictures", security(("member" = [])), params(Part),
    request_body(content_type = "application/octet-stream", description = "The file, whatever it is said to be"),
    responses((status = 201, body = SentPicture), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody), (status = 507, body = ProblemBody)))]
async fn send_picture(
    State(app): State<App>,
    me: ChattingMember,
    Query(part): Query<Part>,
    headers: HeaderMap,
    body: Body,
) -> Answer<(StatusCode, Json<SentPicture>)> {
    send(&app, me.site.id, me.member.id, &part, &headers, body).await
}

/// The same, for operators.
#[utoipa::path(post, path = "/admin/pictures", tag = "back-office", security(("operator" = [])), params(Part),
    request_body(content_type = "application/octet-stream", description = "The file, whatever it is said to be"),
    responses((status = 201, body = SentPicture), (status = 401, body = ProblemBody), (status = 413, body = ProblemBody),
        (status = 415, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
        (status = 507, body = ProblemBody)))]
async fn send_as_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Query(part): Query<Part>,
    headers: HeaderMap,
    body: Body,
) -> Answer<(StatusCode, Json<SentPicture>)> {
    send(&app, me.site.id, me.operator.id, &part, &headers, body).await
}

async fn send(
    app: &App,
    site: SiteId,
    by: i64,
    part: &Part,
    headers: &HeaderMap,
    body: Body,
) -> Answer<(StatusCode, Json<SentPicture>)> {
    let square = part.square()?;
    app.pictures.sending.take(by, PACE, &app.clock)?;
    let file = read(headers, body).await?;
    let id = make(app, site, by, file, square).await?;
    Ok((StatusCode::CREATED, Json(SentPicture { id: show_id(&id), url: url(&id) })))
}

async fn read(headers: &HeaderMap, body: Body) -> Answer<Vec<u8>> {
    let too_large = || Problem::said_with(Code::TooLarge, "refusal.picture.large");
    let length = headers.get(header::CONTENT_LENGTH).and_then(|h| h.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > READ_AT_MOST) {
        return Err(too_large());
    }
    let mut file = Vec::with_capacity(length.unwrap_or_default().min(LARGEST));
    let mut read = 0;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::new(Code::BadRequest))?;
        read += chunk.len();
        if read > READ_AT_MOST {
            break;
        }
        if read > LARGEST {
            file = Vec::new();
        } else {
            file.extend_from_slice(&chunk);
        }
    }
    if read > LARGEST { Err(too_large()) } else { Ok(file) }
}

/// A picture. Anybody who knows its address sees it; it never changes.
#[utoipa::path(get, path = "/pictures/{picture}", tag = "pictures",
    params(("picture" = String, Path, description = "Its id")),
    responses((status = 200, content_type = "image/jpeg"), (status = 404, body = ProblemBody)))]
async fn read_picture(State(app): State<App>, Path(id): Path<String>) -> Answer<impl IntoResponse> {
    let id = read_id(&id).ok_or_else(Problem::not_found)?;
    let bytes = store::bytes(&mut app.db.read().await?, &id).await?.ok_or_else(Problem::not_found)?;
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, bytes))
}
