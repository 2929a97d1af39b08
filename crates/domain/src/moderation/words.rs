//! Finding a word in a text, through the simple disguises people give it.

use super::shown::{Shown, shown};
use crate::members::fold;
use std::ops::Range;

/// So many letters at most can be looked for at once.
pub const MAX_LETTERS: usize = 120;
/// So many signs at most stand between two letters of a word in disguise.
const MOST_BETWEEN: usize = 3;
/// Shorter words are found as they are, not in disguise: too much looks like them.
const SHORTEST_DISGUISED: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or digit.
    Letter,
    /// A sign that stands for a letter between letters: `c@t`.
    Symbol,
    /// What people put inside a word: `c-a-t`, `ca_t`.
    Tight,
    /// What stands between words too: a disguise only where every letter stands alone, `c.a.t`, `c a t`.
    Loose,
    /// Anything else ends a word.
    Other,
}

/// A text taken apart for looking for words.
pub struct Letters {
    units: Vec<Unit>,
}

struct Unit {
    c: char,
    at: Range<usize>,
    kind: Kind,
}

impl Letters {
    /// The letters of a text, without case, accents or what shows nothing.
    pub fn of(text: &str) -> Letters {
        let mut units = Vec::with_capacity(text.len());
        for Shown { c, at } in shown(text) {
            if c.is_ascii() {
                units.push(Unit { c: c.to_ascii_lowercase(), at, kind: kind(c) });
            } else {
                let folded = fold(c.encode_utf8(&mut [0; 4]));
                units.extend(folded.chars().map(|c| Unit { c, at: at.clone(), kind: kind(c) }));
            }
        }
        Letters { units }
    }

    /// The places of the text's letters in a range of units.
    pub fn places(&self, found: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let letters = self.units[found].iter().filter(|unit| matches!(unit.kind, Kind::Letter | Kind::Symbol));
        letters.map(|unit| unit.at.clone())
    }

    fn kind(&self, at: usize) -> Kind {
        self.units.get(at).map_or(Kind::Other, |unit| unit.kind)
    }

    fn is_letter(&self, at: usize) -> bool {
        self.kind(at) == Kind::Letter
    }

    fn behind(&self, at: usize) -> Kind {
        at.checked_sub(1).map_or(Kind::Other, |before| self.kind(before))
    }

    /// Whether a word can end before this place and another begin.
    fn is_border(&self, at: usize) -> bool {
        let whole = |at: usize| self.units.get(at).is_some_and(|unit| is_without_spaces(unit.c));
        !self.is_letter(at) || self.behind(at) != Kind::Letter || whole(at) || at.checked_sub(1).is_some_and(whole)
    }

    fn may_begin(&self, at: usize) -> bool {
        match self.kind(at) {
            Kind::Letter => self.is_border(at),
            // `@` begins a mention.
            Kind::Symbol => self.units[at].c != '@' && self.is_letter(at + 1) && self.behind(at) != Kind::Letter,
            _ => false,
        }
    }

    /// Where the word goes on behind signs inside it.
    fn over_signs(&self, at: usize) -> Option<usize> {
        let signs = (at..).take_while(|at| matches!(self.kind(*at), Kind::Tight | Kind::Loose)).count();
        let next = at + signs;
        let alone = |at: usize| !self.is_letter(at + 1) && self.behind(at) != Kind::Letter;
        let tight = (at..next).all(|at| self.kind(at) == Kind::Tight);
        let fits = (1..=MOST_BETWEEN).contains(&signs) && self.is_letter(next) && self.behind(at) == Kind::Letter;
        (fits && (tight || (alone(at - 1) && alone(next)))).then_some(next)
    }

    /// The rest of the word that a place is in.
    fn end_of_word(&self, mut at: usize) -> usize {
        while self.is_letter(at) && !self.is_border(at) {
            at += 1;
        }
        at
    }
}

/// A word, or several in a row, to be looked for.
#[derive(Clone, Debug)]
pub struct Words {
    parts: Vec<Vec<char>>,
    any_ending: bool,
}

