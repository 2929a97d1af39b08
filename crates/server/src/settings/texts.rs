//! The sentences that members see: the built-in ones, as the web parts carry them, and the site's own.

use crate::platform::http::{Answer, Problem};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Key, language, sentence.
type Sentences = BTreeMap<String, BTreeMap<String, String>>;

/// What the web parts say they show. Empty when they were built without saying it: then nothing can be checked.
static BUILT_IN: LazyLock<Sentences> = LazyLock::new(|| {
    let file = assets::get("texts.json", false);
    file.and_then(|file| serde_json::from_slice(&file.bytes).ok()).unwrap_or_default()
});

/// A sentence, as it is built in and as the site says it.
#[derive(Debug, PartialEq)]
pub(super) struct Sentence {
    pub key: String,
    pub placeholders: Vec<String>,
    pub defaults: BTreeMap<String, String>,
    pub custom: BTreeMap<String, String>,
}

/// All sentences, by key; with a site's own ones (by language).
pub(super) fn all(own: &Sentences) -> Vec<Sentence> {
    catalogue(&BUILT_IN, own)
}

fn catalogue(built_in: &Sentences, own: &Sentences) -> Vec<Sentence> {
    let owned = own.values().flat_map(BTreeMap::keys);
    let keys: BTreeSet<&String> = built_in.keys().chain(owned).collect();
    let sentence = |key: &String| {
        let defaults = built_in.get(key).cloned().unwrap_or_default();
        let custom = own.iter().filter_map(|(lang, texts)| Some((lang.clone(), texts.get(key)?.clone()))).collect();
        let placeholders = known(&defaults).into_iter().map(str::to_owned).collect();
        Sentence { key: key.clone(), placeholders, defaults, custom }
    };
    keys.into_iter().map(sentence).collect()
}

/// What a sentence of any language may be given.
fn known(defaults: &BTreeMap<String, String>) -> BTreeSet<&str> {
    defaults.values().flat_map(|text| placeholders(text)).collect()
}

/// `{name}` in a sentence.
fn placeholders(text: &str) -> Vec<&str> {
    let inside = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    inside.filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')).collect()
}

/// Refuses a patch of texts that speaks of a sentence that is not there, or gives one what it does not know.
pub(super) fn check(patch: Option<&Value>) -> Answer<()> {
    check_with(&BUILT_IN, patch)
}

fn check_with(built_in: &Sentences, patch: Option<&Value>) -> Answer<()> {
    let languages = patch.and_then(Value::as_object).into_iter().flatten();
    for (lang, texts) in languages {
        for (key, text) in texts.as_object().into_iter().flatten() {
            // What was there before the sentence went may be taken away.
            let Some(text) = text.as_str().filter(|_| !built_in.is_empty()) else { continue };
            let refused = |what: String| Problem::invalid(format!("texts.{lang}.{key}: {what}"));
            let defaults = built_in.get(key).ok_or_else(|| refused("there is no such sentence".to_owned()))?;
            let known = known(defaults);
            if let Some(odd) = placeholders(text).into_iter().find(|name| !known.contains(name)) {
                let named: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
                let there = if named.is_empty() { "none".to_owned() } else { named.join(", ") };
                return Err(refused(format!("{{{odd}}} means nothing here; there is {there}")));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::language::Lang;
    use serde_json::json;

    fn built_in() -> Sentences {
        serde_json::from_value(json!({
            "greeting": {"en": "Hello {name}", "fr": "Bonjour {name}"},
            "title": {"en": "Messages", "fr": "Messages"}
        }))
        .unwrap()
    }

    fn said(patch: &Value) -> String {
        check_with(&built_in(), Some(patch)).unwrap_err().body(Lang::default()).detail
    }

    #[test]
    fn a_sentence_that_is_not_there_is_refused_by_name() {
        assert_eq!(said(&json!({"fr": {"titel": "x"}})), "texts.fr.titel: there is no such sentence");
        assert!(check_with(&built_in(), Some(&json!({"fr": {"titel": null, "title": "Le courrier"}}))).is_ok());
        assert!(check_with(&Sentences::new(), Some(&json!({"fr": {"titel": "x"}}))).is_ok(), "nothing to check with");
    }

    #[test]
    fn so_is_what_it_does_not_know() {
        let odd = said(&json!({"de": {"greeting": "Hallo {nom}"}}));
        assert_eq!(odd, "texts.de.greeting: {nom} means nothing here; there is {name}");
        assert!(said(&json!({"en": {"title": "{n} messages"}})).ends_with("there is none"));
        for fine in ["Hi", "Hallo {name}, {name}!", "{ }", "a { b } c", "{"] {
            assert!(check_with(&built_in(), Some(&json!({"de": {"greeting": fine}}))).is_ok(), "{fine}");
        }
    }

    #[test]
    fn each_is_shown_with_what_the_site_says() {
        let own: Sentences = serde_json::from_value(json!({"fr": {"title": "Courrier", "gone": "x"}})).unwrap();
        let all = catalogue(&built_in(), &own);
        let keys: Vec<&str> = all.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["gone", "greeting", "title"]);
        assert_eq!(all[1].placeholders, ["name"]);
        assert_eq!(all[2].custom["fr"], "Courrier");
    }
}
