//! What makes and revokes keys.

use super::store::{self, KeyRow};
use super::{BEGINS, hash};
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::sites::SiteId;
use domain::members::clean_name;
use serde_json::json;

/// A site has at most so many.
const MOST: usize = 100;

/// Makes a key; the key itself is told once.
pub(super) async fn create(app: &App, site: SiteId, by: &Actor, name: &str) -> Answer<(KeyRow, String)> {
    let name = clean_name(name).ok_or_else(|| Problem::invalid("name: 1 to 100 characters on one line"))?;
    let secret = format!("{BEGINS}{}", ids::secret());
    let key = KeyRow {
        id: app.ids.next(&app.clock),
        name,
        prefix: secret[..BEGINS.len() + 6].to_owned(),
        made_by: by.name.clone(),
        created_at: app.clock.now(),
        last_used_at: None,
    };
    let mut tx = app.db.write("api_key_create").await?;
    if store::all(&mut tx, site).await?.len() >= MOST {
        return Err(Problem::with(Code::Conflict, format!("at most {MOST} keys: revoke one first")));
    }
    store::insert(&mut tx, site, &key, &hash(&secret)).await?;
    let detail = json!({"name": key.name, "prefix": key.prefix});
    audit::write(app, &mut tx, site, by, "api_key.create", &Subject::of("api_key", key.id), detail).await?;
    drop(tx.commit().await?);
    Ok((key, secret))
}

/// Revokes a key, at once.
pub(super) async fn revoke(app: &App, site: SiteId, by: &Actor, id: i64) -> Answer<()> {
    let mut tx = app.db.write("api_key_revoke").await?;
    let name = store::delete(&mut tx, site, id).await?.ok_or_else(Problem::not_found)?;
    let subject = Subject::of("api_key", id);
    audit::write(app, &mut tx, site, by, "api_key.revoke", &subject, json!({"name": name})).await?;
    drop(tx.commit().await?);
    Ok(())
}
