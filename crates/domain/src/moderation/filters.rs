use super::links::links;
use super::shown::shown;
use super::words::{Letters, Words};
use std::collections::BTreeMap;
use std::ops::Range;

/// The longest pattern, in characters.
pub const MAX_PATTERN: usize = 100;
/// What stands for a letter that is not shown.
const MASK: char = '•';

/// What a filter looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// A whole word, or several in a row; with `*` at the end, with any ending. Case and accents don't matter, nor do
    /// simple disguises of words of three letters and more: digits and signs for letters (`1d!ot`), letters repeated
    /// at least twice too often (`idiooot`), invisible characters, signs inside (`idi-ot`), letters that each stand
    /// alone (`i.d.i.o.t`, `i d i o t`).
    Word,
    /// A link to a host or to one below it (`example.com` is also `www.example.com`); `*` is any link.
    Link,
}

/// What becomes of a text with a hit; the stronger one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// The letters are replaced.
    Mask,
    /// A moderator decides before it is shown.
    Hold,
    /// It is not sent.
    Refuse,
}

/// One rule of a site's moderators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What is looked for.
    pub pattern: String,
    /// As a word or as a link.
    pub kind: FilterKind,
    /// What becomes of the text.
    pub action: Action,
}

/// Why a pattern can't be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPattern {
    /// Not 1 to [`MAX_PATTERN`] characters.
    Length,
    /// A word without a letter or digit, or with too many.
    NoWord,
    /// Not the name of a host, and not `*`.
    NoHost,
}

enum Sought {
    Words(Words),
    /// `None`: any.
    Host(Option<String>),
}

/// Filters made ready for looking at many texts.
#[derive(Default)]
pub struct Filters {
    sought: Vec<(Sought, Action)>,
    any_link: bool,
}

/// What the filters say of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What becomes of it.
    pub action: Action,
    /// What was found that says so.
    pub kind: FilterKind,
    /// What was found, as it was written.
    pub found: String,
    /// The text with what is to be masked masked; as it was if there is nothing of the kind. What is shown keeps its
    /// length: one sign for each letter, however many code points a letter takes.
    pub text: String,
}

impl Filter {
    /// Whether it can be looked for.
    pub fn check(&self) -> Result<(), BadPattern> {
        self.sought().map(drop)
    }

    fn sought(&self) -> Result<Sought, BadPattern> {
        if !(1..=MAX_PATTERN).contains(&self.pattern.trim().chars().count()) {
            return Err(BadPattern::Length);
        }
        match self.kind {
            FilterKind::Word => Words::parse(&self.pattern).map(Sought::Words).ok_or(BadPattern::NoWord),
            FilterKind::Link => host(&self.pattern).map(Sought::Host).ok_or(BadPattern::NoHost),
        }
    }
}

/// The host of a pattern; `Some(None)`: any.
fn host(pattern: &str) -> Option<Option<String>> {
    let pattern: String = shown(pattern.trim()).into_iter().map(|one| one.c).collect::<String>().to_lowercase();
    if pattern == "*" {
        return Some(None);
    }
    let bare = pattern.split_once("://").map_or(pattern.as_str(), |(_, rest)| rest);
    let bare = bare.trim_start_matches("*.").trim_start_matches("www.").trim_end_matches('/');
    let fits = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    bare.split('.').all(fits).then(|| Some(bare.to_owned()))
}

impl Filters {
    /// Makes filters ready; one that can't be looked for finds nothing.
    pub fn new<'a>(filters: impl IntoIterator<Item = &'a Filter>) -> Filters {
        let ready = filters.into_iter().filter_map(|filter| Some((filter.sought().ok()?, filter.action)));
        let sought: Vec<(Sought, Action)> = ready.collect();
        let any_link = sought.iter().any(|(sought, _)| matches!(sought, Sought::Host(_)));
        Filters { sought, any_link }
    }

    /// What they say of a text; `None`: nothing.
    pub fn verdict(&self, text: &str) -> Option<Verdict> {
        if self.sought.is_empty() {
            return None;
        }
        let letters = Letters::of(text);
        let links = if self.any_link { links(text) } else { Vec::new() };
        let mut masked: BTreeMap<usize, usize> = BTreeMap::new();
        let mut strongest: Option<(Action, FilterKind, Range<usize>)> = None;
        for (sought, action) in &self.sought {
            let hits: Vec<(FilterKind, Vec<Range<usize>>)> = match sought {
                Sought::Words(words) => {
                    let found = words.find(&letters).into_iter();
                    found.map(|found| (FilterKind::Word, letters.places(found).collect())).collect()
                }
                Sought::Host(host) => links
                    .iter()
                    .filter(|link| host.as_ref().is_none_or(|host| is_below(&link.host, host)))
                    .map(|link| (FilterKind::Link, signs(text, &link.at)))
                    .collect(),
            };
            for (kind, places) in hits {
                let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
                if strongest.as_ref().is_none_or(|(known, ..)| action > known) {
                    strongest = Some((*action, kind, first.start..last.end));
                }
                if *action == Action::Mask {
                    masked.extend(places.into_iter().map(|place| (place.start, place.end)));
                }
            }
        }
        let (action, kind, at) = strongest?;
        Some(Verdict { action, kind, found: text[at].to_owned(), text: mask(text, &masked) })
    }
}

fn is_below(host: &str, above: &str) -> bool {
    host == above || host.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'))
}

