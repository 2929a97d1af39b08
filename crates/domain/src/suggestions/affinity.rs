use crate::members::fold;
use std::collections::HashMap;

/// What the themes two share can make of a score, at most.
const SHARED: f64 = 0.5;
/// What a theme that nobody else carries makes of a score when one offers it and the other looks for it.
const COMPLEMENT: f64 = 0.75;
/// As much as one theme nobody else carries: so that two whose only theme is a common one are not taken for twins.
const DOUBT: f64 = 1.0;

/// What somebody carries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carried<'a> {
    /// Plain interests with weights 0..=1; 0 is none.
    pub interests: &'a [(String, f64)],
    /// What they offer.
    pub offers: &'a [String],
    /// What they look for.
    pub looks_for: &'a [String],
}

impl Carried<'_> {
    /// Nothing: whom nobody can be suggested to.
    pub fn is_empty(&self) -> bool {
        self.offers.is_empty() && self.looks_for.is_empty() && self.interests.iter().all(|(_, weight)| *weight <= 0.0)
    }
}

/// How well another suits somebody, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Affinity {
    /// 0 (nothing speaks for it) to 1. The same seen from either side.
    pub score: f64,
    /// Interests they share, the rarest first, as the first writes them.
    pub shared: Vec<String>,
    /// What the other offers and the first looks for.
    pub offers: Vec<String>,
    /// What the other looks for and the first offers.
    pub looks_for: Vec<String>,
}

/// What an interest adds to the masses that [`combined`] compares, in the profile of one.
pub fn shared_weight(weight: f64, rarity: f64) -> f64 {
    weight.clamp(0.0, 1.0) * rarity
}

/// What a theme that one offers and the other looks for adds to the evidence of [`combined`].
pub fn complement(rarity: f64) -> f64 {
    -(-COMPLEMENT * rarity).ln_1p()
}

/// The score, from four sums: over the shared interests the lesser weight (`common`), over all interests of the one and of
/// the other (`mine`, `theirs`), and over the themes that one offers and the other looks for (`complements`).
///
/// The shared interests count by the weighted Jaccard index (Růžička, 1958) with weights by rarity: what is common, divided
/// by what either has; it is symmetric, and a theme added to both never lowers it. Each complementary pair is evidence by
/// itself, whatever else the two carry: evidences are combined as independent ones are, 1 − Π(1 − p) ("noisy or", Pearl,
/// 1988). For any theme, that one offers it and the other looks for it counts more than that both are interested in it.
pub fn combined(common: f64, mine: f64, theirs: f64, complements: f64) -> f64 {
    let either = (mine + theirs - common).max(common);
    let shared = SHARED * common / (either + DOUBT);
    (1.0 - (1.0 - shared) * (-complements).exp()).clamp(0.0, 1.0)
}

impl Affinity {
    /// Of `other` for `me`. `rarity` tells how rare a theme is ([`super::rarity`]), by the theme as it is compared
    /// ([`fold`]).
    pub fn between(me: Carried<'_>, other: Carried<'_>, rarity: impl Fn(&str) -> f64) -> Affinity {
        let (mine, theirs) = (weights(me), weights(other));
        let mass = |of: &HashMap<String, (f64, &str)>| -> f64 {
            of.iter().map(|(theme, (weight, _))| shared_weight(*weight, rarity(theme))).sum()
        };
        let (mut common, mut complements) = (0.0, 0.0);
        let mut shared = Vec::new();
        for (theme, (weight, shown)) in &mine {
            let Some((other, _)) = theirs.get(theme) else { continue };
            let rare = rarity(theme);
            common += shared_weight(weight.min(*other), rare);
            shared.push((rare, *shown));
        }
        let mut met = |wished: &[String], given: &[String]| {
            let given: Vec<String> = given.iter().map(|theme| fold(theme)).collect();
            let mut found: Vec<(f64, &str)> = Vec::new();
            for (theme, shown) in once(wished) {
                if given.contains(&theme) {
                    let rare = rarity(&theme);
                    complements += complement(rare);
                    found.push((rare, shown));
                }
            }
            rarest_first(found)
        };
        let offers = met(me.looks_for, other.offers);
        let looks_for = met(me.offers, other.looks_for);
        let score = combined(common, mass(&mine), mass(&theirs), complements);
        Affinity { score, shared: rarest_first(shared), offers, looks_for }
    }
}

/// Interests as they are compared, each once, with what is shown.
fn weights(of: Carried<'_>) -> HashMap<String, (f64, &str)> {
    let mut found: HashMap<String, (f64, &str)> = HashMap::with_capacity(of.interests.len());
    for (theme, weight) in of.interests.iter().filter(|(_, weight)| *weight > 0.0) {
        let known = found.entry(fold(theme)).or_insert((*weight, theme));
        known.0 = known.0.max(*weight);
    }
    found
}

