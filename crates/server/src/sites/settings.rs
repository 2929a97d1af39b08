use super::content::{ContentPolicy, Moderation};
use super::theme::Theme;
use super::themes::{self, ThemesOfDomain};
use crate::platform::http::{Answer, Bucket, Problem};
use crate::platform::outside;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What the organizers of a site chose. Everything has a default; unknown fields are refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What is switched on.
    pub features: Features,
    /// How members sign in.
    pub accounts: Accounts,
    /// Where the keys are published that sign member tokens with RS256, ES256 or EdDSA
    /// (RFC 7517); without it only HS256 with the site's secret is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_url: Option<String>,
    /// Web origins that may embed the site's elements (`https://www.example.com`); empty: any.
    pub origins: Vec<String>,
    /// Sentences that replace the built-in ones: language, key, text.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Which list template (1 to 3) the sections use unless they say otherwise.
    #[schema(minimum = 1, maximum = 3)]
    pub list_template: Template,
    /// Which conversation template (1 to 3).
    #[schema(minimum = 1, maximum = 3)]
    pub detail_template: Template,
    /// The order of the conversation list.
    pub list_order: ListOrder,
    /// What messages may hold besides text; a room may have its own.
    pub content_policy: ContentPolicy,
    /// What moderators look for in rooms.
    pub moderation: Moderation,
    /// How much of something is allowed.
    pub limits: Limits,
    /// How the elements look where the page that shows them does not say otherwise.
    pub theme: Theme,
    /// What members choose their interests from, by domain; empty: they write their own.
    pub themes: Vec<ThemesOfDomain>,
}

/// What is switched on. Turning something off hides and stops it and loses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Features {
    /// Messaging as a whole.
    pub messaging: bool,
    /// Members talk to each other; without it, to the organizers only.
    pub member_chat: bool,
    /// Members make groups.
    pub groups: bool,
    /// Public rooms.
    pub rooms: bool,
    /// Moderation by members.
    pub moderation: bool,
    /// Contact requests.
    pub contact_requests: bool,
    /// Members open a conversation with the organizers.
    pub contact_organizer: bool,
    /// Calls.
    pub video: bool,
    /// Suggestions.
    pub matchmaking: bool,
}

impl Default for Features {
    fn default() -> Self {
        Features {
            messaging: true,
            member_chat: true,
            groups: true,
            rooms: true,
            moderation: false,
            contact_requests: true,
            contact_organizer: true,
            video: false,
            matchmaking: false,
        }
    }
}

/// How members sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Accounts {
    /// The website signs them in with a member token.
    #[default]
    Token,
    /// They have a login and a password here.
    Password,
}

/// The order of the conversation list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListOrder {
    /// Newest activity first.
    #[default]
    NewestFirst,
    /// Oldest activity first.
    OldestFirst,
}

/// The number of a template, 1 to 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u8", into = "u8")]
pub struct Template(u8);

impl Default for Template {
    fn default() -> Self {
        Template(2)
    }
}

impl TryFrom<u8> for Template {
    type Error = String;

    fn try_from(number: u8) -> Result<Template, String> {
        if (1..=3).contains(&number) { Ok(Template(number)) } else { Err("a template is 1, 2 or 3".to_owned()) }
    }
}

impl From<Template> for u8 {
    fn from(template: Template) -> u8 {
        template.0
    }
}

/// How much of something is allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// How fast a member may send.
    pub messages: MessageLimit,
    /// How many members the site may have (default: any number). Those who are there stay, whatever it becomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<u64>,
}

/// A token bucket per member.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MessageLimit {
    /// Messages a second in the long run.
    pub per_second: f64,
    /// Messages at once.
    pub burst: f64,
}

impl From<MessageLimit> for Bucket {
    fn from(limit: MessageLimit) -> Bucket {
        Bucket { per_second: limit.per_second, burst: limit.burst }
    }
}

impl Default for MessageLimit {
    fn default() -> Self {
        MessageLimit { per_second: 20.0, burst: 200.0 }
    }
}

