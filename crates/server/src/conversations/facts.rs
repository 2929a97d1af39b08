//! What the hot path must know of a conversation, kept in memory.

use super::making::New;
use super::store::{self, Kind};
use crate::app::App;
use crate::platform::cache::{Asked, Kept};
use crate::platform::db::{DbError, holding_none};
use crate::platform::live::Audience;
use crate::sites::SiteId;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// A conversation and its participants.
pub struct Facts {
    /// Ours.
    pub id: i64,
    /// Its site.
    pub site: SiteId,
    /// What it is.
    pub kind: Kind,
    /// The members who take part, sorted. It changes in place, so that whoever holds a group's facts sees who left.
    members: RwLock<Arc<[i64]>>,
    /// Those in whose list it does not stand, and since which message.
    hidden: Mutex<Vec<(i64, i64)>>,
    /// Of a direct conversation, a bit for each of the two, in the order of `members`: who has written in it.
    wrote: AtomicU8,
    /// The same: who blocks the other.
    blocks: AtomicU8,
    /// It was deleted: whoever holds this writes nothing more.
    gone: AtomicBool,
}

/// What is known of a participant beside that they take part.
pub(super) struct Standing {
    pub member: i64,
    /// Since which message it is not in their list.
    pub hidden: Option<i64>,
    pub wrote: bool,
    pub blocks: bool,
}

impl Facts {
    /// A conversation with these participants.
    pub(super) fn new(id: i64, site: SiteId, kind: Kind, mut standings: Vec<Standing>) -> Facts {
        standings.sort_unstable_by_key(|s| s.member);
        let hidden = standings.iter().filter_map(|s| Some((s.member, s.hidden?))).collect();
        let facts = Facts {
            id,
            site,
            kind,
            members: RwLock::new(standings.iter().map(|s| s.member).collect()),
            hidden: Mutex::new(hidden),
            wrote: AtomicU8::new(0),
            blocks: AtomicU8::new(0),
            gone: AtomicBool::new(false),
        };
        for standing in standings {
            set(&facts.wrote, facts.bit(standing.member), standing.wrote);
            set(&facts.blocks, facts.bit(standing.member), standing.blocks);
        }
        facts
    }

    /// A conversation that is made now.
    pub(super) fn fresh(site: SiteId, new: &New<'_>) -> Facts {
        let standing = |(member, listed): &(i64, bool)| Standing {
            member: *member,
            hidden: (!listed).then_some(0),
            wrote: false,
            blocks: new.blocking.contains(member),
        };
        let real = new.members.iter().filter(|(member, _)| !new.ghosts.contains(member));
        Facts::new(new.id, site, new.kind, real.map(standing).collect())
    }

    fn bit(&self, member: i64) -> u8 {
        if self.kind != Kind::Direct {
            return 0;
        }
        self.members().iter().position(|id| *id == member).map_or(0, |at| 1 << at)
    }

    /// The members who take part, sorted.
    pub fn members(&self) -> Arc<[i64]> {
        self.members.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// These take part from now on; those who left have it in no list.
    pub(super) fn set_members(&self, mut members: Vec<i64>) {
        members.sort_unstable();
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).retain(|(id, _)| members.contains(id));
        *self.members.write().unwrap_or_else(PoisonError::into_inner) = members.into();
    }

