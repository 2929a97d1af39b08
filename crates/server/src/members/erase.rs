//! Deleting a member: who they were is forgotten, what they wrote stays where others read it.

use super::classes;
use super::grid::labels;
use super::store::{self, Member, Profile};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::operators::SignedInOperator;
use crate::overview;
use crate::platform::db::{Tx, sql};
use crate::platform::http::{Answer, Problem};
use crate::platform::language::sentence;
use crate::platform::live::Person;
use crate::rooms;
use serde_json::json;
use std::sync::Arc;

/// Deletes a member: they can't sign in, are in no list, and their login and the website's id of them are free again.
pub async fn erase(app: &App, me: &SignedInOperator, id: i64) -> Answer<()> {
    let site = me.site.id;
    let _order = app.order(site.0).await;
    let mut tx = app.db.write("member_erase").await?;
    let known = store::by_ids(&mut tx, site, &[id]).await?.pop().filter(|member| !member.is_erased());
    let known = known.ok_or_else(Problem::not_found)?;
    // What others read where the name stood.
    let name = sentence("members.deleted").say();
    let mut gone = Member {
        external_id: Member::erased_id(id),
        login: format!("deleted-{}", crate::platform::ids::show(id)),
        profile: Profile { contactable: false, ..Profile::named(&name) },
        populations: Vec::new(),
        attributes: Default::default(),
        chat_enabled: false,
        ..known.clone()
    };
    classes::classify(app, &mut tx, &mut gone, Some(known.class)).await?;
    store::update(&mut tx, &known, &gone).await?;
    forget(&mut tx, &gone, app.clock.now()).await?;
    labels::write(&mut tx, Some(&known), &gone).await?;
    let actor = me.actor();
    app.webhooks.member_deleted(app, &mut tx, &known).await?;
    audit::write(app, &mut tx, site, &actor, "member.delete", &Subject::of("member", id), json!({})).await?;
    drop(tx.commit().await?);
    let gone = Arc::new(gone);
    app.members.changed(gone.clone());
    app.sessions.end_all(app, site, Person::Member(id)).await?;
    rooms::recheck(app, &gone).await?;
    app.hub.close_person(Person::Member(id));
    super::presence::tell_profile(app, &known, &gone).await
}

/// What the ordinary way of storing a member leaves.
async fn forget(tx: &mut Tx, gone: &Member, now: i64) -> Answer<()> {
    sql("UPDATE member SET external_id = $3, password_hash = NULL, erased_at = $4 WHERE site_id = $1 AND id = $2")
        .bind(gone.site.0)
        .bind(gone.id)
        .bind(gone.external_id.as_str())
        .bind(now)
        .run(&mut *tx)
        .await?;
    overview::forget_member(tx, gone.site, gone.id, now).await?;
    Ok(())
}