impl Words {
    /// A pattern: words as people write them; a `*` at the end stands for any ending. `None` without any letter,
    /// or with too many.
    pub fn parse(pattern: &str) -> Option<Words> {
        let pattern = pattern.trim();
        let (text, any_ending) = match pattern.strip_suffix('*') {
            Some(beginning) => (beginning, true),
            None => (pattern, false),
        };
        let letters = Letters::of(text);
        let parts: Vec<Vec<char>> = letters
            .units
            .split(|unit| unit.kind != Kind::Letter)
            .map(|part| part.iter().map(|unit| unit.c).collect::<Vec<char>>())
            .filter(|part| !part.is_empty())
            .collect();
        let fits = !parts.is_empty() && parts.iter().all(|part| part.len() <= MAX_LETTERS);
        fits.then_some(Words { parts, any_ending })
    }

    /// Where it stands in a text, from left to right, without overlaps.
    pub fn find(&self, letters: &Letters) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < letters.units.len() {
            let end = if letters.may_begin(at) { self.at(letters, at) } else { None };
            found.extend(end.map(|end| at..end));
            at = end.unwrap_or(at + 1);
        }
        found
    }

    fn at(&self, letters: &Letters, from: usize) -> Option<usize> {
        let mut end = from;
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                let between = (end..).take(MOST_BETWEEN + 1).take_while(|at| !letters.is_letter(*at)).count();
                end += between;
                if !(1..=MOST_BETWEEN).contains(&between) || !letters.is_letter(end) {
                    return None;
                }
            }
            let any_ending = self.any_ending && index + 1 == self.parts.len();
            end = one(part, any_ending, letters, end)?;
        }
        Some(end)
    }
}

/// Where a word that begins here ends, at the furthest.
///
/// All ways to read the text go along at once: bit `j` of a set says that the first `j` letters may have been read,
/// and the sets are kept by how many letters were repeated on the way: none, one, more. One letter too many is
/// spelling (`salle` is not `sale`), more is a disguise (`saaale`).
fn one(word: &[char], any_ending: bool, letters: &Letters, from: usize) -> Option<usize> {
    let disguised = word.len() >= SHORTEST_DISGUISED;
    let whole = 1_u128 << word.len();
    let mut states: [u128; 3] = [1, 0, 0];
    let (mut at, mut end) = (from, None);
    let real = |end: &usize| {
        let plain = |at: usize| letters.units[at].c.is_alphabetic();
        word.iter().all(|c| !c.is_alphabetic()) || (from..*end).any(plain)
    };
    while at < letters.units.len() {
        match letters.kind(at) {
            Kind::Letter => {}
            Kind::Symbol if disguised && is_inside(letters, from, at) => {}
            Kind::Tight | Kind::Loose if disguised && at > from => match letters.over_signs(at) {
                Some(next) => {
                    at = next;
                    continue;
                }
                None => break,
            },
            _ => break,
        }
        let read = letters.units[at].c;
        let same = |c: char| c == read || (disguised && stands_for(read, c));
        let fits = word.iter().enumerate().fold(0, |set, (j, c)| if same(*c) { set | 1_u128 << j } else { set });
        let [none, few, many] = states;
        let stay = if disguised { fits << 1 } else { 0 };
        let on = |set: u128| (set & fits) << 1;
        states = [on(none), on(few) | (none & stay), on(many) | ((few | many) & stay)];
        at += 1;
        if states == [0; 3] {
            break;
        }
        if (states[0] | states[2]) & whole != 0 && (any_ending || letters.is_border(at)) {
            end = Some(if any_ending { letters.end_of_word(at) } else { at }).filter(real).or(end);
        }
    }
    end
}

/// Whether a sign stands between letters (or such signs), or begins the word.
fn is_inside(letters: &Letters, from: usize, at: usize) -> bool {
    let letter = |kind: Kind| matches!(kind, Kind::Letter | Kind::Symbol);
    letter(letters.kind(at + 1)) && (at == from || letter(letters.behind(at)))
}

