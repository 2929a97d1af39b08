//! Sites: the tenants. Every other thing belongs to exactly one of them.

pub mod actions;
mod content;
pub mod http;
mod keys;
mod settings;
mod store;
mod theme;
mod themes;

pub use content::{ContentPolicy, ContentSwitches, Filter, FilterAction, FilterKind, Moderation, NamedPolicy};
pub use keys::Keys;
pub use settings::{Accounts, Features, Limits, ListOrder, MessageLimit, Settings};
pub use store::{Site, SiteId};
pub use theme::Theme;
pub use themes::ThemesOfDomain;

use crate::platform::db::{Db, DbError, holding_none};
use quick_cache::sync::Cache;
use std::sync::Arc;

/// The sites this process has met.
///
/// A site that is not found is looked up again each time, so that one made by another process is
/// seen at once.
pub struct Sites {
    by_slug: Cache<String, SiteId>,
    by_id: Cache<SiteId, Arc<Site>>,
}

impl Default for Sites {
    fn default() -> Self {
        Sites { by_slug: Cache::new(1_000), by_id: Cache::new(1_000) }
    }
}

impl Sites {
    /// The site with this slug.
    pub async fn by_slug(&self, db: &Db, slug: &str) -> Result<Option<Arc<Site>>, DbError> {
        holding_none();
        if let Some(id) = self.by_slug.get(slug) {
            return self.get(db, id).await;
        }
        let Some(site) = store::by_slug(&mut db.read().await?, slug).await? else { return Ok(None) };
        let site = Arc::new(site);
        self.by_slug.insert(slug.to_owned(), site.id);
        self.by_id.insert(site.id, site.clone());
        Ok(Some(site))
    }

    /// The site with this id.
    pub async fn get(&self, db: &Db, id: SiteId) -> Result<Option<Arc<Site>>, DbError> {
        holding_none();
        if let Some(site) = self.by_id.get(&id) {
            return Ok(Some(site));
        }
        let Some(site) = store::by_id(&mut db.read().await?, id).await? else { return Ok(None) };
        let site = Arc::new(site);
        self.by_id.insert(id, site.clone());
        Ok(Some(site))
    }

    /// A site changed: from now on this is how it is.
    fn changed(&self, site: Arc<Site>) {
        self.by_id.insert(site.id, site);
    }
}
