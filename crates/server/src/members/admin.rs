//! Members and populations, for operators.

use super::accounts::hash_password;
use super::actions::{self, NewMember};
use super::claims::{DeclaredAttributes, Interests};
use super::erase;
use super::store::{Member, Profile};
use super::wire::Me;
use crate::app::App;
use crate::operators::{Role, SignedInOperator};
use crate::platform::http::{Answer, Body, Path, Problem, ProblemBody, id_of};
use crate::sites::Site;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::members::{Login, clean_headline, clean_name};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create_member)).routes(routes!(read_member, patch_member, delete_member))
}

/// A member to be made. Only the login is needed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberForm {
    /// What follows `@`.
    login: String,
    /// The website's own id; the login unless given.
    external_id: Option<String>,
    /// Shown everywhere; the login unless given.
    name: Option<String>,
    /// For notices.
    email: Option<String>,
    /// A picture.
    avatar_url: Option<String>,
    /// One line.
    headline: Option<String>,
    /// A language tag.
    locale: Option<String>,
    /// Slugs of populations; unknown ones are ignored.
    #[serde(default)]
    populations: Vec<String>,
    /// What highlights them.
    #[serde(default)]
    badges: Vec<String>,
    /// Themes, or themes with weights 0..1.
    #[schema(value_type = Option<Object>)]
    interests: Option<Interests>,
    /// Themes they offer something in: at most 20.
    #[serde(default)]
    offers: Vec<String>,
    /// Themes in which they look for somebody: at most 20.
    #[serde(default)]
    looks_for: Vec<String>,
    /// What segments ask for: each with one value or several.
    #[serde(default)]
    #[schema(value_type = Object)]
    attributes: DeclaredAttributes,
    /// For sites with built-in accounts: 8 to 200 characters.
    password: Option<String>,
}

