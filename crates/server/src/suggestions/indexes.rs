use super::exposure::Exposure;
use super::index::{Carrier, Index};
use super::store;
use crate::app::App;
use crate::members::{Follower, Member};
use crate::platform::db::{DbError, holding_none};
use crate::sites::SiteId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The indexes have no more members than this together; the one that was not used for longest is dropped first.
const MOST_MEMBERS: usize = 500_000;
/// While an index is made no more changes wait for it; with more it is made again.
const MOST_WAITING: usize = 10_000;

/// The indexes of the sites whose members asked for suggestions, and to whom they were suggested.
#[derive(Default)]
pub struct Suggestions {
    sites: Mutex<HashMap<i64, Arc<OfSite>>>,
    uses: AtomicU64,
}

#[derive(Default)]
struct OfSite {
    state: Mutex<State>,
    making: tokio::sync::Mutex<()>,
    exposure: Mutex<Exposure>,
    used: AtomicU64,
}

#[derive(Default)]
enum State {
    #[default]
    Absent,
    /// With what changed since it was begun; `None`: more than what is read now can tell.
    Making(Option<Vec<Carrier>>),
    Ready(Box<Index>),
}

impl State {
    fn members(&self) -> usize {
        match self {
            State::Ready(index) => index.len(),
            _ => 0,
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Suggestions {
    fn of(&self, site: SiteId) -> Arc<OfSite> {
        locked(&self.sites).entry(site.0).or_default().clone()
    }

    fn known(&self, site: SiteId) -> Option<Arc<OfSite>> {
        locked(&self.sites).get(&site.0).cloned()
    }

    /// Asks the index of a site, which is made if there is none.
    pub(super) async fn ask<T>(
        &self,
        app: &App,
        site: SiteId,
        ask: impl FnOnce(&mut Index, &mut Exposure) -> T,
    ) -> Result<T, DbError> {
        holding_none();
        let of_site = self.of(site);
        of_site.used.store(self.uses.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        loop {
            if let State::Ready(index) = &mut *locked(&of_site.state) {
                return Ok(ask(index, locked(&of_site.exposure).at(app.clock.now())));
            }
            let _turn = of_site.making.lock().await;
            if !matches!(*locked(&of_site.state), State::Ready(_)) {
                make(app, site, &of_site.state).await?;
                self.make_room(site);
            }
        }
    }

    /// Drops indexes that were not used for longest, but not the one of this site.
    fn make_room(&self, but: SiteId) {
        let mut sites: Vec<(i64, Arc<OfSite>)> = locked(&self.sites).iter().map(|(id, of)| (*id, of.clone())).collect();
        sites.sort_by_key(|(_, of)| of.used.load(Ordering::Relaxed));
        let mut members: usize = sites.iter().map(|(_, of)| locked(&of.state).members()).sum();
        for (_, of) in sites.iter().filter(|(id, _)| *id != but.0) {
            if members <= MOST_MEMBERS {
                break;
            }
            let mut state = locked(&of.state);
            if matches!(*state, State::Ready(_)) {
                members -= state.members();
                *state = State::Absent;
            }
        }
    }
}

/// Reads the members of a site. What changes meanwhile is put in at the end.
async fn make(app: &App, site: SiteId, state: &Mutex<State>) -> Result<(), DbError> {
    *locked(state) = State::Making(Some(Vec::new()));
    let mut index = Index::default();
    let mut reader = app.db.read().await?;
    let mut after = 0;
    while let Some(last) = store::carriers(&mut reader, site, after, &mut index).await? {
        after = last;
    }
    index.weigh();
    let mut state = locked(state);
    *state = match std::mem::take(&mut *state) {
        State::Making(Some(changed)) => {
            changed.into_iter().for_each(|carrier| index.put(carrier));
            State::Ready(Box::new(index))
        }
        _ => State::Absent,
    };
    Ok(())
}

impl Follower for Suggestions {
    fn changed(&self, member: &Member) {
        let Some(of_site) = self.known(member.site) else { return };
        match &mut *locked(&of_site.state) {
            State::Ready(index) => index.put(Carrier::of(member)),
            State::Making(waiting) => match waiting {
                Some(changed) if changed.len() < MOST_WAITING => changed.push(Carrier::of(member)),
                waiting => *waiting = None,
            },
            State::Absent => {}
        }
    }

    fn forget_site(&self, site: SiteId) {
        let Some(of_site) = self.known(site) else { return };
        let mut state = locked(&of_site.state);
        *state = match *state {
            State::Making(_) => State::Making(None),
            _ => State::Absent,
        };
    }
}
