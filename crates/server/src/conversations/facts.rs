//! What the hot path must know of a conversation, kept in memory.

use super::store::{self, Kind};
use crate::app::App;
use crate::platform::db::DbError;
use crate::platform::live::Audience;
use crate::sites::SiteId;
use quick_cache::sync::Cache;
use std::sync::{Arc, Mutex, PoisonError};

/// A conversation and its participants.
pub struct Facts {
    /// Ours.
    pub id: i64,
    /// Its site.
    pub site: SiteId,
    /// What it is.
    pub kind: Kind,
    /// The members who take part, sorted.
    pub members: Arc<[i64]>,
    /// Those in whose list it does not stand, and since which message.
    hidden: Mutex<Vec<(i64, i64)>>,
}

impl Facts {
    /// A conversation whose participants are these; `hidden` as in [`store`].
    pub(super) fn new(id: i64, site: SiteId, kind: Kind, mut members: Vec<i64>, hidden: Vec<(i64, i64)>) -> Facts {
        members.sort_unstable();
        Facts { id, site, kind, members: members.into(), hidden: Mutex::new(hidden) }
    }

    /// Whether a member takes part.
    pub fn includes(&self, member: i64) -> bool {
        self.members.binary_search(&member).is_ok()
    }

    /// The other member of a direct conversation.
    pub fn peer_of(&self, member: i64) -> Option<i64> {
        self.members.iter().copied().find(|id| self.kind == Kind::Direct && *id != member)
    }

    /// Everybody who is told what happens in it.
    pub fn audience(&self) -> Audience {
        let staff = (self.kind == Kind::Organizer).then_some(self.site.0);
        Audience::Conversation { id: self.id, members: self.members.clone(), staff }
    }

    /// It was taken out of a member's list (or put back).
    pub(super) fn set_hidden(&self, member: i64, seq: Option<i64>) {
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        hidden.retain(|(id, _)| *id != member);
        hidden.extend(seq.map(|seq| (member, seq)));
    }

    /// Those in whose list a message of this number brings it back; told once.
    pub fn revived_by(&self, seq: i64) -> Vec<i64> {
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        let revived = hidden.iter().filter(|(_, at)| seq > *at).map(|(id, _)| *id).collect();
        hidden.retain(|(_, at)| seq <= *at);
        revived
    }
}

/// The conversations this process has met lately.
pub struct Known {
    by_id: Cache<i64, Arc<Facts>>,
}

impl Default for Known {
    fn default() -> Self {
        Known { by_id: Cache::new(10_000) }
    }
}

impl Known {
    /// A conversation of a site.
    pub async fn get(&self, app: &App, site: SiteId, id: i64) -> Result<Option<Arc<Facts>>, DbError> {
        if let Some(facts) = self.by_id.get(&id) {
            return Ok(Some(facts).filter(|f| f.site == site));
        }
        let Some(facts) = store::facts(&mut app.db.read().await?, site, id).await? else { return Ok(None) };
        let facts = Arc::new(facts);
        self.by_id.insert(id, facts.clone());
        Ok(Some(facts))
    }

    pub(super) fn changed(&self, facts: Arc<Facts>) {
        self.by_id.insert(facts.id, facts);
    }
}
