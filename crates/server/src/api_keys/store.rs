use super::ApiKey;
use crate::app::App;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::sites::SiteId;

/// A key as it is stored, without its hash.
#[derive(Clone, sqlx_macros::FromRow)]
pub(super) struct KeyRow {
    pub id: i64,
    pub name: String,
    pub prefix: String,
    pub made_by: String,
    pub created_at: Millis,
    pub last_used_at: Option<Millis>,
}

/// The key with this hash, and when its use was last noted.
pub(super) async fn by_hash(
    on: impl Into<Link<'_>>,
    hash: &[u8; 32],
) -> Result<Option<(ApiKey, Option<Millis>)>, DbError> {
    let row: Option<(i64, i64, String, Option<i64>)> =
        sql("SELECT id, site_id, name, last_used_at FROM api_key WHERE key_hash = $1")
            .bind(hash.as_slice())
            .maybe(on)
            .await?;
    Ok(row.map(|(id, site, name, used)| (ApiKey { id, site: SiteId(site), name }, used)))
}

pub(super) async fn used(app: &App, site: SiteId, id: i64, now: Millis) -> Result<(), DbError> {
    let mut tx = app.db.write("api_key_used").await?;
    sql("UPDATE api_key SET last_used_at = $3 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .bind(now)
        .run(&mut tx)
        .await?;
    drop(tx.commit().await?);
    Ok(())
}

pub(super) async fn all(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<KeyRow>, DbError> {
    sql("SELECT id, name, prefix, made_by, created_at, last_used_at FROM api_key WHERE site_id = $1 ORDER BY id")
        .bind(site.0)
        .all(on)
        .await
}

pub(super) async fn insert(tx: &mut Tx, site: SiteId, key: &KeyRow, hash: &[u8; 32]) -> Result<(), DbError> {
    sql("INSERT INTO api_key (id, site_id, name, prefix, key_hash, made_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(key.id)
        .bind(site.0)
        .bind(&*key.name)
        .bind(&*key.prefix)
        .bind(hash.as_slice())
        .bind(&*key.made_by)
        .bind(key.created_at)
        .run(tx)
        .await
        .map(drop)
}

/// Its name, if it was there.
pub(super) async fn delete(tx: &mut Tx, site: SiteId, id: i64) -> Result<Option<String>, DbError> {
    let gone: Option<(String,)> = sql("DELETE FROM api_key WHERE site_id = $1 AND id = $2 RETURNING name")
        .bind(site.0)
        .bind(id)
        .maybe(tx)
        .await?;
    Ok(gone.map(|(name,)| name))
}
