//! Bringing broadcasts to their recipients: a few at a time, between what members send, and on from there after a crash.

use super::actions;
use super::store::{self, Row};
use super::wire::State;
use crate::app::App;
use crate::conversations::actions::open_many_for_staff;
use crate::messages::{self, Copy};
use crate::platform::cache::Figures;
use crate::platform::clock::{pause, stopwatch};
use crate::platform::db::DbError;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::sites::SiteId;
use crate::webhooks::Event;
use domain::messages::Body;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// So many get it in one go.
const AT_ONCE: usize = 128;
/// After each go the others have the writer for as long as it took, times this.
const REST: f64 = 1.5;
/// Whether something is due is looked at this often.
const LOOK: Duration = Duration::from_secs(1);
/// Operators are told how far it came no more often than this.
const TELL: Duration = Duration::from_millis(500);
/// After a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// Wakes who delivers.
#[derive(Default)]
pub struct Post {
    woken: Notify,
    /// How many read one, and how many answered.
    pub(super) figures: Figures<i64, (i64, i64)>,
}

impl Post {
    pub(super) fn wake(&self) {
        self.woken.notify_one();
    }
}

/// A broadcast that is being delivered.
struct Under {
    audience: Arc<[i64]>,
    told: Instant,
}

/// Delivers, for as long as the process lives: of each broadcast a few, in turn.
pub async fn deliver_forever(app: App) {
    let mut under: HashMap<i64, Under> = HashMap::new();
    // Those that could not be brought on, and when: they keep back nobody else.
    let mut failed: HashMap<i64, Instant> = HashMap::new();
    loop {
        let due = match due(&app).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(%error, "could not look for broadcasts");
                Vec::new()
            }
        };
        under.retain(|id, _| due.iter().any(|row| row.id == *id));
        failed.retain(|_, at| at.elapsed() < AGAIN);
        let ready: Vec<Row> = due.into_iter().filter(|row| !failed.contains_key(&row.id)).collect();
        if ready.is_empty() {
            tokio::select! {
                () = app.broadcasts.woken.notified() => {}
                () = pause(LOOK) => {}
            }
            continue;
        }
        for row in ready {
            let started = stopwatch();
            if let Err(problem) = step(&app, &row, &mut under).await {
                tracing::error!(?problem, broadcast = row.id, "could not deliver");
                failed.insert(row.id, stopwatch());
            }
            pause(started.elapsed().mul_f64(REST)).await;
        }
    }
}

async fn due(app: &App) -> Result<Vec<Row>, DbError> {
    store::due(&mut app.db.read().await?, app.clock.now()).await
}

/// Brings a broadcast to the next few.
async fn step(app: &App, row: &Row, under: &mut HashMap<i64, Under>) -> Answer<()> {
    let site = SiteId(row.site_id);
    if row.state() == State::Scheduled {
        let whole = app.sites.get(&app.db, site).await?.ok_or_else(Problem::not_found)?;
        return actions::begin(app, &whole, row).await;
    }
    let Under { audience, told } = match under.entry(row.id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let audience = store::audience(&mut app.db.read().await?, site, row.id).await?.into();
            new.insert(Under { audience, told: stopwatch() })
        }
    };
    let from = usize::try_from(row.place).unwrap_or(0).min(audience.len());
    let next = &audience[from..audience.len().min(from + AT_ONCE)];
    if next.is_empty() {
        return finish(app, site, row.id).await;
    }
    let got = bring(app, site, row, next).await?;
    let to = i64::try_from(from + next.len()).unwrap_or(row.place);
    let mut tx = app.db.write("broadcast_advance").await?;
    store::advance(&mut tx, site, row.id, (row.place, to), &got).await?;
    drop(tx.commit().await?);
    if told.elapsed() > TELL {
        *told = stopwatch();
        actions::tell(app, site, row.id).await?;
    }
    Ok(())
}

async fn finish(app: &App, site: SiteId, id: i64) -> Answer<()> {
    let mut tx = app.db.write("broadcast_finish").await?;
    let done = store::finish(&mut tx, site, id, State::Done, app.clock.now()).await?;
    if done && let Some(row) = store::one(&mut tx, site, id).await? {
        let told =
            || json!({"broadcast": {"id": ids::show(id), "recipients": row.recipients, "delivered": row.delivered}});
        app.webhooks.tell(app, &mut tx, site, Event::BroadcastFinished, &told).await?;
    }
    drop(tx.commit().await?);
    actions::tell(app, site, id).await.map(drop)
}

/// The messages for these members; whoever is gone meanwhile is passed over. Done again after a crash it stores nothing
/// twice: each message has the same name again.
async fn bring(app: &App, site: SiteId, row: &Row, members: &[i64]) -> Answer<Vec<(i64, i64, i64)>> {
    let mut people = app.members.get_all(&app.db, site, members).await?;
    people.retain(|_, member| !member.is_erased());
    let known: Vec<i64> = members.iter().copied().filter(|member| people.contains_key(member)).collect();
    let facts = open_many_for_staff(app, site, &known).await?;
    let mut places = Vec::with_capacity(known.len());
    let mut copies = Vec::with_capacity(known.len());
    for member in known {
        let (Some(person), Some(facts)) = (people.get(&member), facts.get(&member)) else { continue };
        let body = Body::parse(&row.text_for(person.profile.locale.as_deref()))?;
        places.push((member, facts.id));
        copies.push(Copy { facts: facts.clone(), client_id: name_of(row.id, member), body });
    }
    let numbers = messages::copies(app, (row.by_id, &row.by_name), copies).await?;
    Ok(places.into_iter().zip(numbers).map(|((member, conversation), seq)| (member, conversation, seq)).collect())
}

/// The name under which a broadcast is stored for a member.
fn name_of(broadcast: i64, member: i64) -> [u8; 16] {
    let hash = Sha256::new().chain_update(b"broadcast").chain_update(broadcast.to_le_bytes());
    let hash = hash.chain_update(member.to_le_bytes()).finalize();
    let mut name = [0; 16];
    name.copy_from_slice(&hash[..16]);
    name
}
