//! Members over HTTP: signing in, one's profile, the directory.

use super::actions::{self, ProfileChange, SignedIn};
use super::claims::Interests;
use super::directory::{self, DirectoryQuery};
use super::sessions::{ChattingMember, SignedInMember};
use super::themes;
use super::wire::{Me, MemberView};
use crate::app::{App, Caller};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Body, Code, Page, Path, Problem, ProblemBody, Query};
use crate::platform::language::speak;
use crate::sites::Site;
use crate::sites::http::SiteInfo;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(open_session))
        .routes(routes!(end_session))
        .routes(routes!(read_me, patch_me))
        .routes(routes!(list_members))
        .routes(routes!(read_member))
}

/// How a member signs in: a token of the website, or login and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// The site's slug.
    site: String,
    /// A member token.
    token: Option<String>,
    /// The login of a built-in account.
    login: Option<String>,
    /// Its password.
    password: Option<String>,
}

/// A session.
#[derive(Serialize, ToSchema)]
struct MemberSession {
    /// For `Authorization: Bearer` and the socket's hello.
    access_token: String,
    /// When it ends by itself (RFC 3339).
    expires_at: String,
    /// Who.
    member: Me,
    /// What members may know of the site.
    site: SiteInfo,
}

/// Signs in.
#[utoipa::path(post, path = "/sessions", tag = "sessions", request_body = SignIn,
    responses((status = 201, body = MemberSession), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn open_session(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(form): Body<SignIn>,
) -> Answer<(StatusCode, Json<MemberSession>)> {
    let signed_in = match (form.token, form.login, form.password) {
        (Some(token), None, None) => with_token(&app, &caller, &headers, &form.site, &token).await?,
        (None, Some(login), Some(password)) => {
            with_password(&app, &caller, &headers, &form.site, (login, password)).await?
        }
        _ => return Err(Problem::invalid("either token, or login and password")),
    };
    let (site, SignedIn { access_token, session, member }) = signed_in;
    app.figures.saw(site.id, member.id, app.clock.now());
    let expires_at = rfc3339(session.expires_at);
    let answer = MemberSession { access_token, expires_at, member: Me::of(&member), site: SiteInfo::of(&site) };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// The site somebody signs in to, from a page that may.
async fn entered(app: &App, headers: &HeaderMap, slug: &str) -> Answer<Arc<Site>> {
    let site = app.sites.by_slug(&app.db, slug).await?.ok_or_else(|| Problem::new(Code::Unauthorized))?;
    speak(site.clone(), None);
    app.check_origin(&site, headers)?;
    Ok(site)
}

/// Bad tokens are counted by address: nobody guesses them, but each costs a signature to check.
async fn with_token(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    slug: &str,
    token: &str,
) -> Answer<(Arc<Site>, SignedIn)> {
    let key = (caller.address, slug.to_owned(), String::new());
    app.token_failures.check(key.clone(), &app.clock)?;
    let site = entered(app, headers, slug).await?;
    let signed_in = actions::sign_in_with_token(app, &site, token).await;
    if signed_in.as_ref().is_err_and(|problem| problem.code == Code::Unauthorized) {
        app.token_failures.failed(key, &app.clock);
    }
    Ok((site, signed_in?))
}

/// Guesses of a password are counted by address and login, and come one after the other.
async fn with_password(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    slug: &str,
    (login, password): (String, String),
) -> Answer<(Arc<Site>, SignedIn)> {
    let key = (caller.address, slug.to_owned(), login.to_lowercase());
    let guess = app.password_failures.attempt(key, &app.clock).await?;
    let site = entered(app, headers, slug).await?;
    let signed_in = actions::sign_in_with_password(app, &site, &login, password).await;
    if signed_in.as_ref().is_err_and(|problem| problem.code == Code::Unauthorized) {
        guess.failed();
    }
    Ok((site, signed_in?))
}

/// Signs out: ends the session everywhere it is open.
#[utoipa::path(delete, path = "/sessions/current", tag = "sessions", security(("member" = [])),
    responses((status = 204), (status = 401, body = ProblemBody)))]
async fn end_session(State(app): State<App>, me: SignedInMember) -> Answer<StatusCode> {
    app.sessions.end(&app, &me.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own profile.
#[utoipa::path(get, path = "/me", tag = "members", security(("member" = [])),
    responses((status = 200, body = Me), (status = 401, body = ProblemBody)))]
async fn read_me(me: SignedInMember) -> Json<Me> {
    Json(Me::of(&me.member))
}

/// What one changes of one's own profile; what is not named stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MePatch {
    /// Whether those who don't know one may write first.
    contactable: Option<bool>,
    /// A language tag; empty: none.
    locale: Option<String>,
    /// One line; empty: none.
    headline: Option<String>,
    /// Themes, or themes with weights 0..1.
    #[schema(value_type = Option<Object>)]
    interests: Option<Interests>,
    /// Themes one offers something in: at most 20.
    offers: Option<Vec<String>>,
    /// Themes in which one looks for somebody: at most 20.
    looks_for: Option<Vec<String>>,
}

/// Changes one's own profile. On a site with themes, interests are chosen from these; what one has may stay.
#[utoipa::path(patch, path = "/me", tag = "members", security(("member" = [])), request_body = MePatch,
    responses((status = 200, body = Me), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn patch_me(State(app): State<App>, me: SignedInMember, Body(patch): Body<MePatch>) -> Answer<Json<Me>> {
    let MePatch { contactable, locale, headline, interests, offers, looks_for } = patch;
    let mut change = ProfileChange { contactable, locale, headline, interests, offers, looks_for };
    themes::choose(&me.site, &me.member, &mut change)?;
    let member = actions::change_profile(&app, &me.member, change).await?;
    Ok(Json(Me::of(&member)))
}

/// The members one may see, by name.
#[utoipa::path(get, path = "/members", tag = "members", security(("member" = [])), params(DirectoryQuery),
    responses((status = 200, body = Page<MemberView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_members(
    State(app): State<App>,
    me: ChattingMember,
    Query(asked): Query<DirectoryQuery>,
) -> Answer<Json<Page<MemberView>>> {
    Ok(Json(directory::page(&app, &me.site, &me.member, &asked).await?))
}

/// One member, by id or `@login`.
#[utoipa::path(get, path = "/members/{member}", tag = "members", security(("member" = [])),
    params(("member" = String, Path, description = "An id, or `@` and a login")),
    responses((status = 200, body = MemberView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn read_member(State(app): State<App>, me: ChattingMember, Path(who): Path<String>) -> Answer<Json<MemberView>> {
    Ok(Json(directory::one(&app, &me.site, &me.member, &who).await?))
}
