//! Rooms over HTTP, for members.

use super::snapshot::{self, Inside};
use super::store::Room;
use super::wire::{ConnectedMember, ConnectedPage};
use super::{apart, enter, view};
use crate::app::App;
use crate::conversations::ConversationView;
use crate::members::directory::{self, DirectoryQuery};
use crate::members::{ChattingMember, Member, MemberCard};
use crate::platform::http::{Answer, Page, Path, ProblemBody, Query, cursor_of, id_of, limit_of, read_cursor};
use crate::platform::ids;
use crate::rules::{self, Between};
use crate::sites::Site;
use axum::Json;
use axum::extract::State;
use domain::members::words_of;
use domain::rules::Right;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::Arc;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// So many logins are offered.
const MOST_OFFERED: usize = 8;
/// Of so many who are inside, at most, it is asked whether they can be whispered to.
const MOST_ASKED: usize = 400;

/// The routes of this slice for members.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_rooms))
        .routes(routes!(list_connected))
        .routes(routes!(offer_logins))
        .merge(super::admin::routes())
}

/// The rooms one may enter, by name.
#[utoipa::path(get, path = "/rooms", tag = "rooms", security(("member" = [])),
    responses((status = 200, body = Page<ConversationView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
async fn list_rooms(State(app): State<App>, me: ChattingMember) -> Answer<Json<Page<ConversationView>>> {
    Ok(Json(Page { items: view::all(&app, &me.site, &me.member).await?, next: None }))
}

/// Which of those inside.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ConnectedQuery {
    /// Words that begin a word of the name or login; case and accents don't count.
    query: Option<String>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// Those inside a room, by name, oneself among them; nobody across a block.
#[utoipa::path(get, path = "/conversations/{conversation}/connected", tag = "rooms", security(("member" = [])),
    params(("conversation" = String, Path, description = "The room's id"), ConnectedQuery),
    responses((status = 200, body = ConnectedPage), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_connected(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Query(asked): Query<ConnectedQuery>,
) -> Answer<Json<ConnectedPage>> {
    let room = enter(&app, &me.site, &me.member, id_of(&id)?).await?;
    let limit = limit_of(asked.limit)?;
    let after: Option<(String, i64)> = read_cursor(asked.cursor.as_deref())?;
    let list = snapshot::inside(&app, &room).await?;
    let apart: HashSet<i64> = apart(&app, &me.site, me.member.id).await?.into_iter().collect();
    let count = list.iter().filter(|one| !apart.contains(&one.member.id)).count();
    let words = words_of(asked.query.as_deref().unwrap_or_default());
    let start = after.map_or(0, |(key, id)| list.partition_point(|one| (&one.key, one.member.id) <= (&key, id)));
    let found = list[start..].iter().filter(|one| !apart.contains(&one.member.id) && matches(one, &words));
    let mut found: Vec<&Inside> = found.take(limit + 1).collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).and_then(|one| cursor_of(&(&one.key, one.member.id)));
    let people: Vec<Arc<Member>> = found.into_iter().map(|one| one.member.clone()).collect();
    let reachable = reachable(&app, &me.site, &me.member, &room, &people).await?;
    let items = people.iter().map(|person| ConnectedMember {
        card: MemberCard::of(person),
        can_whisper: reachable.contains(&person.id),
        moderator: room.is_moderator(&me.site, person),
    });
    Ok(Json(ConnectedPage { items: items.collect(), next, count }))
}

fn matches(one: &Inside, words: &[String]) -> bool {
    let parts = || one.key.split(|c: char| !c.is_alphanumeric());
    words.iter().all(|word| parts().any(|part| part.starts_with(word.as_str())))
}

/// Those of them whom a member may whisper to in a room.
async fn reachable(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    room: &Room,
    people: &[Arc<Member>],
) -> Answer<HashSet<i64>> {
    let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
    let between = rules::between(app, site, me, &ids).await?;
    let outside_rules = room.is_moderator(site, me);
    let mut found = HashSet::new();
    for person in people {
        let between: Between = between.get(&person.id).copied().unwrap_or_default();
        let may = person.id != me.id
            && !between.blocked
            && (outside_rules || rules::decide(app, site, me, person, Right::Start, &between).await?.allowed());
        if may {
            found.insert(person.id);
        }
    }
    Ok(found)
}

/// What was typed of a login.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct LoginsQuery {
    /// What was typed so far, without the `@`.
    #[serde(default)]
    prefix: String,
}

/// Members one may whisper to in a room whose login or name begins so: whoever has just that login, then those inside, at most eight.
#[utoipa::path(get, path = "/conversations/{conversation}/logins", tag = "rooms", security(("member" = [])),
    params(("conversation" = String, Path, description = "The room's id"), LoginsQuery),
    responses((status = 200, body = Page<MemberCard>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn offer_logins(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Query(asked): Query<LoginsQuery>,
) -> Answer<Json<Page<MemberCard>>> {
    let room = enter(&app, &me.site, &me.member, id_of(&id)?).await?;
    let apart: HashSet<i64> = apart(&app, &me.site, me.member.id).await?.into_iter().collect();
    let words = words_of(&asked.prefix);
    let list = snapshot::inside(&app, &room).await?;
    let inside = list.iter().filter(|one| !apart.contains(&one.member.id) && matches(one, &words));
    let inside: Vec<Arc<Member>> = inside.take(MOST_ASKED).map(|one| one.member.clone()).collect();
    let typed = domain::rooms::login_keys(&asked.prefix);
    let exact = app.members.by_logins(&app.db, me.site.id, &typed).await?;
    let exact = typed.iter().filter_map(|key| exact.get(key)).filter(|person| room.lets_in(person)).cloned();
    let reachable_inside = reachable(&app, &me.site, &me.member, &room, &inside).await?;
    let mut people: Vec<Arc<Member>> = exact.collect();
    people.extend(inside.into_iter().filter(|one| reachable_inside.contains(&one.id)).take(MOST_OFFERED));
    if people.len() < MOST_OFFERED && !words.is_empty() {
        let wanted = DirectoryQuery { query: Some(asked.prefix), limit: Some(20), ..DirectoryQuery::default() };
        let found = directory::page(&app, &me.site, &me.member, &wanted).await?.items;
        let ids: Vec<i64> = found.iter().filter_map(|one| ids::read(&one.card.id)).collect();
        let known = app.members.get_all(&app.db, me.site.id, &ids).await?;
        let known = ids.iter().filter_map(|id| known.get(id)).filter(|person| room.lets_in(person));
        people.extend(known.cloned());
    }
    let reachable = reachable(&app, &me.site, &me.member, &room, &people).await?;
    let mut seen = HashSet::new();
    people.retain(|person| reachable.contains(&person.id) && seen.insert(person.id));
    people.truncate(MOST_OFFERED);
    Ok(Json(Page { items: people.iter().map(|person| MemberCard::of(person)).collect(), next: None }))
}
