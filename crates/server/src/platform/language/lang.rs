include!(concat!(env!("OUT_DIR"), "/spoken.rs"));

/// A language of `i18n/`, by its place among them; the first is English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Lang(usize);

impl Lang {
    /// The language of a tag such as `fr-CA`, if it is spoken here.
    pub fn of_tag(tag: &str) -> Option<Lang> {
        let wanted = tag.trim().split(['-', '_']).next()?;
        SPOKEN.iter().position(|(tag, _)| tag.eq_ignore_ascii_case(wanted)).map(Lang)
    }

    /// The first language of an `Accept-Language` header that is spoken here, by weight.
    pub fn of_header(header: &str) -> Option<Lang> {
        let mut wanted: Vec<(f32, Lang)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
                Some((weight.trim().parse().unwrap_or(0.0), Lang::of_tag(tag)?))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, lang)| *lang)
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        SPOKEN.get(self.0).map_or("en", |(tag, _)| tag)
    }

    /// What stands under a key; in English where this language does not say it.
    pub(super) fn text(self, key: &str) -> Option<&'static str> {
        let of = |lang: usize| {
            let (_, sentences) = SPOKEN.get(lang)?;
            let at = sentences.binary_search_by_key(&key, |(key, _)| key).ok()?;
            Some(sentences[at].1)
        };
        of(self.0).or_else(|| of(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_of_those_spoken_is_taken() {
        let tag = |header| Lang::of_header(header).map(Lang::tag);
        assert_eq!(tag("fr-CA, en;q=0.8"), Some("fr"));
        assert_eq!(tag("xx, fr;q=0.5, en;q=0.8"), Some("en"));
        assert_eq!(tag("xx, *"), None);
        assert_eq!(Lang::default().tag(), "en");
    }
}
