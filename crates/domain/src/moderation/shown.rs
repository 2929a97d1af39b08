//! A text as it is seen: what shows nothing is left out, and what only looks different is made alike.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A character as it is seen, and the bytes of the text that it comes from: itself, and the marks and invisible
/// characters that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// After compatibility normalisation: `ａ`, `ⓐ` and `𝐚` are seen as `a`.
    pub c: char,
    /// Where it stands in the text.
    pub at: Range<usize>,
}

/// The characters of a text as they are seen.
pub fn shown(text: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::with_capacity(text.len());
    for (from, c) in text.char_indices() {
        let at = from..from + c.len_utf8();
        if c.is_ascii() {
            all.push(Shown { c, at });
        } else if is_invisible(c) || is_combining_mark(c) {
            // Several may have come from one character (`ﬁ`): they share what follows it.
            let start = all.last().map(|last| last.at.start);
            all.iter_mut().rev().take_while(|one| Some(one.at.start) == start).for_each(|one| one.at.end = at.end);
        } else {
            let seen = std::iter::once(c).nfkc().filter(|c| !is_combining_mark(*c));
            all.extend(seen.map(|c| Shown { c, at: at.clone() }));
        }
    }
    all
}

/// Characters that show nothing.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_belongs_to_what_is() {
        let seen: Vec<(char, &str)> = shown("a\u{200B}é\u{323}ｂ\u{FEFF}").into_iter().map(|s| (s.c, "")).collect();
        assert_eq!(seen, [('a', ""), ('é', ""), ('b', "")]);
        let text = "\u{200B}e\u{301}\u{AD}ﬁ\u{2060}!";
        let places: Vec<(char, &str)> = shown(text).into_iter().map(|s| (s.c, &text[s.at])).collect();
        assert_eq!(places, [('e', "e\u{301}\u{AD}"), ('f', "ﬁ\u{2060}"), ('i', "ﬁ\u{2060}"), ('!', "!")]);
    }
}
