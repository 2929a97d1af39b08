//! Who carries which theme on a site, and the members who suit somebody best: what `domain::suggestions` says of two,
//! for all of a site at once. Only members with a theme in common are ever looked at.

use crate::members::Member;
use domain::members::fold;
use domain::suggestions::{Carried, combined, complement, rarity, shared_weight};
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

/// How rare themes are is worked out again when one in so many members changed; what a member carries counts at once.
const WEIGHED_EVERY: usize = 64;

/// A member as the index knows them.
#[derive(Clone, Debug, Default)]
pub struct Carrier {
    /// Ours.
    pub id: i64,
    /// Who they are as far as contact rules can tell.
    pub class: i64,
    /// Whether they can be suggested to those whom the rules let start: they may chat and can be contacted.
    pub open: bool,
    interests: Vec<(String, f32)>,
    offers: Vec<String>,
    looks_for: Vec<String>,
}

impl Carrier {
    /// A member as they are now; whoever was deleted carries nothing.
    pub fn of(member: &Member) -> Carrier {
        let open = member.chat_enabled && member.profile.contactable && !member.is_erased();
        Carrier::new(member.id, member.class, open, carried(member))
    }

    /// Somebody who carries this.
    pub fn new(id: i64, class: i64, open: bool, carried: Carried<'_>) -> Carrier {
        let mut interests: Vec<(String, f32)> = Vec::with_capacity(carried.interests.len());
        for (theme, weight) in carried.interests.iter().filter(|(_, weight)| *weight > 0.0) {
            let (theme, weight) = (fold(theme), *weight as f32);
            match interests.iter_mut().find(|(known, _)| *known == theme) {
                Some((_, known)) => *known = known.max(weight),
                None => interests.push((theme, weight)),
            }
        }
        let once = |themes: &[String]| {
            let mut themes: Vec<String> = themes.iter().map(|theme| fold(theme)).collect();
            themes.sort_unstable();
            themes.dedup();
            themes
        };
        Carrier { id, class, open, interests, offers: once(carried.offers), looks_for: once(carried.looks_for) }
    }

    fn is_empty(&self) -> bool {
        self.interests.is_empty() && self.offers.is_empty() && self.looks_for.is_empty()
    }
}

/// What a member carries.
pub(super) fn carried(member: &Member) -> Carried<'_> {
    let profile = &member.profile;
    Carried { interests: &profile.interests, offers: &profile.offers, looks_for: &profile.looks_for }
}

/// A theme, and who carries it (places in [`Index::places`]).
#[derive(Default)]
struct Theme {
    interested: Vec<(u32, f32)>,
    offering: Vec<u32>,
    looking: Vec<u32>,
    /// How many members carry it, in whatever way.
    carriers: usize,
    rarity: f32,
    complement: f32,
}

#[derive(Default)]
struct Place {
    id: i64,
    class: i64,
    open: bool,
    interests: Box<[(u32, f32)]>,
    offers: Box<[u32]>,
    looks_for: Box<[u32]>,
}

