//! The conversations with the organizers, as the operators have them.

use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql};
use crate::sites::SiteId;

/// The key that makes a member's conversation with the organizers unique.
pub(in crate::conversations) fn organizer_key(member: i64) -> String {
    format!("organizer:{member}")
}

/// An organizer conversation as the operators have it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrganizerRow {
    /// Ours.
    pub id: i64,
    /// The member.
    pub member_id: i64,
    /// The last message's number.
    pub last_seq: i64,
    /// When it last changed.
    pub last_at: Millis,
    /// How far the operators have read.
    pub staff_read_seq: i64,
}

const ORGANIZER: &str = "SELECT c.id, p.member_id, c.last_seq, c.last_at, c.staff_read_seq FROM conversation c \
    JOIN participant p ON p.conversation_id = c.id WHERE c.site_id = $1 AND c.kind = 'organizer'";

/// A page of all conversations with the organizers, newest activity first.
pub(in crate::conversations) async fn organizer_page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    after: Option<(Millis, i64)>,
    limit: usize,
) -> Result<Vec<OrganizerRow>, DbError> {
    let (at, id) = after.unwrap_or((i64::MAX, i64::MAX));
    let text = format!(
        "{ORGANIZER} AND (c.last_at < $2 OR (c.last_at = $2 AND c.id < $3)) ORDER BY c.last_at DESC, c.id DESC LIMIT $4"
    );
    let limit = i64::try_from(limit).unwrap_or(200);
    Sql::assembled(text).bind(site.0).bind(at).bind(id).bind(limit).all(on).await
}

/// One conversation with the organizers.
pub(in crate::conversations) async fn organizer_one(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
) -> Result<Option<OrganizerRow>, DbError> {
    Sql::assembled(format!("{ORGANIZER} AND c.id = $2")).bind(site.0).bind(id).maybe(on).await
}
