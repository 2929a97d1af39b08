//! Portraits of people who don't exist: a friendly face of plain shapes, drawn from a seed.
//!
//! The same seed and hints give the same picture for ever. What the hints don't say, the seed decides.

mod hair;

pub use hair::STYLES;

use std::fmt::Write;

/// Skin, from pale to dark.
const SKINS: [(&str, &str); 6] = [
    ("pale", "#f8d9c4"),
    ("light", "#f0c09c"),
    ("tan", "#dda378"),
    ("brown", "#b97a50"),
    ("deep", "#8d5837"),
    ("dark", "#643c27"),
];
/// Hair.
const HAIRS: [(&str, &str); 8] = [
    ("black", "#221d22"),
    ("espresso", "#3d2b25"),
    ("chestnut", "#6d412a"),
    ("auburn", "#8f4026"),
    ("ginger", "#c8632c"),
    ("blond", "#dcae5f"),
    ("grey", "#98999f"),
    ("white", "#dedce0"),
];
/// Behind: a ground and a lighter shape on it.
const GROUNDS: [(&str, &str); 9] = [
    ("#f7c948", "#fbdd83"),
    ("#f4866b", "#f8a893"),
    ("#7fc4b8", "#a5d8cf"),
    ("#8fb7e8", "#b3cff0"),
    ("#c3a6e3", "#d8c4ee"),
    ("#f3a6bb", "#f8c4d2"),
    ("#a9cc72", "#c5dd9d"),
    ("#e9b184", "#f2cba9"),
    ("#6fa8a0", "#93c1ba"),
];
const CLOTHES: [&str; 9] =
    ["#24395f", "#0d6457", "#b23a2e", "#efe7da", "#5a3d78", "#2f2f3a", "#d98a1f", "#3d6fb4", "#7a4a36"];

/// What is said of a face, in words separated by spaces: a skin, a hair colour, a hair style, `beard`, `stubble`,
/// `moustache`, `glasses`, `earrings`.
struct Look {
    skin: &'static str,
    hair: &'static str,
    style: &'static str,
    beard: bool,
    stubble: bool,
    moustache: bool,
    glasses: bool,
    earrings: bool,
}

/// Whether a word of a hint means something.
pub fn knows(word: &str) -> bool {
    let extras = ["beard", "stubble", "moustache", "glasses", "earrings"];
    named(&SKINS, word).is_some() || named(&HAIRS, word).is_some() || STYLES.contains(&word) || extras.contains(&word)
}

fn named(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    table.iter().find(|(name, _)| *name == word).map(|(_, colour)| *colour)
}

/// Numbers that look like chance and depend on the seed alone (splitmix64 over FNV-1a).
struct Chance(u64);

impl Chance {
    fn new(seed: &str) -> Chance {
        Chance(
            seed.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)),
        )
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound.max(1) as u64).unwrap_or(0)
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

impl Look {
    fn of(hints: &str, chance: &mut Chance) -> Look {
        let said = |word: &str| hints.split_whitespace().any(|hint| hint == word);
        let skin = hints.split_whitespace().find_map(|word| named(&SKINS, word));
        let hair = hints.split_whitespace().find_map(|word| named(&HAIRS, word));
        let style = STYLES.into_iter().find(|style| said(style));
        // Each is drawn whatever was said, so that a hint changes nothing else.
        let (any_skin, any_hair, any_style) = (chance.of(&SKINS).1, chance.of(&HAIRS).1, chance.of(&STYLES));
        let (any_glasses, any_earrings) = (chance.below(4) == 0, chance.below(4) == 0);
        let left_open = hints.is_empty();
        Look {
            skin: skin.unwrap_or(any_skin),
            hair: hair.unwrap_or(any_hair),
            style: style.unwrap_or(any_style),
            beard: said("beard"),
            stubble: said("stubble"),
            moustache: said("moustache"),
            glasses: said("glasses") || left_open && any_glasses,
            earrings: said("earrings") || left_open && any_earrings,
        }
    }
}

