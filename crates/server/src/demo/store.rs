//! What of the demonstration is there already. Nothing is written here.

use crate::app::App;
use crate::platform::db::{DbError, sql};
use crate::sites::SiteId;
use std::collections::HashMap;

/// The members by login.
pub async fn members(app: &App, site: SiteId) -> Result<HashMap<String, i64>, DbError> {
    let query = sql("SELECT login, id FROM member WHERE site_id = $1").bind(site.0);
    Ok(query.all::<(String, i64)>(&mut app.db.read().await?).await?.into_iter().collect())
}

/// The slugs of the populations.
pub async fn populations(app: &App, site: SiteId) -> Result<Vec<String>, DbError> {
    let query = sql("SELECT slug FROM population WHERE site_id = $1").bind(site.0);
    Ok(query.all::<(String,)>(&mut app.db.read().await?).await?.into_iter().map(|(slug,)| slug).collect())
}

/// The operator with this address.
pub async fn operator(app: &App, site: SiteId, email: &str) -> Result<Option<i64>, DbError> {
    let query = sql("SELECT id FROM operator WHERE site_id = $1 AND email_key = $2").bind(site.0).bind(email);
    Ok(query.maybe::<(i64,)>(&mut app.db.read().await?).await?.map(|(id,)| id))
}

/// A group by name.
pub async fn group(app: &App, site: SiteId, name: &str) -> Result<Option<i64>, DbError> {
    let query =
        sql("SELECT id FROM conversation WHERE site_id = $1 AND kind = 'group' AND name = $2").bind(site.0).bind(name);
    Ok(query.maybe::<(i64,)>(&mut app.db.read().await?).await?.map(|(id,)| id))
}

/// A room by its slug.
pub async fn room(app: &App, site: SiteId, slug: &str) -> Result<Option<i64>, DbError> {
    let query = sql("SELECT conversation_id FROM room WHERE site_id = $1 AND slug = $2").bind(site.0).bind(slug);
    Ok(query.maybe::<(i64,)>(&mut app.db.read().await?).await?.map(|(id,)| id))
}

/// Whether anything was said in a conversation.
pub async fn has_messages(app: &App, site: SiteId, conversation: i64) -> Result<bool, DbError> {
    let query = sql("SELECT last_seq FROM conversation WHERE site_id = $1 AND id = $2").bind(site.0).bind(conversation);
    Ok(query.number(&mut app.db.read().await?).await? > 0)
}

/// Whether a member has talked with the organizers.
pub async fn has_asked(app: &App, site: SiteId, member: i64) -> Result<bool, DbError> {
    let query = sql("SELECT COUNT(*) FROM conversation c JOIN participant p ON p.conversation_id = c.id \
         WHERE c.site_id = $1 AND c.kind = 'organizer' AND c.last_seq > 0 AND p.member_id = $2")
    .bind(site.0)
    .bind(member);
    Ok(query.number(&mut app.db.read().await?).await? > 0)
}
