//! What a site accepts in texts, as its organizers set it.

use crate::platform::http::{Answer, Problem};
use domain::moderation::{self, BadPattern, Filters, MAX_PATTERN};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::sync::{Arc, OnceLock};
use utoipa::ToSchema;

/// The most filters of a site.
const MOST_FILTERS: usize = 500;

/// What messages may hold besides text: `standard` (everything), `text-only` (nothing), or each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged, expecting = "content_policy: \"standard\", \"text-only\" or {pictures, files, emoji, links}")]
pub enum ContentPolicy {
    /// By its name.
    Named(NamedPolicy),
    /// Each by itself.
    Each(#[serde(deserialize_with = "of_an_object")] ContentSwitches),
}

/// A list of nothing is no object that says nothing.
fn of_an_object<'de, D: Deserializer<'de>>(from: D) -> Result<ContentSwitches, D::Error> {
    let object = serde_json::Map::deserialize(from)?;
    serde_json::from_value(object.into()).map_err(D::Error::custom)
}

/// Policies with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NamedPolicy {
    /// Everything.
    Standard,
    /// No pictures, files, emoji or links.
    TextOnly,
}

/// What messages may hold; what is not said may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ContentSwitches {
    /// Photos and drawings.
    pub pictures: bool,
    /// Any other file.
    pub files: bool,
    /// Emoji.
    pub emoji: bool,
    /// Addresses of the web.
    pub links: bool,
}

impl Default for ContentPolicy {
    fn default() -> Self {
        ContentPolicy::Named(NamedPolicy::Standard)
    }
}

impl Default for ContentSwitches {
    fn default() -> Self {
        moderation::ContentPolicy::STANDARD.into()
    }
}

impl From<moderation::ContentPolicy> for ContentSwitches {
    fn from(policy: moderation::ContentPolicy) -> ContentSwitches {
        let moderation::ContentPolicy { pictures, files, emoji, links } = policy;
        ContentSwitches { pictures, files, emoji, links }
    }
}

impl ContentPolicy {
    /// What it comes to.
    pub fn policy(&self) -> moderation::ContentPolicy {
        match *self {
            ContentPolicy::Named(NamedPolicy::Standard) => moderation::ContentPolicy::STANDARD,
            ContentPolicy::Named(NamedPolicy::TextOnly) => moderation::ContentPolicy::TEXT_ONLY,
            ContentPolicy::Each(ContentSwitches { pictures, files, emoji, links }) => {
                moderation::ContentPolicy { pictures, files, emoji, links }
            }
        }
    }

    /// The same, each by itself.
    pub fn switches(&self) -> ContentSwitches {
        self.policy().into()
    }
}

/// What moderators look for in rooms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Moderation {
    /// At most 500; the strongest action of those that find something wins.
    pub filters: Vec<Filter>,
    #[serde(skip)]
    #[schema(ignore)]
    ready: Ready,
}

/// A word or link to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TextFilter)]
pub struct Filter {
    /// 1 to 100 characters. A word: whole, whatever its case, accents and simple disguises; `*` at its end for any
    /// ending. A link: a host, with those below it; `*` for any.
    pub pattern: String,
    /// What it is.
    pub kind: FilterKind,
    /// What becomes of a message with it.
    pub action: FilterAction,
}

/// What a filter looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TextFilterKind)]
pub enum FilterKind {
    /// A word, or several in a row.
    Word,
    /// A link.
    Link,
}

/// What becomes of a message that a filter finds something in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TextFilterAction)]
pub enum FilterAction {
    /// It is not sent.
    Refuse,
    /// A moderator decides.
    Hold,
    /// The letters are replaced by `•`.
    Mask,
}

impl Filter {
    fn decided(&self) -> moderation::Filter {
        moderation::Filter {
            pattern: self.pattern.clone(),
            kind: match self.kind {
                FilterKind::Word => moderation::FilterKind::Word,
                FilterKind::Link => moderation::FilterKind::Link,
            },
            action: match self.action {
                FilterAction::Refuse => moderation::Action::Refuse,
                FilterAction::Hold => moderation::Action::Hold,
                FilterAction::Mask => moderation::Action::Mask,
            },
        }
    }
}

