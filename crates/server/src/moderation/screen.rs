//! What becomes of a text that somebody wants to send.

use super::store::Reason;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::language::sentence;
use crate::sites::Site;
use domain::moderation::{Action, ContentPolicy, FilterKind, Refused, Verdict};

/// What of a room and of an author counts.
#[derive(Clone, Copy, Debug)]
pub struct Screening {
    /// The room's content policy, or the site's.
    pub policy: ContentPolicy,
    /// Moderation is on, for the site and in the room.
    pub moderated: bool,
    /// The first so many messages of a newcomer are held.
    pub hold_first: i64,
    /// How many public messages the author has sent in the room.
    pub posted: i64,
    /// The author moderates the room.
    pub trusted: bool,
    /// Only some will see it: no moderator reads it beforehand.
    pub whisper: bool,
}

/// It may be sent, or a moderator decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screened {
    /// This is what is sent: the text, perhaps with words masked.
    Pass(String),
    /// This waits.
    Hold {
        /// Why.
        reason: Reason,
        /// What would be sent.
        text: String,
    },
}

/// Refuses a text that holds what a policy does not accept.
pub fn accepts(policy: ContentPolicy, text: &str) -> Answer<()> {
    let why = match policy.refused(text) {
        None => return Ok(()),
        Some(Refused::Emoji) => sentence("refusal.message.emoji"),
        Some(Refused::Link(link)) => sentence("refusal.message.link").with("link", shortened(&link)),
    };
    Err(Problem::said_with(Code::ContentRejected, why))
}

/// What becomes of a text in a room.
pub fn screen(site: &Site, of: &Screening, text: &str) -> Answer<Screened> {
    accepts(of.policy, text)?;
    if !of.moderated || of.trusted {
        return Ok(Screened::Pass(text.to_owned()));
    }
    let verdict = site.settings.moderation.ready().verdict(text);
    if let Some(verdict) = verdict.as_ref().filter(|verdict| verdict.action == Action::Refuse) {
        return Err(refused(verdict));
    }
    let held = verdict.as_ref().filter(|verdict| verdict.action == Action::Hold).map(|verdict| match verdict.kind {
        FilterKind::Word => Reason::Word,
        FilterKind::Link => Reason::Link,
    });
    let new = (of.posted < of.hold_first).then_some(Reason::Newcomer);
    let text = verdict.map_or_else(|| text.to_owned(), |verdict| verdict.text);
    Ok(match held.or(new).filter(|_| !of.whisper) {
        Some(reason) => Screened::Hold { reason, text },
        None => Screened::Pass(text),
    })
}

fn refused(verdict: &Verdict) -> Problem {
    let why = sentence(match verdict.kind {
        FilterKind::Word => "refusal.message.this_word",
        FilterKind::Link => "refusal.message.this_link",
    });
    Problem::said_with(Code::ContentRejected, why.with("found", shortened(&verdict.found)))
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