    /// Whether it was deleted.
    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Acquire)
    }

    /// Whether a member has written in this direct conversation.
    pub fn wrote(&self, member: i64) -> bool {
        self.wrote.load(Ordering::Acquire) & self.bit(member) != 0
    }

    /// A member has written; `true` if it is the first time.
    pub fn writes(&self, member: i64) -> bool {
        let bit = self.bit(member);
        bit != 0 && self.wrote.fetch_or(bit, Ordering::AcqRel) & bit == 0
    }

    /// Whether a member blocks the other of this direct conversation.
    pub fn blocks(&self, member: i64) -> bool {
        self.blocks.load(Ordering::Acquire) & self.bit(member) != 0
    }

    pub(super) fn set_blocks(&self, member: i64, blocks: bool) {
        set(&self.blocks, self.bit(member), blocks);
    }

    /// Whether a member takes part.
    pub fn includes(&self, member: i64) -> bool {
        self.members().binary_search(&member).is_ok()
    }

    /// The other member of a direct conversation.
    pub fn peer_of(&self, member: i64) -> Option<i64> {
        self.members().iter().copied().find(|id| self.kind == Kind::Direct && *id != member)
    }

    /// Everybody who is told what somebody does in it. Across a block, whoever made it, nothing is told.
    pub fn audience(&self, actor: i64) -> Audience {
        if self.kind == Kind::Room {
            return Audience::Room { id: self.id, members: None };
        }
        let staff = (self.kind == Kind::Organizer).then_some(self.site.0);
        let blocked = self.blocks.load(Ordering::Acquire) != 0;
        let members = if blocked { Arc::from([actor]) } else { self.members() };
        Audience::Conversation { id: self.id, members, staff }
    }

    /// The same without these (sorted).
    pub fn audience_but(&self, actor: i64, but: &[i64]) -> Audience {
        match self.audience(actor) {
            Audience::Conversation { id, members, staff } if !but.is_empty() => {
                let members = members.iter().copied().filter(|id| but.binary_search(id).is_err()).collect();
                Audience::Conversation { id, members, staff }
            }
            other => other,
        }
    }

    /// It was taken out of a member's list (or put back).
    pub(super) fn set_hidden(&self, member: i64, seq: Option<i64>) {
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        hidden.retain(|(id, _)| *id != member);
        hidden.extend(seq.map(|seq| (member, seq)));
    }

    /// Those in whose list a message of this number brings it back; told once. A block keeps it out.
    pub fn revived_by(&self, seq: i64) -> Vec<i64> {
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        let revived = |(id, at): &(i64, i64)| seq > *at && !self.blocks(*id);
        let found = hidden.iter().filter(|one| revived(one)).map(|(id, _)| *id).collect();
        hidden.retain(|one| !revived(one));
        found
    }
}

fn set(bits: &AtomicU8, bit: u8, on: bool) {
    if on {
        bits.fetch_or(bit, Ordering::AcqRel);
    } else {
        bits.fetch_and(!bit, Ordering::AcqRel);
    }
}

/// The conversations this process has met lately.
pub struct Known {
    by_id: Kept<Arc<Facts>>,
}

impl Default for Known {
    fn default() -> Self {
        Known { by_id: Kept::new(10_000) }
    }
}

impl Known {
    /// A conversation of a site.
    pub async fn get(&self, app: &App, site: SiteId, id: i64) -> Result<Option<Arc<Facts>>, DbError> {
        holding_none();
        if let Some(facts) = self.by_id.get(id) {
            return Ok(Some(facts).filter(|f| f.site == site));
        }
        let asked = self.by_id.ask();
        let read = store::facts(&mut app.db.read().await?, site, &[id]).await?.pop();
        Ok(read.map(|facts| self.keep(asked, facts)))
    }

    /// These conversations of a site, as far as they are there.
    pub async fn get_all(&self, app: &App, site: SiteId, ids: &[i64]) -> Result<Vec<Arc<Facts>>, DbError> {
        holding_none();
        let kept = ids.iter().filter_map(|id| self.by_id.get(*id));
        let mut found: Vec<Arc<Facts>> = kept.filter(|facts| facts.site == site).collect();
        let missing: Vec<i64> = ids.iter().copied().filter(|id| !found.iter().any(|facts| facts.id == *id)).collect();
        if !missing.is_empty() {
            let asked = self.by_id.ask();
            let read = store::facts(&mut app.db.read().await?, site, &missing).await?;
            found.extend(read.into_iter().map(|facts| self.keep(asked, facts)));
        }
        Ok(found)
    }

    /// Somebody else may have read it at the same time: all must hold the same one.
    fn keep(&self, asked: Asked, facts: Facts) -> Arc<Facts> {
        let facts = Arc::new(facts);
        self.by_id.read(asked, facts.id, facts.clone());
        self.by_id.get(facts.id).unwrap_or(facts)
    }

    pub(super) fn kept(&self, id: i64) -> Option<Arc<Facts>> {
        self.by_id.get(id)
    }

    /// It is no longer there.
    pub(crate) fn forget(&self, id: i64) {
        if let Some(facts) = self.by_id.get(id) {
            facts.gone.store(true, Ordering::Release);
        }
        self.by_id.forget(|facts| facts.id == id);
    }

    pub(super) fn changed(&self, facts: Arc<Facts>) {
        self.by_id.changed(facts.id, facts);
    }
}
