//! What a set of rules would change for the members there are: counted by who is alike, not by who there is.

use super::wire::{ContactRule, Names, RightName};
use super::{actions, policy, store};
use crate::app::App;
use crate::members::survey::{Alike, Belongs, Survey, survey};
use crate::members::{self, MemberCard};
use crate::platform::http::{Answer, Problem};
use crate::sites::SiteId;
use domain::rules::{Grants, Pair, Right, Rule, Target, decide, grant, writing};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// So many examples are given.
const MOST_EXAMPLES: usize = 20;

/// What would change.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = RulesPreview)]
pub(super) struct Preview {
    /// Pairs (who, whom) in which one would see the other.
    opened: i64,
    /// Pairs in which one would see the other no longer.
    closed: i64,
    /// Direct conversations in which somebody could write no longer.
    reply_closed: i64,
    /// Direct conversations in which somebody could write again.
    reply_opened: i64,
    /// Up to 20 examples.
    sample: Vec<Example>,
}

/// What would change between two members.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulePreviewExample)]
struct Example {
    /// Who.
    from: MemberCard,
    /// Towards whom.
    to: MemberCard,
    /// Which right.
    right: RightName,
    /// Whether they have it.
    before: bool,
    /// Whether they would.
    after: bool,
}

/// A direct conversation's two sides, as far as rules can tell, and how many there are.
pub(super) struct Between {
    pub one: usize,
    pub other: usize,
    pub one_wrote: bool,
    pub other_wrote: bool,
    pub count: i64,
}

/// What a set of rules would change.
pub(super) async fn of(app: &App, site: SiteId, given: &[ContactRule]) -> Answer<Preview> {
    let after = read(app, site, given).await?;
    let policy = policy::of(app, site).await?;
    let before = policy.rules().to_vec();
    let groups: BTreeSet<i64> = before.iter().chain(&after).flat_map(spoken).collect();
    let survey = survey(app, site, &groups).await?;
    let between = store::between(&mut app.db.read().await?, site, &survey).await?;
    let compared = tokio::task::spawn_blocking(move || compare(&survey, &before, &after, &between));
    let (mut preview, examples) = compared.await.map_err(|_| Problem::new(crate::platform::http::Code::Internal))?;
    let people: Vec<i64> = examples.iter().flat_map(|(from, to, _, _)| [*from, *to]).collect();
    let people = app.members.get_all(&app.db, site, &people).await?;
    let card = |id: &i64| people.get(id).map(|member| MemberCard::of(member));
    preview.sample = examples
        .iter()
        .filter_map(|(from, to, right, before)| {
            let right = RightName::of(*right);
            Some(Example { from: card(from)?, to: card(to)?, right, before: *before, after: !before })
        })
        .collect();
    Ok(preview)
}

async fn read(app: &App, site: SiteId, given: &[ContactRule]) -> Answer<Vec<Rule>> {
    if given.len() > actions::MOST_RULES {
        return Err(Problem::invalid(format!("at most {} rules", actions::MOST_RULES)));
    }
    let mut reader = app.db.read().await?;
    let names = Names::of(members::populations::by_slug(&mut reader, site).await?);
    let mut rules = Vec::with_capacity(given.len());
    for (place, rule) in given.iter().enumerate() {
        rules.push(actions::read(&mut reader, site, &names, place, rule).await?);
    }
    Ok(rules)
}

fn spoken(rule: &Rule) -> Vec<i64> {
    match rule.to {
        Target::Everyone => vec![rule.from],
        Target::Group(group) => vec![rule.from, group],
    }
}

/// From whom, to whom, which right, whether it was there.
type Changed = (i64, i64, Right, bool);

fn compare(survey: &Survey, before: &[Rule], after: &[Rule], between: &[Between]) -> (Preview, Vec<Changed>) {
    let (mut preview, mut examples) = (Preview::default(), Vec::new());
    let granted = |rules: &[Rule], from: &Alike, to: &Alike| match rules {
        [] => Grants::ALL,
        rules => grant(rules, &from.groups, &to.groups),
    };
    let mut both: HashMap<(usize, usize), (Grants, Grants)> = HashMap::new();
    for (from_at, from) in survey.alike.iter().enumerate() {
        for (to_at, to) in survey.alike.iter().enumerate() {
            let grants = (granted(before, from, to), granted(after, from, to));
            both.insert((from_at, to_at), grants);
            let pairs = if from_at == to_at { from.size * (from.size - 1) } else { from.size * to.size };
            let Some(example) = example(from, to, from_at == to_at) else { continue };
            for right in Right::ALL {
                let (was, is) = (allowed(right, grants.0, false), allowed(right, grants.1, false));
                match (right, was, is) {
                    (Right::See, false, true) => preview.opened += pairs,
                    (Right::See, true, false) => preview.closed += pairs,
                    _ => {}
                }
                if was != is && examples.len() < MOST_EXAMPLES {
                    examples.push((example.0, example.1, right, was));
                }
            }
        }
    }
    for one in between {
        let sides = [(one.one, one.other, one.other_wrote), (one.other, one.one, one.one_wrote)];
        let changes = sides.map(|(from, to, they_wrote)| {
            let Some((before, after)) = both.get(&(from, to)) else { return (false, false) };
            let right = writing(they_wrote);
            let (was, is) = (allowed(right, *before, true), allowed(right, *after, true));
            (was && !is, !was && is)
        });
        preview.reply_closed += if changes.iter().any(|(closed, _)| *closed) { one.count } else { 0 };
        preview.reply_opened += if changes.iter().any(|(_, opened)| *opened) { one.count } else { 0 };
    }
    (preview, examples)
}

/// Two members of these, if there are two.
fn example(from: &Alike, to: &Alike, same: bool) -> Option<(i64, i64)> {
    if same {
        Some((*from.examples.first()?, *from.examples.get(1)?))
    } else {
        Some((*from.examples.first()?, *to.examples.first()?))
    }
}

/// Whether the rules alone allow it.
fn allowed(right: Right, grants: Grants, conversation_exists: bool) -> bool {
    let pair = Pair {
        messaging_on: true,
        member_chat_on: true,
        calls_on: true,
        from_in_standing: true,
        to_in_standing: true,
        grants,
        to_contactable: true,
        conversation_exists,
        contacts: false,
        from_blocked_to: false,
    };
    decide(right, &pair).allowed()
}

impl Between {
    /// The two sides of a count, by class or by member.
    pub(super) fn of(
        belongs: &Belongs,
        (one, other, one_wrote, other_wrote, count): (i64, i64, bool, bool, i64),
    ) -> Option<Between> {
        let (Belongs::Class(places) | Belongs::Member(places)) = belongs;
        Some(Between { one: *places.get(&one)?, other: *places.get(&other)?, one_wrote, other_wrote, count })
    }
}
