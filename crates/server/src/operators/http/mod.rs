//! Operators over HTTP: signing in and out, and from one site to another.

mod invitations;
mod own;
mod staff;

use super::SignedInOperator;
use super::sessions::Device;
use super::signing_in::{self, Credentials, SignedIn};
use super::store::{Operator, Role};
use crate::app::{App, Caller};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Body, Code, Page, Problem, ProblemBody};
use crate::platform::ids;
use crate::sites::Site;
use crate::sites::http::SiteInfo;
use axum::Json;
use axum::extract::State;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(open_session))
        .routes(routes!(end_session))
        .routes(routes!(switch_site))
        .routes(routes!(list_own_sites))
        .merge(own::routes())
        .merge(staff::routes())
        .merge(invitations::routes())
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
    /// Signing in takes a code beside the password.
    pub totp: bool,
    /// The member to whom they send their trials.
    pub test_member: Option<String>,
}

impl OperatorView {
    /// An operator, to themselves.
    pub fn of(operator: &Operator) -> OperatorView {
        OperatorView {
            id: ids::show(operator.id),
            email: operator.email.clone(),
            name: operator.name.clone(),
            role: operator.role,
            totp: operator.totp,
            test_member: operator.test_member.map(ids::show),
        }
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
    /// With a second factor: the code that the app shows, or a recovery code.
    code: Option<String>,
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
    /// The other sites where the same e-mail and password belong to an operator: one may switch to them.
    sites: Vec<SiteName>,
}

/// A site's name.
#[derive(Serialize, ToSchema)]
struct SiteName {
    /// Its place in addresses.
    slug: String,
    /// What people call it.
    name: String,
}

impl SiteName {
    fn of(site: &Site) -> SiteName {
        SiteName { slug: site.slug.clone(), name: site.name.clone() }
    }
}

impl From<SignedIn> for OperatorSession {
    fn from(opened: SignedIn) -> OperatorSession {
        OperatorSession {
            expires_at: rfc3339(opened.session.expires_at),
            operator: OperatorView::of(&opened.operator),
            site: SiteInfo::of(&opened.site),
            sites: opened.others.iter().map(|site| SiteName::of(site)).collect(),
            access_token: opened.access_token,
        }
    }
}

/// From where a request comes.
fn device(caller: &Caller, headers: &HeaderMap) -> Device {
    let agent = headers.get(USER_AGENT).and_then(|h| h.to_str().ok()).map(|text| text.chars().take(200).collect());
    Device { address: Some(caller.address.to_string()), agent }
}

/// Signs an operator in. With a second factor and without its code: 401 `totp_required`.
#[utoipa::path(post, path = "/admin/sessions", tag = "back-office", request_body = OperatorSignIn,
    responses((status = 201, body = OperatorSession), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
async fn open_session(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(form): Body<OperatorSignIn>,
) -> Answer<(StatusCode, Json<OperatorSession>)> {
    let site = app.sites.by_slug(&app.db, &form.site).await?;
    let site = site.ok_or_else(|| Problem::new(Code::Unauthorized))?;
    app.check_origin(&site, &headers)?;
    let given = Credentials { email: form.email, password: form.password, code: form.code };
    let opened = signing_in::sign_in(&app, &caller, site, given, &device(&caller, &headers)).await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}

/// Signs out: ends the session everywhere it is open.
#[utoipa::path(delete, path = "/admin/sessions/current", tag = "back-office", security(("operator" = [])),
    responses((status = 204), (status = 401, body = ProblemBody)))]
async fn end_session(State(app): State<App>, me: SignedInOperator) -> Answer<StatusCode> {
    app.sessions.end(&app, &me.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Switch {
    /// The other site's slug.
    site: String,
    /// With a second factor there: its code.
    code: Option<String>,
}

/// Opens a session on another of one's sites: those whose password was proved at sign-in.
#[utoipa::path(post, path = "/admin/sessions/switch", tag = "back-office", security(("operator" = [])), request_body = Switch,
    responses((status = 201, body = OperatorSession), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn switch_site(
    State(app): State<App>,
    me: SignedInOperator,
    caller: Caller,
    headers: HeaderMap,
    Body(to): Body<Switch>,
) -> Answer<(StatusCode, Json<OperatorSession>)> {
    let place = (to.site.as_str(), to.code.as_deref());
    let opened = signing_in::switch(&app, &me, &headers, place, &device(&caller, &headers)).await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}

/// The other sites to which one may switch.
#[utoipa::path(get, path = "/admin/me/sites", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<SiteName>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn list_own_sites(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<SiteName>>> {
    let others = signing_in::others(&app, &me.session).await?;
    Ok(Json(Page { items: others.iter().map(|site| SiteName::of(site)).collect(), next: None }))
}
