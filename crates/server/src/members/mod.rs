//! Members: who they are, how they sign in, who is connected.

mod accounts;
pub mod actions;
pub mod admin;
mod capacity;
mod claims;
mod classes;
pub mod directory;
mod erase;
pub mod grid;
pub mod http;
pub mod many;
pub mod populations;
pub mod presence;
mod search;
mod sessions;
mod store;
pub mod survey;
pub mod themes;
pub mod views;
mod wire;

pub use accounts::{Hashing, hash_password, verify_password};
pub use claims::Claims;
pub use classes::Class;
pub(crate) use classes::follow;
pub use grid::labels::catch_up;
pub use sessions::{ChattingMember, Session, Sessions, SignedInMember, bearer};
pub use store::{Member, Profile, count};
pub use wire::{Me, MemberCard, MemberView, Relation};

use crate::app::App;
use crate::platform::cache::Kept;
use crate::platform::db::{Db, DbError, Tx, holding_none};
use crate::platform::http::{Answer, Code, Problem};
use crate::sites::{Site, SiteId};
use std::collections::HashMap;
use std::sync::Arc;

/// A member token for trials: the member with this login, who is made at the first sign-in if there is none.
pub async fn trial_token(app: &App, site: &Site, login: &str, name: Option<&str>, expires: i64) -> Answer<String> {
    let known = store::by_login(&mut app.db.read().await?, site.id, login).await?;
    let external_id = known.map_or_else(|| login.to_owned(), |member| member.external_id);
    claims::sign(site, login, name, &external_id, expires).ok_or_else(|| Problem::new(Code::Internal))
}

/// The classes of a site's members, as far as contact rules can tell them apart.
pub async fn classes_of(app: &App, site: SiteId) -> Result<Vec<Class>, DbError> {
    classes::of_site(&mut app.db.read().await?, site).await
}

/// Who is told how members are, as soon as it is committed.
pub trait Follower: Send + Sync {
    /// A member is new, or is so from now on.
    fn changed(&self, member: &Member);
    /// Any members of a site may have changed.
    fn forget_site(&self, site: SiteId);
}

/// The members this process has met lately, and the classes they are in.
pub struct Members {
    follower: Arc<dyn Follower>,
    by_id: Kept<Arc<Member>>,
    /// What classes are made of.
    pub classes: classes::Classes,
}

impl Members {
    /// None yet.
    pub fn new(follower: Arc<dyn Follower>) -> Members {
        Members { follower, by_id: Kept::new(10_000), classes: classes::Classes::default() }
    }

    /// One member of a site.
    pub async fn get(&self, db: &Db, site: SiteId, id: i64) -> Result<Option<Arc<Member>>, DbError> {
        holding_none();
        if let Some(member) = self.by_id.get(id) {
            return Ok(Some(member).filter(|m| m.site == site));
        }
        Ok(self.get_all(db, site, &[id]).await?.remove(&id))
    }

    /// The same within a transaction: one connection must not wait for another.
    pub async fn get_in(&self, tx: &mut Tx, site: SiteId, id: i64) -> Result<Option<Arc<Member>>, DbError> {
        match self.by_id.get(id) {
            Some(member) => Ok(Some(member).filter(|m| m.site == site)),
            None => Ok(store::by_ids(tx, site, &[id]).await?.pop().map(Arc::new)),
        }
    }

    /// Several members of a site; who isn't there is left out.
    pub async fn get_all(&self, db: &Db, site: SiteId, ids: &[i64]) -> Result<HashMap<i64, Arc<Member>>, DbError> {
        holding_none();
        let mut found = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match self.by_id.get(*id).filter(|m| m.site == site) {
                Some(member) => {
                    found.insert(*id, member);
                }
                None => missing.push(*id),
            }
        }
        if !missing.is_empty() {
            let asked = self.by_id.ask();
            let mut reader = db.read().await?;
            for chunk in missing.chunks(500) {
                for member in store::by_ids(&mut reader, site, chunk).await? {
                    let member = Arc::new(member);
                    self.by_id.read(asked, member.id, member.clone());
                    found.insert(member.id, member);
                }
            }
        }
        Ok(found)
    }

    /// The members with these logins (as they are compared), by login.
    pub async fn by_logins(
        &self,
        db: &Db,
        site: SiteId,
        keys: &[String],
    ) -> Result<HashMap<String, Arc<Member>>, DbError> {
        holding_none();
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let found = store::ids_of_logins(&mut db.read().await?, site, keys).await?;
        let ids: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
        let members = self.get_all(db, site, &ids).await?;
        Ok(found.into_iter().filter_map(|(id, key)| Some((key, members.get(&id)?.clone()))).collect())
    }

    /// Members of a site may have changed: they are read again.
    pub fn forget_site(&self, site: SiteId) {
        self.by_id.forget(|member| member.site == site);
        self.follower.forget_site(site);
    }

    fn changed(&self, member: Arc<Member>) {
        self.follower.changed(&member);
        self.by_id.changed(member.id, member);
    }
}
