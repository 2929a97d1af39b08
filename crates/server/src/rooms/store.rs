use super::settings::RoomRules;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, list, placeholders, sql};
use crate::sites::SiteId;

/// A room as the organizers made it.
#[derive(Clone, Debug)]
pub struct Room {
    /// The conversation's id.
    pub id: i64,
    /// Its site.
    pub site: SiteId,
    /// What people call it.
    pub name: String,
    /// What pages call it.
    pub slug: String,
    /// What was chosen for it.
    pub rules: RoomRules,
    /// When it was made.
    pub created_at: Millis,
}

type RoomRow = (i64, String, String, String, Millis);

const ROOM: &str = "SELECT r.conversation_id, c.name, r.slug, r.rules, c.created_at FROM room r \
    JOIN conversation c ON c.id = r.conversation_id WHERE r.site_id = $1";

fn room(site: SiteId, (id, name, slug, rules, created_at): RoomRow) -> Room {
    Room { id, site, name, slug, rules: serde_json::from_str(&rules).unwrap_or_default(), created_at }
}

pub(super) async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<Room>, DbError> {
    let query = Sql::assembled(format!("{ROOM} AND r.conversation_id = $2"));
    Ok(query.bind(site.0).bind(id).maybe::<RoomRow>(on).await?.map(|row| room(site, row)))
}

/// All rooms of a site, by name.
pub(super) async fn all(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<Room>, DbError> {
    let query = Sql::assembled(format!("{ROOM} ORDER BY c.name, r.conversation_id"));
    let rows: Vec<RoomRow> = query.bind(site.0).all(on).await?;
    Ok(rows.into_iter().map(|row| room(site, row)).collect())
}

pub(super) async fn insert(tx: &mut Tx, room: &Room) -> Result<(), DbError> {
    sql("INSERT INTO room (conversation_id, site_id, slug, rules, shown, shown_seq, shown_at) VALUES ($1, $2, $3, $4, 0, 0, $5)")
        .bind(room.id)
        .bind(room.site.0)
        .bind(&*room.slug)
        .bind(serde_json::to_string(&room.rules).unwrap_or_default())
        .bind(room.created_at)
        .run(tx)
        .await
        .map(drop)
}

pub(super) async fn update(tx: &mut Tx, room: &Room) -> Result<(), DbError> {
    sql("UPDATE room SET rules = $3, slug = $4 WHERE site_id = $1 AND conversation_id = $2")
        .bind(room.site.0)
        .bind(room.id)
        .bind(serde_json::to_string(&room.rules).unwrap_or_default())
        .bind(&*room.slug)
        .run(tx)
        .await
        .map(drop)
}

/// The room goes with all that was its own; its messages are gone already, its conversation goes after.
pub(super) async fn delete(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    for gone in [
        sql("DELETE FROM mention WHERE site_id = $1 AND conversation_id = $2"),
        sql("DELETE FROM whisper WHERE site_id = $1 AND conversation_id = $2"),
        sql("DELETE FROM room_visitor WHERE site_id = $1 AND conversation_id = $2"),
        sql("DELETE FROM room WHERE site_id = $1 AND conversation_id = $2"),
    ] {
        gone.bind(site.0).bind(id).run(&mut *tx).await?;
    }
    Ok(())
}

/// Those of them who wrote in a room.
pub(super) async fn writers_among(
    on: impl Into<Link<'_>>,
    site: SiteId,
    room: i64,
    members: &[i64],
) -> Result<Vec<i64>, DbError> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT member_id FROM room_visitor WHERE site_id = $1 AND conversation_id = $2 AND posted > 0 AND member_id IN ({})",
        list(3, members.len())
    );
    let rows: Vec<(i64,)> =
        Sql::assembled(text).bind(site.0).bind(room).bind_each(members.iter().copied()).all(on).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How a room stands for a member.
