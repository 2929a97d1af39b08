//! Operators over HTTP: signing in, their own profile, and the members they look after.

use super::store::{Operator, Role};
use super::{SignedInOperator, actions};
use crate::app::{App, Caller};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Body, Code, Problem, ProblemBody};
use crate::platform::ids;
use crate::sites::http::SiteInfo;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open_session)).routes(routes!(end_session)).routes(routes!(read_me, patch_me))
}

/// An operator, to themselves.
#[derive(Serialize, ToSchema)]
pub struct OperatorView {
    /// Ours.
    pub id: String,
    /// With which they sign in.
    pub email: String,
    /// What members see.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl OperatorView {
    /// An operator, to themselves.
    pub fn of(operator: &Operator) -> OperatorView {
        let Operator { id, email, name, role } = operator;
        OperatorView { id: ids::show(*id), email: email.clone(), name: name.clone(), role: *role }
    }
}

/// How an operator signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorSignIn {
    /// The site's slug.
    site: String,
    /// The e-mail address.
    email: String,
    /// The password.
    password: String,
}

/// A session of an operator.
#[derive(Serialize, ToSchema)]
struct OperatorSession {
    /// For `Authorization: Bearer` and the socket's hello.
    access_token: String,
    /// When it ends by itself (RFC 3339).
    expires_at: String,
    /// Who.
    operator: OperatorView,
    /// The site.
    site: SiteInfo,
}

/// Signs an operator in.
#[utoipa::path(post, path = "/admin/sessions", tag = "back-office", request_body = OperatorSignIn,
    responses((status = 201, body = OperatorSession), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
async fn open_session(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(form): Body<OperatorSignIn>,
) -> Answer<(StatusCode, Json<OperatorSession>)> {
    let key = (caller.address, form.site.clone(), form.email.trim().to_lowercase());
    app.password_failures.check(key.clone(), &app.clock)?;
    let site = app.sites.by_slug(&app.db, &form.site).await?;
    let site = site.ok_or_else(|| Problem::new(Code::Unauthorized))?;
    app.check_origin(&site, &headers)?;
    let signed_in = actions::sign_in(&app, &site, &form.email, form.password).await;
    if signed_in.as_ref().is_err_and(|p| p.code == Code::Unauthorized) {
        app.password_failures.failed(key, &app.clock);
    }
    let (access_token, session, operator) = signed_in?;
    let expires_at = rfc3339(session.expires_at);
    let answer =
        OperatorSession { access_token, expires_at, operator: OperatorView::of(&operator), site: SiteInfo::of(&site) };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Signs out: ends the session everywhere it is open.
#[utoipa::path(delete, path = "/admin/sessions/current", tag = "back-office", security(("operator" = [])),
    responses((status = 204), (status = 401, body = ProblemBody)))]
async fn end_session(State(app): State<App>, me: SignedInOperator) -> Answer<StatusCode> {
    app.sessions.end(&app, &me.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own profile.
#[utoipa::path(get, path = "/admin/me", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = OperatorView), (status = 401, body = ProblemBody)))]
async fn read_me(me: SignedInOperator) -> Json<OperatorView> {
    Json(OperatorView::of(&me.operator))
}

/// What an operator changes of their own profile.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorPatch {
    /// What members see from now on.
    name: Option<String>,
}

/// Changes one's own profile.
#[utoipa::path(patch, path = "/admin/me", tag = "back-office", security(("operator" = [])), request_body = OperatorPatch,
    responses((status = 200, body = OperatorView), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn patch_me(
    State(app): State<App>,
    me: SignedInOperator,
    Body(patch): Body<OperatorPatch>,
) -> Answer<Json<OperatorView>> {
    let operator = match patch.name {
        Some(name) => actions::rename(&app, me.site.id, &me.operator, &name).await?,
        None => me.operator,
    };
    Ok(Json(OperatorView::of(&operator)))
}
