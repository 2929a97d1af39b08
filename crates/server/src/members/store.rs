use super::grid::labels;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, Value, list, placeholders, sql};
use crate::sites::SiteId;
use domain::members::{Described, Place, fold, search_text, search_words};
use std::collections::{BTreeMap, HashMap};

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
    /// What the website declared of them, for segments; not shown to members.
    pub attributes: Attributes,
    /// Whether the organizers let them use the chat.
    pub chat_enabled: bool,
    /// Who they are as far as contact rules can tell ([`super::classes`]).
    pub class: i64,
}

/// Declared attributes: each with one or several values.
pub type Attributes = BTreeMap<String, Vec<String>>;

impl Member {
    /// What a deleted member has for the website's id: no website can give it.
    pub(super) fn erased_id(id: i64) -> String {
        format!("\u{1}{id}")
    }

    /// Whether the organizers deleted them.
    pub fn is_erased(&self) -> bool {
        self.external_id.starts_with('\u{1}')
    }

    /// The words by which they are found.
    pub(super) fn words(&self) -> Vec<(Place, String)> {
        let profile = &self.profile;
        let interests = profile.interests.iter().map(|(theme, _)| theme);
        let themes = interests.chain(&profile.offers).chain(&profile.looks_for).map(String::as_str);
        let mut words = search_words(&profile.name, &self.login, profile.headline.as_deref(), themes);
        words.truncate(MOST_WORDS);
        words
    }

    /// What filters look at.
    pub(super) fn described<'a>(&'a self, search_text: &'a str) -> Described<'a> {
        Described {
            populations: &self.populations,
            badges: &self.profile.badges,
            interests: &self.profile.interests,
            search_text,
            attributes: &self.attributes,
        }
    }
}

/// Nobody is found by more words: the first ones count, those of the name before all.
const MOST_WORDS: usize = 200;

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
    /// Themes they offer something in.
    pub offers: Vec<String>,
    /// Themes in which they look for somebody.
    pub looks_for: Vec<String>,
    /// Whether those who don't know them may write first.
    pub contactable: bool,
}

impl Profile {
    /// Nothing but a name.
    pub fn named(name: &str) -> Profile {
        Profile {
            name: name.to_owned(),
            email: None,
            avatar_url: None,
            headline: None,
            locale: None,
            badges: Vec::new(),
            interests: Vec::new(),
            offers: Vec::new(),
            looks_for: Vec::new(),
            contactable: true,
        }
    }
}

#[derive(sqlx_macros::FromRow)]
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
    offers: String,
    looks_for: String,
    attributes: String,
    contactable: bool,
    chat_enabled: bool,
    class_id: i64,
}

pub(super) const COLUMNS: &str = "m.id, m.external_id, m.login, m.name, m.email, m.avatar_url, m.headline, m.locale, m.badges, \
    m.interests, m.offers, m.looks_for, m.attributes, m.contactable, m.chat_enabled, m.class_id";

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
            offers: serde_json::from_str(&row.offers).unwrap_or_default(),
            looks_for: serde_json::from_str(&row.looks_for).unwrap_or_default(),
            contactable: row.contactable,
        },
        populations: Vec::new(),
        attributes: serde_json::from_str(&row.attributes).unwrap_or_default(),
        chat_enabled: row.chat_enabled,
        class: row.class_id,
    }
}

/// The members that a query of [`COLUMNS`] finds, with their populations.
pub(super) async fn found<L>(on: &mut L, site: SiteId, query: Sql) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let rows: Vec<MemberRow> = query.all(&mut *on).await?;
    let mut members: Vec<Member> = rows.into_iter().map(|row| member(site, row)).collect();
    let ids: Vec<i64> = members.iter().map(|m| m.id).collect();
    if !ids.is_empty() {
        let rows: Vec<(i64, String)> = populations_of(site, &ids).all(&mut *on).await?;
        let mut by_member: HashMap<i64, Vec<String>> = HashMap::new();
        for (id, slug) in rows {
            by_member.entry(id).or_default().push(slug);
        }
        for member in &mut members {
            member.populations = by_member.remove(&member.id).unwrap_or_default();
        }
    }
    Ok(members)
}

