//! The members grid of the back-office: pages of a filtered, sorted list of any length, from any place in it.

pub mod bulk;
pub mod export;
mod filter;
pub mod import;
pub(super) mod labels;
mod matching;
mod rows;
pub mod seen;
mod target;

pub use filter::FilterForm;
pub use import::Imports;
pub use target::{Target, TargetForm};

use super::store::{self, Member};
use super::wire::Me;
use super::{populations, views};
use crate::app::App;
use crate::operators::SignedInOperator;
use crate::platform::clock::{Millis, rfc3339};
use crate::platform::db::{DbError, Reader, Sql, Value, list};
use crate::platform::http::{Answer, Page, Problem, ProblemBody, Query, cursor_of, id_of, limit_of, read_cursor};
use crate::sites::SiteId;
use axum::Json;
use axum::extract::State;
use filter::{LastSeen, OneOrMore, Sanctioned, WrittenFilter};
use labels::{Counted, Kind};
use matching::Matching;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_members)).routes(routes!(count_members)).routes(routes!(read_facets))
}

/// The order of the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sort {
    by: Key,
    descending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Key {
    #[default]
    Name,
    Login,
    LastSeen,
    CreatedAt,
}

const KEYS: [(Key, &str); 4] =
    [(Key::Name, "name"), (Key::Login, "login"), (Key::LastSeen, "last_seen"), (Key::CreatedAt, "created_at")];

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Sort, String> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let found = KEYS.into_iter().find(|(_, known)| *known == name);
        let (by, _) = found.ok_or_else(|| "sort: name, login, last_seen or created_at, with - downwards".to_owned())?;
        Ok(Sort { by, descending })
    }
}

impl TryFrom<String> for Sort {
    type Error = String;

    fn try_from(text: String) -> Result<Sort, String> {
        text.parse()
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = KEYS.into_iter().find(|(key, _)| *key == self.by).map_or("name", |(_, name)| name);
        write!(f, "{}{name}", if self.descending { "-" } else { "" })
    }
}

impl From<Sort> for String {
    fn from(sort: Sort) -> String {
        sort.to_string()
    }
}

/// Which members.
#[derive(Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GridQuery {
    /// Words that begin a word of the name, login, headline or interests.
    query: Option<String>,
    /// Only this population (slug).
    population: Option<String>,
    /// Only with this badge.
    badge: Option<String>,
    /// Only with this interest.
    interest: Option<String>,
    /// Only who is here now, or who isn't.
    connected: Option<bool>,
    /// Only those who can be written to first, or who can't.
    contactable: Option<bool>,
    /// Only who may use the chat, or who may not.
    chat_enabled: Option<bool>,
    /// Only who is muted or banned now.
    sanction: Option<Sanctioned>,
    /// `never`; `7`: within the last seven days; `-30`: not for thirty days.
    #[param(value_type = Option<String>)]
    last_seen: Option<LastSeen>,
    /// More conditions, as a view has them, in JSON: `{"attributes":{"sector":"Wood"},"population":["press","jury"]}`.
    #[param(value_type = Option<String>)]
    filter: Option<WrittenFilter>,
    /// Only those whom this view shows.
    view: Option<String>,
    /// `name` unless given; `login`, `last_seen`, `created_at`; with `-` downwards.
    #[param(value_type = Option<String>)]
    sort: Option<Sort>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// From this place of the list on, instead of a cursor.
    offset: Option<u32>,
    /// Of an export: which columns, in order, separated by commas.
    pub(super) columns: Option<String>,
}

impl GridQuery {
    fn fields(&self) -> FilterForm {
        let one = |value: &Option<String>| value.clone().map(OneOrMore::One);
        FilterForm {
            query: self.query.clone(),
            population: one(&self.population),
            badge: one(&self.badge),
            interest: one(&self.interest),
            attributes: None,
            connected: self.connected,
            contactable: self.contactable,
            chat_enabled: self.chat_enabled,
            sanction: self.sanction,
            last_seen: self.last_seen,
        }
    }

