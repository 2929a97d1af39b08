//! Making groups, and whom one may take into them.

use super::{History, MOST_PARTICIPANTS, keep_apart, name_of, note, tell_all};
use crate::app::App;
use crate::conversations::actions::remember;
use crate::conversations::facts::Facts;
use crate::conversations::list;
use crate::conversations::making::{New, insert};
use crate::conversations::store::Kind;
use crate::conversations::wire::ConversationView;
use crate::members::Member;
use crate::messages::{self, Doer, Happened, Line};
use crate::pictures;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::rules::{self, Between};
use crate::sites::{Site, SiteId};
use domain::rules::Right;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;

/// A group to be made.
pub struct NewGroup<'a> {
    /// Its name.
    pub name: &'a str,
    /// Who takes part, by their ids.
    pub members: &'a [String],
    /// Its picture's id.
    pub picture: Option<&'a str>,
    /// What newcomers see.
    pub history: History,
}

/// A member makes a group, and is its admin.
pub async fn create(app: &App, site: &Site, me: &Arc<Member>, wanted: NewGroup<'_>) -> Answer<ConversationView> {
    rules::permit_among_participants(site, me, true)?;
    if !site.settings.features.groups {
        return Err(Problem::new(Code::FeatureOff));
    }
    app.sending.take(me.id, site.settings.limits.messages.into(), &app.clock)?;
    let name = name_of(wanted.name)?;
    let mut others = ids_of(wanted.members).ok_or_else(Problem::not_found)?;
    others.retain(|id| *id != me.id);
    if others.is_empty() {
        return Err(Problem::said("refusal.group.alone"));
    }
    let invited = invite(app, site, me, &others).await?;
    let picture = picture_of(app, site.id, wanted.picture).await?;
    let mut members = vec![(me.id, true)];
    members.extend(others.iter().map(|id| (*id, true)));
    let new = New {
        id: app.ids.next(&app.clock),
        kind: Kind::Group,
        key: None,
        name: Some(&name),
        members: &members,
        blocking: &[],
        admin: Some(me.id),
        ghosts: &invited.ghosts,
        history: wanted.history,
        picture,
    };
    make(app, site, &new, Some(&Doer::from(&**me)), &invited.people).await?;
    list::view(app, site, me, new.id).await
}

/// The site makes a group of these members; with a `doer`, the group says who did it.
pub async fn create_for_site(app: &App, site: &Site, doer: Option<&Doer<'_>>, wanted: NewGroup<'_>) -> Answer<i64> {
    let name = name_of(wanted.name)?;
    let unknown = || Problem::invalid("members: an unknown member");
    let found = ids_of(wanted.members).ok_or_else(unknown)?;
    if !(2..=MOST_PARTICIPANTS).contains(&found.len()) {
        return Err(Problem::invalid("members: 2 to 1,000 different ones"));
    }
    let people = app.members.get_all(&app.db, site.id, &found).await?;
    if people.len() != found.len() {
        return Err(unknown());
    }
    let members: Vec<(i64, bool)> = found.into_iter().map(|id| (id, true)).collect();
    let new = New {
        id: app.ids.next(&app.clock),
        kind: Kind::Group,
        name: Some(&name),
        members: &members,
        history: wanted.history,
        picture: picture_of(app, site.id, wanted.picture).await?,
        ..New::default()
    };
    make(app, site, &new, doer, &people).await?;
    Ok(new.id)
}

async fn make(
    app: &App,
    site: &Site,
    new: &New<'_>,
    doer: Option<&Doer<'_>>,
    people: &HashMap<i64, Arc<Member>>,
) -> Answer<()> {
    let mut tx = app.db.write("group_create").await?;
    insert(&mut tx, site.id, new, app.clock.now()).await?;
    let members: Vec<i64> = new.members.iter().map(|(id, _)| *id).collect();
    keep_apart(&mut tx, site.id, new.id, &members, &members).await?;
    let facts = Facts::fresh(site.id, new);
    let mut said = Vec::new();
    if let Some(doer) = doer {
        let line = Line::named(Happened::GroupCreated, new.name.unwrap_or_default());
        said.push(messages::say(app, &mut tx, &facts, doer, line, people).await?);
        let detail = json!({"name": new.name, "participants": new.members.len()});
        note(app, &mut tx, site.id, doer, "group.create", new.id, detail).await?;
    }
    let committed = tx.commit().await?;
    let facts = remember(app, facts);
    messages::tell_said(app, site, &facts, said).await;
    drop(committed);
    tell_all(app, site, &facts).await;
    Ok(())
}

/// Those who may be taken in, and whom of them it does not reach.
#[derive(Default)]
pub(super) struct Invited {
    pub people: HashMap<i64, Arc<Member>>,
    /// They block whoever takes them in: they are shown as participants, and hear nothing.
    pub ghosts: Vec<i64>,
}

/// Asks the rules for each: whoever may not be written to can't be taken in either.
pub(super) async fn invite(app: &App, site: &Site, me: &Arc<Member>, others: &[i64]) -> Answer<Invited> {
    if others.len() >= MOST_PARTICIPANTS {
        return Err(Problem::said("refusal.group.full"));
    }
    let mut people = app.members.get_all(&app.db, site.id, others).await?;
    let between = rules::between(app, site, me, others).await?;
    let mut ghosts = Vec::new();
    let mut refused: Option<(Problem, Vec<String>)> = None;
    for other in others {
        let between: Between = between.get(other).copied().unwrap_or_default();
        let person = people.get(other).ok_or_else(Problem::not_found)?;
        match rules::permit(app, site, me, person, Right::Start, &between).await {
            Ok(_) if between.blocks_me => ghosts.push(*other),
            Ok(_) => {}
            Err(problem) if problem.code == Code::NotFound => return Err(problem),
            Err(problem) => refused.get_or_insert((problem, Vec::new())).1.push(ids::show(*other)),
        }
    }
    if let Some((problem, members)) = refused {
        return Err(problem.about(members));
    }
    people.insert(me.id, me.clone());
    Ok(Invited { people, ghosts })
}

/// Each once; `None` if one is nobody's id.
fn ids_of(members: &[String]) -> Option<Vec<i64>> {
    let mut found = members.iter().map(|member| ids::read(member)).collect::<Option<Vec<i64>>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}

pub(super) async fn picture_of(app: &App, site: SiteId, picture: Option<&str>) -> Answer<Option<Vec<u8>>> {
    let Some(picture) = picture else { return Ok(None) };
    let unknown = || Problem::invalid("picture: the id of a picture that was sent before");
    let id = pictures::read_id(picture).ok_or_else(unknown)?;
    let known = pictures::exists(&mut app.db.read().await?, site, &id).await?;
    if known { Ok(Some(id.to_vec())) } else { Err(unknown()) }
}