fn kind(c: char) -> Kind {
    match c {
        c if c.is_alphanumeric() => Kind::Letter,
        '@' | '$' | '!' | '€' => Kind::Symbol,
        '-' | '_' | '*' | '·' | '~' | '|' | '+' | '‐' | '‑' => Kind::Tight,
        '.' | ',' | ':' | ';' | '/' | '\'' | '’' | ' ' | '\u{A0}' | '\u{202F}' => Kind::Loose,
        _ => Kind::Other,
    }
}

/// Digits and signs that look like letters.
fn stands_for(sign: char, letter: char) -> bool {
    let letters = match sign {
        '0' => "o",
        '1' => "il",
        '!' => "i",
        '2' => "z",
        '3' | '€' => "e",
        '4' | '@' => "a",
        '5' | '$' => "s",
        '6' => "g",
        '7' => "t",
        '8' => "b",
        '9' => "g",
        _ => "",
    };
    letters.contains(letter)
}

/// Scripts that set no spaces between words: a word is found anywhere in them.
fn is_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let letters = Letters::of(text);
        let words = Words::parse(pattern).unwrap();
        let text_of = |found: Range<usize>| {
            let places: Vec<Range<usize>> = letters.places(found).collect();
            text[places.first().unwrap().start..places.last().unwrap().end].to_owned()
        };
        words.find(&letters).into_iter().map(text_of).collect()
    }

    #[test]
    fn whole_words_without_case_and_accents() {
        assert_eq!(found("idiot", "Quel IDIOT, cet idiot!"), ["IDIOT", "idiot"]);
        assert_eq!(found("bete", "Bête, BÉTE; mot-bête"), ["Bête", "BÉTE", "bête"]);
        assert_eq!(found("cœur", "le coeur"), ["coeur"]);
        for text in ["idiotie", "anidiot", "idi ot", "idio", "Idiots"] {
            assert_eq!(found("idiot", text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn a_star_is_any_ending() {
        assert_eq!(found("idiot*", "idiotie idiots idiot anidiot"), ["idiotie", "idiots", "idiot"]);
        assert_eq!(found("con*", "Concert second conné"), ["Concert", "conné"]);
    }

    #[test]
    fn simple_disguises() {
        for text in [
            "1d1ot",
            "id!ot",
            "idi0t",
            "i.d.i.o.t",
            "i d i o t",
            "i-d-i-o-t",
            "idi-ot",
            "id_iot",
            "i*diot",
            "iiidiooot",
            "i\u{200B}dio\u{AD}t",
            "ｉｄｉｏｔ",
            "𝐢𝐝𝐢𝐨𝐭",
            "ⓘⓓⓘⓞⓣ",
            "id\u{301}iot",
            "1.D.1.0.T",
        ] {
            assert_eq!(found("idiot", text).len(), 1, "{text}");
        }
        assert_eq!(found("spam", "$pam")[0], "$pam");
        assert_eq!(found("shit", "sh!t")[0], "sh!t");
    }

    #[test]
    fn what_only_looks_like_a_disguise_is_none() {
        for (word, text) in [
            ("sale", "la salle est grande"),
            ("merde", "la mer.de là"),
            ("leet", "1337"),
            ("go", "90 g0"),
            ("spam", "@pam"),
            ("ass", "as s'il"),
            ("non", "oui!n"),
            ("mot", "m\no\nt"),
            ("mot", "m....o....t"),
            ("il", "1l"),
        ] {
            assert_eq!(found(word, text), [] as [&str; 0], "{word} in {text}");
        }
        assert_eq!(found("69", "69 a69"), ["69"]);
    }

    #[test]
    fn several_words_and_scripts_without_spaces() {
        assert_eq!(found("gros mot", "un Gros, mot! gros motif"), ["Gros, mot"]);
        assert_eq!(found("坏话", "他说坏话了"), ["坏话"]);
        assert!(Words::parse(" *").is_none() && Words::parse("🖕").is_none() && Words::parse("").is_none());
        assert!(Words::parse(&"\u{FDF2}".repeat(50)).is_none());
    }

    #[test]
    fn a_long_text_of_lookalikes_is_read_once() {
        let letters = Letters::of(&"1".repeat(4_000));
        assert_eq!(Words::parse(&"il".repeat(50)).unwrap().find(&letters).len(), 0);
    }
}
