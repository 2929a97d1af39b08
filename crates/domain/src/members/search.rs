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

/// The words of a text as they are searched.
pub fn words_of(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Where a word stands: what people are called is found before what they say of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the name or the login.
    Name = 0,
    /// In the headline or the interests.
    About = 1,
}

/// The words by which a member is found, each once, in the best place where it stands, in order.
pub fn search_words<'a>(
    name: &str,
    login: &str,
    headline: Option<&'a str>,
    interests: impl Iterator<Item = &'a str>,
) -> Vec<(Place, String)> {
    let named = [name, login].into_iter().flat_map(words_of).map(|word| (Place::Name, word));
    let about = headline.into_iter().chain(interests).flat_map(words_of).map(|word| (Place::About, word));
    let mut words: Vec<(Place, String)> = named.chain(about).collect();
    words.sort_unstable();
    words.dedup();
    let named: Vec<String> = words.iter().filter(|(place, _)| *place == Place::Name).map(|(_, w)| w.clone()).collect();
    words.retain(|(place, word)| *place == Place::Name || named.binary_search(word).is_err());
    words
}

/// The same words as one text, each preceded by a space: a search for the beginning of words is a search for
/// `" " + word`.
pub fn search_text(words: &[(Place, String)]) -> String {
    words.iter().fold(String::new(), |text, (_, word)| text + " " + word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_accents() {
        assert_eq!(fold("Éloïse Cœur-Straße"), "eloise coeur-strasse");
    }

    #[test]
    fn words_stand_once_in_their_best_place() {
        let words = search_words("Zoé d'Aubigné", "zoe", Some("Éditrice, amie de Zoé"), ["Histoire"].into_iter());
        let (named, about): (Vec<_>, Vec<_>) = words.iter().partition(|(place, _)| *place == Place::Name);
        assert_eq!(named.iter().map(|(_, w)| w.as_str()).collect::<Vec<_>>(), ["aubigne", "d", "zoe"]);
        assert_eq!(about.iter().map(|(_, w)| w.as_str()).collect::<Vec<_>>(), ["amie", "de", "editrice", "histoire"]);
        assert_eq!(search_text(&words), " aubigne d zoe amie de editrice histoire");
    }
}
