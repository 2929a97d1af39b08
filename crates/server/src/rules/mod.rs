//! Who may do what towards whom, on a real site: the facts for [`domain::rules`], its permits, and the organizer's
//! contact rules.

pub mod actions;
pub mod http;
mod policy;
mod preview;
mod store;
mod telling;
mod wire;

pub use policy::{Policies, Policy};
pub use store::refuse_if_used;
pub use telling::{Watched, seers, tell_relations};
pub use wire::ContactRule;

use crate::app::App;
use crate::contacts::{self, Contact};
use crate::conversations;
use crate::members::Member;
use crate::platform::http::{Answer, Code, Problem};
use crate::sites::{Site, SiteId};
use domain::rules::{Decision, Denial, Pair, Right, Target, writing};
use std::collections::{HashMap, HashSet};

/// Leave to do something. Only this module makes one, so that nothing is done that was not decided.
#[derive(Debug)]
pub struct Permit {
    _made_here: (),
}

/// What is between a member and another, as the first one knows it; and whether the other blocks them, which they
/// must never learn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Between {
    /// Their direct conversation.
    pub conversation: Option<i64>,
    /// The other has written in it.
    pub they_wrote: bool,
    /// Where a contact request stands.
    pub contact: Contact,
    /// That request.
    pub request: Option<i64>,
    /// The first blocks the other.
    pub blocked: bool,
    /// The other blocks the first.
    pub blocks_me: bool,
}

impl Between {
    /// Whether one is shown as here to the other: not across a block, whoever made it.
    pub fn shows_presence(&self) -> bool {
        !self.blocked && !self.blocks_me
    }
}

/// What is between a member and each of these others.
pub async fn between(app: &App, site: &Site, me: &Member, others: &[i64]) -> Answer<HashMap<i64, Between>> {
    let mut found: HashMap<i64, Between> = HashMap::with_capacity(others.len());
    for (other, conversation, they_wrote) in conversations::direct_with(app, site.id, me.id, others).await? {
        found.insert(other, Between { conversation: Some(conversation), they_wrote, ..Between::default() });
    }
    contacts::add_facts(app, site.id, me.id, others, &mut found).await?;
    Ok(found)
}

/// Decides a right of `from` towards `to`, looking up what is between them.
pub async fn may(app: &App, site: &Site, from: &Member, to: &Member, right: Right) -> Answer<Permit> {
    let between = between(app, site, from, &[to.id]).await?.remove(&to.id).unwrap_or_default();
    permit(app, site, from, to, right, &between).await
}

/// Decides a right when it is known what is between the two.
pub async fn permit(
    app: &App,
    site: &Site,
    from: &Member,
    to: &Member,
    right: Right,
    between: &Between,
) -> Answer<Permit> {
    decide(app, site, from, to, right, between).await?.outcome?;
    Ok(Permit { _made_here: () })
}

/// Leave to write in the direct conversation that two members have.
pub async fn permit_writing(
    app: &App,
    site: &Site,
    from: &Member,
    to: &Member,
    they_wrote: bool,
    blocked: bool,
) -> Answer<Permit> {
    // Nothing else between them matters once the conversation exists.
    let between = Between { conversation: Some(0), they_wrote, blocked, ..Between::default() };
    permit_with_peer(decide(app, site, from, to, writing(they_wrote), &between).await?)
}

/// Leave to call the other of the direct conversation that two members have. Whoever calls without looking at one asks
/// [`permit`].
pub async fn permit_calling(app: &App, site: &Site, from: &Member, to: &Member, blocked: bool) -> Answer<Permit> {
    let between = Between { conversation: Some(0), blocked, ..Between::default() };
    permit_with_peer(decide(app, site, from, to, Right::Call, &between).await?)
}

/// The conversation is there to be read, whoever it is with: what is refused there must not say that nobody is there.
fn permit_with_peer(decision: Decision) -> Answer<Permit> {
    match decision.outcome {
        Ok(()) => Ok(Permit { _made_here: () }),
        Err(Denial::NotThere) => Err(Problem::new(Code::ReadOnly)),
        Err(Denial::NotSeen) => Err(Problem::new(Code::RuleDenied)),
        Err(denial) => Err(denial.into()),
    }
}

