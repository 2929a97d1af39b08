//! The members a member may see.

use super::search::{self, AfterWord, Wanted};
use super::store::{self, Member};
use super::wire::{MemberView, Relation};
use crate::app::App;
use crate::contacts::{self, Contact};
use crate::platform::http::{Answer, Page, cursor_of, limit_of, read_cursor};
use crate::platform::ids;
use crate::rules::{self, Between};
use crate::sites::Site;
use domain::members::words_of;
use domain::rules::{Right, writing};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::IntoParams;

/// A search never has more words than this.
const MOST_WORDS: usize = 8;
/// A page of those who are here, or of one's contacts, looks at no more.
const MOST_AMONG: usize = 10_000;

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
    /// Only one's contacts, those one has asked, or those who have asked.
    pub contact: Option<Contact>,
    /// At most this many: 50 unless given, never more than 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Where a page goes on: by name, or by word.
#[derive(Serialize, Deserialize)]
enum After {
    #[serde(rename = "n")]
    Name(String, i64),
    #[serde(rename = "w")]
    Word(AfterWord),
}

/// One page of the members that `me` may see: by name, or with a query the best match first.
pub async fn page(app: &App, site: &Site, me: &Member, asked: &DirectoryQuery) -> Answer<Page<MemberView>> {
    let limit = limit_of(asked.limit)?;
    let after: Option<After> = read_cursor(asked.cursor.as_deref())?;
    if !site.settings.features.member_chat {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let words = words_of(asked.query.as_deref().unwrap_or_default());
    let among = among(app, site, me, asked).await?;
    if among.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let mut classes = rules::visible_classes(app, site, me).await?;
    let mut population = asked.population.as_deref();
    if let (Some(visible), Some(slug)) = (&mut classes, population)
        && let Some(id) = rules::spoken_of(app, site, slug).await?
    {
        // A population that rules speak of is whole classes.
        visible.retain(|class| class.groups.contains(&id));
        population = None;
    }
    if classes.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let wanted = Wanted {
        words: &words[..words.len().min(MOST_WORDS)],
        population,
        classes: classes.as_deref(),
        among: among.as_deref(),
        but: Some(me.id),
        limit: limit + 1,
        ..Wanted::default()
    };
    let (found, next) = found(app, site, wanted, after).await?;
    let members: Vec<Arc<Member>> = found.into_iter().map(Arc::new).collect();
    Ok(Page { items: views(app, site, me, &members).await?, next: next.and_then(|next| cursor_of(&next)) })
}

async fn found(
    app: &App,
    site: &Site,
    wanted: Wanted<'_>,
    after: Option<After>,
) -> Answer<(Vec<Member>, Option<After>)> {
    let mut reader = app.db.read().await?;
    let by_word = match &after {
        Some(After::Word(_)) => true,
        Some(After::Name(..)) => false,
        None => !wanted.words.is_empty() && !search::is_small(&mut reader, site.id, &wanted).await?,
    };
    if by_word {
        let after = match after {
            Some(After::Word(after)) => Some(after),
            _ => None,
        };
        let (found, next) = search::by_word(&mut reader, site.id, &wanted, after).await?;
        return Ok((found, next.map(After::Word)));
    }
    let wanted = match &after {
        Some(After::Name(name, id)) => Wanted { after: Some((name, *id)), ..wanted },
        _ => wanted,
    };
    let few = wanted.among.is_some() || wanted.population.is_some() || !wanted.words.is_empty();
    let mut found = if few && search::is_small(&mut reader, site.id, &wanted).await? {
        search::of_few(&mut reader, site.id, &wanted).await?
    } else {
        search::by_name(&mut reader, site.id, &wanted).await?
    };
    let more = found.len() == wanted.limit;
    found.truncate(wanted.limit - 1);
    let last = found.last().filter(|_| more);
    let next = last.map(|member| After::Name(store::name_key(&member.profile.name), member.id));
    Ok((found, next))
}

/// Those the page is limited to: who is here (and not across a block), one's contacts.
async fn among(app: &App, site: &Site, me: &Member, asked: &DirectoryQuery) -> Answer<Option<Vec<i64>>> {
    let contacts = match asked.contact {
        Some(contact) => {
            let mut reader = app.db.read().await?;
            Some(contacts::contacts_of(&mut reader, site.id, me.id, contact, MOST_AMONG).await?)
        }
        None => None,
    };
    if asked.connected != Some(true) {
        return Ok(contacts);
    }
    let mut here: Vec<i64> = match contacts {
        Some(contacts) => app.hub.connected_among(site.id.0, &contacts).into_iter().collect(),
        None => app.hub.connected_members(site.id.0).into_iter().take(MOST_AMONG).collect(),
    };
    let around = contacts::blocks_around(&mut app.db.read().await?, site.id, &[me.id]).await?;
    here.retain(|id| !around.iter().any(|(_, other)| other == id));
    Ok(Some(here))
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
    let between = rules::between(app, site, me, &ids).await?;
    views_with(app, site, me, members, &between).await
}

/// The same when it is known what is between them.
pub(crate) async fn views_with(
    app: &App,
    site: &Site,
    me: &Member,
    members: &[Arc<Member>],
    between: &HashMap<i64, Between>,
) -> Answer<Vec<MemberView>> {
    let ids: Vec<i64> = members.iter().map(|m| m.id).collect();
    let here = app.hub.connected_among(site.id.0, &ids);
    let mut views = Vec::with_capacity(members.len());
    for member in members {
        let between = between.get(&member.id).copied().unwrap_or_default();
        let write = match between.conversation {
            Some(_) => writing(between.they_wrote),
            None => Right::Start,
        };
        let relation = Relation {
            can_message: may(app, site, me, member, write, &between).await?,
            can_call: may(app, site, me, member, Right::Call, &between).await?,
            can_request_contact: site.settings.features.contact_requests
                && between.contact == Contact::None
                && may(app, site, me, member, Right::Start, &between).await?,
            contact: between.contact,
            contact_request_id: between.request.map(ids::show),
            blocked: between.blocked,
            conversation_id: between.conversation.map(ids::show),
        };
        let connected = here.contains(&member.id) && between.shows_presence();
        views.push(MemberView::of(member, connected, relation));
    }
    Ok(views)
}

async fn may(app: &App, site: &Site, me: &Member, member: &Member, right: Right, between: &Between) -> Answer<bool> {
    Ok(member.id != me.id && rules::decide(app, site, me, member, right, between).await?.allowed())
}
