//! How a site is doing: who was here each day, how much was said, how fast the organizers answer.
//!
//! What happens is counted in memory and written down every few seconds: nothing that members do waits for it. What was
//! counted last is lost when the process dies at once.

pub mod http;
mod store;

use crate::app::App;
use crate::platform::clock::{Millis, pause};
use crate::platform::db::DbError;
use crate::sites::SiteId;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(3);
const DAY: Millis = 24 * 60 * 60 * 1_000;

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
    answering: Mutex<HashMap<SiteId, (Millis, Option<f64>)>>,
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
    let mut tx = app.db.write("figures").await?;
    for ((site, day), said) in &said {
        store::add_said(&mut tx, *site, *day, *said).await?;
    }
    store::add_came(&mut tx, &came).await?;
    drop(tx.commit().await?);
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
