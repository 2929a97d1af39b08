//! The members a member may see.

use super::store::{self, Member, Wanted};
use super::wire::{Contact, MemberView, Relation};
use crate::app::App;
use crate::conversations;
use crate::platform::http::{Answer, Page, cursor_of, limit_of, read_cursor};
use crate::platform::ids;
use crate::rules;
use crate::sites::Site;
use domain::members::fold;
use domain::rules::Right;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::IntoParams;

/// A search never has more words than this.
const MOST_WORDS: usize = 8;

/// Which members.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DirectoryQuery {
    /// Words that begin a word of the name, login, headline or interests; case and accents don't count.
    pub query: Option<String>,
    /// Only this population (slug).
    pub population: Option<String>,
    /// Only those who are here now.
    pub connected: Option<bool>,
    /// At most this many: 50 unless given, never more than 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// One page of the members that `me` may see, by name.
pub async fn page(app: &App, site: &Site, me: &Member, asked: &DirectoryQuery) -> Answer<Page<MemberView>> {
    let limit = limit_of(asked.limit)?;
    let after: Option<(String, i64)> = read_cursor(asked.cursor.as_deref())?;
    if !site.settings.features.member_chat {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let words = words(asked.query.as_deref().unwrap_or_default());
    let here: Option<Vec<i64>> = match asked.connected {
        Some(true) => Some(app.hub.connected_members(site.id.0).into_iter().take(10_000).collect()),
        _ => None,
    };
    if here.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let wanted = Wanted {
        words: &words,
        population: asked.population.as_deref(),
        among: here.as_deref(),
        after,
        but: Some(me.id),
        disabled_too: false,
        limit: limit + 1,
    };
    let mut found = store::page(&mut app.db.read().await?, site.id, &wanted).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).and_then(|m| cursor_of(&(store::name_key(&m.profile.name), m.id)));
    let members: Vec<Arc<Member>> = found.into_iter().map(Arc::new).collect();
    Ok(Page { items: views(app, site, me, &members).await?, next })
}

/// One member that `me` may see, by id or `@login`.
pub async fn one(app: &App, site: &Site, me: &Member, who: &str) -> Answer<MemberView> {
    let found = match who.strip_prefix('@') {
        Some(login) => store::by_login(&mut app.db.read().await?, site.id, login).await?.map(Arc::new),
        None => match ids::read(who) {
            Some(id) => app.members.get(&app.db, site.id, id).await?,
            None => None,
        },
    };
    let found = found.ok_or_else(crate::platform::http::Problem::not_found)?;
    if found.id != me.id {
        rules::may(app, site, me, &found, Right::See).await?;
    }
    let mut views = views(app, site, me, &[found]).await?;
    views.pop().ok_or_else(crate::platform::http::Problem::not_found)
}

/// Members as `me` sees them.
pub(super) async fn views(app: &App, site: &Site, me: &Member, members: &[Arc<Member>]) -> Answer<Vec<MemberView>> {
    let ids: Vec<i64> = members.iter().map(|m| m.id).collect();
    let here = app.hub.connected_among(site.id.0, &ids);
    let conversations: HashMap<i64, i64> = conversations::direct_with(app, site.id, me.id, &ids).await?;
    let view = |member: &Arc<Member>| {
        let conversation = conversations.get(&member.id).copied();
        let may = |right| rules::decide(site, me, member, right, conversation.is_some()).is_ok() && member.id != me.id;
        let write = if conversation.is_some() { Right::Reply } else { Right::Start };
        let relation = Relation {
            can_message: may(write),
            can_call: may(Right::Call),
            can_request_contact: false,
            contact: Contact::None,
            blocked: false,
            conversation_id: conversation.map(ids::show),
        };
        MemberView::of(member, here.contains(&member.id), relation)
    };
    Ok(members.iter().map(view).collect())
}

fn words(query: &str) -> Vec<String> {
    fold(query)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(MOST_WORDS)
        .map(str::to_owned)
        .collect()
}
