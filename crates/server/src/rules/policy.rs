//! A site's contact rules in memory, and what they grant between classes of members.

use super::store;
use crate::app::App;
use crate::platform::cache::Kept;
use crate::platform::db::{DbError, holding_none};
use crate::sites::SiteId;
use domain::rules::{Grants, Rule, grant};
use quick_cache::sync::Cache;
use std::sync::Arc;

/// The rules of the sites this process has met.
pub struct Policies {
    by_site: Kept<Arc<Policy>>,
}

impl Default for Policies {
    fn default() -> Self {
        Policies { by_site: Kept::new(1_000) }
    }
}

impl Policies {
    /// Whether a site has rules, or may have.
    pub fn may_differ(&self, site: SiteId) -> bool {
        self.by_site.get(site.0).is_none_or(|policy| !policy.is_open())
    }

    /// These are the rules from now on.
    pub(super) fn changed(&self, policy: Policy) {
        self.by_site.changed(policy.site.0, Arc::new(policy));
    }
}

/// The rules of a site. What they grant between two classes is worked out once.
pub struct Policy {
    site: SiteId,
    rules: Vec<Rule>,
    granted: Cache<(i64, i64), Grants>,
}

/// The rules of a site as they are now.
pub async fn of(app: &App, site: SiteId) -> Result<Arc<Policy>, DbError> {
    holding_none();
    if let Some(policy) = app.policies.by_site.get(site.0) {
        return Ok(policy);
    }
    let asked = app.policies.by_site.ask();
    let rules = store::all(&mut app.db.read().await?, site).await?;
    let policy = Arc::new(Policy::new(site, rules));
    app.policies.by_site.read(asked, site.0, policy.clone());
    Ok(policy)
}

impl Policy {
    /// These rules.
    pub fn new(site: SiteId, rules: Vec<Rule>) -> Policy {
        Policy { site, rules, granted: Cache::new(4_096) }
    }

    /// A site without rules allows everything.
    pub fn is_open(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules, in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the rules grant from members of a class to members of another.
    pub async fn grants(&self, app: &App, from: i64, to: i64) -> Result<Grants, DbError> {
        holding_none();
        if self.is_open() {
            return Ok(Grants::ALL);
        }
        if let Some(grants) = self.granted.get(&(from, to)) {
            return Ok(grants);
        }
        let from_groups = app.members.classes.groups(app, self.site, from).await?;
        let to_groups = app.members.classes.groups(app, self.site, to).await?;
        let grants = grant(&self.rules, &from_groups, &to_groups);
        self.granted.insert((from, to), grants);
        Ok(grants)
    }
}
