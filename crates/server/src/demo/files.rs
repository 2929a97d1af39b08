//! The files of the demonstration website, carried inside the binary.

macro_rules! embedded {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../demo/", $folder, $name)))),+]
    };
}

/// The style sheet.
pub const STYLE: &str = include_str!("../../demo/site.css");
/// The script.
pub const SCRIPT: &str = include_str!("../../demo/site.js");

type Files = &'static [(&'static str, &'static str)];

const ART: Files = embedded!("art/": "blocks.svg", "bolt.svg", "book.svg", "bubble.svg", "column.svg", "comb.svg", "dice.svg",
    "eye.svg", "flask.svg", "gear.svg", "hand.svg", "leaf.svg", "map.svg", "mark.svg", "planet.svg", "scroll.svg", "star.svg",
    "wave.svg");
const FRENCH: Files = embedded!("pages/fr/": "layout.html", "home.html", "programme.html", "exhibitors.html",
    "participants.html", "hall.html", "messages.html", "contact.html", "enter.html");
const ENGLISH: Files = embedded!("pages/en/": "layout.html", "home.html", "programme.html", "exhibitors.html",
    "participants.html", "hall.html", "messages.html", "contact.html", "enter.html");

fn find(files: Files, name: &str) -> Option<&'static str> {
    files.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A drawing.
pub fn art(name: &str) -> Option<&'static str> {
    find(ART, name)
}

/// A page in a language, or the layout around all of them.
pub fn page(french: bool, name: &str) -> &'static str {
    find(if french { FRENCH } else { ENGLISH }, name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_keep_to_their_strict_policy() {
        for (name, text) in FRENCH.iter().chain(ENGLISH) {
            let is_handler = |rest: &str| {
                rest.split_once('=').is_some_and(|(event, _)| event.bytes().all(|b| b.is_ascii_lowercase()))
            };
            let inline_script =
                text.split("<script").skip(1).any(|rest| !rest.split('>').next().unwrap_or_default().contains("src="));
            assert!(!text.contains(" style=") && !text.contains("<style"), "{name}: style inside");
            assert!(!inline_script && !text.split(" on").skip(1).any(is_handler), "{name}: script inside");
            assert!(!text.contains("http://") && !text.contains("https://"), "{name}: needs the network");
        }
        assert!(!STYLE.contains("@import") && !STYLE.contains("url("));
    }

    #[test]
    fn the_languages_have_the_same_pages() {
        let names = |files: Files| files.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(names(FRENCH), names(ENGLISH));
        for (name, text) in FRENCH {
            let places = |text: &str| text.matches("{{").count();
            assert_eq!(places(text), places(page(false, name)), "{name}");
        }
    }
}
