use super::Settings;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::platform::language::OwnWords;

/// A site's identifier. Every query takes one: there is no way to ask across sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SiteId(pub i64);

/// A tenant.
#[derive(Clone, Debug)]
pub struct Site {
    /// Ours.
    pub id: SiteId,
    /// The audience of its member tokens, and its place in addresses.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// Signs its member tokens (HS256); the key is the UTF-8 bytes of this text.
    pub secret: String,
    /// The secret before it, and until when tokens signed with that are taken.
    pub previous: Option<(String, Millis)>,
    /// What its organizers chose.
    pub settings: Settings,
}

impl OwnWords for Site {
    fn own(&self, lang: &str, key: &str) -> Option<&str> {
        self.settings.text(lang, key)
    }
}

impl Site {
    /// The secrets with which member tokens may be signed now, the newest first.
    pub fn secrets(&self, now: Millis) -> impl Iterator<Item = &str> {
        let previous = self.previous.iter().filter(move |(_, until)| *until > now).map(|(secret, _)| secret.as_str());
        std::iter::once(self.secret.as_str()).chain(previous)
    }
}

type SiteRow = (i64, String, String, String, String, Option<String>, Option<i64>);

const COLUMNS: &str = "SELECT id, slug, name, secret, settings, secret_previous, secret_previous_until FROM site";

fn site((id, slug, name, secret, settings, previous, until): SiteRow) -> Site {
    // Settings written by an older version may lack what is new; what is missing has its default.
    let settings = serde_json::from_str(&settings).unwrap_or_default();
    Site { id: SiteId(id), slug, name, secret, previous: previous.zip(until), settings }
}

pub(super) async fn by_slug(on: impl Into<Link<'_>>, slug: &str) -> Result<Option<Site>, DbError> {
    let query = crate::platform::db::Sql::assembled(format!("{COLUMNS} WHERE slug = $1"));
    Ok(query.bind(slug).maybe::<SiteRow>(on).await?.map(site))
}

pub(super) async fn by_id(on: impl Into<Link<'_>>, id: SiteId) -> Result<Option<Site>, DbError> {
    let query = crate::platform::db::Sql::assembled(format!("{COLUMNS} WHERE id = $1"));
    Ok(query.bind(id.0).maybe::<SiteRow>(on).await?.map(site))
}

pub(super) async fn insert(tx: &mut Tx, site: &Site, now: i64) -> Result<(), DbError> {
    sql("INSERT INTO site (id, slug, name, secret, settings, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(site.id.0)
        .bind(&*site.slug)
        .bind(&*site.name)
        .bind(&*site.secret)
        .bind(settings_text(&site.settings))
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

pub(super) async fn update(tx: &mut Tx, site: &Site) -> Result<(), DbError> {
    sql("UPDATE site SET name = $2, settings = $3, secret = $4, secret_previous = $5, secret_previous_until = $6 \
         WHERE id = $1")
    .bind(site.id.0)
    .bind(&*site.name)
    .bind(settings_text(&site.settings))
    .bind(&*site.secret)
    .bind(site.previous.as_ref().map(|(secret, _)| secret.clone()))
    .bind(site.previous.as_ref().map(|(_, until)| *until))
    .run(tx)
    .await
    .map(drop)
}

fn settings_text(settings: &Settings) -> String {
    serde_json::to_string(settings).unwrap_or_else(|_| "{}".to_owned())
}