/// The filters made ready, once they are needed.
#[derive(Default)]
struct Ready(OnceLock<Arc<Filters>>);

impl Clone for Ready {
    fn clone(&self) -> Self {
        Ready::default()
    }
}

impl PartialEq for Ready {
    fn eq(&self, _: &Ready) -> bool {
        true
    }
}

impl std::fmt::Debug for Ready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl Moderation {
    /// The filters, ready to be used.
    pub fn ready(&self) -> Arc<Filters> {
        let make = || {
            let filters: Vec<moderation::Filter> = self.filters.iter().map(Filter::decided).collect();
            Arc::new(Filters::new(&filters))
        };
        self.ready.0.get_or_init(make).clone()
    }

    pub(super) fn check(&self) -> Answer<()> {
        if self.filters.len() > MOST_FILTERS {
            return Err(Problem::invalid(format!("moderation.filters: at most {MOST_FILTERS}")));
        }
        for (at, filter) in self.filters.iter().enumerate() {
            if filter.pattern.chars().any(char::is_control) {
                return Err(Problem::invalid(format!("moderation.filters[{at}].pattern: no control characters")));
            }
            let Err(bad) = filter.decided().check() else { continue };
            let why = match bad {
                BadPattern::Length => format!("1 to {MAX_PATTERN} characters"),
                BadPattern::NoWord => "a word has letters or digits".to_owned(),
                BadPattern::NoHost => "a link is a host such as example.com, or *".to_owned(),
            };
            return Err(Problem::invalid(format!("moderation.filters[{at}].pattern: {why}")));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use serde_json::json;

    #[test]
    fn policies_are_named_or_said_one_by_one() {
        for (patch, shown, emoji, links) in [
            (json!("text-only"), json!("text-only"), false, false),
            (json!("standard"), json!("standard"), true, true),
            (json!(null), json!("standard"), true, true),
            (
                json!({"links": false}),
                json!({"pictures": true, "files": true, "emoji": true, "links": false}),
                true,
                false,
            ),
        ] {
            let settings = Settings::default().merged(&json!({"content_policy": patch})).unwrap();
            assert_eq!(serde_json::to_value(&settings).unwrap()["content_policy"], shown);
            let policy = settings.content_policy.policy();
            assert_eq!((policy.emoji, policy.links), (emoji, links));
        }
        for bad in [json!("plain"), json!({"link": false}), json!(17), json!({"links": 1}), json!([])] {
            let problem = Settings::default().merged(&json!({"content_policy": bad})).unwrap_err();
            assert!(problem.body(crate::platform::language::Lang::default()).detail.contains("content_policy"));
        }
    }

    #[test]
    fn filters_are_checked_one_by_one() {
        let filter = |pattern: &str, kind: &str| json!({"pattern": pattern, "kind": kind, "action": "mask"});
        let with =
            |filters: serde_json::Value| Settings::default().merged(&json!({"moderation": {"filters": filters}}));
        let good = with(json!([filter("idiot*", "word"), filter("example.com", "link")])).unwrap();
        assert_eq!(good.moderation.ready().verdict("idiots").unwrap().text, "••••••");
        assert_eq!(serde_json::to_value(&good.moderation).unwrap()["filters"][0], filter("idiot*", "word"));
        for (bad, at) in [
            (json!([filter("ok", "word"), filter("", "word")]), "filters[1].pattern"),
            (json!([filter("…", "word")]), "filters[0].pattern"),
            (json!([filter("a b", "link")]), "filters[0].pattern"),
            (json!([filter("a\u{7}b", "word")]), "filters[0].pattern"),
            (json!([filter(&"x".repeat(101), "word")]), "100 characters"),
            (json!([filter("x", "phrase")]), "phrase"),
            (json!([{"pattern": "x", "kind": "word", "action": "mask", "colour": "red"}]), "colour"),
            (json!(vec![filter("x", "word"); 501]), "at most 500"),
        ] {
            let detail = with(bad).unwrap_err().body(crate::platform::language::Lang::default()).detail;
            assert!(detail.contains(at), "{detail}");
        }
    }
}
