//! How good suggestions are, on made-up people with known affinities.

use super::crowd::{CIRCLES, Dice, Person, crowd};
use domain::suggestions::Affinity;
use parvis::suggestions::Index;

const PEOPLE: usize = 1_200;
const VIEWERS: usize = 40;
const BEST: usize = 10;

/// Of the ten that the index finds, the share that an exhaustive, exact computation puts among its ten best (those that
/// score as much as the tenth count alike).
fn precision(index: &mut Index, people: &[Person], viewer: &Person) -> f64 {
    let exact =
        |other: &Person| Affinity::between(viewer.carried(), other.carried(), |theme| index.rarity_of(theme)).score;
    let scores: Vec<(i64, f64)> = people.iter().filter(|p| p.id != viewer.id).map(|p| (p.id, exact(p))).collect();
    let mut best: Vec<f64> = scores.iter().map(|(_, score)| *score).collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let tenth = best[BEST - 1];
    let found = index.best(&viewer.carrier(), BEST, |_, _| true);
    assert!(found.is_sorted_by(|(_, a), (_, b)| a >= b));
    let right = |id: i64| scores.iter().any(|(one, score)| *one == id && *score >= tenth - 1e-6);
    found.iter().filter(|(id, _)| right(*id)).count() as f64 / BEST as f64
}

fn mean(all: impl Iterator<Item = f64>) -> f64 {
    let all: Vec<f64> = all.collect();
    all.iter().sum::<f64>() / all.len() as f64
}

#[test]
fn the_index_finds_whom_an_exhaustive_computation_finds() {
    let mut people = crowd(PEOPLE);
    let mut index = Index::of(people.iter().map(Person::carrier));
    let whole = mean(people[..VIEWERS].iter().map(|viewer| precision(&mut index, &people, viewer)));
    assert!(whole > 0.999, "{whole}");
    // One in a hundred changes what they carry: how rare themes are is not worked out again yet.
    let mut dice = Dice(99);
    for at in (0..PEOPLE).step_by(100) {
        people[at] = Person::thrown(people[at].id, &mut dice);
        index.put(people[at].carrier());
    }
    let changed = mean(people[..VIEWERS].iter().map(|viewer| precision(&mut index, &people, viewer)));
    assert!(changed >= 0.97, "{changed}");
    println!("precision at {BEST}: {whole:.3}; after changes {changed:.3}");
}

#[test]
fn those_who_are_found_are_of_ones_own_circle() {
    let people = crowd(PEOPLE);
    let mut index = Index::of(people.iter().map(Person::carrier));
    let of_circle = |viewer: &Person| {
        let found = index.best(&viewer.carrier(), BEST, |_, _| true);
        found.iter().filter(|(id, _)| people[*id as usize].circle == viewer.circle).count() as f64 / BEST as f64
    };
    let share = mean(people.iter().map(of_circle));
    assert!(share > 0.85, "{share}, and {} by chance", 1.0 / CIRCLES as f64);
    println!("of one's own circle: {share:.3}");
}

/// Whatever came and went: as if made anew.
#[test]
fn changes_leave_what_a_new_index_has() {
    let mut dice = Dice(3);
    let mut people = crowd(200);
    let mut index = Index::of(people.iter().map(Person::carrier));
    for _ in 0..600 {
        let at = dice.below(200) as usize;
        let mut new = Person::thrown(at as i64, &mut dice);
        if dice.below(4) == 0 {
            (new.interests, new.offers, new.looks_for) = (Vec::new(), Vec::new(), Vec::new());
        }
        people[at] = new;
        index.put(people[at].carrier());
    }
    let mut fresh = Index::of(people.iter().map(Person::carrier));
    assert_eq!(index.len(), fresh.len());
    for person in &people {
        for theme in person.offers.iter().map(|theme| domain::members::fold(theme)) {
            assert_eq!(index.rarity_of(&theme), fresh.rarity_of(&theme));
        }
    }
    // The last changes may not be weighed yet; one more member in 64 is.
    for person in people.iter().take(8) {
        index.put(person.carrier());
    }
    for viewer in people.iter().take(50) {
        let ids = |index: &mut Index| {
            let found = index.best(&viewer.carrier(), 200, |_, _| true);
            found.into_iter().map(|(id, _)| id).collect::<std::collections::BTreeSet<i64>>()
        };
        assert_eq!(ids(&mut index), ids(&mut fresh), "{}", viewer.id);
    }
}
