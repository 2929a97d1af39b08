//! The contact rules over HTTP, for operators.

use super::{policy, store, telling::Watched};
use crate::app::App;
use crate::members::{self, Member};
use crate::operators::{Role, SignedInOperator};
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Body, Problem, ProblemBody, id_of};
use crate::platform::ids;
use crate::sites::SiteId;
use axum::Json;
use axum::extract::State;
use domain::rules as decided;
use domain::rules::{Decider, Grant, Right, Target};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A site never has more rules.
const MOST_RULES: usize = 500;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_rules, write_rules)).routes(routes!(explain))
}

/// A contact rule. Rules of several populations add up; a *never* beats every *allow*; nothing written is not allowed,
/// except that a site with no rule at all allows everything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactRule {
    /// The population (slug) whose members it speaks to.
    from: String,
    /// Towards whom.
    to: To,
    /// Whether it gives or takes.
    effect: Effect,
    /// Which rights: at least one.
    rights: Vec<RightName>,
}

/// Towards whom a rule speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
enum To {
    /// All members.
    Everyone(Everyone),
    /// The members of a population.
    Population(ToPopulation),
    /// The members a view shows (a segment).
    View(ToView),
}

/// `"everyone"`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Everyone {
    /// All members.
    Everyone,
}

/// A population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToPopulation {
    /// Its slug.
    population: String,
}

/// A view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToView {
    /// Its id.
    view: String,
}

/// Whether a rule gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Effect {
    /// Gives the rights.
    Allow,
    /// Takes them, whatever other rules give.
    Never,
}

/// A right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RightName {
    /// See them in the directory and search, and whether they are here.
    See,
    /// Write first, ask to become contacts.
    Start,
    /// Write in a conversation in which they have written.
    Reply,
    /// Call.
    Call,
}

impl RightName {
    fn right(self) -> Right {
        match self {
            RightName::See => Right::See,
            RightName::Start => Right::Start,
            RightName::Reply => Right::Reply,
            RightName::Call => Right::Call,
        }
    }

    fn of(right: Right) -> RightName {
        match right {
            Right::See => RightName::See,
            Right::Start => RightName::Start,
            Right::Reply => RightName::Reply,
            Right::Call => RightName::Call,
        }
    }
}

/// What populations and views of a site are called, and whether a view can be a segment.
struct Names {
    populations: Vec<(String, i64)>,
}

impl Names {
    async fn read(tx: &mut Tx, site: SiteId) -> Answer<Names> {
        Ok(Names { populations: members::populations::by_slug(tx, site).await? })
    }

    fn population(&self, slug: &str) -> Option<i64> {
        self.populations.iter().find(|(known, _)| known == slug).map(|(_, id)| *id)
    }

    fn show(&self, rule: &decided::Rule) -> ContactRule {
        let slug = |id: i64| self.populations.iter().find(|(_, known)| *known == id).map(|(slug, _)| slug.clone());
        ContactRule {
            from: slug(rule.from).unwrap_or_default(),
            to: match rule.to {
                Target::Everyone => To::Everyone(Everyone::Everyone),
                Target::Group(group) => match slug(group) {
                    Some(population) => To::Population(ToPopulation { population }),
                    None => To::View(ToView { view: ids::show(group) }),
                },
            },
            effect: match rule.effect {
                decided::Effect::Allow => Effect::Allow,
                decided::Effect::Never => Effect::Never,
            },
            rights: Right::ALL.into_iter().filter(|right| rule.rights.has(*right)).map(RightName::of).collect(),
        }
    }
}

/// The site's contact rules, in order.
#[utoipa::path(get, path = "/admin/rules", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Vec<ContactRule>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_rules(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Vec<ContactRule>>> {
    me.require(Role::Admin)?;
    let policy = policy::of(&app, me.site.id).await?;
    let populations = members::populations::by_slug(&mut app.db.read().await?, me.site.id).await?;
    let names = Names { populations };
    Ok(Json(policy.rules().iter().map(|rule| names.show(rule)).collect()))
}

