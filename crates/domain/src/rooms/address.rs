//! Whom a text is for: everybody in the room, or those whose logins stand at its beginning.
//!
//! The rule leans to one side: what could be meant as a whisper in any spelling is one, or is refused. It is never said
//! aloud.

use crate::members::{Login, MAX_LOGIN};
use crate::moderation::is_invisible;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// A whisper goes to at most so many.
pub const MOST_ADDRESSED: usize = 20;
/// A text calls at most so many by name.
pub const MOST_MENTIONED: usize = 20;

/// Somebody a text is addressed to, or mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// As it was typed, without the `@`.
    pub typed: String,
    /// The logins that can be meant, as they are compared, the likeliest first; none: it can't be a login.
    pub keys: Vec<String>,
}

/// Whom a text is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address<'t> {
    /// Everybody in the room.
    Everybody,
    /// Those alone.
    Only {
        /// In the order in which they stand.
        called: Vec<Called>,
        /// What is said to them; empty: nothing.
        text: &'t str,
    },
}

/// Reads the beginning of a text.
pub fn address(text: &str) -> Address<'_> {
    let mut rest = text.trim_start_matches(is_gap);
    let mut called = Vec::new();
    while let Some(after) = strip_at(rest) {
        let end = after.find(|c: char| c.is_whitespace() || is_separator(c) || is_at(c)).unwrap_or(after.len());
        let (word, left) = after.split_at(end);
        called.push(Called { typed: word.to_owned(), keys: login_keys(word) });
        rest = left.trim_start_matches(|c| is_gap(c) || is_separator(c));
    }
    if called.is_empty() {
        return Address::Everybody;
    }
    Address::Only { called, text: rest }
}

/// Those whom a public text calls by name.
pub fn mentions(text: &str) -> Vec<Called> {
    let mut found: Vec<Called> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let word = &text[at + c.len_utf8()..];
        if is_at(c) && !before.is_alphanumeric() && found.len() < MOST_MENTIONED {
            let end = word.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(word.len());
            let keys = login_keys(&word[..end]);
            if !keys.is_empty() && !found.iter().any(|one| one.keys == keys) {
                found.push(Called { typed: word[..end].to_owned(), keys });
            }
        }
        before = c;
    }
    found
}

/// A word longer than this is no login, whatever stands at its end.
const LONGEST_WORD: usize = 2 * MAX_LOGIN;
/// So much punctuation may follow a login.
const MOST_SIGNS: usize = 8;

/// The logins that a word typed after the sign can mean, as they are compared, the likeliest first: as it stands, or
/// without what follows it as punctuation; then the same in compatibility spelling.
pub fn login_keys(word: &str) -> Vec<String> {
    if word.chars().nth(LONGEST_WORD).is_some() {
        return Vec::new();
    }
    let shown: String = word.chars().filter(|c| !is_invisible(*c)).collect();
    let alike: String = shown.nfkc().collect();
    let mut keys: Vec<String> = Vec::new();
    for spelling in [shown.nfc().collect::<String>(), alike] {
        let mut rest = spelling.as_str();
        for _ in 0..=MOST_SIGNS {
            let key = Login::parse(rest).map(|login| login.key());
            keys.extend(key.filter(|key| !keys.contains(key)));
            match rest.char_indices().next_back() {
                Some((at, c)) if !c.is_alphanumeric() => rest = &rest[..at],
                _ => break,
            }
        }
    }
    keys
}

fn strip_at(text: &str) -> Option<&str> {
    text.strip_prefix(is_at)
}

/// The sign itself, full-width and small.
fn is_at(c: char) -> bool {
    matches!(c, '@' | '\u{FF20}' | '\u{FE6B}')
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '\u{FF0C}' | '\u{060C}' | '\u{3001}')
}