fn once(themes: &[String]) -> HashMap<String, &str> {
    themes.iter().map(|theme| (fold(theme), theme.as_str())).collect()
}

fn rarest_first(mut found: Vec<(f64, &str)>) -> Vec<String> {
    found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.cmp(other)));
    found.into_iter().map(|(_, shown)| shown.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rarity;
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug, Default)]
    struct Person {
        interests: Vec<(String, f64)>,
        offers: Vec<String>,
        looks_for: Vec<String>,
    }

    impl Person {
        fn carried(&self) -> Carried<'_> {
            Carried { interests: &self.interests, offers: &self.offers, looks_for: &self.looks_for }
        }
    }

    fn name(theme: usize) -> String {
        format!("theme {theme}")
    }

    /// Theme 0 is carried by one of 1,000 members, theme 9 by 901.
    fn rare(theme: &str) -> f64 {
        let number: usize = theme.rsplit(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        rarity(1_000, 1 + number * 100)
    }

    fn of(interests: &[usize], offers: &[usize], looks_for: &[usize]) -> Person {
        let named = |themes: &[usize]| themes.iter().map(|t| name(*t)).collect();
        Person {
            interests: interests.iter().map(|t| (name(*t), 1.0)).collect(),
            offers: named(offers),
            looks_for: named(looks_for),
        }
    }

    fn between(one: &Person, other: &Person) -> Affinity {
        Affinity::between(one.carried(), other.carried(), rare)
    }

    fn person() -> impl Strategy<Value = Person> {
        let themes = || prop::collection::vec(0..10_usize, 0..5);
        let weighted = prop::collection::vec((0..10_usize, 0.0..=1.0_f64), 0..6);
        (weighted, themes(), themes()).prop_map(|(interests, offers, looks_for)| Person {
            interests: interests.into_iter().map(|(theme, weight)| (name(theme), weight)).collect(),
            offers: offers.into_iter().map(name).collect(),
            looks_for: looks_for.into_iter().map(name).collect(),
        })
    }

    #[test]
    fn reasons_are_as_one_writes_them_the_rarest_first() {
        let mut me = of(&[9, 1], &[3], &[5]);
        me.interests.push(("Économie 2".to_owned(), 0.5));
        let mut other = of(&[1, 9, 4], &[5, 7], &[3, 8]);
        other.interests.push(("ECONOMIE 2".to_owned(), 1.0));
        let found = between(&me, &other);
        assert_eq!(found.shared, ["theme 1", "Économie 2", "theme 9"]);
        assert_eq!((found.offers, found.looks_for), (vec![name(5)], vec![name(3)]));
    }

    #[test]
    fn nothing_in_common_is_0() {
        assert_eq!(between(&of(&[1], &[2], &[3]), &of(&[4], &[2], &[3])), Affinity::default());
        assert!(of(&[], &[], &[]).carried().is_empty() && !of(&[], &[1], &[]).carried().is_empty());
    }

    proptest! {
        #[test]
        fn from_0_to_1_and_the_same_from_either_side(one in person(), other in person()) {
            let (there, back) = (between(&one, &other), between(&other, &one));
            prop_assert!((0.0..=1.0).contains(&there.score));
            prop_assert!((there.score - back.score).abs() < 1e-9);
            prop_assert_eq!(there.offers, back.looks_for);
            prop_assert_eq!(there.shared.len(), back.shared.len());
            prop_assert_eq!(there.score > 0.0, back.score > 0.0);
        }

        /// One more theme that both are interested in, or that one offers and the other looks for, never lowers it.
        #[test]
        fn more_in_common_is_never_less(one in person(), other in person(), theme in 10..20_usize) {
            let before = between(&one, &other).score;
            let (mut a, mut b) = (one.clone(), other.clone());
            a.interests.push((name(theme), 1.0));
            b.interests.push((name(theme), 1.0));
            prop_assert!(between(&a, &b).score >= before - 1e-12);
            let (mut a, mut b) = (one, other);
            a.offers.push(name(theme));
            b.looks_for.push(name(theme));
            prop_assert!(between(&a, &b).score >= before - 1e-12);
        }

        /// All else alike, a rarer theme is worth more; and one that is offered and looked for more than a shared one.
        #[test]
        fn rare_before_common_and_complementary_before_shared(few in 0..10_usize, many in 0..10_usize) {
            prop_assume!(few < many);
            let share = |theme| between(&of(&[theme], &[], &[]), &of(&[theme], &[], &[])).score;
            let meet = |theme| between(&of(&[], &[theme], &[]), &of(&[], &[], &[theme])).score;
            prop_assert!(share(few) > share(many) && meet(few) > meet(many));
            prop_assert!(meet(few) > share(few) && meet(many) > share(many));
        }
    }
}
