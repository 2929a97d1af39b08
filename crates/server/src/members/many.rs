//! Changing many members as one: a few in each transaction, so that whoever writes messages meanwhile hardly waits.

use super::actions::{NewMember, add};
use super::store::{self, Member};
use super::{accounts, capacity, classes, populations, presence};
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::platform::http::Answer;
use crate::platform::live::{Audience, Event, Person};
use crate::rooms;
use crate::sites::Site;
use serde_json::json;
use std::sync::Arc;

/// So many in one transaction.
pub(super) const AT_ONCE: usize = 100;
/// Of so many changes each is told by itself; of more, everybody loads again.
const MOST_TOLD: usize = 100;

/// Those who changed, as they were and as they are.
#[derive(Default)]
pub(super) struct Changed {
    all: Vec<(Member, Arc<Member>)>,
}

impl Changed {
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Changes these members; `change` says of each what becomes of them.
    pub async fn edit(
        &mut self,
        app: &App,
        site: &Site,
        ids: &[i64],
        change: impl Fn(&mut Member) -> Answer<()>,
    ) -> Answer<()> {
        for ids in ids.chunks(AT_ONCE) {
            let _order = app.order(site.id.0).await;
            let mut tx = app.db.write("members_edit").await?;
            let mut changed = Vec::new();
            for known in store::by_ids(&mut tx, site.id, ids).await? {
                let mut member = known.clone();
                change(&mut member)?;
                member.populations = populations::known(&mut tx, site.id, &member.populations).await?;
                if member == known {
                    continue;
                }
                classes::classify(app, &mut tx, &mut member, Some(known.class)).await?;
                store::update(&mut tx, &known, &member).await?;
                app.webhooks.member_updated(app, &mut tx, &member).await?;
                changed.push((known, Arc::new(member)));
            }
            drop(tx.commit().await?);
            changed.iter().for_each(|(_, member)| app.members.changed(member.clone()));
            self.all.append(&mut changed);
        }
        Ok(())
    }

    /// Tells everybody whom it concerns.
    pub async fn tell(self, app: &App, site: &Site) -> Answer<()> {
        let few = self.all.len() <= MOST_TOLD;
        for (before, member) in &self.all {
            if few {
                presence::tell_profile(app, before, member).await?;
            } else {
                app.hub.set_classes([(member.id, member.class)]);
                rooms::recheck(app, member).await?;
            }
            if before.chat_enabled && !member.chat_enabled {
                app.hub.close_person(Person::Member(member.id));
            }
        }
        if !few {
            let why = "\"reason\":\"members\"".to_owned();
            app.hub.publish(Event::new("resync", why, Audience::Site(site.id.0)));
        }
        Ok(())
    }
}

/// Makes members, all or none; of each is written down who did, if somebody did.
pub async fn create(app: &App, site: &Site, all: Vec<NewMember>, by: Option<&Actor>) -> Answer<Vec<Arc<Member>>> {
    let mut hashed = Vec::with_capacity(all.len());
    for mut new in all {
        let hash = match new.password.take() {
            Some(password) => Some(accounts::hash_password(app, password).await?),
            None => None,
        };
        hashed.push((new, hash));
    }
    let _order = app.order(site.id.0).await;
    let mut tx = app.db.write("member_create").await?;
    capacity::check(&mut tx, site, hashed.len()).await?;
    let mut made = Vec::with_capacity(hashed.len());
    for (new, hash) in hashed {
        let member = add(app, &mut tx, site, new).await?;
        if let Some(hash) = hash {
            store::set_password(&mut tx, &member, &hash).await?;
        }
        if let Some(by) = by {
            let (subject, detail) = (Subject::of("member", member.id), json!({"login": member.login}));
            audit::write(app, &mut tx, site.id, by, "member.create", &subject, detail).await?;
        }
        made.push(Arc::new(member));
    }
    drop(tx.commit().await?);
    made.iter().for_each(|member| app.members.changed(member.clone()));
    Ok(made)
}
