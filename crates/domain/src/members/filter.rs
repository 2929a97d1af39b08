//! Filters over the members of a site: what a saved view keeps, and what makes a segment.

use super::search::fold;
use std::collections::BTreeMap;

/// A filter. Every condition that is given must hold; within one, any of its values will do. An empty filter is
/// everybody. Values are compared without case or accents, populations by their slug.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these populations (slugs).
    pub populations: Vec<String>,
    /// With one of these badges.
    pub badges: Vec<String>,
    /// With one of these interests.
    pub interests: Vec<String>,
    /// Found by these folded words, each the beginning of a word of the profile.
    pub words: Vec<String>,
    /// For each of these attributes, one of these values.
    pub attributes: BTreeMap<String, Vec<String>>,
}

/// What a filter looks at in a member.
#[derive(Clone, Copy, Debug)]
pub struct Described<'a> {
    /// Slugs of the populations.
    pub populations: &'a [String],
    /// What highlights them.
    pub badges: &'a [String],
    /// Themes with weights.
    pub interests: &'a [(String, f64)],
    /// As [`super::search_text`] makes it.
    pub search_text: &'a str,
    /// What the website declared of them.
    pub attributes: &'a BTreeMap<String, Vec<String>>,
}

impl Filter {
    /// Whether a member is among those it describes.
    pub fn matches(&self, who: &Described<'_>) -> bool {
        let in_population = self.populations.is_empty() || self.populations.iter().any(|p| who.populations.contains(p));
        in_population
            && any_of(&self.badges, who.badges.iter())
            && any_of(&self.interests, who.interests.iter().map(|(theme, _)| theme))
            && self.words.iter().all(|word| who.search_text.contains(&format!(" {word}")))
            && self.attributes.iter().all(|(key, values)| {
                let declared = who.attributes.get(key).map(Vec::as_slice).unwrap_or_default();
                !values.is_empty() && any_of(values, declared.iter())
            })
    }
}

fn any_of<'a>(wanted: &[String], mut given: impl Iterator<Item = &'a String>) -> bool {
    wanted.is_empty() || given.any(|one| wanted.iter().any(|value| fold(value) == fold(one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn every_condition_must_hold_and_any_of_its_values_will_do() {
        let (populations, badges) = (texts(&["visitors"]), texts(&["Énergie"]));
        let interests = [("Bois".to_owned(), 1.0)];
        let attributes = BTreeMap::from([("sector".to_owned(), texts(&["Wood", "Paper"]))]);
        let who = Described {
            populations: &populations,
            badges: &badges,
            interests: &interests,
            search_text: " ana bois",
            attributes: &attributes,
        };
        assert!(Filter::default().matches(&who));
        let of_sector = |value: &str| BTreeMap::from([("sector".to_owned(), texts(&["Steel", value]))]);
        let all = Filter {
            populations: texts(&["press", "visitors"]),
            badges: texts(&["energie"]),
            interests: texts(&["BOIS"]),
            words: texts(&["an"]),
            attributes: of_sector("paper"),
        };
        assert!(all.matches(&who));
        let not = [
            Filter { populations: texts(&["press"]), ..all.clone() },
            Filter { badges: texts(&["Eau"]), ..all.clone() },
            Filter { interests: texts(&["Fer"]), ..all.clone() },
            Filter { words: texts(&["an", "na"]), ..all.clone() },
            Filter { attributes: of_sector("Oil"), ..all.clone() },
        ];
        assert!(not.iter().all(|filter| !filter.matches(&who)));
    }
}
