use super::PictureId;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::sites::SiteId;

pub(super) async fn insert(
    tx: &mut Tx,
    site: SiteId,
    id: &PictureId,
    bytes: Vec<u8>,
    by: i64,
    now: Millis,
) -> Result<(), DbError> {
    sql("INSERT INTO picture (id, site_id, bytes, made_by, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(&id[..])
        .bind(site.0)
        .bind(bytes)
        .bind(by)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// Whether a site has a picture.
pub async fn exists(on: impl Into<Link<'_>>, site: SiteId, id: &[u8]) -> Result<bool, DbError> {
    let query = sql("SELECT COUNT(*) FROM picture WHERE site_id = $1 AND id = $2").bind(site.0).bind(id);
    Ok(query.number(on).await? > 0)
}

/// The picture itself. Its name is all one needs to see it.
pub(super) async fn bytes(on: impl Into<Link<'_>>, id: &PictureId) -> Result<Option<Vec<u8>>, DbError> {
    let row: Option<(Vec<u8>,)> = sql("SELECT bytes FROM picture WHERE id = $1").bind(&id[..]).maybe(on).await?;
    Ok(row.map(|(bytes,)| bytes))
}