fn populations_of(site: SiteId, ids: &[i64]) -> Sql {
    Sql::assembled(format!(
        "SELECT mp.member_id, p.slug FROM member_population mp CROSS JOIN population p \
         WHERE p.id = mp.population_id AND mp.site_id = $1 AND mp.member_id IN ({}) ORDER BY p.slug",
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
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // The plus sign: by id, not by walking the site's names.
    let text = format!("SELECT {COLUMNS} FROM member m WHERE +m.site_id = $1 AND m.id IN ({})", list(2, ids.len()));
    found(on, site, Sql::assembled(text).bind(site.0).bind_each(ids.iter().copied())).await
}

/// The members of a site in the order of their ids, after this one.
pub(super) async fn after<L>(on: &mut L, site: SiteId, id: i64, limit: usize) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3");
    let limit = i64::try_from(limit).unwrap_or(500);
    found(on, site, Sql::assembled(text).bind(site.0).bind(id).bind(limit)).await
}

/// The member the website calls so.
pub(super) async fn by_external_id<L>(on: &mut L, site: SiteId, external_id: &str) -> Result<Option<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.external_id = $2");
    Ok(found(on, site, Sql::assembled(text).bind(site.0).bind(external_id)).await?.into_iter().next())
}

/// The members the website calls so.
pub(super) async fn by_external_ids<L>(on: &mut L, site: SiteId, ids: &[String]) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    texts(on, site, "external_id", ids).await
}

/// The members with these logins, as they are compared.
pub(super) async fn by_login_keys<L>(on: &mut L, site: SiteId, keys: &[String]) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    texts(on, site, "login_key", keys).await
}

async fn texts<L>(on: &mut L, site: SiteId, column: &'static str, values: &[String]) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let among = list(2, values.len());
    let text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.{column} IN ({among})");
    found(on, site, Sql::assembled(text).bind(site.0).bind_each(values.iter().map(String::as_str))).await
}

/// The member with this login, whatever its case.
pub(super) async fn by_login<L>(on: &mut L, site: SiteId, login: &str) -> Result<Option<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let text = format!("SELECT {COLUMNS} FROM member m WHERE m.site_id = $1 AND m.login_key = $2");
    Ok(found(on, site, Sql::assembled(text).bind(site.0).bind(login.to_lowercase())).await?.into_iter().next())
}

