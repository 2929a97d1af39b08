//! What changes a site.

use super::{Settings, Site, SiteId, store};
use crate::app::App;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use domain::members::clean_name;
use std::sync::Arc;
use tokio::sync::MutexGuard;

/// Makes a site with a new secret.
pub async fn create(app: &App, slug: &str, name: &str) -> Answer<Site> {
    let fits = (1..=40).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-');
    if !fits {
        return Err(Problem::invalid("slug: 1 to 40 lower-case letters, digits and hyphens, not at the ends"));
    }
    let name = clean_name(name).ok_or_else(|| Problem::invalid("name: 1 to 100 characters on one line"))?;
    let id = SiteId(app.ids.next(&app.clock));
    let site =
        Site { id, slug: slug.to_owned(), name, secret: ids::secret(), previous: None, settings: Settings::default() };
    let mut tx = app.db.write("site_create").await?;
    if store::by_slug(&mut tx, slug).await?.is_some() {
        return Err(Problem::with(Code::Conflict, format!("a site with the slug {slug:?} exists already")));
    }
    store::insert(&mut tx, &site, app.clock.now()).await?;
    drop(tx.commit().await?);
    Ok(site)
}

/// A change of a site under way: what belongs to it is written in its transaction, and told by [`Changing::finish`].
pub struct Changing<'a> {
    /// In which it happens.
    pub tx: Tx,
    changed: Site,
    _order: MutexGuard<'a, ()>,
}

impl<'a> Changing<'a> {
    /// Changes a site as it is now.
    pub async fn begin(
        app: &'a App,
        site: SiteId,
        change: impl FnOnce(&mut Site) -> Answer<()>,
    ) -> Answer<Changing<'a>> {
        let _order = app.order(site.0).await;
        let mut tx = app.db.write("site_change").await?;
        let mut changed = store::by_id(&mut tx, site).await?.ok_or_else(Problem::not_found)?;
        change(&mut changed)?;
        store::update(&mut tx, &changed).await?;
        Ok(Changing { tx, changed, _order })
    }

    /// Commits; everybody connected is told at once.
    pub async fn finish(self, app: &App) -> Answer<Arc<Site>> {
        let committed = self.tx.commit().await?;
        let changed = Arc::new(self.changed);
        app.sites.changed(changed.clone());
        tell(app, &changed);
        drop(committed);
        Ok(changed)
    }
}

/// Merges a patch into a site's settings; everybody connected is told at once.
pub async fn change_settings(app: &App, site: &Site, patch: &serde_json::Value) -> Answer<Arc<Site>> {
    let change = |site: &mut Site| site.settings.merged(patch).map(|merged| site.settings = merged);
    Changing::begin(app, site.id, change).await?.finish(app).await
}

/// Tells everybody connected how a site is, and that what one may do there may have changed.
pub fn tell(app: &App, site: &Site) {
    let wire = super::http::SiteInfo::of(site);
    let fields = format!("\"site\":{}", serde_json::to_string(&wire).unwrap_or_default());
    app.hub.publish(Event::new("site.updated", fields, Audience::Site(site.id.0)));
}
