//! The contact rules over HTTP, for operators.

use super::preview::{self, Preview};
use super::wire::{ContactRule, Names};
use super::{actions, policy};
use crate::app::App;
use crate::members::{self, Member};
use crate::operators::{Role, SignedInOperator};
use crate::platform::http::{Answer, Body, Problem, ProblemBody, id_of};
use axum::Json;
use axum::extract::State;
use domain::rules as decided;
use domain::rules::{Decider, Grant, Right};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read_rules, write_rules))
        .routes(routes!(explain))
        .routes(routes!(preview_rules))
}

/// The site's contact rules, in order.
#[utoipa::path(get, path = "/admin/rules", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Vec<ContactRule>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_rules(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Vec<ContactRule>>> {
    me.require(Role::Admin)?;
    let policy = policy::of(&app, me.site.id).await?;
    let names = Names::of(members::populations::by_slug(&mut app.db.read().await?, me.site.id).await?);
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
    Ok(Json(actions::replace(&app, &me.site, &me.actor(), &given).await?))
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
    let names = Names::of(members::populations::by_slug(&mut app.db.read().await?, me.site.id).await?);
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

/// Rules to be tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Trial {
    /// The whole set.
    rules: Vec<ContactRule>,
}

/// Tells what a set of rules would change for the members there are, and changes nothing.
#[utoipa::path(post, path = "/admin/rules/preview", tag = "back-office", security(("operator" = [])), request_body = Trial,
    responses((status = 200, body = Preview), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn preview_rules(
    State(app): State<App>,
    me: SignedInOperator,
    Body(trial): Body<Trial>,
) -> Answer<Json<Preview>> {
    me.require(Role::Admin)?;
    Ok(Json(preview::of(&app, me.site.id, &trial.rules).await?))
}
