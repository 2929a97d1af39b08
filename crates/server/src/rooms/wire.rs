//! Rooms as callers see them.

use super::settings::RoomRules;
use super::store::Room;
use crate::app::App;
use crate::members::{Member, MemberCard};
use crate::moderation::SanctionView;
use crate::platform::clock::rfc3339;
use crate::platform::ids;
use crate::sites::{ContentSwitches, Site};
use serde::Serialize;
use utoipa::ToSchema;

/// What a member may know of a room beside its talk.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoomInfo {
    /// What pages call it.
    pub slug: String,
    /// The reader moderates it.
    pub moderator: bool,
    /// There is moderation by members.
    pub moderation: bool,
    /// Only moderators and operators write.
    pub announcement_only: bool,
    /// The least time between two messages, in seconds.
    pub slow_mode_seconds: u32,
    /// Whether it is open now.
    pub open: bool,
    /// If it is closed, when it opens next (RFC 3339).
    pub opens_at: Option<String>,
    /// How many members are inside.
    pub connected: usize,
    /// What texts may hold.
    pub content_policy: ContentSwitches,
    /// So many first messages wait for a moderator.
    pub hold_first: u32,
    /// The strongest sanction that is in force on the reader here.
    pub sanction: Option<SanctionView>,
}

impl RoomInfo {
    /// What a member may know of a room; how many are inside is for the caller to count.
    pub fn of(app: &App, site: &Site, me: &Member, room: &Room) -> RoomInfo {
        let closed = room.opens_at(app.clock.now());
        let rules = &room.rules;
        RoomInfo {
            slug: room.slug.clone(),
            moderator: room.is_moderator(site, me),
            moderation: room.is_moderated(site),
            announcement_only: rules.announcement_only,
            slow_mode_seconds: rules.slow_mode_seconds,
            open: closed.is_none(),
            opens_at: closed.flatten().map(rfc3339),
            connected: 0,
            content_policy: rules.content_policy.unwrap_or(site.settings.content_policy).switches(),
            hold_first: rules.hold_first,
            sanction: None,
        }
    }
}

/// A room as the organizers see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoomView {
    /// Ours; also the conversation's.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What pages call it.
    pub slug: String,
    /// What was chosen for it.
    #[serde(flatten)]
    pub rules: RoomRules,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// How many members are inside now.
    pub connected: usize,
}

impl RoomView {
    /// A room as the organizers see it.
    pub fn of(app: &App, room: &Room) -> RoomView {
        RoomView {
            id: ids::show(room.id),
            name: room.name.clone(),
            slug: room.slug.clone(),
            rules: room.rules.clone(),
            created_at: rfc3339(room.created_at),
            connected: app.hub.count_inside(room.id, &[]),
        }
    }
}

/// Somebody inside a room.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConnectedMember {
    /// Who.
    #[serde(flatten)]
    pub card: MemberCard,
    /// Whether the caller may whisper to them.
    pub can_whisper: bool,
    /// They moderate the room.
    pub moderator: bool,
}

/// A page of those inside a room.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConnectedPage {
    /// By name.
    pub items: Vec<ConnectedMember>,
    /// What to give as `cursor` for the next page; null at the end.
    pub next: Option<String>,
    /// How many are inside, whatever was searched.
    pub count: usize,
}
