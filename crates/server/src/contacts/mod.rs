//! What members make of each other: contacts who accepted each other, and members who are blocked.
//!
//! A block must not show: whatever the blocked member does is answered, counted and timed as if the other were absent.
//! Who blocks whom is therefore asked in two places only: where something would be told to the other of the two
//! (`conversations::Facts::audience`, `members::presence`), and in [`add_facts`] for the rules.

mod blocks;
pub mod http;
pub mod requests;
mod store;
mod wire;

pub use store::{blockers_among, blockers_of, blocks_around, contacts_of};
pub use wire::Contact;

use crate::app::App;
use crate::platform::db::DbError;
use crate::rules::Between;
use crate::sites::SiteId;
use std::collections::HashMap;

/// Adds what the contacts of `me` are to what is between them and these others.
pub(crate) async fn add_facts(
    app: &App,
    site: SiteId,
    me: i64,
    others: &[i64],
    found: &mut HashMap<i64, Between>,
) -> Result<(), DbError> {
    if others.is_empty() {
        return Ok(());
    }
    let mut reader = app.db.read().await?;
    for (blocker, blocked) in store::blocks_between(&mut reader, site, me, others).await? {
        if blocker == me {
            found.entry(blocked).or_default().blocked = true;
        } else {
            found.entry(blocker).or_default().blocks_me = true;
        }
    }
    for request in store::requests_between(&mut reader, site, me, others).await? {
        let between = found.entry(request.other_than(me)).or_default();
        // Whoever is blocked has asked nothing, until they no longer are.
        let unheard = between.blocked && request.to_id == me;
        between.contact = if unheard && request.state() == domain::contacts::State::Pending {
            Contact::None
        } else {
            Contact::of(request.state(), request.side_of(me))
        };
        between.request = (between.contact != Contact::None).then_some(request.id);
    }
    Ok(())
}
