use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, list, sql};
use crate::sites::SiteId;
use domain::members::{fold, search_text};
use std::collections::HashMap;

/// A person on a site.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Ours.
    pub id: i64,
    /// Their site.
    pub site: SiteId,
    /// The website's own id of them.
    pub external_id: String,
    /// What follows `@`; unique on the site whatever the case.
    pub login: String,
    /// What others see of them, and what they chose.
    pub profile: Profile,
    /// Slugs of their populations, sorted.
    pub populations: Vec<String>,
    /// Whether the organizers let them use the chat.
    pub chat_enabled: bool,
}

/// What a member shows and chooses.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Shown everywhere.
    pub name: String,
    /// For notices; never shown to members.
    pub email: Option<String>,
    /// Their picture; drawn from the initials without one.
    pub avatar_url: Option<String>,
    /// One line about them.
    pub headline: Option<String>,
    /// Their language tag.
    pub locale: Option<String>,
    /// What highlights them.
    pub badges: Vec<String>,
    /// Themes with weights 0..1.
    pub interests: Vec<(String, f64)>,
    /// Whether those who don't know them may write first.
    pub contactable: bool,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: i64,
    external_id: String,
    login: String,
    name: String,
    email: Option<String>,
    avatar_url: Option<String>,
    headline: Option<String>,
    locale: Option<String>,
    badges: String,
    interests: String,
    contactable: bool,
    chat_enabled: bool,
}

const COLUMNS: &str = "m.id, m.external_id, m.login, m.name, m.email, m.avatar_url, m.headline, m.locale, m.badges, \
    m.interests, m.contactable, m.chat_enabled";

fn member(site: SiteId, row: MemberRow) -> Member {
    Member {
        id: row.id,
        site,
        external_id: row.external_id,
        login: row.login,
        profile: Profile {
            name: row.name,
            email: row.email,
            avatar_url: row.avatar_url,
            headline: row.headline,
            locale: row.locale,
            badges: serde_json::from_str(&row.badges).unwrap_or_default(),
            interests: serde_json::from_str(&row.interests).unwrap_or_default(),
            contactable: row.contactable,
        },
        populations: Vec::new(),
        chat_enabled: row.chat_enabled,
    }
}

macro_rules! with_populations {
    ($on:expr, $site:expr, $query:expr) => {{
        let rows: Vec<MemberRow> = $query.all(&mut *$on).await?;
        let mut members: Vec<Member> = rows.into_iter().map(|row| member($site, row)).collect();
        let ids: Vec<i64> = members.iter().map(|m| m.id).collect();
        if !ids.is_empty() {
            let rows: Vec<(i64, String)> = populations_of($site, &ids).all(&mut *$on).await?;
            let mut by_member: HashMap<i64, Vec<String>> = HashMap::new();
            for (id, slug) in rows {
                by_member.entry(id).or_default().push(slug);
            }
            for member in &mut members {
                member.populations = by_member.remove(&member.id).unwrap_or_default();
            }
        }
        Ok(members)
    }};
}

fn populations_of(site: SiteId, ids: &[i64]) -> Sql {
    Sql::assembled(format!(
        "SELECT mp.member_id, p.slug FROM member_population mp JOIN population p ON p.id = mp.population_id \
         WHERE mp.site_id = $1 AND mp.member_id IN ({}) ORDER BY p.slug",
        list(2, ids.len())
    ))
    .bind(site.0)
    .bind_each(ids.iter().copied())
}

/// Members by id.
pub(super) async fn by_ids<L>(on: &mut L, site: SiteId, ids: &[i64]) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.id IN ({})", list(2, ids.len()));
    with_populations!(on, site, Sql::assembled(text).bind(site.0).bind_each(ids.iter().copied()))
}

/// The member the website calls so.
pub(super) async fn by_external_id<L>(on: &mut L, site: SiteId, external_id: &str) -> Result<Option<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.external_id = $2");
    let found: Result<Vec<Member>, DbError> =
        with_populations!(on, site, Sql::assembled(text).bind(site.0).bind(external_id));
    Ok(found?.into_iter().next())
}

/// The member with this login, whatever its case.
pub(super) async fn by_login<L>(on: &mut L, site: SiteId, login: &str) -> Result<Option<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.login_key = $2");
    let found: Result<Vec<Member>, DbError> =
        with_populations!(on, site, Sql::assembled(text).bind(site.0).bind(login.to_lowercase()));
    Ok(found?.into_iter().next())
}

/// The password of a built-in account: member and hash.
pub(super) async fn password_of(
    on: impl Into<Link<'_>>,
    site: SiteId,
    login: &str,
) -> Result<Option<(i64, String)>, DbError> {
    sql("SELECT id, password_hash FROM member WHERE site_id = $1 AND login_key = $2 AND password_hash IS NOT NULL")
        .bind(site.0)
        .bind(login.to_lowercase())
        .maybe(on)
        .await
}

pub(super) async fn set_password(tx: &mut Tx, member: &Member, hash: &str) -> Result<(), DbError> {
    sql("UPDATE member SET password_hash = $3 WHERE site_id = $1 AND id = $2")
        .bind(member.site.0)
        .bind(member.id)
        .bind(hash)
        .run(tx)
        .await
        .map(drop)
}

/// One page of the directory, by name.
pub(super) struct Wanted<'a> {
    /// Folded words, each the beginning of a word of the profile.
    pub words: &'a [String],
    pub population: Option<&'a str>,
    /// Only these.
    pub among: Option<&'a [i64]>,
    /// After this name and id.
    pub after: Option<(String, i64)>,
    /// Everybody but this one.
    pub but: Option<i64>,
    /// Also those who may not use the chat.
    pub disabled_too: bool,
    pub limit: usize,
}

