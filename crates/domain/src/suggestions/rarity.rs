/// How much a theme tells of somebody, above 0 and up to 1: 1 when one member alone carries it, little when everybody
/// does. Inverse document frequency (Spärck Jones, "A statistical interpretation of term specificity", 1972) in its smooth
/// form ln(1 + N/n), divided by what one carrier among N would give.
pub fn rarity(members: usize, carriers: usize) -> f64 {
    let members = members.max(1) as f64;
    let carriers = (carriers.max(1) as f64).min(members);
    (members / carriers).ln_1p() / members.ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fewer_carry_it_the_more_it_tells(members in 1..200_000_usize, few in 0..200_000_usize, many in 0..200_000_usize) {
            let (few, many) = (few.min(many), many.max(few));
            let (rare, common) = (rarity(members, few), rarity(members, many));
            prop_assert!(common <= rare && common > 0.0 && rare <= 1.0);
        }
    }

    #[test]
    fn one_carrier_is_1() {
        assert!((rarity(1_000, 1) - 1.0).abs() < 1e-12);
        assert!((rarity(1, 1) - 1.0).abs() < 1e-12);
        assert!(rarity(1_000, 1_000) < 0.11);
    }
}
