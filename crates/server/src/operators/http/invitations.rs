//! Accepting an invitation: the link is all one needs.

use super::{OperatorSession, SiteName, device};
use crate::app::{App, Caller};
use crate::operators::invitations::{self, Accepting};
use crate::platform::http::{Answer, Body, ProblemBody};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_invitation)).routes(routes!(accept_invitation))
}

/// Whom an invitation is for.
#[derive(Serialize, ToSchema)]
struct InvitationView {
    /// To the staff of which site.
    site: SiteName,
    /// With which they will sign in.
    email: String,
    /// What members will see.
    name: String,
    /// A code of the second factor will be asked for.
    totp: bool,
}

/// An invitation. It stands in no address: proxies on the way write those down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Given {
    /// What stands in the link after the hash sign.
    invitation: String,
}

/// Whom an invitation is for, and to what.
#[utoipa::path(post, path = "/admin/invitations/read", tag = "back-office", request_body = Given,
    responses((status = 200, body = InvitationView), (status = 404, body = ProblemBody)))]
async fn read_invitation(State(app): State<App>, Body(given): Body<Given>) -> Answer<Json<InvitationView>> {
    let (site, operator) = invitations::read(&app, &given.invitation).await?;
    let site = SiteName::of(&site);
    Ok(Json(InvitationView { site, email: operator.email, name: operator.name, totp: operator.totp }))
}

/// How an invitation is accepted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Acceptance {
    /// What stands in the link after the hash sign.
    invitation: String,
    /// The password from now on: 8 to 200 characters.
    password: String,
    /// What members will see, if not what the invitation says.
    name: Option<String>,
    /// With a second factor: its code.
    code: Option<String>,
}

/// Accepts an invitation: gives oneself a password, and is signed in. It works once.
#[utoipa::path(post, path = "/admin/invitations/accept", tag = "back-office", request_body = Acceptance,
    responses((status = 201, body = OperatorSession), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn accept_invitation(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(form): Body<Acceptance>,
) -> Answer<(StatusCode, Json<OperatorSession>)> {
    let given = Accepting { password: form.password, name: form.name, code: form.code };
    let opened = invitations::accept(&app, &form.invitation, given, &device(&caller, &headers)).await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}
