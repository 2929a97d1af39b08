use std::sync::Arc;

/// Who is told.
#[derive(Clone, Debug)]
pub enum Audience {
    /// One member, on all devices.
    Member(i64),
    /// The participants of a conversation, and the site's operators if it is one with them.
    Conversation {
        /// The conversation.
        id: i64,
        /// Its participants, sorted.
        members: Arc<[i64]>,
        /// The site whose operators take part.
        staff: Option<i64>,
    },
    /// Those inside a room: all, or these of them (sorted).
    Room {
        /// The room.
        id: i64,
        /// `None`: all.
        members: Option<Arc<[i64]>>,
    },
    /// Those inside a room but these (sorted).
    RoomBut {
        /// The room.
        id: i64,
        /// Not these.
        but: Arc<[i64]>,
    },
    /// Everybody who is signed in on a site.
    Site(i64),
    /// Those of a site who may see somebody, and its operators.
    Seers {
        /// The site.
        site: i64,
        /// The classes of members who may (`None`: all), sorted.
        classes: Option<Arc<[i64]>>,
        /// Not these members, sorted.
        but: Arc<[i64]>,
        /// These members in any case, sorted.
        also: Arc<[i64]>,
    },
    /// The operators of a site.
    Staff(i64),
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// The `type` on the wire.
    pub kind: &'static str,
    /// The rest of the JSON object, without braces: `"message":{…}`.
    pub fields: String,
    /// Who is told.
    pub audience: Audience,
    /// A passing signal (typing): not kept for those who reconnect.
    pub passing: bool,
}

impl Event {
    /// An event that a reconnecting client will be told of.
    pub fn new(kind: &'static str, fields: String, audience: Audience) -> Event {
        Event { kind, fields, audience, passing: false }
    }

    /// A passing signal.
    pub fn passing(kind: &'static str, fields: String, audience: Audience) -> Event {
        Event { kind, fields, audience, passing: true }
    }
}
