//! What changes contact rules.

use super::policy::Policy;
use super::store;
use super::telling::Watched;
use super::wire::{ContactRule, Effect, Names, To, ToPopulation, ToView};
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::members;
use crate::platform::db::Link;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::sites::{Site, SiteId};
use domain::rules as decided;
use domain::rules::Target;
use serde_json::json;
use std::collections::BTreeSet;

/// A site never has more rules.
pub(super) const MOST_RULES: usize = 500;

/// Replaces the whole set; everybody connected is told at once.
pub async fn replace(app: &App, site: &Site, by: &Actor, given: &[ContactRule]) -> Answer<Vec<ContactRule>> {
    if given.len() > MOST_RULES {
        return Err(Problem::invalid(format!("at most {MOST_RULES} rules")));
    }
    let _order = app.order(site.id.0).await;
    let before = Watched::of(app, site).await?;
    let mut tx = app.db.write("rules").await?;
    let names = Names::of(members::populations::by_slug(&mut tx, site.id).await?);
    let mut rules = Vec::with_capacity(given.len());
    for (place, rule) in given.iter().enumerate() {
        rules.push(read(&mut tx, site.id, &names, place, rule).await?);
    }
    let spoken = rules.iter().flat_map(|rule| match rule.to {
        Target::Everyone => vec![rule.from],
        Target::Group(group) => vec![rule.from, group],
    });
    let is_population = |group: &i64| names.has(*group);
    let (populations, views): (BTreeSet<i64>, BTreeSet<i64>) = spoken.partition(is_population);
    store::replace(&mut tx, site.id, &rules).await?;
    members::follow(app, &mut tx, site.id, &populations, &views).await?;
    let (subject, detail) = (Subject::of("site", site.id.0), json!({"rules": rules.len()}));
    audit::write(app, &mut tx, site.id, by, "rules.change", &subject, detail).await?;
    let committed = tx.commit().await?;
    app.members.forget_site(site.id);
    let shown = rules.iter().map(|rule| names.show(rule)).collect();
    app.policies.changed(Policy::new(site.id, rules));
    before.tell(app, site).await?;
    drop(committed);
    Ok(shown)
}

/// A rule as it was given, read.
pub(super) async fn read(
    on: impl Into<Link<'_>>,
    site: SiteId,
    names: &Names,
    place: usize,
    rule: &ContactRule,
) -> Answer<decided::Rule> {
    let unknown =
        |field: &str, what: &str| Problem::invalid(format!("[{place}].{field}: {what:?} is none of this site"));
    let from = names.population(&rule.from).ok_or_else(|| unknown("from", &rule.from))?;
    let to = match &rule.to {
        To::Everyone(_) => Target::Everyone,
        To::Population(ToPopulation { population }) => {
            Target::Group(names.population(population).ok_or_else(|| unknown("to.population", population))?)
        }
        To::View(ToView { view }) => {
            let id = ids::read(view).ok_or_else(|| unknown("to.view", view))?;
            let found = members::views::one(on, site, id).await?.ok_or_else(|| unknown("to.view", view))?;
            if !found.can_be_a_segment() {
                let why = format!("[{place}].to.view: {:?} is personal, or asks what changes by itself", found.name);
                return Err(Problem::invalid(why));
            }
            Target::Group(id)
        }
    };
    if rule.rights.is_empty() {
        return Err(Problem::invalid(format!("[{place}].rights: at least one of see, start, reply, call")));
    }
    let effect = match rule.effect {
        Effect::Allow => decided::Effect::Allow,
        Effect::Never => decided::Effect::Never,
    };
    Ok(decided::Rule { from, to, effect, rights: rule.rights.iter().map(|right| right.right()).collect() })
}