/// The portrait: an SVG of 100 × 100 units without any text, script or reference.
pub fn draw(seed: &str, hints: &str) -> String {
    let chance = &mut Chance::new(seed);
    let look = Look::of(hints, chance);
    let (ground, lighter) = chance.of(&GROUNDS);
    let clothes = chance.of(&CLOTHES);
    let cloth = chance.of(&CLOTHES);
    let hair_back = hair::back(look.style, look.hair, cloth);
    let mut svg = String::with_capacity(3_000);
    svg.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">");
    let _ = write!(svg, "<rect width=\"100\" height=\"100\" fill=\"{ground}\"/>");
    svg.push_str(&backdrop(chance.below(4), lighter));
    svg.push_str(&hair_back);
    svg.push_str(&body(chance.below(5), clothes, look.skin));
    svg.push_str(&head(look.skin, chance.below(3)));
    svg.push_str(&face(&look, chance));
    svg.push_str(&hair::front(look.style, look.hair, cloth));
    if look.earrings && look.style != "hijab" {
        svg.push_str(
            "<g fill=\"#f2c14e\"><circle cx=\"29.5\" cy=\"54\" r=\"2\"/><circle cx=\"70.5\" cy=\"54\" r=\"2\"/></g>",
        );
    }
    if look.glasses {
        svg.push_str(&glasses(chance.below(2)));
    }
    svg.push_str("</svg>");
    svg
}

fn backdrop(kind: usize, colour: &str) -> String {
    match kind {
        0 => format!("<circle cx=\"74\" cy=\"26\" r=\"38\" fill=\"{colour}\"/>"),
        1 => format!("<circle cx=\"50\" cy=\"50\" r=\"41\" fill=\"{colour}\"/>"),
        2 => format!("<path d=\"M0 62 100 18V100H0Z\" fill=\"{colour}\"/>"),
        _ => format!("<path d=\"M0 0H52A50 50 0 0 1 0 50Z\" fill=\"{colour}\"/>"),
    }
}

fn body(kind: usize, clothes: &str, skin: &str) -> String {
    let neck = shade(skin, 14);
    let dark = shade(clothes, 18);
    let shoulders =
        format!("<path d=\"M9 100C10 82 25 77 40 74 46 77 54 77 60 74 75 77 90 82 91 100Z\" fill=\"{clothes}\"/>");
    let throat = format!("<path d=\"M41 58H59V74C59 81 41 81 41 74Z\" fill=\"{neck}\"/>");
    match kind {
        0 => format!(
            "{shoulders}{throat}<path d=\"M41 73C43 82 57 82 59 73L62 74.600C60 86 40 86 38 74.600Z\" fill=\"{dark}\"/>"
        ),
        1 => format!(
            "{shoulders}{throat}<path d=\"M41 73 50 88 59 73C58 79 42 79 41 73Z\" fill=\"{neck}\"/>\
             <path d=\"M40 73.5 50 90 37 96 33 76Z\" fill=\"{dark}\"/><path d=\"M60 73.5 50 90 63 96 67 76Z\" fill=\"{dark}\"/>"
        ),
        2 => format!(
            "{shoulders}<path d=\"M40 74 50 100 60 74 57 71H43Z\" fill=\"#fbf8f3\"/>{throat}\
             <path d=\"M40 72 50 83 43 89 36 76Z\" fill=\"#fff\"/><path d=\"M60 72 50 83 57 89 64 76Z\" fill=\"#fff\"/>"
        ),
        3 => format!(
            "{shoulders}{throat}<path d=\"M39.5 66C43 71 57 71 60.5 66L62 77C58 82 42 82 38 77Z\" fill=\"{dark}\"/>"
        ),
        _ => format!(
            "{shoulders}{throat}<path d=\"M38 74C40 90 60 90 62 74L66 75.500C64 96 36 96 34 75.500Z\" fill=\"{dark}\"/>\
             <path d=\"M45 88V96M55 88V96\" stroke=\"#fbf8f3\" stroke-width=\"1.6\" stroke-linecap=\"round\"/>"
        ),
    }
}

