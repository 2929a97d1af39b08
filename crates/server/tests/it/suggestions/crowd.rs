//! People who were made up, with known affinities: each belongs to a circle, and most of what they carry is of its themes.

use domain::suggestions::Carried;
use parvis::suggestions::Carrier;

/// Themes in all; some are carried by many, most by few.
pub const THEMES: u64 = 200;
/// Circles, with as many themes of their own each.
pub const CIRCLES: u64 = 20;
/// Of a hundred themes of a person so many are of their circle.
const OWN: u64 = 80;

/// The same throws for the same seed (SplitMix64, Steele et al. 2014).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}

pub struct Person {
    pub id: i64,
    #[allow(dead_code, reason = "the benchmark does not look at it")]
    pub circle: u64,
    pub interests: Vec<(String, f64)>,
    pub offers: Vec<String>,
    pub looks_for: Vec<String>,
}

impl Person {
    /// Two to ten interests, up to three themes offered and looked for.
    pub fn thrown(id: i64, dice: &mut Dice) -> Person {
        let circle = dice.below(CIRCLES);
        let mut themes = |most: u64, least: u64| {
            let mut found: Vec<u64> = (0..least + dice.below(most - least + 1)).map(|_| theme(circle, dice)).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let interests = themes(10, 2);
        let (offers, looks_for) = (themes(3, 0), themes(3, 0));
        let named = |themes: Vec<u64>| themes.into_iter().map(name).collect();
        let interests = interests.into_iter().map(|theme| (name(theme), (1 + dice.below(4)) as f64 / 4.0)).collect();
        Person { id, circle, interests, offers: named(offers), looks_for: named(looks_for) }
    }

    pub fn carried(&self) -> Carried<'_> {
        Carried { interests: &self.interests, offers: &self.offers, looks_for: &self.looks_for }
    }

    pub fn carrier(&self) -> Carrier {
        Carrier::new(self.id, 0, true, self.carried())
    }
}

fn name(theme: u64) -> String {
    format!("Thème {theme}")
}

/// Of the circle's own themes, or any; the lesser of two throws, so that some are common and others rare.
fn theme(circle: u64, dice: &mut Dice) -> u64 {
    let of_each = THEMES / CIRCLES;
    if dice.below(100) < OWN {
        circle * of_each + dice.below(of_each).min(dice.below(of_each))
    } else {
        dice.below(THEMES).min(dice.below(THEMES))
    }
}

pub fn crowd(size: usize) -> Vec<Person> {
    let mut dice = Dice(7);
    (0..size).map(|id| Person::thrown(id as i64, &mut dice)).collect()
}