/// What shows nothing by itself before the sign: spaces, controls, marks without a letter, what has no shape or none
/// that is known. (What the web client takes for a gap is one here; the two share a table of examples.)
fn is_gap(c: char) -> bool {
    let nothing = || {
        use GeneralCategoryGroup::{Mark, Other, Separator};
        matches!(c.general_category_group(), Mark | Other | Separator)
    };
    c.is_whitespace() || is_invisible(c) || c == '\u{2800}' || nothing()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What may stand unseen before the sign; the web client's tests read the same.
    const LEADS: &str = include_str!("../../../../web/widget/src/rooms/leads.json");

    fn keys(text: &str) -> Option<(Vec<String>, &str)> {
        match address(text) {
            Address::Everybody => None,
            Address::Only { called, text } => {
                Some((called.into_iter().map(|one| one.keys.first().cloned().unwrap_or_default()).collect(), text))
            }
        }
    }

    #[test]
    fn only_logins_at_the_beginning_address() {
        assert_eq!(keys("@kevin hello"), Some((vec!["kevin".to_owned()], "hello")));
        assert_eq!(
            keys("@kevin @Zoé on se voit ?"),
            Some((vec!["kevin".to_owned(), "zoé".to_owned()], "on se voit ?"))
        );
        assert_eq!(keys("hello @kevin"), None);
        assert_eq!(keys("kevin@example.com"), None);
    }

    #[test]
    fn whatever_could_be_meant_as_a_whisper_is_one() {
        for text in [
            " @kevin hi",
            "\n@KEVIN hi",
            "\u{200B}@kevin hi",
            "@ke\u{200D}vin hi",
            "@kevin, hi",
            "@kevin: hi",
            "＠kevin hi",
            "@ｋｅｖｉｎ hi",
            "\u{FEFF} @kevin! hi",
            "@kevin\u{A0}hi",
        ] {
            let Address::Only { called, text: rest } = address(text) else { panic!("{text:?} is public") };
            assert!(called[0].keys.contains(&"kevin".to_owned()), "{text:?}: {called:?}");
            assert_eq!(rest, "hi", "{text:?}");
        }
        for text in ["@ kevin hi", "@", "@@kevin hi", "@!? hi"] {
            assert_ne!(address(text), Address::Everybody, "{text:?}");
        }
        assert_eq!(keys("@a,@b;@c d").map(|(keys, _)| keys.len()), Some(3));
    }

    #[test]
    fn nothing_that_the_web_client_shows_as_a_whisper_is_said_aloud() {
        let leads: Vec<String> = serde_json::from_str(LEADS).unwrap();
        assert!(leads.len() >= 40);
        for lead in leads {
            let text = format!("{lead}@kevin hi");
            let Address::Only { called, .. } = address(&text) else { panic!("{lead:?} is public") };
            assert_eq!(called[0].keys, ["kevin"], "{lead:?}");
        }
    }

    #[test]
    fn a_login_in_a_spelling_of_its_own_is_found_before_one_that_only_looks_like_it() {
        let Address::Only { called, .. } = address("@ﬁn hi") else { panic!("public") };
        assert_eq!(called[0].keys, ["ﬁn", "fin"]);
        let Address::Only { called, .. } = address(&format!("@{} hi", "-".repeat(4_000))) else { panic!("public") };
        assert!(called[0].keys.is_empty());
    }

    #[test]
    fn a_dot_at_the_end_may_belong_to_the_sentence() {
        let Address::Only { called, .. } = address("@jean.paul. Bonjour") else { panic!("public") };
        assert_eq!(called[0].keys, ["jean.paul"]);
        let Address::Only { called, .. } = address("@max_: hi") else { panic!("public") };
        assert_eq!(called[0].keys, ["max_", "max"]);
        assert_eq!(
            address("@kevin"),
            Address::Only { called: vec![Called { typed: "kevin".into(), keys: vec!["kevin".into()] }], text: "" }
        );
    }

    #[test]
    fn mentions_stand_in_the_middle() {
        let found: Vec<String> =
            mentions("Merci @Kevin, et @zoé. Écrire à a@b.fr @kevin").into_iter().map(|m| m.keys[0].clone()).collect();
        assert_eq!(found, ["kevin", "zoé"]);
        let many: String = (0..50).map(|n| format!("x @u{n} ")).collect();
        assert_eq!(mentions(&many).len(), MOST_MENTIONED);
    }

    proptest! {
        #[test]
        fn a_text_that_begins_with_the_sign_is_never_public(gap in "[ \\n\u{200B}\u{FEFF}]{0,4}", rest in "\\PC{0,40}") {
            let text = format!("{gap}@{rest}");
            prop_assert_ne!(address(&text), Address::Everybody);
        }

        #[test]
        fn any_text_can_be_read(text in "\\PC{0,200}") {
            let _ = (address(&text), mentions(&text));
        }
    }
}