fn head(skin: &str, shape: usize) -> String {
    let ear = shade(skin, 8);
    let skull = match shape {
        0 => "<ellipse cx=\"50\" cy=\"44\" rx=\"20\" ry=\"24\"/>",
        1 => "<path d=\"M30 40C30 26 38 20 50 20S70 26 70 40C70 56 64 68 50 68S30 56 30 40Z\"/>",
        _ => "<path d=\"M30 38C30 25 39 20 50 20S70 25 70 38V47C70 60 61 67 50 67S30 60 30 47Z\"/>",
    };
    format!(
        "<g fill=\"{ear}\"><circle cx=\"30\" cy=\"46.5\" r=\"4.4\"/><circle cx=\"70\" cy=\"46.5\" r=\"4.4\"/></g><g fill=\"{skin}\">{skull}</g>"
    )
}

fn face(look: &Look, chance: &mut Chance) -> String {
    let line = shade(look.skin, 42);
    let brow = if matches!(look.hair, "#dedce0" | "#98999f" | "#dcae5f") {
        shade(look.hair, 24)
    } else {
        look.hair.to_owned()
    };
    let cheeks = shade_towards(look.skin, "#e8604f", 22);
    let mut svg = String::new();
    svg.push_str(&beard(look));
    let eyes = match chance.below(3) {
        0 => "<circle cx=\"42\" cy=\"45\" r=\"2.3\"/><circle cx=\"58\" cy=\"45\" r=\"2.3\"/>",
        1 => "<ellipse cx=\"42\" cy=\"45\" rx=\"2\" ry=\"2.7\"/><ellipse cx=\"58\" cy=\"45\" rx=\"2\" ry=\"2.7\"/>",
        _ => {
            "<g fill=\"none\" stroke=\"#1f1a1c\" stroke-width=\"2.2\" stroke-linecap=\"round\"><path d=\"M39.2 45.800C40.5 43.2 43.5 43.2 44.8 45.8\"/><path d=\"M55.2 45.800C56.5 43.2 59.5 43.2 60.8 45.8\"/></g>"
        }
    };
    let _ = write!(svg, "<g fill=\"#1f1a1c\">{eyes}</g>");
    let _ = write!(
        svg,
        "<g fill=\"none\" stroke=\"{brow}\" stroke-width=\"1.9\" stroke-linecap=\"round\"><path d=\"M38 39.600C40 37.8 43.5 37.8 45.4 39\"/><path d=\"M54.6 39C56.5 37.8 60 37.8 62 39.6\"/></g>"
    );
    let nose = ["M50 46.500C49 50 48.2 51.5 50.6 52.2", "M48 51.500C49 53 51.2 53 52.2 51.5", "M50 45.500V51.500H52"];
    let _ = write!(
        svg,
        "<path d=\"{}\" fill=\"none\" stroke=\"{line}\" stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>",
        chance.of(&nose)
    );
    if !look.beard {
        let _ = write!(
            svg,
            "<g fill=\"{cheeks}\" opacity=\".55\"><circle cx=\"37\" cy=\"52.5\" r=\"3.4\"/><circle cx=\"63\" cy=\"52.5\" r=\"3.4\"/></g>"
        );
    }
    if look.moustache {
        let _ = write!(
            svg,
            "<path d=\"M50 54.500C46 52.5 41 54 40 57.5 44 59 48 58 50 56.5 52 58 56 59 60 57.5 59 54 54 52.5 50 54.500Z\" fill=\"{}\"/>",
            look.hair
        );
    }
    svg.push_str(&mouth(chance.below(3), look.beard || look.moustache));
    svg
}

