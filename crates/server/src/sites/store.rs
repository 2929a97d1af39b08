use super::Settings;
use crate::platform::db::{DbError, Link, Tx, sql};

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
    /// What its organizers chose.
    pub settings: Settings,
}

type SiteRow = (i64, String, String, String, String);

const COLUMNS: &str = "SELECT id, slug, name, secret, settings FROM site";

fn site((id, slug, name, secret, settings): SiteRow) -> Site {
    // Settings written by an older version may lack what is new; what is missing has its default.
    let settings = serde_json::from_str(&settings).unwrap_or_default();
    Site { id: SiteId(id), slug, name, secret, settings }
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

pub(super) async fn update_settings(tx: &mut Tx, site: &Site) -> Result<(), DbError> {
    sql("UPDATE site SET name = $2, settings = $3 WHERE id = $1")
        .bind(site.id.0)
        .bind(&*site.name)
        .bind(settings_text(&site.settings))
        .run(tx)
        .await
        .map(drop)
}

fn settings_text(settings: &Settings) -> String {
    serde_json::to_string(settings).unwrap_or_else(|_| "{}".to_owned())
}
