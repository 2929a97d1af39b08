//! One's own: profile, sessions, password, second factor.

use super::OperatorView;
use crate::app::App;
use crate::operators::actions::{self, OwnChange};
use crate::operators::sessions::{self, SessionRow};
use crate::operators::{SignedInOperator, factor, totp};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Body, Page, Path, ProblemBody, id_of};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read_me, patch_me))
        .routes(routes!(list_own_sessions, end_other_sessions))
        .routes(routes!(end_own_session))
        .routes(routes!(change_password))
        .routes(routes!(offer_totp, turn_on_totp, turn_off_totp))
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
    /// The member to whom one sends one's trials (their id); null: nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    test_member: Option<Option<String>>,
}

fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Changes one's own profile.
#[utoipa::path(patch, path = "/admin/me", tag = "back-office", security(("operator" = [])), request_body = OperatorPatch,
    responses((status = 200, body = OperatorView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_me(
    State(app): State<App>,
    me: SignedInOperator,
    Body(patch): Body<OperatorPatch>,
) -> Answer<Json<OperatorView>> {
    let test_member = patch.test_member.map(|one| one.as_deref().map(id_of).transpose()).transpose()?;
    let change = OwnChange { name: patch.name, test_member };
    let operator = actions::change_own(&app, me.site.id, &me.operator, change).await?;
    Ok(Json(OperatorView::of(&operator)))
}

/// A session of one's own.
#[derive(Serialize, ToSchema)]
struct OwnSession {
    /// Ours.
    id: String,
    /// When one signed in.
    created_at: String,
    /// When it was used last, within five minutes.
    last_used_at: String,
    /// From which address.
    address: Option<String>,
    /// What the browser said of itself.
    agent: Option<String>,
    /// It is this one.
    current: bool,
}

impl OwnSession {
    fn of(row: SessionRow, me: &SignedInOperator) -> OwnSession {
        OwnSession {
            id: ids::show(row.id),
            created_at: rfc3339(row.created_at),
            last_used_at: rfc3339(row.last_used_at),
            address: row.address,
            agent: row.agent,
            current: row.token_hash == me.session.hash,
        }
    }
}

/// Where one is signed in, newest first.
#[utoipa::path(get, path = "/admin/me/sessions", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<OwnSession>), (status = 401, body = ProblemBody)))]
async fn list_own_sessions(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<OwnSession>>> {
    let rows = sessions::list(&mut app.db.read().await?, &me.session, app.clock.now()).await?;
    Ok(Json(Page { items: rows.into_iter().map(|row| OwnSession::of(row, &me)).collect(), next: None }))
}

/// Signs out everywhere else.
#[utoipa::path(delete, path = "/admin/me/sessions", tag = "back-office", security(("operator" = [])),
    responses((status = 204), (status = 401, body = ProblemBody)))]
async fn end_other_sessions(State(app): State<App>, me: SignedInOperator) -> Answer<StatusCode> {
    sessions::end_others(&app, &me.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one of one's sessions.
#[utoipa::path(delete, path = "/admin/me/sessions/{session}", tag = "back-office", security(("operator" = [])),
    params(("session" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn end_own_session(
    State(app): State<App>,
    me: SignedInOperator,
    Path(session): Path<String>,
) -> Answer<StatusCode> {
    sessions::end(&app, &me.session, id_of(&session)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Another password for oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// The one until now.
    old: String,
    /// The one from now on: 8 to 200 characters.
    new: String,
}

/// Changes one's password; one is signed out everywhere else.
#[utoipa::path(put, path = "/admin/me/password", tag = "back-office", security(("operator" = [])), request_body = NewPassword,
    responses((status = 204), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
async fn change_password(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<NewPassword>,
) -> Answer<StatusCode> {
    actions::change_password(&app, &me, form.old, form.new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an authenticator app needs.
#[derive(Serialize, ToSchema)]
struct TotpOffer {
    /// The secret, to be typed.
    secret: String,
    /// The same as an address that apps open.
    uri: String,
    /// The same as a picture that apps read (SVG).
    qr_svg: Option<String>,
}

/// Offers a secret for one's authenticator app. It holds once a code of it is given.
#[utoipa::path(post, path = "/admin/me/totp", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = TotpOffer), (status = 401, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn offer_totp(State(app): State<App>, me: SignedInOperator) -> Answer<Json<TotpOffer>> {
    let secret = factor::offer(&app, me.site.id, &me.operator).await?;
    let uri = totp::uri(&secret, &me.site.name, &me.operator.email);
    Ok(Json(TotpOffer { secret: totp::shown(&secret), qr_svg: totp::picture(&uri), uri }))
}

/// A code of the offered secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TotpCode {
    /// The six digits that the app shows.
    code: String,
}

/// What stands in for the app when it is lost.
#[derive(Serialize, ToSchema)]
struct RecoveryCodes {
    /// Each works once. Shown this once.
    recovery_codes: Vec<String>,
}

/// Turns the second factor on.
#[utoipa::path(put, path = "/admin/me/totp", tag = "back-office", security(("operator" = [])), request_body = TotpCode,
    responses((status = 200, body = RecoveryCodes), (status = 401, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn turn_on_totp(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<TotpCode>,
) -> Answer<Json<RecoveryCodes>> {
    let recovery_codes = factor::turn_on(&app, me.site.id, &me.operator, &form.code).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// That it is really oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnPassword {
    /// One's password.
    password: String,
}

/// Turns the second factor off.
#[utoipa::path(delete, path = "/admin/me/totp", tag = "back-office", security(("operator" = [])), request_body = OwnPassword,
    responses((status = 204), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
async fn turn_off_totp(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<OwnPassword>,
) -> Answer<StatusCode> {
    factor::turn_off(&app, me.site.id, &me.operator, form.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
