//! What webhooks are told of messages: those between members and organizers. Not the copies of a broadcast, of which
//! `broadcast.finished` tells.

use super::store::MessageRow;
use super::wire::MessageView;
use super::writer::{From, Post};
use crate::app::App;
use crate::conversations::Kind;
use crate::members::MemberCard;
use crate::platform::db::{DbError, Tx};
use crate::webhooks::Event;
use serde_json::json;
use std::collections::HashMap;

/// Writes down what is to be told of these, in the transaction that stores them.
pub(super) async fn tell(app: &App, tx: &mut Tx, posts: &[Post], rows: &[(MessageRow, bool)]) -> Result<(), DbError> {
    let told = |post: &Post| post.facts.kind == Kind::Organizer && !post.quiet;
    for (post, (row, _)) in posts.iter().zip(rows).filter(|(post, (_, new))| *new && told(post)) {
        let site = post.facts.site;
        let Some(with) = post.facts.members().first().copied() else { continue };
        let Some(member) = app.members.get_in(tx, site, with).await? else { continue };
        let author = match &post.from {
            From::Member(member) => HashMap::from([(member.id, member.clone())]),
            From::Operator { .. } => HashMap::new(),
        };
        let data =
            || json!({"message": MessageView::of(row.clone(), &author, |_| false), "member": MemberCard::of(&member)});
        app.webhooks.tell(app, tx, site, Event::OrganizerMessageCreated, &data).await?;
    }
    Ok(())
}
