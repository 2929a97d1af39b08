//! Changing groups, and who takes part in them.

use super::create::{Invited, invite, picture_of};
use super::store::{self, Group, ParticipantRow};
use super::{History, MOST_PARTICIPANTS, ParticipantView, Role, http, keep_apart, name_of, note, tell_all};
use crate::app::App;
use crate::conversations::actions::participating;
use crate::conversations::facts::Facts;
use crate::conversations::store::{Kind, lock, rename};
use crate::members::Member;
use crate::messages::{self, Doer, Happened, Line};
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::rules;
use crate::sites::{Site, SiteId};
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;

/// What is changed of a group.
#[derive(Default)]
pub struct GroupChange<'a> {
    /// Another name.
    pub name: Option<&'a str>,
    /// Another picture's id, or none.
    pub picture: Option<Option<&'a str>>,
}

/// An admin gives a group another name or picture.
pub async fn change(app: &App, site: &Site, me: &Arc<Member>, id: i64, change: GroupChange<'_>) -> Answer<()> {
    let facts = group_of(app, site, me, id, || Problem::said("refusal.group.only"));
    let facts = facts.await?;
    let name = change.name.map(name_of).transpose()?;
    let picture = match change.picture {
        Some(Some(picture)) => Some(picture_of(app, site.id, Some(picture)).await?),
        Some(None) => Some(None),
        None => None,
    };
    let mut tx = app.db.write("group_change").await?;
    let group = for_admin(app, &mut tx, site.id, &facts, me.id).await?;
    let mut lines = Vec::new();
    if let Some(name) = name.filter(|name| *name != group.name) {
        rename(&mut tx, site.id, id, &name).await?;
        lines.push(Line::named(Happened::Renamed, &name));
    }
    if let Some(picture) = picture.filter(|picture| *picture != group.picture) {
        let event = if picture.is_some() { Happened::PictureChanged } else { Happened::PictureRemoved };
        store::set_picture(&mut tx, site.id, id, picture).await?;
        lines.push(Line::of(event, &[]));
    }
    finish(app, site, &facts, tx, &Doer::from(&**me), lines, &HashMap::new()).await
}

/// An admin takes somebody in, or gives them a role. Whoever takes part already only gets the role.
pub async fn put(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    id: i64,
    other: i64,
    role: Option<Role>,
) -> Answer<ParticipantView> {
    let facts = group_of(app, site, me, id, Problem::not_found).await?;
    let doer = Doer::from(&**me);
    let known = among(app, site.id, id, other).await?;
    let invited = if known { Invited::default() } else { invite(app, site, me, &[other]).await? };
    let mut tx = app.db.write("group_put").await?;
    let group = for_admin(app, &mut tx, site.id, &facts, me.id).await?;
    if known && group.participant(other).is_none() {
        // They left in the meantime.
        return Err(Problem::new(Code::Conflict));
    }
    let ghost = invited.ghosts.contains(&other);
    place(app, site, &facts, tx, &group, &doer, Placed { member: other, ghost, role }).await?;
    http::participant(app, site, me, id, other).await
}

/// The organizers take somebody in (or give them a role). They are outside the rules.
pub async fn put_by_staff(
    app: &App,
    site: &Site,
    doer: &Doer<'_>,
    id: i64,
    other: i64,
    role: Option<Role>,
) -> Answer<()> {
    let facts = app.conversations.get(app, site.id, id).await?.filter(|facts| facts.kind == Kind::Group);
    let facts = facts.ok_or_else(Problem::not_found)?;
    let mut tx = app.db.write("group_put").await?;
    let group = locked(app, &mut tx, site.id, &facts).await?;
    place(app, site, &facts, tx, &group, doer, Placed { member: other, ghost: false, role }).await
}

/// Who is to take part, and how.
struct Placed {
    member: i64,
    ghost: bool,
    role: Option<Role>,
}

