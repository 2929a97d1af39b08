//! Who may do what towards whom: one function, asked by every door.
//!
//! [`grant`] says what the organizer's contact rules grant from one member to another, [`decide`] adds the switches,
//! what each of the two chose and what is between them. Both answer with what decided, so that "why can't I write to
//! her?" always has an answer.

mod decision;
mod grants;

pub use decision::{Decider, Decision, Denial, Pair, decide, writing};
pub use grants::{Effect, Grant, Grants, Rights, Rule, Target, grant};

/// What a member may want to do towards another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See the other in the directory, search and suggestions, and whether they are here.
    See,
    /// Write first: open a conversation, request a contact, whisper.
    Start,
    /// Write in a direct conversation in which the other has written.
    Reply,
    /// Call.
    Call,
}

impl Right {
    /// All of them, in the order in which people are shown them.
    pub const ALL: [Right; 4] = [Right::See, Right::Start, Right::Reply, Right::Call];
}
