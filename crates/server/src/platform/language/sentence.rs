use super::lang::Lang;
use super::request;
use std::fmt::Display;

/// Something to say: its key in `i18n`, and what is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

/// What stands under a key of `i18n`.
pub fn sentence(key: &'static str) -> Sentence {
    Sentence { key, values: Vec::new() }
}

impl From<&'static str> for Sentence {
    fn from(key: &'static str) -> Sentence {
        sentence(key)
    }
}

impl Sentence {
    /// With this for `{name}`.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Sentence {
        self.values.push((name, value.to_string()));
        self
    }

    /// In the language of the request under way.
    pub fn say(&self) -> String {
        self.say_in(request::current())
    }

    /// In a language; in the words of the site, where the request under way is of one that has its own.
    pub fn say_in(&self, lang: Lang) -> String {
        match request::own_words(lang, self.key) {
            Some(own) => self.fill(&own),
            None => self.fill(lang.text(self.key).unwrap_or(self.key)),
        }
    }

    /// Once: what is filled in may hold what looks like a name.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let value = after.split_once('}').and_then(|(name, after)| {
                let (_, value) = self.values.iter().find(|(known, _)| *known == name)?;
                Some((value, after))
            });
            rest = match value {
                Some((value, after)) => {
                    filled.push_str(value);
                    after
                }
                None => {
                    filled.push('{');
                    after
                }
            };
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_in_once() {
        let said = sentence("x").with("site", "{n} & co").with("n", 3);
        assert_eq!(said.fill("{n} of {site}, {other} {"), "3 of {n} & co, {other} {");
    }

    #[test]
    fn each_language_says_it_and_what_none_says_is_its_key() {
        let title = sentence("organizer.title").with("site", "Fair");
        assert_eq!(title.say_in(Lang::default()), "Organizer - Fair");
        assert_eq!(title.say_in(Lang::of_tag("fr").unwrap()), "Organisateur - Fair");
        assert_eq!(sentence("no.such.key").say(), "no.such.key");
    }
}
