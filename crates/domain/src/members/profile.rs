use super::fold;
use crate::suggestions::MOST_OFFERED;
use unicode_normalization::UnicodeNormalization;

/// A name shown to others: 1 to 100 characters on one line.
pub fn clean_name(text: &str) -> Option<String> {
    one_line(text, 100)
}

/// A headline: 1 to 200 characters on one line.
pub fn clean_headline(text: &str) -> Option<String> {
    one_line(text, 200)
}

/// A badge, a theme, the name of a group: 1 to 80 characters on one line.
pub fn clean_label(text: &str) -> Option<String> {
    one_line(text, 80)
}

/// Interests with their weights, at most 100; weights outside 0..=1 make the whole refused.
pub fn clean_interests(given: impl IntoIterator<Item = (String, f64)>) -> Option<Vec<(String, f64)>> {
    let mut interests = Vec::new();
    for (theme, weight) in given {
        let theme = clean_label(&theme)?;
        if !(0.0..=1.0).contains(&weight) || interests.len() == 100 {
            return None;
        }
        if !interests.iter().any(|(known, _)| known == &theme) {
            interests.push((theme, weight));
        }
    }
    Some(interests)
}

/// What somebody offers or looks for: at most so many themes, each once whatever its case and accents.
pub fn clean_themes(given: &[String]) -> Option<Vec<String>> {
    let mut themes: Vec<String> = Vec::new();
    for theme in given {
        let theme = clean_label(theme)?;
        if !themes.iter().any(|known| fold(known) == fold(&theme)) {
            themes.push(theme);
        }
    }
    (themes.len() <= MOST_OFFERED).then_some(themes)
}

/// NFC, trimmed, inner white space single (but no-break spaces stay: French sets them); refused when empty, too long or with control characters.
fn one_line(text: &str, longest: usize) -> Option<String> {
    if text.len() > longest * 12 || text.chars().any(|c| c.is_control()) {
        return None;
    }
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}');
    let line: Vec<&str> = text.trim().split(breaks).filter(|word| !word.is_empty()).collect();
    let line: String = line.join(" ").nfc().collect();
    (!line.is_empty() && line.chars().count() <= longest).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line() {
        assert_eq!(clean_name("  Ana   María "), Some("Ana María".to_owned()));
        assert_eq!(clean_name("« Ana »\u{A0}"), Some("« Ana »".to_owned()));
        assert_eq!(clean_name("L’«\u{A0}autre\u{A0}»"), Some("L’«\u{A0}autre\u{A0}»".to_owned()));
        assert_eq!(clean_name("a\u{7}b"), None);
        assert_eq!(clean_name(" \u{A0} "), None);
        assert_eq!(clean_name(&"x".repeat(101)), None);
    }

    #[test]
    fn interests_have_weights_between_0_and_1() {
        assert_eq!(clean_interests([("Rust".to_owned(), 1.5)]), None);
        assert_eq!(clean_interests([("Rust".to_owned(), f64::NAN)]), None);
        let twice = [("Rust".to_owned(), 1.0), ("Rust".to_owned(), 0.5)];
        assert_eq!(clean_interests(twice), Some(vec![("Rust".to_owned(), 1.0)]));
    }

    #[test]
    fn themes_stand_once() {
        let given = ["Énergie", " energie ", "Bois"].map(str::to_owned);
        assert_eq!(clean_themes(&given), Some(vec!["Énergie".to_owned(), "Bois".to_owned()]));
        let many: Vec<String> = (0..=MOST_OFFERED).map(|n| format!("theme {n}")).collect();
        assert_eq!(clean_themes(&many), None);
        assert_eq!(clean_themes(&["a\nb".to_owned()]), None);
    }
}