/// The places of the signs of a link.
fn signs(text: &str, at: &Range<usize>) -> Vec<Range<usize>> {
    shown(&text[at.clone()]).into_iter().map(|one| at.start + one.at.start..at.start + one.at.end).collect()
}

/// One sign for each of the places (from, to).
fn mask(text: &str, places: &BTreeMap<usize, usize>) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = 0;
    for (from, to) in places.iter().filter(|(from, to)| to > from) {
        if *from >= rest {
            masked.push_str(&text[rest..*from]);
            masked.push(MASK);
            rest = *to;
        }
    }
    masked + &text[rest..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn filter(pattern: &str, kind: FilterKind, action: Action) -> Filter {
        Filter { pattern: pattern.to_owned(), kind, action }
    }

    fn masked(pattern: &str, text: &str) -> String {
        let kind = if pattern.contains('.') || pattern == "*" { FilterKind::Link } else { FilterKind::Word };
        let filters = Filters::new(&[filter(pattern, kind, Action::Mask)]);
        filters.verdict(text).map_or(text.to_owned(), |verdict| verdict.text)
    }

    #[test]
    fn masks_letters_and_keeps_the_length() {
        assert_eq!(masked("idiot", "Cet IDIOT !"), "Cet ••••• !");
        assert_eq!(masked("idiot", "i.d.iot, idiot"), "i.d.iot, •••••");
        assert_eq!(masked("idiot", "i.d.i.o.t"), "•.•.•.•.•");
        assert_eq!(masked("bete", "be\u{302}te\u{200B}!"), "••••!");
        assert_eq!(masked("fin", "ﬁn"), "••");
        assert_eq!(
            masked("example.com", "voir https://www.example.com/a, notexample.com"),
            format!("voir {}, notexample.com", "•".repeat(25))
        );
        assert_eq!(masked("*", "a.org b"), "••••• b");
    }

    #[test]
    fn the_strongest_wins_and_says_what_was_found() {
        let filters = Filters::new(&[
            filter("sot*", FilterKind::Word, Action::Mask),
            filter("idiot", FilterKind::Word, Action::Refuse),
            filter("example.org", FilterKind::Link, Action::Hold),
        ]);
        let verdict = filters.verdict("sots : www.example.org").unwrap();
        assert_eq!(
            (verdict.action, verdict.kind, verdict.found.as_str()),
            (Action::Hold, FilterKind::Link, "www.example.org")
        );
        assert_eq!(verdict.text, "•••• : www.example.org");
        let verdict = filters.verdict("sot Idi0t example.org").unwrap();
        assert_eq!((verdict.action, verdict.found.as_str()), (Action::Refuse, "Idi0t"));
        assert_eq!(filters.verdict("rien à dire"), None);
        assert_eq!(Filters::default().verdict("sot"), None);
    }

    #[test]
    fn patterns_are_checked() {
        for (pattern, kind, bad) in [
            ("", FilterKind::Word, BadPattern::Length),
            (" ", FilterKind::Link, BadPattern::Length),
            (&*"x".repeat(101), FilterKind::Word, BadPattern::Length),
            ("…", FilterKind::Word, BadPattern::NoWord),
            ("a b", FilterKind::Link, BadPattern::NoHost),
            ("example.com/path", FilterKind::Link, BadPattern::NoHost),
        ] {
            assert_eq!(filter(pattern, kind, Action::Mask).check(), Err(bad), "{pattern}");
        }
        for pattern in ["example.com", "*", "*.example.com", "https://www.Example.com/", "été.fr"] {
            assert_eq!(filter(pattern, FilterKind::Link, Action::Mask).check(), Ok(()), "{pattern}");
        }
    }

    fn length(text: &str) -> usize {
        shown(text).iter().map(|one| one.at.start).collect::<std::collections::BTreeSet<_>>().len()
    }

    proptest! {
        #[test]
        fn masking_keeps_the_length_and_leaves_nothing_to_mask(
            text in "(mot|m|o|t|0|é|e\u{301}|\u{200B}|ﬁ| |-|\\.|!|@|www\\.|a\\.com|坏话|🙂|\n){0,30}",
            pattern in "(mot|m|mo|fi|e|坏)(\\*)?|\\*"
        ) {
            let kind = if pattern == "*" { FilterKind::Link } else { FilterKind::Word };
            let filters = Filters::new(&[filter(&pattern, kind, Action::Mask)]);
            let Some(verdict) = filters.verdict(&text) else { return Ok(()) };
            prop_assert_eq!(length(&verdict.text), length(&text), "{} {}", text, verdict.text);
            let again = filters.verdict(&verdict.text);
            prop_assert!(again.is_none(), "{} {} {:?}", text, verdict.text, again);
        }

        #[test]
        fn any_text_and_pattern_is_decided(text in "\\PC{0,100}", pattern in "\\PC{0,20}") {
            let filters = [FilterKind::Word, FilterKind::Link].map(|kind| filter(&pattern, kind, Action::Mask));
            if let Some(verdict) = Filters::new(&filters).verdict(&text) {
                prop_assert_eq!(length(&verdict.text), length(&text));
            }
        }

        #[test]
        fn a_word_between_spaces_is_found(before in "[a-z ]{0,20}", word in "[a-z]{1,12}", after in "[a-z ]{0,20}") {
            let filters = Filters::new(&[filter(&word, FilterKind::Word, Action::Refuse)]);
            let text = format!("{before} {} {after}", word.to_uppercase());
            prop_assert_eq!(filters.verdict(&text).map(|verdict| verdict.action), Some(Action::Refuse));
        }
    }
}