impl Settings {
    /// These settings with a merge patch applied (RFC 7396), checked.
    pub fn merged(&self, patch: &serde_json::Value) -> Answer<Settings> {
        if !patch.is_object() {
            return Err(Problem::invalid("the settings are an object"));
        }
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        merge(&mut whole, patch);
        let settings: Settings = serde_json::from_value(whole).map_err(|e| Problem::invalid(e.to_string()))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Answer<()> {
        let plain = |o: &String| {
            (o.starts_with("https://") || o.starts_with("http://"))
                && o.matches('/').count() == 2
                && !o.chars().any(|c| c.is_control() || c.is_whitespace())
        };
        if let Some(bad) = self.origins.iter().find(|o| !plain(o)) {
            return Err(Problem::invalid(format!("origins: {bad:?} is not an origin such as https://www.example.com")));
        }
        if self.jwks_url.as_ref().is_some_and(|url| outside::address_of(url).is_none()) {
            return Err(Problem::invalid(
                "jwks_url: must be an address that begins with https:// (or http:// for trials)",
            ));
        }
        self.moderation.check()?;
        self.theme.check()?;
        themes::check(&self.themes)?;
        let rate = self.limits.messages;
        if !(rate.per_second > 0.0 && rate.burst >= 1.0) {
            return Err(Problem::invalid("limits.messages: per_second must be more than 0, burst at least 1"));
        }
        Ok(())
    }

    /// Whether a page of this origin may use the site. Our own pages always may.
    pub fn allows_origin(&self, origin: Option<&str>, own: &str) -> bool {
        match origin {
            None => true,
            Some(origin) => {
                let same = |allowed: &str| allowed.trim_end_matches('/').eq_ignore_ascii_case(origin);
                self.origins.is_empty() || same(own) || self.origins.iter().any(|o| same(o))
            }
        }
    }

    /// A site's own sentence for a key, in a language.
    pub fn text(&self, lang: &str, key: &str) -> Option<&str> {
        self.texts.get(lang)?.get(key).map(String::as_str)
    }
}

/// JSON merge patch: objects are merged, null removes, anything else replaces.
fn merge(into: &mut serde_json::Value, patch: &serde_json::Value) {
    let serde_json::Value::Object(changes) = patch else {
        *into = patch.clone();
        return;
    };
    if !into.is_object() {
        *into = serde_json::Value::Object(serde_json::Map::new());
    }
    let Some(object) = into.as_object_mut() else { return };
    for (key, change) in changes {
        if change.is_null() {
            object.remove(key);
        } else {
            merge(object.entry(key.clone()).or_insert(serde_json::Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_changes_what_it_names_and_null_brings_the_default_back() {
        let settings = Settings::default().merged(&json!({"features": {"video": true}, "list_template": 3}));
        let settings = settings.unwrap();
        assert!(settings.features.video && settings.features.messaging);
        let back = settings.merged(&json!({"features": {"video": null}})).unwrap();
        assert!(!back.features.video);
        assert_eq!(u8::from(back.list_template), 3);
    }

    #[test]
    fn bad_values_are_refused_by_name() {
        for (patch, word) in [
            (json!({"featurs": {}}), "featurs"),
            (json!({"origins": ["example.com"]}), "origins"),
            (json!({"list_template": 4}), "template"),
            (json!({"limits": {"messages": {"burst": 0}}}), "limits.messages"),
            (json!({"limits": {"members": -1}}), "u64"),
            (json!({"theme": {"accent": "red"}}), "theme.accent"),
            (json!({"theme": {"accent": "#12345é"}}), "theme.accent"),
            (json!({"theme": {"radius": "33px"}}), "theme.radius"),
            (json!({"theme": {"radius": "1em"}}), "theme.radius"),
            (json!({"theme": {"font": "x; } :host {"}}), "theme.font"),
            (json!({"theme": {"font": "url(https://elsewhere.example)"}}), "theme.font"),
            (json!({"themes": [{"domain": "A", "themes": ["Été"]}, {"domain": "B", "themes": ["ete"]}]}), "twice"),
            (json!({"themes": [{"domain": "A", "themes": ["a\nb"]}]}), "one line"),
            (json!({"themes": [{"domain": "", "themes": []}]}), "one line"),
            (json!([1]), "object"),
        ] {
            let problem = Settings::default().merged(&patch).unwrap_err();
            let detail = problem.body(crate::platform::language::Lang::default()).detail;
            assert!(detail.contains(word), "{detail}");
        }
    }

    #[test]
    fn origins() {
        let open = Settings::default();
        assert!(open.allows_origin(Some("https://a.example"), "http://own"));
        let closed = Settings { origins: vec!["https://a.example".into()], ..Settings::default() };
        assert!(closed.allows_origin(Some("https://a.example"), "http://own"));
        assert!(closed.allows_origin(Some("http://own"), "http://own"));
        assert!(closed.allows_origin(None, "http://own"));
        assert!(!closed.allows_origin(Some("https://b.example"), "http://own"));
        assert!(!closed.allows_origin(Some("null"), "http://own"));
    }
}
