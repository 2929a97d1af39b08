use super::audience::{LeftOut, Wanted};
use super::wire::{Progress, State};
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, placeholders, sql};
use crate::sites::SiteId;
use std::collections::BTreeMap;

/// A broadcast as it is stored.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(super) struct Row {
    pub id: i64,
    pub site_id: i64,
    pub by_id: i64,
    pub by_name: String,
    pub body: String,
    bodies: String,
    target: String,
    pub recipients: i64,
    left_out: String,
    pub place: i64,
    pub delivered: i64,
    state: String,
    pub follow_up_of: Option<i64>,
    pub created_at: Millis,
    pub send_at: Option<Millis>,
    pub finished_at: Option<Millis>,
}

/// A broadcast to be stored.
pub(super) struct New<'a> {
    pub id: i64,
    pub client_id: [u8; 16],
    pub by: (i64, &'a str),
    pub body: &'a str,
    pub bodies: &'a BTreeMap<String, String>,
    pub wanted: &'a Wanted,
    /// Fixed now; of a scheduled one, later.
    pub audience: Option<&'a [i64]>,
    pub recipients: usize,
    pub left_out: &'a [LeftOut],
    pub state: State,
    pub send_at: Option<Millis>,
}

impl Row {
    pub fn state(&self) -> State {
        State::parse(&self.state)
    }

    pub fn bodies(&self) -> BTreeMap<String, String> {
        serde_json::from_str(&self.bodies).unwrap_or_default()
    }

    pub fn left_out(&self) -> Vec<LeftOut> {
        serde_json::from_str(&self.left_out).unwrap_or_default()
    }

    /// Whom it was asked for.
    pub fn wanted(&self) -> Option<Wanted> {
        serde_json::from_str(&self.target).ok()
    }

    /// The text for somebody who reads this language.
    pub fn text_for(&self, locale: Option<&str>) -> String {
        let mut bodies = self.bodies();
        let language = locale.map(|locale| locale.split('-').next().unwrap_or(locale).to_lowercase());
        let exact = locale.and_then(|locale| bodies.remove(locale));
        exact.or_else(|| bodies.remove(&language?)).unwrap_or_else(|| self.body.clone())
    }
}

const COLUMNS: &str = "SELECT id, site_id, by_id, by_name, body, bodies, target, recipients, left_out, place, \
    delivered, state, follow_up_of, created_at, send_at, finished_at FROM broadcast";

fn pack(members: &[i64]) -> Vec<u8> {
    members.iter().flat_map(|member| member.to_le_bytes()).collect()
}

fn unpack(bytes: &[u8]) -> Vec<i64> {
    bytes.chunks_exact(8).filter_map(|chunk| Some(i64::from_le_bytes(chunk.try_into().ok()?))).collect()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// `false` if this client's name for it is taken.
pub(super) async fn insert(tx: &mut Tx, site: SiteId, new: &New<'_>, now: Millis) -> Result<bool, DbError> {
    let made = sql(
        "INSERT INTO broadcast (id, site_id, client_id, by_id, by_name, body, bodies, target, audience, recipients, \
         left_out, place, delivered, state, follow_up_of, created_at, send_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, $12, $13, $14, $15) \
         ON CONFLICT (site_id, client_id) DO NOTHING",
    )
    .bind(new.id)
    .bind(site.0)
    .bind(new.client_id.as_slice())
    .bind(new.by.0)
    .bind(new.by.1)
    .bind(new.body)
    .bind(json(new.bodies))
    .bind(json(new.wanted))
    .bind(new.audience.map(pack))
    .bind(count(new.recipients))
    .bind(json(&new.left_out))
    .bind(new.state.as_str())
    .bind(new.wanted.follow_up_of())
    .bind(now)
    .bind(new.send_at)
    .run(tx)
    .await?;
    Ok(made > 0)
}

pub(super) async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<Row>, DbError> {
    Sql::assembled(format!("{COLUMNS} WHERE site_id = $1 AND id = $2")).bind(site.0).bind(id).maybe(on).await
}

pub(super) async fn by_client_id(
    on: impl Into<Link<'_>>,
    site: SiteId,
    client_id: &[u8],
) -> Result<Option<Row>, DbError> {
    let query = Sql::assembled(format!("{COLUMNS} WHERE site_id = $1 AND client_id = $2"));
    query.bind(site.0).bind(client_id).maybe(on).await
}

/// The broadcasts of a site before this one, newest first.
pub(super) async fn page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    before: i64,
    limit: usize,
) -> Result<Vec<Row>, DbError> {
    let query = Sql::assembled(format!("{COLUMNS} WHERE site_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"));
    query.bind(site.0).bind(before).bind(count(limit)).all(on).await
}