pub(super) async fn page<L>(on: &mut L, site: SiteId, wanted: &Wanted<'_>) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let mut text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.id <> $2");
    let mut values: Vec<crate::platform::db::Value> = vec![site.0.into(), wanted.but.unwrap_or(-1).into()];
    if !wanted.disabled_too {
        text.push_str(" AND m.chat_enabled = TRUE");
    }
    if let Some((name, id)) = &wanted.after {
        let n = values.len();
        text.push_str(&format!(" AND (m.name_key > ${0} OR (m.name_key = ${0} AND m.id > ${1}))", n + 1, n + 2));
        values.extend([name.clone().into(), (*id).into()]);
    }
    for word in wanted.words {
        values.push(format!("% {word}%").into());
        text.push_str(&format!(" AND m.search_text LIKE ${}", values.len()));
    }
    if let Some(population) = wanted.population {
        values.push(population.into());
        text.push_str(&format!(
            " AND m.id IN (SELECT mp.member_id FROM member_population mp JOIN population p ON p.id = mp.population_id \
             WHERE p.site_id = $1 AND p.slug = ${})",
            values.len()
        ));
    }
    if let Some(among) = wanted.among {
        text.push_str(&format!(" AND m.id IN ({})", list(values.len() + 1, among.len())));
        values.extend(among.iter().map(|id| (*id).into()));
    }
    values.push(i64::try_from(wanted.limit).unwrap_or(200).into());
    text.push_str(&format!(" ORDER BY m.name_key, m.id LIMIT ${}", values.len()));
    with_populations!(on, site, Sql::assembled(text).bind_each(values.clone()))
}

/// The key by which names are sorted.
pub(super) fn name_key(name: &str) -> String {
    fold(name)
}

pub(super) async fn insert(tx: &mut Tx, member: &Member, now: Millis) -> Result<(), DbError> {
    let profile = &member.profile;
    sql("INSERT INTO member (id, site_id, external_id, login, login_key, name, name_key, email, avatar_url, headline, locale, \
         badges, interests, search_text, contactable, chat_enabled, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)")
        .bind(member.id)
        .bind(member.site.0)
        .bind(&*member.external_id)
        .bind(&*member.login)
        .bind(member.login.to_lowercase())
        .bind(&*profile.name)
        .bind(name_key(&profile.name))
        .bind(profile.email.clone())
        .bind(profile.avatar_url.clone())
        .bind(profile.headline.clone())
        .bind(profile.locale.clone())
        .bind(json(&profile.badges))
        .bind(json(&profile.interests))
        .bind(searched(member))
        .bind(profile.contactable)
        .bind(member.chat_enabled)
        .bind(now)
        .run(&mut *tx)
        .await?;
    write_populations(tx, member).await
}

pub(super) async fn update(tx: &mut Tx, member: &Member) -> Result<(), DbError> {
    let profile = &member.profile;
    sql("UPDATE member SET login = $3, login_key = $4, name = $5, name_key = $6, email = $7, avatar_url = $8, headline = $9, \
         locale = $10, badges = $11, interests = $12, search_text = $13, contactable = $14, chat_enabled = $15 \
         WHERE site_id = $1 AND id = $2")
        .bind(member.site.0)
        .bind(member.id)
        .bind(&*member.login)
        .bind(member.login.to_lowercase())
        .bind(&*profile.name)
        .bind(name_key(&profile.name))
        .bind(profile.email.clone())
        .bind(profile.avatar_url.clone())
        .bind(profile.headline.clone())
        .bind(profile.locale.clone())
        .bind(json(&profile.badges))
        .bind(json(&profile.interests))
        .bind(searched(member))
        .bind(profile.contactable)
        .bind(member.chat_enabled)
        .run(&mut *tx)
        .await?;
    sql("DELETE FROM member_population WHERE site_id = $1 AND member_id = $2")
        .bind(member.site.0)
        .bind(member.id)
        .run(&mut *tx)
        .await?;
    write_populations(tx, member).await
}

/// Slugs that are no population of the site are ignored.
async fn write_populations(tx: &mut Tx, member: &Member) -> Result<(), DbError> {
    for slug in &member.populations {
        sql("INSERT INTO member_population (site_id, member_id, population_id) \
             SELECT site_id, $2, id FROM population WHERE site_id = $1 AND slug = $3")
        .bind(member.site.0)
        .bind(member.id)
        .bind(&**slug)
        .run(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Which of these slugs are populations of the site, sorted.
pub(super) async fn known_populations(
    on: impl Into<Link<'_>>,
    site: SiteId,
    slugs: &[String],
) -> Result<Vec<String>, DbError> {
    let all: Vec<(String,)> =
        sql("SELECT slug FROM population WHERE site_id = $1 ORDER BY slug").bind(site.0).all(on).await?;
    Ok(all.into_iter().map(|(slug,)| slug).filter(|slug| slugs.contains(slug)).collect())
}

/// All populations of a site: slug and name.
pub(super) async fn populations(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<(String, String)>, DbError> {
    sql("SELECT slug, name FROM population WHERE site_id = $1 ORDER BY slug").bind(site.0).all(on).await
}

pub(super) async fn insert_population(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    slug: &str,
    name: &str,
) -> Result<(), DbError> {
    sql("INSERT INTO population (id, site_id, slug, name) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(site.0)
        .bind(slug)
        .bind(name)
        .run(tx)
        .await
        .map(drop)
}

fn searched(member: &Member) -> String {
    let profile = &member.profile;
    let interests = profile.interests.iter().map(|(theme, _)| theme.as_str());
    search_text(&profile.name, &member.login, profile.headline.as_deref(), interests)
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "[]".to_owned())
}