    /// Those it describes, and the order in which they stand.
    pub async fn matching(&self, app: &App, me: &SignedInOperator) -> Answer<(Matching, Sort)> {
        let mut filters = vec![self.fields()];
        filters.extend(self.filter.iter().map(|written| written.0.clone()));
        filters.iter().try_for_each(FilterForm::check_size)?;
        let mut sort = Sort::default();
        if let Some(view) = &self.view {
            let unknown = || Problem::invalid("view: none of this site");
            let id = id_of(view).map_err(|_| unknown())?;
            let view = views::one(&mut app.db.read().await?, me.site.id, id).await?;
            let view = view.filter(|view| view.is_for(me.operator.id)).ok_or_else(unknown)?;
            sort = view.sort;
            filters.push(view.filter);
        }
        Ok((Matching::of(app, me.site.id, &filters, None).await?, self.sort.unwrap_or(sort)))
    }
}

/// A member, as the grid shows them.
#[derive(Debug, Serialize, ToSchema)]
pub struct GridMember {
    /// Who.
    #[serde(flatten)]
    pub me: Me,
    /// Whether they are here now.
    pub connected: bool,
    /// When they were last here (RFC 3339); null: never.
    pub last_seen_at: Option<String>,
    /// Since when they are known (RFC 3339).
    pub created_at: String,
    /// `mute`, `ban`: what is in force now, in a room or everywhere.
    pub sanctions: Vec<String>,
}