/// Makes a member.
#[utoipa::path(post, path = "/admin/members", tag = "back-office", security(("operator" = [])), request_body = MemberForm,
    responses((status = 201, body = Me), (status = 401, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn create_member(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<MemberForm>,
) -> Answer<(StatusCode, Json<Me>)> {
    if !form.populations.is_empty() || form.password.is_some() {
        me.require(Role::Admin)?;
    }
    let login = Login::parse(&form.login).ok_or_else(|| Problem::said("refusal.member.login"))?;
    let name = form.name.as_deref().unwrap_or(login.as_str());
    let mut profile = Profile {
        name: clean_name(name).ok_or_else(|| Problem::said("refusal.member.name"))?,
        badges: actions::clean_badges(&form.badges)?,
        interests: form.interests.as_ref().map(actions::interests_of).transpose()?.unwrap_or_default(),
        ..Profile::named("")
    };
    actions::apply_themes(&mut profile, Some(&form.offers), Some(&form.looks_for))?;
    let texts = Texts { email: form.email, avatar_url: form.avatar_url, headline: form.headline, locale: form.locale };
    texts.apply(&mut profile)?;
    let new = NewMember {
        external_id: form.external_id,
        login,
        profile,
        populations: form.populations,
        attributes: form.attributes.clean()?,
        password: form.password,
    };
    let member = actions::create(&app, &me.site, new, Some(&me.actor())).await?;
    Ok((StatusCode::CREATED, Json(Me::of(&member))))
}

struct Texts {
    email: Option<String>,
    avatar_url: Option<String>,
    headline: Option<String>,
    locale: Option<String>,
}

impl Texts {
    fn apply(self, profile: &mut Profile) -> Answer<()> {
        use actions::{email_address, language_tag, optional, picture_address};
        if let Some(email) = self.email {
            profile.email = optional(&email, email_address, "refusal.member.email")?;
        }
        if let Some(url) = self.avatar_url {
            profile.avatar_url = optional(&url, picture_address, "refusal.member.avatar_url")?;
        }
        if let Some(headline) = self.headline {
            profile.headline = optional(&headline, clean_headline, "refusal.member.headline")?;
        }
        if let Some(locale) = self.locale {
            profile.locale = optional(&locale, language_tag, "refusal.member.locale")?;
        }
        Ok(())
    }
}

async fn found(app: &App, site: &Site, id: &str) -> Answer<Arc<Member>> {
    let member = app.members.get(&app.db, site.id, id_of(id)?).await?;
    member.filter(|member| !member.is_erased()).ok_or_else(Problem::not_found)
}

/// One member.
#[utoipa::path(get, path = "/admin/members/{member}", tag = "back-office", security(("operator" = [])),
    params(("member" = String, Path, description = "Their id")),
    responses((status = 200, body = Me), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_member(State(app): State<App>, me: SignedInOperator, Path(id): Path<String>) -> Answer<Json<Me>> {
    Ok(Json(Me::of(&*found(&app, &me.site, &id).await?)))
}

/// What operators change of a member; what is not named stays, an empty text takes a value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberPatch {
    /// Shown everywhere.
    name: Option<String>,
    /// For notices.
    email: Option<String>,
    /// A picture.
    avatar_url: Option<String>,
    /// One line.
    headline: Option<String>,
    /// A language tag.
    locale: Option<String>,
    /// Slugs of populations; unknown ones are ignored.
    populations: Option<Vec<String>>,
    /// What highlights them.
    badges: Option<Vec<String>>,
    /// Themes, or themes with weights 0..1.
    #[schema(value_type = Option<Object>)]
    interests: Option<Interests>,
    /// Themes they offer something in: at most 20.
    offers: Option<Vec<String>>,
    /// Themes in which they look for somebody: at most 20.
    looks_for: Option<Vec<String>>,
    /// What segments ask for: each with one value or several.
    #[schema(value_type = Option<Object>)]
    attributes: Option<DeclaredAttributes>,
    /// Whether those who don't know them may write first.
    contactable: Option<bool>,
    /// Whether they may use the chat; their open sockets end when they no longer may.
    chat_enabled: Option<bool>,
    /// Another password: their sessions end.
    password: Option<String>,
}

/// Changes a member.
#[utoipa::path(patch, path = "/admin/members/{member}", tag = "back-office", security(("operator" = [])),
    params(("member" = String, Path, description = "Their id")), request_body = MemberPatch,
    responses((status = 200, body = Me), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_member(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Body(patch): Body<MemberPatch>,
) -> Answer<Json<Me>> {
    let member = found(&app, &me.site, &id).await?;
    // Populations decide who may reach whom, and a password is all one needs to be somebody.
    if patch.populations.is_some() || patch.password.is_some() {
        me.require(Role::Admin)?;
    }
    let hash = match patch.password {
        Some(password) => Some(hash_password(&app, password).await?),
        None => None,
    };
    let MemberPatch { name, email, avatar_url, headline, locale, .. } = patch;
    let attributes = patch.attributes.map(|attributes| attributes.clean()).transpose()?;
    let changed = actions::edit(&app, &member, Some(&me.actor()), |member| {
        if let Some(name) = &name {
            member.profile.name = clean_name(name).ok_or_else(|| Problem::said("refusal.member.name"))?;
        }
        Texts { email, avatar_url, headline, locale }.apply(&mut member.profile)?;
        if let Some(badges) = &patch.badges {
            member.profile.badges = actions::clean_badges(badges)?;
        }
        if let Some(interests) = &patch.interests {
            member.profile.interests = actions::interests_of(interests)?;
        }
        actions::apply_themes(&mut member.profile, patch.offers.as_deref(), patch.looks_for.as_deref())?;
        if let Some(populations) = patch.populations {
            member.populations = populations;
        }
        if let Some(attributes) = attributes {
            member.attributes = attributes;
        }
        member.profile.contactable = patch.contactable.unwrap_or(member.profile.contactable);
        member.chat_enabled = patch.chat_enabled.unwrap_or(member.chat_enabled);
        Ok(())
    })
    .await?;
    if let Some(hash) = hash {
        actions::set_password(&app, &changed, &hash, &me.actor()).await?;
    }
    Ok(Json(Me::of(&changed)))
}

/// Deletes a member: they can't sign in and are in no list; what they wrote stays, under no name. Their login is free
/// again.
#[utoipa::path(delete, path = "/admin/members/{member}", tag = "back-office", security(("operator" = [])),
    params(("member" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn delete_member(State(app): State<App>, me: SignedInOperator, Path(id): Path<String>) -> Answer<StatusCode> {
    me.require(Role::Admin)?;
    erase::erase(&app, &me, id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