/// Replaces the whole set of contact rules; everybody connected is told at once. An empty set allows everything.
#[utoipa::path(put, path = "/admin/rules", tag = "back-office", security(("operator" = [])), request_body = Vec<ContactRule>,
    responses((status = 200, body = Vec<ContactRule>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn write_rules(
    State(app): State<App>,
    me: SignedInOperator,
    Body(given): Body<Vec<ContactRule>>,
) -> Answer<Json<Vec<ContactRule>>> {
    me.require(Role::Admin)?;
    if given.len() > MOST_RULES {
        return Err(Problem::invalid(format!("at most {MOST_RULES} rules")));
    }
    let site = me.site.id;
    let _order = app.order(site.0).await;
    let before = Watched::of(&app, &me.site).await?;
    let mut tx = app.db.write("rules").await?;
    let names = Names::read(&mut tx, site).await?;
    let mut rules = Vec::with_capacity(given.len());
    for (place, rule) in given.iter().enumerate() {
        rules.push(read(&mut tx, site, &names, place, rule).await?);
    }
    let spoken = rules.iter().flat_map(|rule| match rule.to {
        Target::Everyone => vec![rule.from],
        Target::Group(group) => vec![rule.from, group],
    });
    let is_population = |group: &i64| names.populations.iter().any(|(_, id)| id == group);
    let (populations, views): (BTreeSet<i64>, BTreeSet<i64>) = spoken.partition(is_population);
    store::replace(&mut tx, site, &rules).await?;
    members::follow(&app, &mut tx, site, &populations, &views).await?;
    let committed = tx.commit().await?;
    app.members.forget_site(site);
    let shown = rules.iter().map(|rule| names.show(rule)).collect();
    app.policies.changed(policy::Policy::new(site, rules));
    before.tell(&app, &me.site).await?;
    drop(committed);
    Ok(Json(shown))
}

async fn read(tx: &mut Tx, site: SiteId, names: &Names, place: usize, rule: &ContactRule) -> Answer<decided::Rule> {
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
            let found = members::views::one(tx, site, id).await?.ok_or_else(|| unknown("to.view", view))?;
            if found.is_passing() {
                let why = format!("[{place}].to.view: {:?} asks who is here now; a rule can't", found.name);
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

/// Which two members.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Question {
    /// Who wants something (a member's id).
    from: String,
    /// Of whom (a member's id).
    to: String,
}

/// What one member may do towards another, and why.
#[derive(Serialize, ToSchema)]
struct Explained {
    /// See them in the directory and search, and whether they are here.
    see: Explanation,
    /// Write first, ask to become contacts.
    start: Explanation,
    /// Write in a conversation in which they have written.
    reply: Explanation,
    /// Call.
    call: Explanation,
}

/// Whether, and what decided.
#[derive(Serialize, ToSchema)]
struct Explanation {
    /// Whether they may.
    allowed: bool,
    /// What decided.
    by: By,
    /// The rule that decided, if one did.
    rule: Option<ContactRule>,
    /// Its place in the set, from 1.
    place: Option<usize>,
}

/// What decided a right.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum By {
    /// The site has no rule: everything is allowed.
    NoRules,
    /// A rule.
    Rule,
    /// No rule gives it.
    NoRuleAllows,
    /// A rule, or none, does not let them be seen.
    NotSeen,
    /// The switch `features.messaging`.
    Messaging,
    /// The switch `features.member_chat`.
    MemberChat,
    /// The switch `features.video`.
    Video,
    /// The one who asks may not use the chat.
    FromDisabled,
    /// The other may not use the chat.
    ToDisabled,
    /// The other's switch "allow members to contact me".
    Contactable,
    /// They have a conversation or are contacts: that switch does not concern them.
    Acquainted,
    /// The one who asks blocks the other.
    Block,
}

/// Tells what one member may do towards another, each right with the rule or switch that decides it.
#[utoipa::path(post, path = "/admin/rules/explain", tag = "back-office", security(("operator" = [])), request_body = Question,
    responses((status = 200, body = Explained), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn explain(State(app): State<App>, me: SignedInOperator, Body(asked): Body<Question>) -> Answer<Json<Explained>> {
    me.require(Role::Admin)?;
    let (from, to) = (member(&app, &me, &asked.from).await?, member(&app, &me, &asked.to).await?);
    if from.id == to.id {
        return Err(Problem::invalid("to: not the same member"));
    }
    let between = super::between(&app, &me.site, &from, &[to.id]).await?.remove(&to.id).unwrap_or_default();
    let names = Names { populations: members::populations::by_slug(&mut app.db.read().await?, me.site.id).await? };
    let policy = policy::of(&app, me.site.id).await?;
    let mut explained: HashMap<Right, Explanation> = HashMap::new();
    for right in Right::ALL {
        let decision = super::decide(&app, &me.site, &from, &to, right, &between).await?;
        explained.insert(right, explanation(right, &decision, policy.rules(), &names));
    }
    let mut one = |right| explained.remove(&right).ok_or_else(Problem::not_found);
    Ok(Json(Explained {
        see: one(Right::See)?,
        start: one(Right::Start)?,
        reply: one(Right::Reply)?,
        call: one(Right::Call)?,
    }))
}

async fn member(app: &App, me: &SignedInOperator, id: &str) -> Answer<Arc<Member>> {
    app.members.get(&app.db, me.site.id, id_of(id)?).await?.ok_or_else(Problem::not_found)
}

fn explanation(right: Right, decision: &decided::Decision, rules: &[decided::Rule], names: &Names) -> Explanation {
    let (by, place) = match decision.by {
        Decider::Messaging => (By::Messaging, None),
        Decider::MemberChat => (By::MemberChat, None),
        Decider::Calls => (By::Video, None),
        Decider::OwnStanding => (By::FromDisabled, None),
        Decider::Standing => (By::ToDisabled, None),
        Decider::Contactable => (By::Contactable, None),
        Decider::Acquainted => (By::Acquainted, None),
        Decider::OwnBlock => (By::Block, None),
        Decider::Rules(about, grant) => match grant {
            Grant::NoRules => (By::NoRules, None),
            Grant::Silent if about != right => (By::NotSeen, None),
            Grant::Silent => (By::NoRuleAllows, None),
            Grant::Never(place) if about != right => (By::NotSeen, Some(place)),
            Grant::Allowed(place) | Grant::Never(place) => (By::Rule, Some(place)),
        },
    };
    let place = place.map(usize::from);
    Explanation {
        allowed: decision.allowed(),
        by,
        rule: place.and_then(|place| rules.get(place)).map(|rule| names.show(rule)),
        place: place.map(|place| place + 1),
    }
}
