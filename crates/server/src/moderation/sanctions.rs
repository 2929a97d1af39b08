//! Muting and banning, and who is.

use super::store::{self, Sanction, SanctionKind};
use super::telling;
use super::wire::SanctionView;
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::members::MemberCard;
use crate::platform::clock::{Millis, rfc3339};
use crate::platform::db::holding_none;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::language::sentence;
use crate::sites::{Site, SiteId};
use crate::webhooks::Event;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// The longest sanction with an end: a year.
const MOST_MINUTES: i64 = 525_600;

/// The sanctions of a site that were in force when they were read, by member.
pub struct InForce {
    site: SiteId,
    by_member: HashMap<i64, Vec<Arc<Sanction>>>,
}

impl InForce {
    fn on(&self, member: i64) -> impl Iterator<Item = &Arc<Sanction>> {
        self.by_member.get(&member).into_iter().flatten()
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Sanction>> {
        self.by_member.values().flatten()
    }
}

/// A sanction to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSanction {
    /// On whom: their id.
    pub member: String,
    /// What it forbids.
    pub kind: SanctionKind,
    /// For how long: 1 to 525,600; null: until it is lifted.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 525_600)]
    pub minutes: Option<i64>,
    /// Why, in 1 to 300 characters: the member reads it.
    pub reason: String,
}

impl Sanction {
    fn is_of(&self, room: i64) -> bool {
        self.room.is_none_or(|of| of == room)
    }

    fn lasts(&self, now: Millis) -> bool {
        self.lifted_at.is_none() && self.until.is_none_or(|until| until > now)
    }

    /// Why somebody it is on can't write.
    pub fn problem(&self) -> Problem {
        let (code, for_a_time, for_good) = match self.kind {
            SanctionKind::Mute => (Code::Muted, "refusal.muted.until", "refusal.muted.for_good"),
            SanctionKind::Ban => (Code::Banned, "refusal.banned.until", "refusal.banned.for_good"),
        };
        let why = match self.until {
            Some(until) => sentence(for_a_time).with("until", rfc3339(until)[..16].replace('T', " ")),
            None => sentence(for_good),
        };
        Problem::said_with(code, why.with("reason", &self.reason))
    }
}

/// All that is in force on a site.
async fn in_force(app: &App, site: SiteId) -> Answer<Arc<InForce>> {
    holding_none();
    if let Some(known) = app.moderation.in_force.get(site.0) {
        return Ok(known);
    }
    let asked = app.moderation.in_force.ask();
    let mut by_member: HashMap<i64, Vec<Arc<Sanction>>> = HashMap::new();
    for sanction in store::in_force(&mut app.db.read().await?, site, app.clock.now()).await? {
        by_member.entry(sanction.member).or_default().push(Arc::new(sanction));
    }
    let found = Arc::new(InForce { site, by_member });
    app.moderation.in_force.read(asked, site.0, found.clone());
    Ok(found)
}

/// The strongest sanction that is in force on a member in a room, of the room or of the whole site.
pub async fn sanction_of(app: &App, site: SiteId, member: i64, room: i64) -> Answer<Option<Arc<Sanction>>> {
    let (all, now) = (in_force(app, site).await?, app.clock.now());
    let mine = all.on(member).filter(|one| one.is_of(room) && one.lasts(now));
    Ok(mine.max_by_key(|one| (one.kind, one.until.unwrap_or(Millis::MAX), one.id)).cloned())
}

/// The same, as whom it is on sees it.
pub async fn own_sanction(app: &App, site: SiteId, member: i64, room: i64) -> Answer<Option<SanctionView>> {
    match sanction_of(app, site, member, room).await? {
        Some(sanction) => Ok(views(app, site, [&*sanction].into_iter()).await?.pop()),
        None => Ok(None),
    }
}

/// What is in force in a room (of the room alone), newest first.
pub async fn list(app: &App, site: SiteId, room: i64) -> Answer<Vec<SanctionView>> {
    let (all, now) = (in_force(app, site).await?, app.clock.now());
    let of = |one: &&Arc<Sanction>| one.lasts(now) && one.room == Some(room);
    let mut found: Vec<Arc<Sanction>> = all.all().filter(of).cloned().collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.id));
    views(app, site, found.iter().map(|one| &**one)).await
}