async fn place(
    app: &App,
    site: &Site,
    facts: &Arc<Facts>,
    mut tx: Tx,
    group: &Group,
    doer: &Doer<'_>,
    placed: Placed,
) -> Answer<()> {
    let other = placed.member;
    let person = app.members.get_in(&mut tx, site.id, other).await?.ok_or_else(Problem::not_found)?;
    let mut lines = Vec::new();
    let members = facts.members();
    if group.participant(other).is_none() {
        take_in(app, &mut tx, site.id, facts, group, other, placed.ghost).await?;
        lines.push(Line::of(Happened::MembersAdded, &[other]));
        note(app, &mut tx, site.id, doer, "group.add", facts.id, json!({"member": ids::show(other)})).await?;
    }
    let before = group.participant(other).map_or(Role::Member, |one| Role::parse(&one.role));
    if let Some(role) = placed.role.filter(|role| *role != before) {
        store::set_role(&mut tx, site.id, facts.id, other, role.as_str()).await?;
        let others = || group.participants.iter().any(|one| one.is_admin() && one.member_id != other && !one.ghost);
        if role == Role::Member && !doer.staff && !others() {
            return Err(Problem::said_with(Code::Conflict, "refusal.group.last_admin"));
        }
        let event = if role == Role::Admin { Happened::AdminMade } else { Happened::AdminUnmade };
        let detail = json!({"member": ids::show(other), "role": role});
        note(app, &mut tx, site.id, doer, "group.role", facts.id, detail).await?;
        lines.push(Line::of(event, &[other]));
    }
    let done = finish(app, site, facts, tx, doer, lines, &HashMap::from([(other, person)])).await;
    if done.is_err() {
        facts.set_members(members.to_vec());
    }
    done
}

async fn take_in(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    facts: &Facts,
    group: &Group,
    other: i64,
    ghost: bool,
) -> Answer<()> {
    if group.participants.len() >= MOST_PARTICIPANTS {
        return Err(Problem::said_with(Code::Conflict, "refusal.group.full"));
    }
    let cleared = if History::parse(&group.history) == History::FromJoining { group.last_seq } else { 0 };
    store::take_in(tx, site, facts.id, other, ghost, (group.last_seq, cleared), app.clock.now()).await?;
    let mut members: Vec<i64> = facts.members().to_vec();
    keep_apart(tx, site, facts.id, &[other], &members).await?;
    if !ghost {
        members.push(other);
        facts.set_members(members);
    }
    Ok(())
}

/// An admin takes somebody out, or somebody leaves.
pub async fn take_out(app: &App, site: &Site, me: &Arc<Member>, id: i64, other: i64) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    if facts.kind != Kind::Group {
        return Err(Problem::not_found());
    }
    let mut tx = app.db.write("group_take_out").await?;
    let group = match other == me.id {
        true => locked(app, &mut tx, site.id, &facts).await?,
        false => for_admin(app, &mut tx, site.id, &facts, me.id).await?,
    };
    let doer = Doer::from(&**me);
    remove(app, site, &facts, tx, &group, &doer, other).await
}

/// The organizers take somebody out.
pub async fn take_out_by_staff(app: &App, site: &Site, doer: &Doer<'_>, id: i64, other: i64) -> Answer<()> {
    let facts = app.conversations.get(app, site.id, id).await?.filter(|facts| facts.kind == Kind::Group);
    let facts = facts.ok_or_else(Problem::not_found)?;
    let mut tx = app.db.write("group_take_out").await?;
    let group = locked(app, &mut tx, site.id, &facts).await?;
    remove(app, site, &facts, tx, &group, doer, other).await
}