/// The site's members.
#[utoipa::path(get, path = "/admin/members", tag = "back-office", security(("operator" = [])), params(GridQuery),
    responses((status = 200, body = Page<GridMember>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_members(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<GridQuery>,
) -> Answer<Json<Page<GridMember>>> {
    let limit = limit_of(asked.limit)?;
    let (matching, sort) = asked.matching(&app, &me).await?;
    let from = match (&asked.cursor, asked.offset) {
        (Some(_), Some(_)) => return Err(Problem::invalid("offset: or cursor, not both")),
        (None, offset) => Place::Offset(offset.unwrap_or(0)),
        (cursor, None) => read_cursor(cursor.as_deref())?.map_or(Place::Offset(0), Place::After),
    };
    let mut reader = app.db.read().await?;
    let mut rows = page(&mut reader, &matching, sort, from, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(cursor_of);
    let ids: Vec<i64> = rows.iter().map(|(_, _, id)| *id).collect();
    Ok(Json(Page { items: members(&app, &mut reader, me.site.id, &ids).await?, next }))
}

/// Where a page begins: so many rows down, or after this text, number and id.
enum Place {
    Offset(u32),
    After(Row),
}

type Row = (String, i64, i64);

async fn page(
    reader: &mut Reader,
    matching: &Matching,
    sort: Sort,
    from: Place,
    limit: usize,
) -> Result<Vec<Row>, DbError> {
    let mut values = matching.values.clone();
    let (than, direction) = if sort.descending { ("<", "DESC") } else { (">", "ASC") };
    let (text, number, key) = match sort.by {
        Key::Name => ("m.name_key", NO_NUMBER, "m.name_key"),
        Key::Login => ("m.login_key", NO_NUMBER, "m.login_key"),
        Key::LastSeen => ("''", "m.last_seen_at", "m.last_seen_at"),
        // Ids are given in the order of time.
        Key::CreatedAt => ("''", "m.id", "m.id"),
    };
    let mut begin = String::new();
    let mut offset = 0;
    match from {
        Place::Offset(rows) => offset = i64::from(rows),
        Place::After((after, at, id)) => {
            let value: Value = if number == NO_NUMBER { after.into() } else { at.into() };
            values.extend([value, id.into()]);
            begin = format!(" AND ({key}, m.id) {than} (${}, ${})", values.len() - 1, values.len());
        }
    }
    values.extend([i64::try_from(limit).unwrap_or(200).into(), offset.into()]);
    let query = format!(
        "SELECT {text}, {number}, m.id FROM member m WHERE m.site_id = $1{}{begin} \
         ORDER BY {key} {direction}, m.id {direction} LIMIT ${} OFFSET ${}",
        matching.text,
        values.len() - 1,
        values.len()
    );
    Sql::assembled(query).bind_each(values).all(reader).await
}

/// Of the size that PostgreSQL gives columns of numbers, not literals.
const NO_NUMBER: &str = "CAST(0 AS BIGINT)";

#[derive(sqlx_macros::FromRow)]
struct Seen {
    id: i64,
    last_seen_at: Millis,
    created_at: Millis,
}

/// The members with these ids, in their order.
pub(super) async fn members(app: &App, reader: &mut Reader, site: SiteId, ids: &[i64]) -> Answer<Vec<GridMember>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::by_ids(&mut *reader, site, ids).await?;
    let mut by_id: HashMap<i64, Member> = found.into_iter().map(|member| (member.id, member)).collect();
    let text = format!(
        "SELECT id, last_seen_at, created_at FROM member WHERE site_id = $1 AND id IN ({})",
        list(2, ids.len())
    );
    let seen: Vec<Seen> = Sql::assembled(text).bind(site.0).bind_each(ids.iter().copied()).all(&mut *reader).await?;
    let seen: HashMap<i64, Seen> = seen.into_iter().map(|row| (row.id, row)).collect();
    let mut sanctions = sanctions_of(reader, site, ids, app.clock.now()).await?;
    let here: HashSet<i64> = app.hub.connected_among(site.0, ids);
    let now = app.clock.now();
    let row = |id: &i64| {
        let member = by_id.remove(id)?;
        let seen = seen.get(id)?;
        let connected = here.contains(id);
        let last = if connected { now } else { seen.last_seen_at };
        Some(GridMember {
            me: Me::of(&member),
            connected,
            last_seen_at: (last > 0).then(|| rfc3339(last)),
            created_at: rfc3339(seen.created_at),
            sanctions: sanctions.remove(id).unwrap_or_default(),
        })
    };
    Ok(ids.iter().filter_map(row).collect())
}

async fn sanctions_of(
    reader: &mut Reader,
    site: SiteId,
    ids: &[i64],
    now: Millis,
) -> Result<HashMap<i64, Vec<String>>, DbError> {
    let text = format!(
        "SELECT DISTINCT member_id, kind FROM sanction WHERE site_id = $1 AND lifted_at IS NULL \
         AND (until IS NULL OR until > $2) AND member_id IN ({}) ORDER BY member_id, kind",
        list(3, ids.len())
    );
    let rows: Vec<(i64, String)> =
        Sql::assembled(text).bind(site.0).bind(now).bind_each(ids.iter().copied()).all(reader).await?;
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    for (member, kind) in rows {
        found.entry(member).or_default().push(kind);
    }
    Ok(found)
}

/// How many.
#[derive(Serialize, ToSchema)]
struct Count {
    /// How many.
    count: i64,
}

/// How many members a filter describes: the length of the grid.
#[utoipa::path(get, path = "/admin/members/count", tag = "back-office", security(("operator" = [])), params(GridQuery),
    responses((status = 200, body = Count), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn count_members(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<GridQuery>,
) -> Answer<Json<Count>> {
    let (matching, _) = asked.matching(&app, &me).await?;
    Ok(Json(Count { count: matching.count(&mut app.db.read().await?).await? }))
}

/// Up to so many members are counted anew each time one asks by what they can be filtered;
const MANY: i64 = 5_000;
/// of more it is known for so long.
const GOOD_FOR: Millis = 30 * 1_000;

/// By what the members can be filtered.
#[derive(Clone, Serialize, ToSchema)]
pub struct Facets {
    /// All populations.
    populations: Vec<CountedPopulation>,
    /// The badges that most have.
    badges: Vec<Counted>,
    /// The interests that most have.
    interests: Vec<Counted>,
    /// How many members there are.
    members: i64,
    /// How many have interests.
    with_interests: i64,
}

/// A population, and how many are in it.
#[derive(Clone, Serialize, ToSchema)]
struct CountedPopulation {
    /// Its slug.
    slug: String,
    /// What people call it.
    name: String,
    /// How many.
    count: i64,
}

/// By what the members can be filtered, with numbers.
#[utoipa::path(get, path = "/admin/members/facets", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Facets), (status = 401, body = ProblemBody)))]
async fn read_facets(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Facets>> {
    let (site, now) = (me.site.id, app.clock.now());
    if let Some(known) = app.facets.get(&site, now) {
        return Ok(Json(known));
    }
    let all = Matching::of(&app, site, &[], None).await?;
    let mut reader = app.db.read().await?;
    let populations = populations::counted(&mut reader, site).await?;
    let facets = Facets {
        populations: populations
            .into_iter()
            .map(|(slug, name, count)| CountedPopulation { slug, name, count })
            .collect(),
        badges: labels::most(&mut reader, site, Kind::Badge).await?,
        interests: labels::most(&mut reader, site, Kind::Interest).await?,
        members: all.count(&mut reader).await?,
        with_interests: labels::members_with(&mut reader, site, Kind::Interest).await?,
    };
    if facets.members > MANY {
        app.facets.keep(site, facets.clone(), (now, now + GOOD_FOR));
    }
    Ok(Json(facets))
}
