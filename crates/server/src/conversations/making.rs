//! Conversations are made: the SQL of it.

use super::groups::History;
use super::store::Kind;
use crate::app::App;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Sql, Tx, placeholders};
use crate::sites::SiteId;
use std::collections::HashSet;

/// So many rows in one statement.
const AT_ONCE: usize = 500;

/// A conversation to be made.
#[derive(Default)]
pub(super) struct New<'a> {
    pub id: i64,
    pub kind: Kind,
    pub key: Option<String>,
    pub name: Option<&'a str>,
    /// Members, and whether it stands in their list at once.
    pub members: &'a [(i64, bool)],
    /// Those of the two of a direct conversation who block the other already.
    pub blocking: &'a [i64],
    /// The admin of a group.
    pub admin: Option<i64>,
    /// Those of a group who block whoever makes it.
    pub ghosts: &'a [i64],
    /// What newcomers of a group see.
    pub history: History,
    /// A group's picture.
    pub picture: Option<Vec<u8>>,
}

impl New<'_> {
    /// One of the organizers with this member.
    pub fn of_organizers<'a>(app: &App, key: &str, member: &'a [(i64, bool); 1]) -> New<'a> {
        let id = app.ids.next(&app.clock);
        New { id, kind: Kind::Organizer, key: Some(key.to_owned()), members: member, ..New::default() }
    }
}

/// Makes a conversation; `false` if one with this key was made in the meantime.
pub(super) async fn insert(tx: &mut Tx, site: SiteId, new: &New<'_>, now: Millis) -> Result<bool, DbError> {
    Ok(!insert_all(tx, site, std::slice::from_ref(new), now).await?.is_empty())
}

/// Makes conversations; the ids of those with whose key none was made in the meantime.
pub(super) async fn insert_all(
    tx: &mut Tx,
    site: SiteId,
    all: &[New<'_>],
    now: Millis,
) -> Result<HashSet<i64>, DbError> {
    let mut made = HashSet::with_capacity(all.len());
    for chunk in all.chunks(AT_ONCE) {
        let mut query = Sql::assembled(format!(
            "INSERT INTO conversation (site_id, id, kind, pair_key, name, last_seq, last_at, staff_read_seq, created_at, \
             history, picture_id) VALUES {} ON CONFLICT (site_id, pair_key) DO NOTHING RETURNING id",
            placeholders(1, chunk.len(), 11)
        ));
        for new in chunk {
            query = query.bind(site.0).bind(new.id).bind(new.kind.as_str()).bind(new.key.clone()).bind(new.name);
            query = query.bind(0_i64).bind(now).bind(0_i64).bind(now);
            query = query.bind(new.history.as_str()).bind(new.picture.clone());
        }
        let ids: Vec<(i64,)> = query.all(&mut *tx).await?;
        made.extend(ids.into_iter().map(|(id,)| id));
    }
    let people = all.iter().filter(|new| made.contains(&new.id));
    let people: Vec<_> = people.flat_map(|new| new.members.iter().map(move |member| (new, member))).collect();
    for chunk in people.chunks(AT_ONCE) {
        let mut query = Sql::assembled(format!(
            "INSERT INTO participant (site_id, conversation_id, member_id, read_seq, hidden_seq, cleared_seq, wrote, \
             marked_unread, blocked_seq, blocked_last_at, blocked_read_seq, blocked_peer_read_seq, joined_at, role, ghost) VALUES {}",
            placeholders(1, chunk.len(), 15)
        ));
        for (new, (member, listed)) in chunk {
            let hidden = if *listed { None } else { Some(0_i64) };
            let blocks = new.blocking.contains(member);
            query = query.bind(site.0).bind(new.id).bind(*member).bind(0_i64).bind(hidden).bind(0_i64);
            query = query.bind(false).bind(false).bind(blocks.then_some(0_i64)).bind(blocks.then_some(now));
            query = query.bind(blocks.then_some(0_i64)).bind(blocks.then_some(0_i64)).bind(now);
            query = query.bind(if new.admin == Some(*member) { "admin" } else { "member" });
            query = query.bind(new.ghosts.contains(member));
        }
        query.run(&mut *tx).await?;
    }
    Ok(made)
}
