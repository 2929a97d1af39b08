use crate::platform::http::{Answer, Problem};
use domain::members::{clean_label, fold};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

/// More themes nobody chooses from.
const MOST_THEMES: usize = 500;
const MOST_DOMAINS: usize = 50;

/// A domain, and the themes in it that members choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemesOfDomain {
    /// What people call the domain.
    pub domain: String,
    /// Its themes, in the order in which they are shown.
    pub themes: Vec<String>,
}

/// At most so many, each once, however it is written.
pub(super) fn check(domains: &[ThemesOfDomain]) -> Answer<()> {
    let themes: usize = domains.iter().map(|one| one.themes.len()).sum();
    if domains.len() > MOST_DOMAINS || themes > MOST_THEMES {
        return Err(Problem::invalid(format!("themes: at most {MOST_THEMES} in at most {MOST_DOMAINS} domains")));
    }
    let (mut names, mut known) = (HashSet::new(), HashSet::new());
    let named = domains.iter().map(|one| &one.domain).map(|name| (name, names.insert(fold(name)))).collect::<Vec<_>>();
    let themed = domains.iter().flat_map(|one| &one.themes).map(|theme| (theme, known.insert(fold(theme))));
    for (label, new) in named.into_iter().chain(themed) {
        if clean_label(label).as_ref() != Some(label) {
            return Err(Problem::invalid(format!("themes: {label:?} is not 1 to 80 characters on one line")));
        }
        if !new {
            return Err(Problem::invalid(format!("themes: {label:?} stands there twice")));
        }
    }
    Ok(())
}