fn mouth(kind: usize, low: bool) -> String {
    let y = if low { 60.0 } else { 57.5 };
    match kind {
        0 => format!(
            "<path d=\"M44 {y}C46 {0} 54 {0} 56 {y}\" fill=\"none\" stroke=\"#7d2b2b\" stroke-width=\"2\" stroke-linecap=\"round\"/>",
            y + 3.6
        ),
        1 => format!(
            "<path d=\"M43.5 {y}H56.500C56 {0} 44 {0} 43.5 {y}Z\" fill=\"#fff\" stroke=\"#7d2b2b\" stroke-width=\"1.2\" stroke-linejoin=\"round\"/>",
            y + 6.2
        ),
        _ => format!(
            "<path d=\"M45 {y}C47 {0} 53.5 {0} 56 {1}\" fill=\"none\" stroke=\"#7d2b2b\" stroke-width=\"2\" stroke-linecap=\"round\"/>",
            y + 3.0,
            y - 0.8
        ),
    }
}

fn beard(look: &Look) -> String {
    let shape = "M30 46C31 51 33 53 36 53.5 40 52.5 45 53.5 50 53.500S60 52.5 64 53.500C67 53 69 51 70 46 71 62 62 71.5 50 71.500S29 62 30 46Z";
    if look.beard {
        format!("<path d=\"{shape}\" fill=\"{}\"/>", look.hair)
    } else if look.stubble {
        format!("<path d=\"{shape}\" fill=\"{}\" opacity=\".28\"/>", look.hair)
    } else {
        String::new()
    }
}

fn glasses(kind: usize) -> String {
    let lenses = if kind == 0 {
        "<circle cx=\"41.5\" cy=\"45\" r=\"6.6\"/><circle cx=\"58.5\" cy=\"45\" r=\"6.6\"/>"
    } else {
        "<rect x=\"34.5\" y=\"39.8\" width=\"13.4\" height=\"10.4\" rx=\"3.4\"/><rect x=\"52.1\" y=\"39.8\" width=\"13.4\" height=\"10.4\" rx=\"3.4\"/>"
    };
    format!(
        "<g fill=\"#fff\" fill-opacity=\".18\" stroke=\"#2a2530\" stroke-width=\"1.7\">{lenses}<path d=\"M48 44.500C49 43.4 51 43.4 52 44.500M34.6 44 30.5 43M65.4 44 69.5 43\" fill=\"none\"/></g>"
    )
}

/// A colour made darker by so many percent.
pub(super) fn shade(colour: &str, percent: i64) -> String {
    shade_towards(colour, "#1a1016", percent)
}

fn shade_towards(colour: &str, other: &str, percent: i64) -> String {
    let channel =
        |text: &str, at: usize| text.get(at..at + 2).and_then(|hex| i64::from_str_radix(hex, 16).ok()).unwrap_or(0);
    let mixed = [1, 3, 5].map(|at| (channel(colour, at) * (100 - percent) + channel(other, at) * percent) / 100);
    format!("#{:02x}{:02x}{:02x}", mixed[0], mixed[1], mixed[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_same_seed_is_the_same_picture_and_others_differ() {
        let all: HashSet<String> = (0..200).map(|n| draw(&format!("person{n}"), "")).collect();
        assert_eq!(all.len(), 200);
        assert_eq!(draw("amina.diallo", "deep braids"), draw("amina.diallo", "deep braids"));
    }

    #[test]
    fn hints_are_followed_whatever_the_seed() {
        for n in 0..50 {
            let svg = draw(&format!("p{n}"), "dark grey beard short");
            assert!(svg.contains("#643c27") && svg.contains("#98999f"), "{svg}");
        }
    }

    #[test]
    fn pictures_are_small_whole_and_harmless() {
        for style in STYLES {
            let svg = draw(style, style);
            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>") && svg.len() < 6_000, "{style}: {}", svg.len());
            assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count(), "{style}");
            for word in ["script", "href", "url(", "NaN", "<text", "<style"] {
                assert!(!svg.contains(word), "{style}: {word}");
            }
        }
    }

    #[test]
    fn shades() {
        assert_eq!(shade("#ffffff", 0), "#ffffff");
        assert_eq!(shade("#ffffff", 100), "#1a1016");
    }
}