async fn remove(
    app: &App,
    site: &Site,
    facts: &Arc<Facts>,
    mut tx: Tx,
    group: &Group,
    doer: &Doer<'_>,
    other: i64,
) -> Answer<()> {
    let gone = group.participant(other).ok_or_else(Problem::not_found)?.clone();
    let left: Vec<&ParticipantRow> =
        group.participants.iter().filter(|one| one.member_id != other && !one.ghost).collect();
    store::take_out(&mut tx, site.id, facts.id, other).await?;
    note(app, &mut tx, site.id, doer, "group.remove", facts.id, json!({"member": ids::show(other)})).await?;
    if left.is_empty() {
        messages::erase(&mut tx, site.id, facts.id).await?;
        store::end(&mut tx, site.id, facts.id).await?;
        let committed = tx.commit().await?;
        facts.set_members(Vec::new());
        app.conversations.forget(facts.id);
        tell_gone(app, facts.id, other);
        drop(committed);
        return Ok(());
    }
    let person = app.members.get_in(&mut tx, site.id, other).await?;
    let mut people: HashMap<i64, Arc<Member>> = person.into_iter().map(|person| (other, person)).collect();
    let event = if doer.id == other { Happened::MemberLeft } else { Happened::MemberRemoved };
    let mut lines = vec![Line::of(event, if doer.id == other { &[] } else { std::slice::from_ref(&other) })];
    // A group that had an admin keeps one: the one who is there longest.
    let heir = left.first().filter(|_| gone.is_admin() && !left.iter().any(|one| one.is_admin()));
    if let Some(heir) = heir {
        store::set_role(&mut tx, site.id, facts.id, heir.member_id, Role::Admin.as_str()).await?;
        people.extend(app.members.get_in(&mut tx, site.id, heir.member_id).await?.map(|m| (heir.member_id, m)));
        lines.push(Line::of(Happened::AdminMade, &[heir.member_id]));
    }
    let before = facts.members();
    facts.set_members(left.iter().map(|one| one.member_id).collect());
    let done = finish(app, site, facts, tx, doer, lines, &people).await;
    if done.is_err() {
        facts.set_members(before.to_vec());
        return done;
    }
    if !gone.ghost {
        tell_gone(app, facts.id, other);
    }
    Ok(())
}

fn tell_gone(app: &App, id: i64, member: i64) {
    let fields = format!("\"conversation_id\":\"{}\",\"cleared\":false,\"left\":true", ids::show(id));
    app.hub.publish(Event::new("conversation.removed", fields, Audience::Member(member)));
}

/// Says what happened, makes it durable, and tells everybody who takes part.
async fn finish(
    app: &App,
    site: &Site,
    facts: &Arc<Facts>,
    mut tx: Tx,
    doer: &Doer<'_>,
    lines: Vec<Line>,
    people: &HashMap<i64, Arc<Member>>,
) -> Answer<()> {
    let mut said = Vec::with_capacity(lines.len());
    for line in lines {
        said.push(messages::say(app, &mut tx, facts, doer, line, people).await?);
    }
    let changed = !said.is_empty();
    let committed = tx.commit().await?;
    messages::tell_said(app, site, facts, said).await;
    drop(committed);
    if changed {
        tell_all(app, site, facts).await;
    }
    Ok(())
}

/// A group of mine, which I may change if I am its admin; what is answered if it is another kind of conversation.
async fn group_of(app: &App, site: &Site, me: &Member, id: i64, other: impl Fn() -> Problem) -> Answer<Arc<Facts>> {
    let facts = participating(app, site, me, id).await?;
    if facts.kind != Kind::Group {
        return Err(other());
    }
    rules::permit_among_participants(site, me, true)?;
    if !site.settings.features.groups {
        return Err(Problem::new(Code::FeatureOff));
    }
    app.sending.take(me.id, site.settings.limits.messages.into(), &app.clock)?;
    Ok(facts)
}

/// The group as it is, locked; it must still be there, with everybody known who takes part.
async fn locked(app: &App, tx: &mut Tx, site: SiteId, facts: &Facts) -> Answer<Group> {
    lock(tx, &app.db, site, facts.id).await?;
    store::group(tx, site, facts.id).await?.ok_or_else(Problem::not_found)
}

async fn for_admin(app: &App, tx: &mut Tx, site: SiteId, facts: &Facts, me: i64) -> Answer<Group> {
    let group = locked(app, tx, site, facts).await?;
    let mine = group.participant(me).ok_or_else(Problem::not_found)?;
    if !mine.is_admin() {
        return Err(Problem::said_with(Code::ReadOnly, "refusal.group.admin_only"));
    }
    Ok(group)
}

async fn among(app: &App, site: SiteId, id: i64, member: i64) -> Answer<bool> {
    Ok(store::is_among(&mut app.db.read().await?, site, id, member).await?)
}
