//! Webhooks: a website's own server is told what happens.
//!
//! What is to be told is written in the transaction of what happened, for each webhook that wants it; a task in the
//! background delivers it, in order as far as possible, at least once.

mod actions;
mod deliver;
mod events;
pub mod http;
mod signature;
mod store;

pub use deliver::{deliver_forever, sweep};
pub use events::Event;

use crate::app::App;
use crate::platform::cache::Kept;
use crate::platform::clock::rfc3339;
use crate::platform::db::{DbError, Tx};
use crate::sites::SiteId;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use store::Told;
use tokio::sync::Semaphore;

/// A webhook that is on, as far as what happens must know of it.
struct Wanting {
    id: i64,
    events: Vec<Event>,
}

/// So many deliveries are under way at once.
const AT_ONCE: usize = 16;

/// The webhooks of the sites this process has met.
pub struct Webhooks {
    wanting: Kept<Arc<Vec<Wanting>>>,
    /// Rounds in which it is worth looking for what is to be delivered.
    stirred: AtomicU32,
    /// Those to which something is on its way.
    busy: Mutex<HashSet<i64>>,
    turns: Semaphore,
}

impl Default for Webhooks {
    fn default() -> Self {
        Webhooks {
            wanting: Kept::new(1_000),
            stirred: AtomicU32::new(0),
            busy: Mutex::default(),
            turns: Semaphore::new(AT_ONCE),
        }
    }
}

impl Webhooks {
    /// Writes down, in the transaction in which it happens, what the webhooks of a site are to be told. `data` is made
    /// only if one of them wants it.
    pub async fn tell(
        &self,
        app: &App,
        tx: &mut Tx,
        site: SiteId,
        event: Event,
        data: &(dyn Fn() -> Value + Send + Sync),
    ) -> Result<(), DbError> {
        self.tell_of(app, tx, (site, None), event, data).await
    }

    /// The same of a member's profile, which is forgotten with them.
    async fn tell_of(
        &self,
        app: &App,
        tx: &mut Tx,
        (site, member): (SiteId, Option<i64>),
        event: Event,
        data: &(dyn Fn() -> Value + Send + Sync),
    ) -> Result<(), DbError> {
        let wanting: Vec<i64> = wanting(&self.of(tx, site).await?, event);
        if wanting.is_empty() {
            return Ok(());
        }
        let now = app.clock.now();
        let body = body(event, now, data());
        for webhook in wanting {
            let told = Told { id: app.ids.next(&app.clock), event, body: &body, member };
            store::enqueue(tx, site, webhook, told, now).await?;
        }
        self.stir();
        Ok(())
    }

    async fn of(&self, tx: &mut Tx, site: SiteId) -> Result<Arc<Vec<Wanting>>, DbError> {
        if let Some(known) = self.wanting.get(site.0) {
            return Ok(known);
        }
        let asked = self.wanting.ask();
        let all = store::all(tx, site).await?.into_iter().filter(|row| row.enabled);
        let found = Arc::new(all.map(|row| Wanting { id: row.id, events: row.events() }).collect::<Vec<_>>());
        self.wanting.read(asked, site.0, found.clone());
        Ok(found)
    }

    /// A site's webhooks changed. They are few, and change rarely: those of all sites are read again.
    fn changed(&self) {
        self.wanting.forget(|_| true);
        self.stir();
    }

    /// Something is about to be committed that is to be delivered.
    fn stir(&self) {
        self.stirred.store(deliver::ROUNDS_AFTER_NEWS, Ordering::Relaxed);
    }
}

fn wanting(all: &[Wanting], event: Event) -> Vec<i64> {
    all.iter().filter(|one| one.events.contains(&event)).map(|one| one.id).collect()
}

/// What is delivered.
fn body(event: Event, now: i64, data: Value) -> String {
    json!({"type": event.as_str(), "timestamp": rfc3339(now), "data": data}).to_string()
}
