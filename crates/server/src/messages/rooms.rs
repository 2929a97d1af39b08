//! What the writer does beside for messages of rooms: counts what is public, and stores whom the rest is for.

use super::store::MessageRow;
use super::writer::{From, Post};
use crate::conversations::Kind;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Tx};
use crate::rooms::{self, Posted};
use crate::sites::SiteId;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What a batch changes, by room.
pub(super) type Touched = BTreeMap<i64, (SiteId, Posted)>;

/// Counts the new messages of rooms, in their order.
pub(super) async fn number(
    tx: &mut Tx,
    posts: &[Post],
    rows: &mut [(MessageRow, bool)],
    now: Millis,
) -> Result<Touched, DbError> {
    let mut touched = Touched::new();
    for (post, (row, new)) in posts.iter().zip(rows) {
        if post.facts.kind != Kind::Room || !*new {
            continue;
        }
        let (site, id) = (post.facts.site, post.facts.id);
        let posted = match touched.entry(id) {
            Entry::Occupied(known) => &mut known.into_mut().1,
            Entry::Vacant(free) => {
                let shown = rooms::shown(tx, site, id).await?;
                &mut free.insert((site, Posted { shown, ..Posted::default() })).1
            }
        };
        let place = post.place.as_deref();
        let whisper = place.and_then(|place| place.whisper.as_ref());
        if let Some(whisper) = whisper {
            posted.whispers.extend(whisper.reaches.iter().map(|member| (*member, row.seq)));
        } else {
            posted.shown += 1;
            posted.last = Some((row.seq, now));
            let called =
                place.into_iter().flat_map(|place| place.mentions.iter().filter(|id| !place.deaf.contains(id)));
            posted.mentions.extend(called.map(|member| (*member, row.seq)));
        }
        row.shown = Some(posted.shown);
        if let From::Member(author) = &post.from {
            let public = i64::from(whisper.is_none());
            match posted.authors.iter_mut().find(|(member, ..)| *member == author.id) {
                Some((_, seq, count)) => (*seq, *count) = (row.seq, *count + public),
                None => posted.authors.push((author.id, row.seq, public)),
            }
        }
    }
    Ok(touched)
}

/// Stores what was counted.
pub(super) async fn store(tx: &mut Tx, touched: Touched, now: Millis) -> Result<(), DbError> {
    for (id, (site, posted)) in touched {
        rooms::post(tx, site, id, &posted, now).await?;
    }
    Ok(())
}
