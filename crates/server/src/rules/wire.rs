//! Contact rules as operators write and read them.

use crate::platform::ids;
use domain::rules as decided;
use domain::rules::{Right, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A contact rule. Rules of several populations add up; a *never* beats every *allow*; nothing written is not allowed,
/// except that a site with no rule at all allows everything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactRule {
    /// The population (slug) whose members it speaks to.
    pub(super) from: String,
    /// Towards whom.
    pub(super) to: To,
    /// Whether it gives or takes.
    pub(super) effect: Effect,
    /// Which rights: at least one.
    pub(super) rights: Vec<RightName>,
}

/// Towards whom a rule speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum To {
    /// All members.
    Everyone(Everyone),
    /// The members of a population.
    Population(ToPopulation),
    /// The members a view shows (a segment).
    View(ToView),
}

/// `"everyone"`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Everyone {
    /// All members.
    Everyone,
}

/// A population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToPopulation {
    /// Its slug.
    pub(super) population: String,
}

/// A view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToView {
    /// Its id.
    pub(super) view: String,
}

/// Whether a rule gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Gives the rights.
    Allow,
    /// Takes them, whatever other rules give.
    Never,
}

/// A right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RightName {
    /// See them in the directory and search, and whether they are here.
    See,
    /// Write first, ask to become contacts.
    Start,
    /// Write in a conversation in which they have written.
    Reply,
    /// Call.
    Call,
}

impl RightName {
    pub(super) fn right(self) -> Right {
        match self {
            RightName::See => Right::See,
            RightName::Start => Right::Start,
            RightName::Reply => Right::Reply,
            RightName::Call => Right::Call,
        }
    }

    pub(super) fn of(right: Right) -> RightName {
        match right {
            Right::See => RightName::See,
            Right::Start => RightName::Start,
            Right::Reply => RightName::Reply,
            Right::Call => RightName::Call,
        }
    }
}

/// What the populations of a site are called.
pub(super) struct Names {
    populations: Vec<(String, i64)>,
}

impl Names {
    /// Slug and id of each population.
    pub(super) fn of(populations: Vec<(String, i64)>) -> Names {
        Names { populations }
    }

    pub(super) fn population(&self, slug: &str) -> Option<i64> {
        self.populations.iter().find(|(known, _)| known == slug).map(|(_, id)| *id)
    }

    pub(super) fn has(&self, id: i64) -> bool {
        self.populations.iter().any(|(_, known)| *known == id)
    }

    /// A rule as operators read it.
    pub(super) fn show(&self, rule: &decided::Rule) -> ContactRule {
        let slug = |id: i64| self.populations.iter().find(|(_, known)| *known == id).map(|(slug, _)| slug.clone());
        ContactRule {
            from: slug(rule.from).unwrap_or_default(),
            to: match rule.to {
                Target::Everyone => To::Everyone(Everyone::Everyone),
                Target::Group(group) => match slug(group) {
                    Some(population) => To::Population(ToPopulation { population }),
                    None => To::View(ToView { view: ids::show(group) }),
                },
            },
            effect: match rule.effect {
                decided::Effect::Allow => Effect::Allow,
                decided::Effect::Never => Effect::Never,
            },
            rights: Right::ALL.into_iter().filter(|right| rule.rights.has(*right)).map(RightName::of).collect(),
        }
    }
}
