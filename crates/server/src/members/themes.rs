//! The themes that members choose from.

use super::actions::ProfileChange;
use super::claims::Interests;
use super::sessions::ChattingMember;
use super::store::Member;
use crate::app::App;
use crate::platform::http::{Answer, Problem, ProblemBody};
use crate::sites::{Site, ThemesOfDomain};
use axum::Json;
use domain::members::fold;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_themes))
}

/// What members choose their interests from.
#[derive(Serialize, ToSchema)]
struct Themes {
    /// Themes by domain; empty: members write their own.
    domains: Vec<ThemesOfDomain>,
}

/// The site's themes by domain. Where there are none, members write their own.
#[utoipa::path(get, path = "/themes", tag = "members", security(("member" = [])),
    responses((status = 200, body = Themes), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
async fn list_themes(me: ChattingMember) -> Json<Themes> {
    Json(Themes { domains: me.site.settings.themes.clone() })
}

/// On a site with themes members choose from these, and may keep what they have; written as the site writes them.
pub(super) fn choose(site: &Site, member: &Member, change: &mut ProfileChange) -> Answer<()> {
    if site.settings.themes.is_empty() {
        return Ok(());
    }
    let profile = &member.profile;
    let kept = profile.interests.iter().map(|(theme, _)| theme).chain(&profile.offers).chain(&profile.looks_for);
    let listed = site.settings.themes.iter().flat_map(|domain| &domain.themes);
    let known: HashMap<String, &String> = kept.chain(listed).map(|theme| (fold(theme), theme)).collect();
    let written = |theme: &String| -> Answer<String> {
        let unknown = || Problem::invalid(format!("{theme:?} is no theme of this site"));
        known.get(&fold(theme.trim())).map(|known| (*known).clone()).ok_or_else(unknown)
    };
    for list in [&mut change.offers, &mut change.looks_for].into_iter().flatten() {
        *list = list.iter().map(written).collect::<Answer<_>>()?;
    }
    match &mut change.interests {
        Some(Interests::Plain(list)) => *list = list.iter().map(written).collect::<Answer<_>>()?,
        Some(Interests::Weighted(themes)) => {
            let pairs = themes.iter().map(|(theme, weight)| Ok((written(theme)?, *weight)));
            *themes = pairs.collect::<Answer<_>>()?;
        }
        None => {}
    }
    Ok(())
}
