//! Hair: what stands behind the head and what falls before it.

use super::shade;

/// The styles.
pub const STYLES: [&str; 16] = [
    "short", "quiff", "buzz", "bald", "receding", "long", "bob", "bun", "ponytail", "curly", "afro", "wavy", "braids",
    "hijab", "pixie", "flattop",
];

/// Close to the head, drawn back from the forehead.
const CAP: &str = "M29.5 45C26 25 38 16.5 50 16.500S74 25 70.5 45C69 36 62 27.5 50 27.500S31 36 29.5 45Z";

fn path(d: &str, fill: &str) -> String {
    format!("<path d=\"{d}\" fill=\"{fill}\"/>")
}

fn dots(places: &[(f64, f64, f64)], fill: &str) -> String {
    let circles: String = places.iter().map(|(x, y, r)| format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>")).collect();
    format!("<g fill=\"{fill}\">{circles}</g>")
}

/// Behind the shoulders and the head; `cloth` is the colour of a scarf.
pub fn back(style: &str, hair: &str, cloth: &str) -> String {
    let dark = shade(hair, 16);
    match style {
        "long" => path("M50 13C26 13 24 34 25 50 26 66 21 74 20 86H80C79 74 74 66 75 50 76 34 74 13 50 13Z", &dark),
        "bob" => path("M50 14C27 14 25 32 25 46 25 58 24 66 29 69H71C76 66 75 58 75 46 75 32 73 14 50 14Z", &dark),
        "bun" => format!("<circle cx=\"50\" cy=\"12\" r=\"9.5\" fill=\"{dark}\"/>"),
        "ponytail" => path("M62 17C84 16 90 40 81 70 78 74 73 70 74 64 76 50 72 38 64 30Z", &dark),
        "afro" => dots(&[(50.0, 32.0, 27.0), (29.0, 42.0, 11.0), (71.0, 42.0, 11.0)], &dark),
        "wavy" => path(
            "M50 13C30 12 24 26 26 38 22 44 26 50 23 57 20 65 26 70 24 78 34 84 66 84 76 78 74 70 80 65 77 57 74 50 78 44 74 38 76 26 70 12 50 13Z",
            &dark,
        ),
        "braids" => {
            let mut places = vec![(50.0, 34.0, 22.0)];
            for step in 0..6 {
                let y = 50.0 + f64::from(step) * 6.5;
                places.push((25.5 - f64::from(step) * 0.4, y, 4.4));
                places.push((74.5 + f64::from(step) * 0.4, y, 4.4));
            }
            dots(&places, &dark)
        }
        "hijab" => path(
            "M50 12C25 12 21 36 23 54 24 68 17 78 16 90H84C83 78 76 68 77 54 79 36 75 12 50 12Z",
            &shade(cloth, 14),
        ),
        _ => String::new(),
    }
}

/// Before the head.
pub fn front(style: &str, hair: &str, cloth: &str) -> String {
    match style {
        "short" => path(
            "M29 45C25.5 23 38 15.5 51 15.5 64 15.5 74 24 71 45 69.5 39 68 35 64.5 31.5 56 34.5 43 34 36.5 29.5 32 33.5 30.5 38 29 45Z",
            hair,
        ),
        "quiff" => path(
            "M29 44C24 27 33 12 53 11.5 70 11 76 25 71 44 70.5 36 68 32 64 28.5 55 33 47 26 40.5 26.5 33.5 29 31 36 29 44Z",
            hair,
        ),
        "buzz" => format!("<path d=\"{CAP}\" fill=\"{hair}\" opacity=\".82\"/>"),
        "flattop" => path("M30.5 42 30 18C31 11.5 69 11.5 70 18L69.5 42C68 33 62 29 50 29S32 33 30.5 42Z", hair),
        "receding" => {
            path("M29.5 48C26 36 29 26 37.5 21.5 35 28 35 34 33 38.5 31.5 42 30.5 45 29.5 48Z", hair)
                + &path("M70.5 48C74 36 71 26 62.5 21.5 65 28 65 34 67 38.5 68.5 42 69.5 45 70.5 48Z", hair)
        }
        "long" => path("M29 52C26 30 34 20 46 17.5 60 15 74 24 71 52 69.5 42 63 36 52 25 46 34 33 38 29 52Z", hair),
        "bob" => path(
            "M28.5 54C25 26 36 15.5 50 15.500S75 26 71.5 54C70.5 47 69.5 42 68 37.5 58 39.5 42 39.5 32 37.5 30.5 42 29.5 47 28.5 54Z",
            hair,
        ),
        "bun" | "ponytail" => path(CAP, hair),
        "wavy" => path(
            "M29 52C25 30 32 16 50 15.5 68 15 75 30 71 52 70.5 44 68 38 61 30 55 37 37 34 33 41 30.5 45 30 48 29 52Z",
            hair,
        ),
        "pixie" => path(
            "M29 48C24.5 22 40 13 54 15 69 17 74 30 71 46 69.5 41 68 37 64.5 33 55 37.5 42 35 37 41.5 34 43 31 46 29 48Z",
            hair,
        ),
        "braids" => {
            path(CAP, hair)
                + &format!(
                    "<path d=\"M50 17V27.500M41 19.5 42 28.500M59 19.5 58 28.5\" stroke=\"{}\" stroke-width=\"1.3\" stroke-linecap=\"round\"/>",
                    shade(hair, 40)
                )
        }
        "curly" => dots(
            &[
                (31.0, 36.0, 5.6),
                (33.0, 28.0, 6.4),
                (39.0, 21.5, 6.8),
                (47.0, 18.0, 7.2),
                (55.0, 18.5, 7.2),
                (62.5, 22.0, 6.8),
                (68.0, 28.5, 6.2),
                (69.5, 36.5, 5.4),
                (43.0, 26.0, 6.0),
                (51.0, 25.5, 6.2),
                (59.0, 27.0, 5.6),
                (36.0, 30.0, 5.0),
            ],
            hair,
        ),
        "afro" => dots(
            &[
                (30.0, 33.0, 6.0),
                (34.0, 25.0, 7.5),
                (42.0, 21.0, 8.0),
                (50.0, 19.5, 8.0),
                (58.0, 21.0, 8.0),
                (66.0, 25.0, 7.5),
                (70.0, 33.0, 6.0),
                (46.0, 24.0, 6.5),
                (54.0, 24.0, 6.5),
            ],
            hair,
        ),
        "hijab" => format!(
            "<path fill-rule=\"evenodd\" d=\"M50 13C27 13 23 34 25 52 26 66 34 80 50 84 66 80 74 66 75 52 77 34 73 13 50 13ZM50 25C61 25 66.5 33 66.5 45S59 66.5 50 66.5 33.5 57 33.5 45 39 25 50 25Z\" fill=\"{cloth}\"/>\
             <path d=\"M34 62C44 76 58 76 70 64\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-linecap=\"round\"/>",
            shade(cloth, 22)
        ),
        _ => String::new(),
    }
}