/// What is to be worked on now, on any site: under way, or due.
pub(super) async fn due(on: impl Into<Link<'_>>, now: Millis) -> Result<Vec<Row>, DbError> {
    let query = Sql::assembled(format!(
        "{COLUMNS} WHERE state = 'sending' OR (state = 'scheduled' AND send_at <= $1) ORDER BY id"
    ));
    query.bind(now).all(on).await
}

/// Whom it goes to, once that is fixed.
pub(super) async fn audience(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Vec<i64>, DbError> {
    let query = sql("SELECT audience FROM broadcast WHERE site_id = $1 AND id = $2").bind(site.0).bind(id);
    let row: Option<(Option<Vec<u8>>,)> = query.maybe(on).await?;
    Ok(row.and_then(|(bytes,)| bytes).map(|bytes| unpack(&bytes)).unwrap_or_default())
}

/// A scheduled one begins: whom it goes to is fixed.
pub(super) async fn begin(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    audience: &[i64],
    left_out: &[LeftOut],
) -> Result<bool, DbError> {
    let begun = sql("UPDATE broadcast SET state = 'sending', audience = $3, recipients = $4, left_out = $5 \
         WHERE site_id = $1 AND id = $2 AND state = 'scheduled'")
    .bind(site.0)
    .bind(id)
    .bind(pack(audience))
    .bind(count(audience.len()))
    .bind(json(&left_out))
    .run(tx)
    .await?;
    Ok(begun > 0)
}

/// Of the audience, those up to `place` were looked after; these of them got it.
pub(super) async fn advance(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    (from, to): (i64, i64),
    got: &[(i64, i64, i64)],
) -> Result<bool, DbError> {
    let text = "UPDATE broadcast SET place = $4, delivered = delivered + $5 \
        WHERE site_id = $1 AND id = $2 AND place = $3";
    let query = sql(text).bind(site.0).bind(id).bind(from).bind(to).bind(count(got.len()));
    if query.run(&mut *tx).await? == 0 {
        return Ok(false);
    }
    if !got.is_empty() {
        let mut query = Sql::assembled(format!(
            "INSERT INTO broadcast_recipient (site_id, broadcast_id, member_id, conversation_id, seq) VALUES {}",
            placeholders(1, got.len(), 5)
        ));
        for (member, conversation, seq) in got {
            query = query.bind(site.0).bind(id).bind(*member).bind(*conversation).bind(*seq);
        }
        query.run(tx).await?;
    }
    Ok(true)
}

/// It ends in this state, if it was in one of those before it.
pub(super) async fn finish(tx: &mut Tx, site: SiteId, id: i64, state: State, now: Millis) -> Result<bool, DbError> {
    let done = sql("UPDATE broadcast SET state = $3, finished_at = $4 \
         WHERE site_id = $1 AND id = $2 AND state IN ('scheduled', 'sending')")
    .bind(site.0)
    .bind(id)
    .bind(state.as_str())
    .bind(now)
    .run(tx)
    .await?;
    Ok(done > 0)
}

/// How many have read it, and how many have written since.
pub(super) async fn figures(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<(i64, i64), DbError> {
    let text = format!(
        "SELECT COUNT(CASE WHEN p.read_seq >= r.seq THEN 1 END), COUNT(CASE WHEN p.wrote = TRUE AND {ANSWERED} THEN 1 END) \
         FROM broadcast_recipient r JOIN participant p ON p.conversation_id = r.conversation_id \
         AND p.member_id = r.member_id WHERE r.site_id = $1 AND r.broadcast_id = $2"
    );
    let counted: Option<(i64, i64)> = Sql::assembled(text).bind(site.0).bind(id).maybe(on).await?;
    Ok(counted.unwrap_or_default())
}

/// Whether a recipient `r` has written since.
const ANSWERED: &str = "EXISTS (SELECT 1 FROM message m WHERE m.site_id = $1 \
    AND m.conversation_id = r.conversation_id AND m.seq > r.seq AND m.author_kind = 'member')";

/// Who got it and has not read it.
pub(super) async fn unread_by(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Vec<i64>, DbError> {
    let rows: Vec<(i64,)> = sql("SELECT r.member_id FROM broadcast_recipient r JOIN participant p \
         ON p.conversation_id = r.conversation_id AND p.member_id = r.member_id \
         WHERE r.site_id = $1 AND r.broadcast_id = $2 AND p.read_seq < r.seq ORDER BY r.member_id")
    .bind(site.0)
    .bind(id)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Those who got it after this member, in the order of ids: how far it came, and in which conversation.
pub(super) async fn got(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
    state: Option<Progress>,
    after: i64,
    limit: usize,
) -> Result<Vec<(i64, Progress, Option<i64>)>, DbError> {
    let which = match state {
        None | Some(Progress::Waiting) => String::new(),
        Some(Progress::Delivered) => format!("AND p.read_seq < r.seq AND NOT {ANSWERED}"),
        Some(Progress::Read) => format!("AND p.read_seq >= r.seq AND NOT {ANSWERED}"),
        Some(Progress::Answered) => format!("AND {ANSWERED}"),
    };
    let text = format!(
        "SELECT r.member_id, r.conversation_id, (p.read_seq >= r.seq), {ANSWERED} FROM broadcast_recipient r \
         JOIN participant p ON p.conversation_id = r.conversation_id AND p.member_id = r.member_id \
         WHERE r.site_id = $1 AND r.broadcast_id = $2 AND r.member_id > $3 {which} ORDER BY r.member_id LIMIT $4"
    );
    let query = Sql::assembled(text).bind(site.0).bind(id).bind(after).bind(count(limit));
    let rows: Vec<(i64, i64, bool, bool)> = query.all(on).await?;
    let progress = |read, answered| match (read, answered) {
        (_, true) => Progress::Answered,
        (true, false) => Progress::Read,
        (false, false) => Progress::Delivered,
    };
    Ok(rows.into_iter().map(|(member, at, read, wrote)| (member, progress(read, wrote), Some(at))).collect())
}

/// Who may not use the chat.
pub(super) async fn chat_off(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<i64>, DbError> {
    let query = sql("SELECT id FROM member WHERE site_id = $1 AND chat_enabled = FALSE").bind(site.0);
    Ok(query.all::<(i64,)>(on).await?.into_iter().map(|(id,)| id).collect())
}

/// Who is banned from the whole site now.
pub(super) async fn banned(on: impl Into<Link<'_>>, site: SiteId, now: Millis) -> Result<Vec<i64>, DbError> {
    let query = sql("SELECT DISTINCT member_id FROM sanction WHERE site_id = $1 AND room_id IS NULL AND kind = 'ban' \
         AND lifted_at IS NULL AND (until IS NULL OR until > $2)")
    .bind(site.0)
    .bind(now);
    Ok(query.all::<(i64,)>(on).await?.into_iter().map(|(id,)| id).collect())
}