/// Leave to write to the organizers, or in a group that one belongs to: no other member decides.
pub fn permit_among_participants(site: &Site, from: &Member, with_members: bool) -> Answer<Permit> {
    let features = site.settings.features;
    if !features.messaging || !from.chat_enabled {
        return Err(Denial::YouAreDisabled.into());
    }
    if with_members && !features.member_chat {
        return Err(Denial::FeatureOff.into());
    }
    Ok(Permit { _made_here: () })
}

/// Leave to undo or hide what one has: to block, unblock, answer or take back a request. It asks nobody's consent.
pub fn permit_own(site: &Site, from: &Member) -> Answer<Permit> {
    permit_among_participants(site, from, true)
}

/// Operators are outside the rules.
pub fn permit_operator() -> Permit {
    Permit { _made_here: () }
}

/// The decision with its reason.
pub async fn decide(
    app: &App,
    site: &Site,
    from: &Member,
    to: &Member,
    right: Right,
    between: &Between,
) -> Answer<Decision> {
    let features = site.settings.features;
    Ok(domain::rules::decide(
        right,
        &Pair {
            messaging_on: features.messaging,
            member_chat_on: features.member_chat,
            calls_on: features.video,
            from_in_standing: from.chat_enabled,
            to_in_standing: to.chat_enabled,
            grants: policy::of(app, site.id).await?.grants(app, from.class, to.class).await?,
            to_contactable: to.profile.contactable,
            conversation_exists: between.conversation.is_some(),
            contacts: between.contact == Contact::Accepted,
            from_blocked_to: between.blocked,
        },
    ))
}

/// Of these pairs (who, reader), those in which the reader may see who.
pub async fn seen_pairs(app: &App, site: SiteId, pairs: Vec<(i64, i64)>) -> Answer<Vec<(i64, i64)>> {
    let policy = policy::of(app, site).await?;
    if policy.is_open() {
        return Ok(pairs);
    }
    let mut people: Vec<i64> = pairs.iter().flat_map(|(who, reader)| [*who, *reader]).collect();
    people.sort_unstable();
    people.dedup();
    let people = app.members.get_all(&app.db, site, &people).await?;
    let mut seen = Vec::with_capacity(pairs.len());
    for (who, reader) in pairs {
        let (Some(from), Some(to)) = (people.get(&reader), people.get(&who)) else { continue };
        if policy.grants(app, from.class, to.class).await?.of(Right::See).allows() {
            seen.push((who, reader));
        }
    }
    Ok(seen)
}

/// The id of a population (by its slug), if a rule speaks of it.
pub async fn spoken_of(app: &App, site: &Site, slug: &str) -> Answer<Option<i64>> {
    let populations = crate::members::populations::by_slug(&mut app.db.read().await?, site.id).await?;
    let Some((_, id)) = populations.into_iter().find(|(known, _)| known == slug) else { return Ok(None) };
    let policy = policy::of(app, site.id).await?;
    let spoken = policy.rules().iter().any(|rule| rule.from == id || rule.to == Target::Group(id));
    Ok(spoken.then_some(id))
}

/// The classes of members that a member may see and write to first; `None`: all.
pub async fn startable_classes(app: &App, site: &Site, me: &Member) -> Answer<Option<HashSet<i64>>> {
    let policy = policy::of(app, site.id).await?;
    if policy.is_open() {
        return Ok(None);
    }
    let mut startable = HashSet::new();
    for class in crate::members::classes_of(app, site.id).await? {
        let grants = policy.grants(app, me.class, class.id).await?;
        if grants.of(Right::See).allows() && grants.of(Right::Start).allows() {
            startable.insert(class.id);
        }
    }
    Ok(Some(startable))
}

/// The classes of members that a member may see; `None`: everybody.
pub async fn visible_classes(app: &App, site: &Site, me: &Member) -> Answer<Option<Vec<crate::members::Class>>> {
    let policy = policy::of(app, site.id).await?;
    if policy.is_open() {
        return Ok(None);
    }
    let mut visible = Vec::new();
    for class in crate::members::classes_of(app, site.id).await? {
        if policy.grants(app, me.class, class.id).await?.of(Right::See).allows() {
            visible.push(class);
        }
    }
    Ok(Some(visible))
}
