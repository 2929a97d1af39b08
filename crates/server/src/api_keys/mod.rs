//! API keys: with one, a website's own server acts as its site in the back-office.

pub mod actions;
pub mod http;
mod store;

use crate::app::App;
use crate::platform::clock::Millis;
use crate::platform::db::DbError;
use crate::sites::SiteId;
use sha2::{Digest, Sha256};

/// With which every key begins: whoever finds one knows what it is.
const BEGINS: &str = "pvk_";
/// That a key is used is written down this often at most.
const NOTED: Millis = 5 * 60 * 1_000;

/// A key that holds.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Ours.
    pub id: i64,
    /// Whose.
    pub site: SiteId,
    /// What its maker called it.
    pub name: String,
}

fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

/// The key that a token is; `None`: it is none, or holds no longer.
pub async fn find(app: &App, token: &str) -> Result<Option<ApiKey>, DbError> {
    if !token.starts_with(BEGINS) {
        return Ok(None);
    }
    let Some((key, used)) = store::by_hash(&mut app.db.read().await?, &hash(token)).await? else { return Ok(None) };
    let now = app.clock.now();
    if used.is_none_or(|used| now - used >= NOTED) {
        store::used(app, key.site, key.id, now).await?;
    }
    Ok(Some(key))
}
