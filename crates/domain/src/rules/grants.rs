//! What the contact rules say, by themselves.

use super::Right;

/// A set of rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Rights(u8);

impl Rights {
    /// All four.
    pub const ALL: Rights = Rights(0b1111);

    /// The set with one more.
    pub const fn with(self, right: Right) -> Rights {
        Rights(self.0 | 1 << right as u8)
    }

    /// Whether it holds a right.
    pub const fn has(self, right: Right) -> bool {
        self.0 & (1 << right as u8) != 0
    }

    /// Whether it holds none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Rights {
        rights.into_iter().fold(Rights::default(), Rights::with)
    }
}

/// Towards whom a rule speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// All members.
    Everyone,
    /// The members of a population or a segment, by its id.
    Group(i64),
}

/// Whether a rule gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Gives the rights.
    Allow,
    /// Takes them, whatever other rules give.
    Never,
}

/// A contact rule: what members of a population may, or may never, do towards others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The population whose members it speaks to.
    pub from: i64,
    /// Towards whom.
    pub to: Target,
    /// Gives or takes.
    pub effect: Effect,
    /// What.
    pub rights: Rights,
}

/// What the rules say of one right, and which of them decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The site has no rule: everything is allowed.
    NoRules,
    /// No rule gives it.
    Silent,
    /// This rule gives it (its place in the set).
    Allowed(u16),
    /// This rule takes it.
    Never(u16),
}

impl Grant {
    /// Whether the right is granted.
    pub const fn allows(self) -> bool {
        matches!(self, Grant::NoRules | Grant::Allowed(_))
    }
}

/// What the rules say of each right, from one member to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grants([Grant; 4]);

impl Grants {
    /// A site without rules.
    pub const ALL: Grants = Grants([Grant::NoRules; 4]);

    /// What they say of one right.
    pub const fn of(&self, right: Right) -> Grant {
        self.0[right as usize]
    }
}

/// What the rules grant from a member to another, given the populations and segments that each is in.
///
/// Rules of several populations add up; a *never* beats every *allow*; nothing written is not allowed, except that a
/// site with no rule at all allows everything (`FEATURES.md`, decision 1). Of several that decide, the first is named.
pub fn grant(rules: &[Rule], from: &[i64], to: &[i64]) -> Grants {
    if rules.is_empty() {
        return Grants::ALL;
    }
    let mut grants = [Grant::Silent; 4];
    for (place, rule) in rules.iter().enumerate() {
        let towards = match rule.to {
            Target::Everyone => true,
            Target::Group(group) => to.contains(&group),
        };
        if !towards || !from.contains(&rule.from) {
            continue;
        }
        let place = u16::try_from(place).unwrap_or(u16::MAX);
        for right in Right::ALL.into_iter().filter(|right| rule.rights.has(*right)) {
            let grant = &mut grants[right as usize];
            match (*grant, rule.effect) {
                (Grant::Never(_), _) | (Grant::Allowed(_), Effect::Allow) => {}
                (_, Effect::Never) => *grant = Grant::Never(place),
                (_, Effect::Allow) => *grant = Grant::Allowed(place),
            }
        }
    }
    Grants(grants)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VISITORS: i64 = 1;
    const EXHIBITORS: i64 = 2;
    const PRESS: i64 = 3;

    fn rule(from: i64, to: Target, effect: Effect, rights: Rights) -> Rule {
        Rule { from, to, effect, rights }
    }

    #[test]
    fn no_rule_at_all_allows_everything_and_one_rule_only_what_it_says() {
        assert!(Right::ALL.into_iter().all(|right| grant(&[], &[], &[]).of(right).allows()));
        let one = [rule(EXHIBITORS, Target::Group(VISITORS), Effect::Allow, Rights::ALL)];
        assert_eq!(grant(&one, &[EXHIBITORS], &[VISITORS]).of(Right::Start), Grant::Allowed(0));
        assert_eq!(grant(&one, &[VISITORS], &[EXHIBITORS]).of(Right::Start), Grant::Silent, "rules are directed");
        assert_eq!(grant(&one, &[], &[VISITORS]).of(Right::See), Grant::Silent);
    }

    #[test]
    fn rules_of_several_populations_add_up_and_never_beats_them() {
        let see = Rights::default().with(Right::See);
        let rules = [
            rule(VISITORS, Target::Everyone, Effect::Allow, see),
            rule(PRESS, Target::Group(EXHIBITORS), Effect::Allow, Rights::ALL),
            rule(PRESS, Target::Group(VISITORS), Effect::Never, see),
        ];
        let both = grant(&rules, &[VISITORS, PRESS], &[EXHIBITORS]);
        assert_eq!((both.of(Right::See), both.of(Right::Call)), (Grant::Allowed(0), Grant::Allowed(1)));
        assert_eq!(grant(&rules, &[VISITORS, PRESS], &[VISITORS]).of(Right::See), Grant::Never(2));
    }

    fn rules() -> impl Strategy<Value = Vec<Rule>> {
        let target = prop_oneof![Just(Target::Everyone), (1..6i64).prop_map(Target::Group)];
        let effect = prop_oneof![3 => Just(Effect::Allow), 1 => Just(Effect::Never)];
        let rights = (1..16u8).prop_map(Rights);
        let rule =
            (1..4i64, target, effect, rights).prop_map(|(from, to, effect, rights)| rule(from, to, effect, rights));
        prop::collection::vec(rule, 1..12)
    }

    fn groups() -> impl Strategy<Value = Vec<i64>> {
        prop::collection::btree_set(1..6i64, 0..4).prop_map(|groups| groups.into_iter().collect())
    }

    proptest! {
        /// The order in which rules are written decides nothing but which of them is named.
        #[test]
        fn order_does_not_matter(rules in rules(), from in groups(), to in groups()) {
            let reversed: Vec<Rule> = rules.iter().rev().copied().collect();
            for right in Right::ALL {
                let (one, other) = (grant(&rules, &from, &to), grant(&reversed, &from, &to));
                prop_assert_eq!(one.of(right).allows(), other.of(right).allows());
            }
        }

        /// A rule that is named says what it is named for.
        #[test]
        fn the_rule_named_is_one_that_decides(rules in rules(), from in groups(), to in groups()) {
            let grants = grant(&rules, &from, &to);
            for right in Right::ALL {
                let (place, effect) = match grants.of(right) {
                    Grant::Allowed(place) => (place, Effect::Allow),
                    Grant::Never(place) => (place, Effect::Never),
                    Grant::Silent | Grant::NoRules => continue,
                };
                let rule = rules[usize::from(place)];
                prop_assert!(rule.effect == effect && rule.rights.has(right) && from.contains(&rule.from));
            }
        }

        /// One more *never* never gives, one more *allow* never takes.
        #[test]
        fn each_effect_only_works_its_way(rules in rules(), more in rules(), from in groups(), to in groups()) {
            let before = grant(&rules, &from, &to);
            for effect in [Effect::Allow, Effect::Never] {
                let longer: Vec<Rule> = rules.iter().copied().chain(more.iter().map(|r| Rule { effect, ..*r })).collect();
                let after = grant(&longer, &from, &to);
                for right in Right::ALL {
                    let (before, after) = (before.of(right).allows(), after.of(right).allows());
                    let only = if effect == Effect::Allow { before <= after } else { after <= before };
                    prop_assert!(only);
                }
            }
        }
    }
}
