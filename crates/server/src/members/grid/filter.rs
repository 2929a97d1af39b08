//! What filters over the members look like to callers.

use crate::platform::http::{Answer, Problem};
use domain::members::{Filter, words_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use utoipa::ToSchema;

/// A condition never has more values, a filter never more attributes.
const MOST_VALUES: usize = 50;

/// Whether somebody is muted or banned now, in a room or everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sanctioned {
    /// Muted or banned.
    Any,
    /// Muted.
    Mute,
    /// Banned.
    Ban,
    /// Neither.
    None,
}

/// When somebody was last connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum LastSeen {
    /// They never were.
    Never,
    /// Within so many days.
    Within(u16),
    /// Not for so many days.
    Before(u16),
}

impl FromStr for LastSeen {
    type Err = String;

    fn from_str(text: &str) -> Result<LastSeen, String> {
        let days = |text: &str| text.parse::<u16>().map_err(|_| "last_seen: never, or a number of days".to_owned());
        match (text, text.strip_prefix('-')) {
            ("never", _) => Ok(LastSeen::Never),
            (_, Some(ago)) => days(ago).map(LastSeen::Before),
            (within, None) => days(within).map(LastSeen::Within),
        }
    }
}

impl TryFrom<String> for LastSeen {
    type Error = String;

    fn try_from(text: String) -> Result<LastSeen, String> {
        text.parse()
    }
}

impl fmt::Display for LastSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LastSeen::Never => f.write_str("never"),
            LastSeen::Within(days) => write!(f, "{days}"),
            LastSeen::Before(days) => write!(f, "-{days}"),
        }
    }
}

impl From<LastSeen> for String {
    fn from(seen: LastSeen) -> String {
        seen.to_string()
    }
}

/// One value, or several of which any will do.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum OneOrMore {
    /// This one.
    One(String),
    /// Any of these.
    More(Vec<String>),
}

impl OneOrMore {
    fn values(&self) -> Vec<String> {
        match self {
            OneOrMore::One(value) => vec![value.clone()],
            OneOrMore::More(values) => values.clone(),
        }
    }
}

/// The grid's query fields. Every condition that is given must hold; `{}` is everybody.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilterForm {
    /// Words that begin a word of the name, login, headline or interests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<String>,
    /// In this population, or one of these (slugs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) population: Option<OneOrMore>,
    /// With this badge, or one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) badge: Option<OneOrMore>,
    /// With this interest, or one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) interest: Option<OneOrMore>,
    /// For each declared attribute, this value or one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) attributes: Option<BTreeMap<String, OneOrMore>>,
    /// Who is here now. Not for contact rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) connected: Option<bool>,
    /// Whether those who don't know them may write first. Not for contact rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) contactable: Option<bool>,
    /// Whether they may use the chat. Not for contact rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) chat_enabled: Option<bool>,
    /// Who is muted or banned now. Not for contact rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sanction: Option<Sanctioned>,
    /// `never`; `7`: within the last seven days; `-30`: not for thirty days. Not for contact rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(super) last_seen: Option<LastSeen>,
}

/// A filter in an address.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct WrittenFilter(pub FilterForm);

impl TryFrom<String> for WrittenFilter {
    type Error = String;

    fn try_from(text: String) -> Result<WrittenFilter, String> {
        serde_json::from_str(&text).map(WrittenFilter).map_err(|error| format!("filter: {error}"))
    }
}

impl FilterForm {
    /// The filter, without what changes by itself.
    pub fn filter(&self) -> Filter {
        let values = |given: &Option<OneOrMore>| given.as_ref().map(OneOrMore::values).unwrap_or_default();
        Filter {
            populations: values(&self.population),
            badges: values(&self.badge),
            interests: values(&self.interest),
            words: words_of(self.query.as_deref().unwrap_or_default()),
            attributes: self.attributes.iter().flatten().map(|(key, values)| (key.clone(), values.values())).collect(),
        }
    }

    /// Whether it asks for what there is.
    pub(in crate::members) fn check(&self, populations: &[(String, i64)]) -> Answer<()> {
        let filter = self.filter();
        if let Some(slug) = filter.populations.iter().find(|slug| !populations.iter().any(|(known, _)| known == *slug))
        {
            return Err(Problem::invalid(format!("filter.population: {slug:?} is no population of this site")));
        }
        self.check_size()
    }

    /// Whether it asks for no more than one query can ask.
    pub(super) fn check_size(&self) -> Answer<()> {
        let filter = self.filter();
        let lists =
            [&filter.populations, &filter.badges, &filter.interests].into_iter().chain(filter.attributes.values());
        let long =
            |list: &Vec<String>| list.len() > MOST_VALUES || list.iter().any(|value| value.chars().count() > 200);
        if filter.words.len() > 8 || filter.attributes.len() > MOST_VALUES || lists.into_iter().any(long) {
            return Err(Problem::invalid(
                "filter: at most 8 words, 50 attributes and 50 values of 200 characters each",
            ));
        }
        Ok(())
    }

    /// What of it contact rules can't ask, if anything.
    pub fn passing(&self) -> Option<&'static str> {
        let asked = [
            (self.connected.is_some(), "connected"),
            (self.contactable.is_some(), "contactable"),
            (self.chat_enabled.is_some(), "chat_enabled"),
            (self.sanction.is_some(), "sanction"),
            (self.last_seen.is_some(), "last_seen"),
        ];
        asked.into_iter().find(|(is, _)| *is).map(|(_, name)| name)
    }
}