#[derive(Clone, Copy, Debug, sqlx_macros::FromRow)]
pub struct Reading {
    /// Which.
    pub conversation_id: i64,
    /// How many public messages there are.
    pub shown: i64,
    /// The last of them.
    pub shown_seq: i64,
    /// When it was sent, or the room made.
    pub shown_at: Millis,
    /// How far the member has read.
    pub read_seq: i64,
    /// How many public messages there were up to there.
    pub read_shown: i64,
    /// They don't want to hear of it.
    pub muted: bool,
    /// The last whisper they see.
    pub whisper_seq: i64,
    /// How many whispers they have not read.
    pub whispers: i64,
    /// How many messages they have not read that call them by name.
    pub mentions: i64,
}

impl Reading {
    /// The last message the member sees.
    pub fn last_seq(&self) -> i64 {
        self.shown_seq.max(self.whisper_seq)
    }

    /// As it is for somebody who is kept out since then: nothing was said that they had not read.
    pub(super) fn unheard(self, since: Millis) -> Reading {
        let (read_shown, read) = (self.shown, self.read_seq);
        Reading { read_shown, shown_seq: read, whisper_seq: read, shown_at: since, whispers: 0, mentions: 0, ..self }
    }

    /// How many they have not read.
    pub fn unread(&self) -> i64 {
        (self.shown - self.read_shown).max(0) + self.whispers
    }
}

/// How these rooms stand for a member.
pub(super) async fn readings(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    rooms: &[i64],
) -> Result<Vec<Reading>, DbError> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT r.conversation_id, r.shown, r.shown_seq, r.shown_at, COALESCE(v.read_seq, 0) AS read_seq, \
         COALESCE((SELECT m.shown FROM message m WHERE m.site_id = $1 AND m.conversation_id = r.conversation_id \
         AND m.seq <= COALESCE(v.read_seq, 0) ORDER BY m.seq DESC LIMIT 1), 0) AS read_shown, \
         COALESCE(v.muted, FALSE) AS muted, \
         COALESCE((SELECT MAX(w.seq) FROM whisper w WHERE w.site_id = $1 AND w.conversation_id = r.conversation_id \
         AND w.member_id = $2), 0) AS whisper_seq, \
         (SELECT COUNT(*) FROM whisper w WHERE w.site_id = $1 AND w.conversation_id = r.conversation_id \
         AND w.member_id = $2 AND w.seq > COALESCE(v.read_seq, 0)) AS whispers, \
         (SELECT COUNT(*) FROM mention n WHERE n.site_id = $1 AND n.conversation_id = r.conversation_id \
         AND n.member_id = $2 AND n.seq > COALESCE(v.read_seq, 0)) AS mentions \
         FROM room r LEFT JOIN room_visitor v ON v.conversation_id = r.conversation_id AND v.member_id = $2 \
         WHERE r.site_id = $1 AND r.conversation_id IN ({})",
        list(3, rooms.len())
    );
    Sql::assembled(text).bind(site.0).bind(member).bind_each(rooms.iter().copied()).all(on).await
}

/// What a batch of messages changes of a room.
#[derive(Default)]
pub(crate) struct Posted {
    /// How many public messages there are now.
    pub shown: i64,
    /// The last public one of the batch: its number and time.
    pub last: Option<(i64, Millis)>,
    /// Who wrote: their last message, and how many public ones.
    pub authors: Vec<(i64, i64, i64)>,
    /// Whom whispers reach: member, number.
    pub whispers: Vec<(i64, i64)>,
    /// Whom public messages call: member, number.
    pub mentions: Vec<(i64, i64)>,
}

/// How many public messages a room has.
pub(crate) async fn shown(tx: &mut Tx, site: SiteId, id: i64) -> Result<i64, DbError> {
    sql("SELECT shown FROM room WHERE site_id = $1 AND conversation_id = $2").bind(site.0).bind(id).number(tx).await
}