/// Those of a site before this one (with `ended`, the ended ones too), newest first; and where the next page begins.
pub async fn page(
    app: &App,
    site: SiteId,
    ended: bool,
    before: i64,
    limit: usize,
) -> Answer<(Vec<SanctionView>, Option<i64>)> {
    let since = (!ended).then(|| app.clock.now());
    let mut rows = store::sanctions(&mut app.db.read().await?, site, since, before, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    Ok((views(app, site, rows.iter()).await?, next))
}

async fn views<'a>(
    app: &App,
    site: SiteId,
    all: impl Iterator<Item = &'a Sanction> + Clone,
) -> Answer<Vec<SanctionView>> {
    let cards = telling::cards(app, site, all.clone().map(|one| one.member)).await?;
    Ok(all.filter_map(|one| Some(one.view(cards.get(&one.member)?.clone()))).collect())
}

/// Mutes or bans a member in a room (`None`: in every room of the site). One of the same kind in the same place is
/// replaced. The caller has made sure that `by` may, and that the member is one of those whom it can concern.
pub async fn make(
    app: &App,
    site: &Site,
    by: &Actor,
    room: Option<i64>,
    member: MemberCard,
    new: &NewSanction,
) -> Answer<SanctionView> {
    let reason = telling::words(&new.reason).ok_or_else(|| Problem::said("refusal.moderation.reason"))?;
    if new.minutes.is_some_and(|minutes| !(1..=MOST_MINUTES).contains(&minutes)) {
        return Err(Problem::invalid("minutes: 1 to 525600, or null"));
    }
    let (id, now) = (app.ids.next(&app.clock), app.clock.now());
    let sanction = Sanction {
        id,
        room,
        member: ids::read(&member.id).ok_or_else(Problem::not_found)?,
        kind: new.kind,
        reason,
        by: by.name.clone(),
        created_at: now,
        until: new.minutes.map(|minutes| now + minutes * 60_000),
        lifted_at: None,
    };
    let _order = app.order(room.unwrap_or(site.id.0)).await;
    let replaced = in_force(app, site.id).await?;
    let mut tx = app.db.write("sanction").await?;
    let same = |one: &&Arc<Sanction>| one.room == room && one.kind == new.kind;
    for one in replaced.on(sanction.member).filter(same) {
        store::lift(&mut tx, site.id, one.id, now).await?;
    }
    store::insert_sanction(&mut tx, site.id, &sanction, by).await?;
    let detail = json!({"sanction": ids::show(id), "kind": new.kind, "minutes": new.minutes, "reason": sanction.reason,
        "room": room.map(ids::show)});
    let subject = Subject::of("member", sanction.member);
    audit::write(app, &mut tx, site.id, by, "sanction.create", &subject, detail).await?;
    let told = || json!({"sanction": sanction.view(member.clone())});
    app.webhooks.tell(app, &mut tx, site.id, Event::SanctionCreated, &told).await?;
    finish(app, site, &sanction, tx).await?;
    Ok(sanction.view(member))
}

/// Lifts a sanction of a room (`None`: any of the site) that is in force.
pub async fn lift(app: &App, site: &Site, by: &Actor, room: Option<i64>, id: i64) -> Answer<()> {
    let (all, now) = (in_force(app, site.id).await?, app.clock.now());
    let found = all.all().find(|one| one.id == id && one.lasts(now));
    let found = found.filter(|one| room.is_none() || one.room == room).ok_or_else(Problem::not_found)?;
    let _order = app.order(found.room.unwrap_or(site.id.0)).await;
    let mut tx = app.db.write("sanction_lift").await?;
    if !store::lift(&mut tx, site.id, id, now).await? {
        return Err(Problem::not_found());
    }
    let detail = json!({"sanction": ids::show(id), "kind": found.kind, "room": found.room.map(ids::show)});
    let subject = Subject::of("member", found.member);
    audit::write(app, &mut tx, site.id, by, "sanction.lift", &subject, detail).await?;
    let lifted = Sanction { lifted_at: Some(now), ..(**found).clone() };
    let card = app.members.get_in(&mut tx, site.id, lifted.member).await?.map(|member| MemberCard::of(&member));
    let told = || json!({"sanction": card.clone().map(|card| lifted.view(card))});
    app.webhooks.tell(app, &mut tx, site.id, Event::SanctionLifted, &told).await?;
    finish(app, site, &lifted, tx).await
}

/// Commits, and tells whom it is on.
async fn finish(app: &App, site: &Site, sanction: &Sanction, tx: crate::platform::db::Tx) -> Answer<()> {
    let committed = tx.commit().await?;
    app.moderation.in_force.forget(|known| known.site == site.id);
    drop(committed);
    telling::sanctioned(app, site, sanction).await
}
