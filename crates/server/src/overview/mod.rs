//! How a site is doing: who was here each day, how much was said, how fast the organizers answer.
//!
//! What happens is counted in memory and written down every few seconds: nothing that members do waits for it. What was
//! counted last is lost when the process dies at once.

pub mod http;
mod store;

use crate::app::App;
use crate::platform::cache;
use crate::platform::clock::{Millis, pause};
use crate::platform::db::{DbError, Tx};
use crate::sites::SiteId;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(3);
const DAY: Millis = 24 * 60 * 60 * 1_000;
/// Who was here is known of so many days before today: one more than is shown.
const KEPT_DAYS: i64 = 30;

/// Messages of a day.
#[derive(Clone, Copy, Default)]
struct Said {
    messages: i64,
    organizer_messages: i64,
}

/// Not written down yet: by site and day.
#[derive(Default)]
struct Counted {
    said: HashMap<(SiteId, i64), Said>,
    came: Vec<(SiteId, i64, i64)>,
    /// The day of `seen`, and who was noted on it.
    day: i64,
    seen: HashSet<i64>,
}

/// What is counted.
#[derive(Default)]
pub struct Figures {
    counted: Mutex<Counted>,
    /// One at a time writes down.
    writing: tokio::sync::Mutex<()>,
    /// In how many minutes the organizers answer.
    answering: cache::Figures<SiteId, Option<f64>>,
    /// Who was here on days that are over.
    days_over: cache::Figures<(SiteId, i64), HashMap<i64, i64>>,
}

impl Figures {
    /// A member is here.
    pub fn saw(&self, site: SiteId, member: i64, now: Millis) {
        let today = now / DAY;
        let mut counted = self.lock();
        if counted.day != today {
            counted.day = today;
            counted.seen.clear();
        }
        if counted.seen.insert(member) {
            counted.came.push((site, today, member));
        }
    }

    /// Messages were sent: of which site, and whether to or from the organizers.
    pub fn sent(&self, messages: impl Iterator<Item = (SiteId, bool)>, now: Millis) {
        let mut counted = self.lock();
        for (site, organizer) in messages {
            let said = counted.said.entry((site, now / DAY)).or_default();
            said.messages += 1;
            said.organizer_messages += i64::from(organizer);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes down what was counted.
pub async fn write_down(app: &App) -> Result<(), DbError> {
    let _one = app.figures.writing.lock().await;
    let (said, came) = {
        let mut counted = app.figures.lock();
        (std::mem::take(&mut counted.said), std::mem::take(&mut counted.came))
    };
    if said.is_empty() && came.is_empty() {
        return Ok(());
    }
    let written = write(app, &said, &came).await;
    if written.is_err() {
        app.figures.lock().put_back(said, came);
    }
    written
}

async fn write(app: &App, said: &HashMap<(SiteId, i64), Said>, came: &[(SiteId, i64, i64)]) -> Result<(), DbError> {
    let mut tx = app.db.write("figures").await?;
    for ((site, day), said) in said {
        store::add_said(&mut tx, *site, *day, *said).await?;
    }
    store::add_came(&mut tx, came).await?;
    drop(tx.commit().await?);
    Ok(())
}

impl Counted {
    /// It could not be written down: next time.
    fn put_back(&mut self, said: HashMap<(SiteId, i64), Said>, came: Vec<(SiteId, i64, i64)>) {
        for (of, earlier) in said {
            let said = self.said.entry(of).or_default();
            said.messages += earlier.messages;
            said.organizer_messages += earlier.organizer_messages;
        }
        self.came.extend(came);
    }
}

/// A member who is deleted was never here.
pub async fn forget_member(tx: &mut Tx, site: SiteId, member: i64, now: Millis) -> Result<(), DbError> {
    store::forget_member(tx, site, member, (now / DAY - KEPT_DAYS, now / DAY)).await
}

/// Forgets who was here on days that are not shown any more, a day of a site in each transaction.
pub async fn sweep(app: &App) -> Result<(), DbError> {
    let first = app.clock.now() / DAY - KEPT_DAYS;
    let sites = store::sites_before(&mut app.db.read().await?, first).await?;
    for site in sites {
        loop {
            let mut tx = app.db.write("figures_sweep").await?;
            let forgotten = store::forget_day(&mut tx, site, first).await?;
            drop(tx.commit().await?);
            if !forgotten {
                break;
            }
        }
    }
    Ok(())
}

/// Does so from time to time.
pub async fn write_down_forever(app: App) {
    loop {
        pause(EVERY).await;
        if let Err(error) = write_down(&app).await {
            tracing::error!(%error, "could not write down how sites are doing");
        }
    }
}