/// Stores what a batch changes of a room.
pub(crate) async fn post(tx: &mut Tx, site: SiteId, id: i64, posted: &Posted, now: Millis) -> Result<(), DbError> {
    if let Some((seq, at)) = posted.last {
        sql("UPDATE room SET shown = $3, shown_seq = $4, shown_at = $5 WHERE site_id = $1 AND conversation_id = $2")
            .bind(site.0)
            .bind(id)
            .bind(posted.shown)
            .bind(seq)
            .bind(at)
            .run(&mut *tx)
            .await?;
    }
    for (member, seq, count) in &posted.authors {
        sql("INSERT INTO room_visitor (site_id, conversation_id, member_id, read_seq, muted, posted, came_at) \
             VALUES ($1, $2, $3, $4, FALSE, $5, $6) ON CONFLICT (conversation_id, member_id) DO UPDATE SET \
             read_seq = excluded.read_seq, posted = room_visitor.posted + excluded.posted")
        .bind(site.0)
        .bind(id)
        .bind(*member)
        .bind(*seq)
        .bind(*count)
        .bind(now)
        .run(&mut *tx)
        .await?;
    }
    for (table, rows) in [("whisper", &posted.whispers), ("mention", &posted.mentions)] {
        for chunk in rows.chunks(100) {
            let text = format!(
                "INSERT INTO {table} (site_id, conversation_id, member_id, seq) VALUES {}",
                placeholders(1, chunk.len(), 4)
            );
            let values = chunk.iter().flat_map(|(member, seq)| [site.0, id, *member, *seq]);
            Sql::assembled(text).bind_each(values).run(&mut *tx).await?;
        }
    }
    Ok(())
}

/// How many public messages a member has sent in a room.
pub(crate) async fn posted_by(on: impl Into<Link<'_>>, site: SiteId, id: i64, member: i64) -> Result<i64, DbError> {
    let row: Option<(i64,)> =
        sql("SELECT posted FROM room_visitor WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
            .bind(site.0)
            .bind(id)
            .bind(member)
            .maybe(on)
            .await?;
    Ok(row.map_or(0, |(posted,)| posted))
}

/// Moves a member's read mark, never back nor beyond the last message they see; where it stands now if it moved.
pub(crate) async fn mark_read(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    member: i64,
    seq: i64,
    now: Millis,
) -> Result<Option<i64>, DbError> {
    let Some(reading) = readings(&mut *tx, site, member, &[id]).await?.pop() else { return Ok(None) };
    let seq = seq.min(reading.last_seq());
    if seq <= reading.read_seq {
        return Ok(None);
    }
    sql("INSERT INTO room_visitor (site_id, conversation_id, member_id, read_seq, muted, posted, came_at) \
         VALUES ($1, $2, $3, $4, FALSE, 0, $5) ON CONFLICT (conversation_id, member_id) DO UPDATE SET \
         read_seq = excluded.read_seq")
    .bind(site.0)
    .bind(id)
    .bind(member)
    .bind(seq)
    .bind(now)
    .run(tx)
    .await?;
    Ok(Some(seq))
}

/// Whether a member wants to hear of a room.
pub(crate) async fn set_muted(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    member: i64,
    muted: bool,
    now: Millis,
) -> Result<(), DbError> {
    sql("INSERT INTO room_visitor (site_id, conversation_id, member_id, read_seq, muted, posted, came_at) \
         VALUES ($1, $2, $3, 0, $4, 0, $5) ON CONFLICT (conversation_id, member_id) DO UPDATE SET muted = excluded.muted")
    .bind(site.0)
    .bind(id)
    .bind(member)
    .bind(muted)
    .bind(now)
    .run(tx)
    .await
    .map(drop)
}

/// Whom a whisper reaches, its author among them, sorted.
pub(crate) async fn reaches(on: impl Into<Link<'_>>, site: SiteId, id: i64, seq: i64) -> Result<Vec<i64>, DbError> {
    let rows: Vec<(i64,)> = sql(
        "SELECT member_id FROM whisper WHERE site_id = $1 AND conversation_id = $2 AND seq = $3 ORDER BY member_id",
    )
    .bind(site.0)
    .bind(id)
    .bind(seq)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(|(member,)| member).collect())
}

/// Which of these members have been in a room.
pub(super) async fn visitors_among(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
    members: &[i64],
) -> Result<Vec<i64>, DbError> {
    let text = format!(
        "SELECT member_id FROM room_visitor WHERE site_id = $1 AND conversation_id = $2 AND member_id IN ({})",
        list(3, members.len())
    );
    let rows: Vec<(i64,)> =
        Sql::assembled(text).bind(site.0).bind(id).bind_each(members.iter().copied()).all(on).await?;
    Ok(rows.into_iter().map(|(member,)| member).collect())
}