/// Whose these logins are (as they are compared).
pub(super) async fn ids_of_logins(
    on: impl Into<Link<'_>>,
    site: SiteId,
    keys: &[String],
) -> Result<Vec<(i64, String)>, DbError> {
    let text =
        format!("SELECT id, login_key FROM member WHERE site_id = $1 AND login_key IN ({})", list(2, keys.len()));
    Sql::assembled(text).bind(site.0).bind_each(keys.iter().map(String::as_str)).all(on).await
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

/// The key by which names are sorted.
pub(super) fn name_key(name: &str) -> String {
    fold(name)
}

/// Stores a new member.
pub(super) async fn insert(tx: &mut Tx, member: &Member, now: Millis) -> Result<(), DbError> {
    let words = member.words();
    let values = columns(member, &words);
    let text = format!(
        "INSERT INTO member (id, site_id, {}, external_id, created_at) VALUES {}",
        WRITTEN.join(", "),
        placeholders(1, 1, WRITTEN.len() + 4)
    );
    let query = Sql::assembled(text).bind(member.id).bind(member.site.0).bind_each(values);
    query.bind(&*member.external_id).bind(now).run(&mut *tx).await?;
    write_words(tx, member, &words).await?;
    labels::write(&mut *tx, None, member).await?;
    write_populations(tx, member).await
}

/// Stores how a member is now; `known` is how they were.
pub(super) async fn update(tx: &mut Tx, known: &Member, member: &Member) -> Result<(), DbError> {
    let words = member.words();
    let set: Vec<String> = WRITTEN.iter().enumerate().map(|(n, column)| format!("{column} = ${}", n + 3)).collect();
    let text = format!("UPDATE member SET {} WHERE site_id = $1 AND id = $2", set.join(", "));
    let query = Sql::assembled(text).bind(member.site.0).bind(member.id).bind_each(columns(member, &words));
    query.run(&mut *tx).await?;
    let before = known.words();
    if before != words || name_key(&known.profile.name) != name_key(&member.profile.name) {
        forget_words(tx, known, &before).await?;
        write_words(tx, member, &words).await?;
    }
    labels::write(&mut *tx, Some(known), member).await?;
    if known.populations == member.populations {
        return Ok(());
    }
    sql("DELETE FROM member_population WHERE site_id = $1 AND member_id = $2")
        .bind(member.site.0)
        .bind(member.id)
        .run(&mut *tx)
        .await?;
    write_populations(tx, member).await
}

/// The columns that change, in the order of [`columns`].
const WRITTEN: [&str; 17] = [
    "login",
    "login_key",
    "name",
    "name_key",
    "email",
    "avatar_url",
    "headline",
    "locale",
    "badges",
    "interests",
    "offers",
    "looks_for",
    "attributes",
    "class_id",
    "search_text",
    "contactable",
    "chat_enabled",
];

fn columns(member: &Member, words: &[(Place, String)]) -> [Value; 17] {
    let profile = &member.profile;
    [
        member.login.as_str().into(),
        member.login.to_lowercase().into(),
        profile.name.as_str().into(),
        name_key(&profile.name).into(),
        profile.email.clone().into(),
        profile.avatar_url.clone().into(),
        profile.headline.clone().into(),
        profile.locale.clone().into(),
        json(&profile.badges).into(),
        json(&profile.interests).into(),
        json(&profile.offers).into(),
        json(&profile.looks_for).into(),
        json(&member.attributes).into(),
        member.class.into(),
        search_text(words).into(),
        profile.contactable.into(),
        member.chat_enabled.into(),
    ]
}

async fn write_words(tx: &mut Tx, member: &Member, words: &[(Place, String)]) -> Result<(), DbError> {
    let name_key = name_key(&member.profile.name);
    for chunk in words.chunks(50) {
        let mut query = Sql::assembled(format!(
            "INSERT INTO member_word (site_id, place, word, name_key, member_id) VALUES {}",
            placeholders(1, chunk.len(), 5)
        ));
        for (place, word) in chunk {
            query = query.bind(member.site.0).bind(*place as i64).bind(word.as_str()).bind(name_key.as_str());
            query = query.bind(member.id);
        }
        query.run(&mut *tx).await?;
    }
    Ok(())
}

async fn forget_words(tx: &mut Tx, known: &Member, words: &[(Place, String)]) -> Result<(), DbError> {
    let name_key = name_key(&known.profile.name);
    for (place, word) in words {
        sql("DELETE FROM member_word \
             WHERE site_id = $1 AND place = $2 AND word = $3 AND name_key = $4 AND member_id = $5")
        .bind(known.site.0)
        .bind(*place as i64)
        .bind(word.as_str())
        .bind(name_key.as_str())
        .bind(known.id)
        .run(&mut *tx)
        .await?;
    }
    Ok(())
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

pub(super) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "[]".to_owned())
}

/// How many members a site has.
pub async fn count(on: impl Into<Link<'_>>, site: SiteId) -> Result<i64, DbError> {
    sql("SELECT COUNT(*) FROM member WHERE site_id = $1 AND erased_at IS NULL").bind(site.0).number(on).await
}
