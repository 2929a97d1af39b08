use super::emoji::has_emoji;
use super::links::links;

/// What messages may hold besides text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentPolicy {
    /// Photos and drawings.
    pub pictures: bool,
    /// Any other file.
    pub files: bool,
    /// Emoji.
    pub emoji: bool,
    /// Addresses of the web.
    pub links: bool,
}

/// What a policy does not accept in a text. The text is never changed, only refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is an emoji.
    Emoji,
    /// There is a link: this one, as it is shown.
    Link(String),
}

impl ContentPolicy {
    /// Letters, digits and signs: no pictures, files, emoji or links.
    pub const TEXT_ONLY: ContentPolicy = ContentPolicy { pictures: false, files: false, emoji: false, links: false };
    /// Everything.
    pub const STANDARD: ContentPolicy = ContentPolicy { pictures: true, files: true, emoji: true, links: true };

    /// What this policy does not accept in a text.
    pub fn refused(&self, text: &str) -> Option<Refused> {
        if !self.emoji && has_emoji(text) {
            return Some(Refused::Emoji);
        }
        let link = if self.links { None } else { links(text).into_iter().next() };
        link.map(|link| Refused::Link(link.shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_only_refuses_emoji_and_links_and_nothing_else() {
        let policy = ContentPolicy::TEXT_ONLY;
        assert_eq!(policy.refused("Bonjour, c’est à 14 h 30 – salle n° 3 (2ᵉ étage) : 12 € © 2026 !"), None);
        assert_eq!(policy.refused("bonjour 🙂"), Some(Refused::Emoji));
        assert_eq!(policy.refused("voir exam\u{200B}ple.com"), Some(Refused::Link("example.com".to_owned())));
        assert_eq!(ContentPolicy::STANDARD.refused("🙂 https://example.com"), None);
        let only_links = ContentPolicy { links: true, ..policy };
        assert_eq!(only_links.refused("https://example.com"), None);
        assert_eq!(only_links.refused("https://example.com 🙂"), Some(Refused::Emoji));
    }

    proptest! {
        #[test]
        fn any_text_is_decided(text in "\\PC{0,200}") {
            prop_assert_eq!(ContentPolicy::STANDARD.refused(&text), None);
            let _ = ContentPolicy::TEXT_ONLY.refused(&text);
        }

        #[test]
        fn words_and_signs_are_accepted(text in "[a-zà-ÿ ,;!?()'’«»–0-9]{0,200}") {
            prop_assert_eq!(ContentPolicy::TEXT_ONLY.refused(&text), None);
        }

        #[test]
        fn an_emoji_is_found_in_any_company(before in "[a-zA-Z0-9 .©™#]{0,20}", after in "[a-zA-Z0-9 .©™#]{0,20}", which in 0..6usize) {
            let emoji = ["😀", "❤\u{FE0F}", "3\u{FE0F}\u{20E3}", "🇫🇷", "👩\u{200D}🚀", "👍🏽"][which];
            let policy = ContentPolicy { links: true, ..ContentPolicy::TEXT_ONLY };
            prop_assert_eq!(policy.refused(&format!("{before}{after}")), None);
            prop_assert_eq!(policy.refused(&format!("{before}{emoji}{after}")), Some(Refused::Emoji));
        }

        #[test]
        fn invisible_characters_hide_no_link(at in 1..10usize, which in 0..6usize) {
            let invisible = ['\u{200B}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{AD}', '\u{FE0E}'][which];
            let mut text = "example.org".to_owned();
            text.insert(at, invisible);
            prop_assert_eq!(ContentPolicy::TEXT_ONLY.refused(&text), Some(Refused::Link("example.org".to_owned())));
        }
    }
}
