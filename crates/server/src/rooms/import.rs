//! What of a room's messages of the past is beside the messages themselves.

use super::store::{self, Posted};
use crate::app::App;
use crate::platform::clock::Millis;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Problem};
use crate::sites::SiteId;
use domain::rooms::{Address, address};

/// A message of the past.
pub(crate) struct Past<'a> {
    /// The member who wrote it; `None`: an operator.
    pub author: Option<i64>,
    /// Its number.
    pub seq: i64,
    /// When.
    pub sent_at: Millis,
    /// What was said.
    pub body: &'a str,
}

/// Counts messages of the past in a room, in order, and marks those that begin with logins as whispers: for each, how
/// many public ones there are up to it, and whom it is for alone.
pub(crate) async fn import(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    messages: &[Past<'_>],
) -> Answer<Vec<(i64, Option<Vec<i64>>)>> {
    let mut posted = Posted::default();
    let mut found = Vec::with_capacity(messages.len());
    for message in messages {
        let to = match address(message.body) {
            Address::Everybody => None,
            Address::Only { called, .. } => {
                let keys: Vec<String> = called.iter().flat_map(|one| one.keys.iter().cloned()).collect();
                let known = app.members.by_logins(&app.db, site, &keys).await?;
                let to: Vec<i64> = known.values().map(|person| person.id).collect();
                if to.is_empty() {
                    return Err(Problem::invalid(format!("a whisper to nobody: {:?}", message.body)));
                }
                Some(to)
            }
        };
        match &to {
            None => (posted.shown, posted.last) = (posted.shown + 1, Some((message.seq, message.sent_at))),
            Some(to) => posted.whispers.extend(to.iter().copied().chain(message.author).map(|m| (m, message.seq))),
        }
        if let Some(author) = message.author {
            match posted.authors.iter_mut().find(|(member, ..)| *member == author) {
                Some((_, seq, count)) => (*seq, *count) = (message.seq, *count + i64::from(to.is_none())),
                None => posted.authors.push((author, message.seq, i64::from(to.is_none()))),
            }
        }
        found.push((posted.shown, to));
    }
    let now = messages.last().map_or(0, |last| last.sent_at);
    store::post(tx, site, id, &posted, now).await?;
    Ok(found)
}
