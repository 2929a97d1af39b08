use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How words are compared: without case or accents.
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .flat_map(|c| match c {
            'œ' => ['o', 'e'].into_iter().take(2),
            'æ' => ['a', 'e'].into_iter().take(2),
            'ß' => ['s', 's'].into_iter().take(2),
            'ø' => ['o', ' '].into_iter().take(1),
            'ł' => ['l', ' '].into_iter().take(1),
            c => [c, ' '].into_iter().take(1),
        })
        .collect()
}

/// The folded text in which a member is searched: name, login, headline and interests.
///
/// Each word is preceded by a space, so that a search for the beginning of words is a search for
/// `" " + word`.
pub fn search_text<'a>(
    name: &str,
    login: &str,
    headline: Option<&'a str>,
    interests: impl Iterator<Item = &'a str>,
) -> String {
    let mut all = format!(" {name} {login}");
    for part in headline.into_iter().chain(interests) {
        all.push(' ');
        all.push_str(part);
    }
    fold(&all)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .fold(String::new(), |text, word| text + " " + word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_accents() {
        assert_eq!(fold("Éloïse Cœur-Straße"), "eloise coeur-strasse");
    }

    #[test]
    fn search_text_holds_words() {
        let text = search_text("Zoé d'Aubigné", "zoe", Some("Éditrice"), ["Histoire"].into_iter());
        assert_eq!(text, " zoe d aubigne zoe editrice histoire");
    }
}