impl Place {
    /// The themes carried, each once.
    fn themes(&self) -> Vec<u32> {
        let interests = self.interests.iter().map(|(theme, _)| *theme);
        let mut all: Vec<u32> = interests.chain(self.offers.iter().chain(&self.looks_for).copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The themes of a site and who carries them.
#[derive(Default)]
pub struct Index {
    numbers: HashMap<Box<str>, u32>,
    themes: Vec<Theme>,
    unused_themes: Vec<u32>,
    by_id: HashMap<i64, u32>,
    places: Vec<Place>,
    /// By place, what the interests weigh: beside `found`, so that most of a question needs no more of anybody.
    masses: Vec<f32>,
    unused_places: Vec<u32>,
    changed: usize,
    /// Of a question, by place: what is common, and what complements. All zero between questions.
    found: Vec<(f32, f32)>,
    touched: Vec<u32>,
}

/// Somebody who was found; the better is the greater, of equals the one who has been here longer.
#[derive(PartialEq)]
struct Found {
    score: f64,
    place: u32,
    id: i64,
}

impl Eq for Found {}

impl Ord for Found {
    fn cmp(&self, other: &Found) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Found) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Index {
    /// An index of these members.
    pub fn of(carriers: impl IntoIterator<Item = Carrier>) -> Index {
        let mut index = Index::default();
        carriers.into_iter().for_each(|carrier| index.add(carrier));
        index.weigh();
        index
    }

    /// How many members carry something.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether nobody carries anything.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// This is what a member carries from now on.
    pub fn put(&mut self, carrier: Carrier) {
        let known = self.remove(carrier.id);
        if !known && carrier.is_empty() {
            return;
        }
        self.add(carrier);
        self.changed += 1;
        if self.changed * WEIGHED_EVERY >= self.len() {
            self.weigh();
        }
    }

    /// Adds one who is not there; how rare themes are is to be worked out afterwards.
    pub(super) fn add(&mut self, carrier: Carrier) {
        if carrier.is_empty() {
            return;
        }
        let place = self.unused_places.pop().unwrap_or_else(|| {
            self.places.push(Place::default());
            self.masses.push(0.0);
            self.found.push((0.0, 0.0));
            u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
        });
        let interests: Box<[(u32, f32)]> =
            carrier.interests.iter().map(|(theme, weight)| (self.number(theme), *weight)).collect();
        let offers: Box<[u32]> = carrier.offers.iter().map(|theme| self.number(theme)).collect();
        let looks_for: Box<[u32]> = carrier.looks_for.iter().map(|theme| self.number(theme)).collect();
        for (theme, weight) in &interests {
            self.themes[*theme as usize].interested.push((place, *weight));
        }
        for theme in &offers {
            self.themes[*theme as usize].offering.push(place);
        }
        for theme in &looks_for {
            self.themes[*theme as usize].looking.push(place);
        }
        let new = Place { id: carrier.id, class: carrier.class, open: carrier.open, interests, offers, looks_for };
        for theme in new.themes() {
            self.themes[theme as usize].carriers += 1;
        }
        self.masses[place as usize] = self.mass(&new.interests);
        self.places[place as usize] = new;
        self.by_id.insert(carrier.id, place);
    }

    fn number(&mut self, theme: &str) -> u32 {
        if let Some(number) = self.numbers.get(theme) {
            return *number;
        }
        let number = self.unused_themes.pop().unwrap_or_else(|| {
            self.themes.push(Theme::default());
            u32::try_from(self.themes.len() - 1).unwrap_or(u32::MAX)
        });
        self.themes[number as usize] = Theme { rarity: 1.0, complement: complement(1.0) as f32, ..Theme::default() };
        self.numbers.insert(theme.into(), number);
        number
    }

    fn mass(&self, interests: &[(u32, f32)]) -> f32 {
        let weight = |(theme, weight): &(u32, f32)| weight * self.themes[*theme as usize].rarity;
        interests.iter().map(weight).sum()
    }

    fn remove(&mut self, id: i64) -> bool {
        let Some(place) = self.by_id.remove(&id) else { return false };
        let gone = std::mem::take(&mut self.places[place as usize]);
        for (theme, _) in &gone.interests {
            let list = &mut self.themes[*theme as usize].interested;
            list.iter().position(|(other, _)| *other == place).map(|at| list.swap_remove(at));
        }
        for (themes, offering) in [(&gone.offers, true), (&gone.looks_for, false)] {
            for theme in themes {
                let theme = &mut self.themes[*theme as usize];
                let list = if offering { &mut theme.offering } else { &mut theme.looking };
                list.iter().position(|other| *other == place).map(|at| list.swap_remove(at));
            }
        }
        let mut unused = false;
        for theme in gone.themes() {
            self.themes[theme as usize].carriers -= 1;
            unused |= self.themes[theme as usize].carriers == 0;
        }
        if unused {
            let (numbers, themes) = (&mut self.numbers, &mut self.themes);
            numbers.retain(|_, number| {
                let used = themes[*number as usize].carriers > 0;
                if !used {
                    themes[*number as usize] = Theme::default();
                    self.unused_themes.push(*number);
                }
                used
            });
        }
        self.unused_places.push(place);
        true
    }

    /// Works out how rare the themes are now.
    pub(super) fn weigh(&mut self) {
        let members = self.len();
        for theme in &mut self.themes {
            let rare = rarity(members, theme.carriers);
            (theme.rarity, theme.complement) = (rare as f32, complement(rare) as f32);
        }
        for at in 0..self.places.len() {
            self.masses[at] = self.mass(&self.places[at].interests);
        }
        self.changed = 0;
    }

    /// How rare a theme is now, as it is compared ([`fold`]).
    pub fn rarity_of(&self, theme: &str) -> f64 {
        let carriers = self.numbers.get(theme).map_or(0, |number| self.themes[*number as usize].carriers);
        rarity(self.len(), carriers)
    }

    /// The members who suit somebody best, best first, of those who are open and whom `may` lets pass (by id and class):
    /// id and score.
    pub fn best(&mut self, me: &Carrier, most: usize, may: impl Fn(i64, i64) -> bool) -> Vec<(i64, f64)> {
        let mine = self.gather(me);
        let mut best: BinaryHeap<Reverse<Found>> = BinaryHeap::with_capacity(most + 1);
        let mut least = 0.0;
        for place in &self.touched {
            let (common, complements) = std::mem::take(&mut self.found[*place as usize]);
            let mass = self.masses[*place as usize];
            let score = combined(common.into(), mine, mass.into(), complements.into());
            // A weight too small to count is nothing in common; so is whoever was found by two such, the second time.
            if score <= 0.0 || score < least {
                continue;
            }
            let other = &self.places[*place as usize];
            if !other.open || other.id == me.id {
                continue;
            }
            let found = Found { score, place: *place, id: other.id };
            let full = best.len() >= most;
            if full && best.peek().is_none_or(|Reverse(least)| found <= *least) {
                continue;
            }
            if may(other.id, other.class) {
                if full {
                    best.pop();
                }
                best.push(Reverse(found));
                if best.len() >= most {
                    least = best.peek().map_or(0.0, |Reverse(least)| least.score);
                }
            }
        }
        self.touched.clear();
        best.into_sorted_vec().into_iter().map(|Reverse(found)| (found.id, found.score)).collect()
    }

    /// Adds up what everybody has in common with somebody; what their own interests weigh.
    fn gather(&mut self, me: &Carrier) -> f64 {
        let Index { numbers, themes, found, touched, .. } = self;
        let theme_of = |theme: &String| numbers.get(theme.as_str()).map(|number| &themes[*number as usize]);
        let mut touch = |place: u32, common: f32, complements: f32| {
            let sums = &mut found[place as usize];
            if *sums == (0.0, 0.0) {
                touched.push(place);
            }
            *sums = (sums.0 + common, sums.1 + complements);
        };
        let mut mine = 0.0;
        for (theme, weight) in &me.interests {
            let Some(known) = theme_of(theme) else {
                mine += shared_weight((*weight).into(), 1.0);
                continue;
            };
            mine += shared_weight((*weight).into(), known.rarity.into());
            known.interested.iter().for_each(|(place, other)| touch(*place, weight.min(*other) * known.rarity, 0.0));
        }
        for known in me.looks_for.iter().filter_map(theme_of) {
            known.offering.iter().for_each(|place| touch(*place, 0.0, known.complement));
        }
        for known in me.offers.iter().filter_map(theme_of) {
            known.looking.iter().for_each(|place| touch(*place, 0.0, known.complement));
        }
        mine
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        let of_theme = |theme: &Theme| {
            theme.interested.capacity() * 8 + (theme.offering.capacity() + theme.looking.capacity()) * 4
        };
        let of_place = |place: &Place| place.interests.len() * 8 + (place.offers.len() + place.looks_for.len()) * 4;
        let names: usize = self.numbers.keys().map(|name| name.len()).sum();
        size_of::<Theme>() * self.themes.capacity()
            + self.themes.iter().map(of_theme).sum::<usize>()
            + size_of::<Place>() * self.places.capacity()
            + self.places.iter().map(of_place).sum::<usize>()
            + self.by_id.capacity() * (size_of::<(i64, u32)>() + 1)
            + self.numbers.capacity() * (size_of::<(Box<str>, u32)>() + 1)
            + names
            + self.masses.capacity() * 4
            + self.found.capacity() * 8
            + self.touched.capacity() * 4
    }
}
