//! What is known of a made-up site, and what the one function says of it: worked out here, beside the server.

use super::dice::Dice;
use domain::rules::{Effect, Grants, Pair, Right, Rule, Target, decide, grant};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub const POPULATIONS: [&str; 3] = ["exhibitors", "visitors", "press"];
pub const BADGES: [&str; 2] = ["Speaker", "Sponsor"];
pub const RIGHTS: [&str; 4] = ["see", "start", "reply", "call"];
pub const PEOPLE: usize = 5;

/// What is between one member and another, in this direction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Towards {
    pub blocks: bool,
    pub wrote: bool,
    pub asked: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Person {
    pub populations: BTreeSet<usize>,
    pub badges: BTreeSet<usize>,
    pub shy: bool,
    pub out: bool,
    pub here: bool,
}

/// A site as the organizers and its members made it.
#[derive(Debug)]
pub struct Model {
    pub people: Vec<Person>,
    pub towards: [[Towards; PEOPLE]; PEOPLE],
    /// Whether a conversation exists, the smaller one first.
    pub open: [[bool; PEOPLE]; PEOPLE],
    pub contacts: [[bool; PEOPLE]; PEOPLE],
    pub rules: Vec<Rule>,
    pub chat: bool,
    pub messaging: bool,
    pub video: bool,
    pub requests: bool,
}

/// Groups of rules: populations from 0, then a segment for each badge.
fn group(dice: &mut Dice) -> Target {
    match dice.below(POPULATIONS.len() + BADGES.len() + 1) {
        0 => Target::Everyone,
        n => Target::Group(i64::try_from(n - 1).unwrap()),
    }
}

impl Model {
    pub fn throw(dice: &mut Dice) -> Model {
        let some = |dice: &mut Dice, of: usize| (0..of).filter(|_| dice.chance(40)).collect::<BTreeSet<usize>>();
        let people = (0..PEOPLE).map(|_| Person {
            populations: some(dice, POPULATIONS.len()),
            badges: some(dice, BADGES.len()),
            shy: dice.chance(25),
            out: dice.chance(8),
            here: dice.chance(60),
        });
        let people = people.collect();
        let rules = (0..dice.below(7)).map(|_| Rule {
            from: i64::try_from(dice.below(POPULATIONS.len())).unwrap(),
            to: group(dice),
            effect: if dice.chance(80) { Effect::Allow } else { Effect::Never },
            rights: Right::ALL.into_iter().filter(|right| *right == Right::See || dice.chance(55)).collect(),
        });
        let rules = rules.collect();
        Model {
            people,
            towards: Default::default(),
            open: Default::default(),
            contacts: Default::default(),
            rules,
            chat: !dice.chance(8),
            messaging: !dice.chance(5),
            video: dice.chance(50),
            requests: !dice.chance(15),
        }
    }

    pub fn is_open(&self, a: usize, b: usize) -> bool {
        self.open[a.min(b)][a.max(b)]
    }

    fn groups(&self, who: usize) -> Vec<i64> {
        let person = &self.people[who];
        let badges = person.badges.iter().map(|badge| badge + POPULATIONS.len());
        person.populations.iter().copied().chain(badges).map(|n| i64::try_from(n).unwrap()).collect()
    }

    fn grants(&self, from: usize, to: usize) -> Grants {
        grant(&self.rules, &self.groups(from), &self.groups(to))
    }

    pub fn may(&self, right: Right, from: usize, to: usize) -> bool {
        let pair = Pair {
            messaging_on: self.messaging,
            member_chat_on: self.chat,
            calls_on: self.video,
            from_in_standing: !self.people[from].out,
            to_in_standing: !self.people[to].out,
            grants: self.grants(from, to),
            to_contactable: !self.people[to].shy,
            conversation_exists: self.is_open(from, to),
            contacts: self.contacts[from.min(to)][from.max(to)],
            from_blocked_to: self.towards[from][to].blocks,
        };
        decide(right, &pair).allowed()
    }

    /// Whether one may write to the other now, there being a conversation or not.
    pub fn may_write(&self, from: usize, to: usize) -> bool {
        self.may(domain::rules::writing(self.is_open(from, to) && self.towards[to][from].wrote), from, to)
    }

    /// Whether one is shown the other as here.
    pub fn is_here_for(&self, from: usize, to: usize) -> bool {
        let apart = self.towards[from][to].blocks || self.towards[to][from].blocks;
        self.people[to].here && !apart && self.may(Right::See, from, to)
    }

    /// The rules as the back-office writes them.
    pub fn rules_for(&self, views: &[String]) -> Value {
        let name = |group: i64| usize::try_from(group).unwrap();
        let rule = |rule: &Rule| {
            let to = match rule.to {
                Target::Everyone => json!("everyone"),
                Target::Group(group) => match POPULATIONS.get(name(group)) {
                    Some(slug) => json!({"population": slug}),
                    None => json!({"view": views[name(group) - POPULATIONS.len()]}),
                },
            };
            let rights = Right::ALL.into_iter().zip(RIGHTS).filter(|(right, _)| rule.rights.has(*right));
            let effect = if rule.effect == Effect::Allow { "allow" } else { "never" };
            json!({"from": POPULATIONS[name(rule.from)], "to": to, "effect": effect,
                "rights": rights.map(|(_, name)| name).collect::<Vec<_>>()})
        };
        self.rules.iter().map(rule).collect()
    }
}
