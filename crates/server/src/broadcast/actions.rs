//! Preparing, sending, scheduling and stopping broadcasts.

use super::audience::{self, Audience, AudienceForm, LeftOut, Wanted};
use super::store::{self, New, Row};
use super::wire::{Broadcast, Sender, State};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::conversations;
use crate::messages::{self, Copy};
use crate::operators::SignedInOperator;
use crate::platform::clock::{Millis, parse_rfc3339, rfc3339};
use crate::platform::http::{Answer, Code, Problem, id_of};
use crate::platform::ids;
use crate::platform::live::{Audience as Hearers, Event};
use crate::sites::{Site, SiteId};
use domain::messages::Body;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// More languages are not spoken on one site.
const MOST_LANGUAGES: usize = 20;
/// Who read and answered is counted anew each time up to so many,
const MANY: i64 = 2_000;
/// beyond that after this long,
const GOOD_FOR: Millis = 10 * 1_000;
/// and of one that was over so long ago
const OLD: Millis = 7 * 24 * 60 * 60 * 1_000;
/// after this long.
const OLD_GOOD_FOR: Millis = 60 * 60 * 1_000;
/// Not later than this from now.
const LATEST: Millis = 366 * 24 * 60 * 60 * 1_000;

/// A text in one language, and perhaps in others.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    /// The text: 1 to 4,000 characters, no control characters but newline.
    pub body: String,
    /// The same in other languages (`{"fr": "…"}`), for members who read those.
    #[serde(default)]
    pub bodies: BTreeMap<String, String>,
}

/// A text that may be sent.
pub(super) struct Checked {
    body: String,
    bodies: BTreeMap<String, String>,
}

impl Text {
    pub(super) fn check(&self) -> Answer<Checked> {
        let language = |tag: &str| (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase());
        if self.bodies.len() > MOST_LANGUAGES || !self.bodies.keys().all(|tag| language(tag)) {
            return Err(Problem::invalid("bodies: at most 20 languages such as fr, en, de"));
        }
        let mut bodies = BTreeMap::new();
        for (tag, body) in &self.bodies {
            bodies.insert(tag.clone(), Body::parse(body)?.into_string());
        }
        Ok(Checked { body: Body::parse(&self.body)?.into_string(), bodies })
    }
}

/// How many it would go to.
#[derive(Serialize, ToSchema)]
#[schema(as = BroadcastPreview)]
pub(super) struct Preview {
    /// How many would get it.
    pub count: usize,
    /// How many would not, and why.
    pub left_out: Vec<LeftOut>,
}

/// How many it would go to now.
pub(super) async fn preview(app: &App, me: &SignedInOperator, form: AudienceForm) -> Answer<Preview> {
    let wanted = form.read(app, me).await?;
    let Audience { members, left_out } = audience::decide(app, &me.site, &wanted).await?;
    Ok(Preview { count: members.len(), left_out })
}

/// A broadcast to be made.
pub(super) struct Wish {
    pub client_id: [u8; 16],
    pub text: Checked,
    pub audience: AudienceForm,
    pub send_at: Option<String>,
}

/// Makes a broadcast; `true` if it was made now. The same `client_id` again is the same broadcast: pressing twice sends
/// once.
pub(super) async fn create(app: &App, me: &SignedInOperator, wish: Wish) -> Answer<(Broadcast, bool)> {
    let site = &me.site;
    let known = store::by_client_id(&mut app.db.read().await?, site.id, &wish.client_id).await?;
    if let Some(known) = known {
        return Ok((view(app, &known).await?, false));
    }
    let wanted = wish.audience.read(app, me).await?;
    let send_at = wish.send_at.as_deref().map(|at| later(app, at)).transpose()?;
    let Audience { members, left_out } = audience::decide(app, site, &wanted).await?;
    if members.is_empty() && send_at.is_none() {
        return Err(Problem::said("refusal.broadcast.nobody"));
    }
    let id = app.ids.next(&app.clock);
    let new = New {
        id,
        client_id: wish.client_id,
        by: (me.operator.id, &me.operator.name),
        body: &wish.text.body,
        bodies: &wish.text.bodies,
        wanted: &wanted,
        audience: send_at.is_none().then_some(&*members),
        recipients: members.len(),
        left_out: &left_out,
        state: if send_at.is_some() { State::Scheduled } else { State::Sending },
        send_at,
    };
    let mut tx = app.db.write("broadcast_create").await?;
    let made = store::insert(&mut tx, site.id, &new, app.clock.now()).await?;
    if made {
        let action = if send_at.is_some() { "broadcast.schedule" } else { "broadcast.send" };
        let detail = json!({"recipients": members.len(), "send_at": send_at.map(rfc3339)});
        let actor = me.actor();
        audit::write(app, &mut tx, site.id, &actor, action, &Subject::of("broadcast", id), detail).await?;
    }
    drop(tx.commit().await?);
    app.broadcasts.wake();
    let row = store::by_client_id(&mut app.db.read().await?, site.id, &wish.client_id).await?;
    Ok((view(app, &row.ok_or_else(|| Problem::new(Code::Internal))?).await?, made))
}

fn later(app: &App, at: &str) -> Answer<Millis> {
    let now = app.clock.now();
    let refused = || Problem::invalid("send_at: a time to come within a year, such as 2027-03-01T09:00:00Z");
    parse_rfc3339(at).filter(|at| *at > now && *at - now <= LATEST).ok_or_else(refused)
}

/// Stops a broadcast: those who have it keep it, nobody else gets it.
pub(super) async fn cancel(app: &App, me: &SignedInOperator, id: &str) -> Answer<Broadcast> {
    let (site, id) = (me.site.id, id_of(id)?);
    let row = store::one(&mut app.db.read().await?, site, id).await?.ok_or_else(Problem::not_found)?;
    let mut tx = app.db.write("broadcast_cancel").await?;
    if store::finish(&mut tx, site, id, State::Cancelled, app.clock.now()).await? {
        let actor = me.actor();
        audit::write(app, &mut tx, site, &actor, "broadcast.cancel", &Subject::of("broadcast", id), json!({})).await?;
    } else if row.state() != State::Cancelled {
        return Err(Problem::said_with(Code::Conflict, "refusal.broadcast.sent"));
    }
    drop(tx.commit().await?);
    tell(app, site, id).await
}

/// Sends it to one member alone, as they would get it: a trial.
pub(super) async fn test(app: &App, me: &SignedInOperator, member: &str, text: Checked) -> Answer<()> {
    let id = id_of(member)?;
    let member = app.members.get(&app.db, me.site.id, id).await?.filter(|member| !member.is_erased());
    let member = member.ok_or_else(Problem::not_found)?;
    let facts = conversations::actions::open_many_for_staff(app, me.site.id, &[id]).await?.remove(&id);
    let facts = facts.ok_or_else(Problem::not_found)?;
    let body = text.for_locale(member.profile.locale.as_deref());
    let copy = Copy { facts, client_id: ids::random::<16>(), body: Body::parse(body)? };
    messages::copies(app, (me.operator.id, &me.operator.name), vec![copy]).await.map(drop)
}

impl Checked {
    fn for_locale(&self, locale: Option<&str>) -> &str {
        let language = locale.map(|locale| locale.split('-').next().unwrap_or(locale).to_lowercase());
        language.and_then(|language| self.bodies.get(&language)).unwrap_or(&self.body)
    }
}

/// How many read it, and how many answered. Of one to many that is not counted anew each time somebody looks.
async fn figures(app: &App, row: &Row) -> Answer<(i64, i64)> {
    let now = app.clock.now();
    if let Some(known) = app.broadcasts.figures.get(&row.id, now) {
        return Ok(known);
    }
    let figures = store::figures(&mut app.db.read().await?, SiteId(row.site_id), row.id).await?;
    if row.delivered > MANY {
        let old = row.finished_at.is_some_and(|at| now - at > OLD);
        let until = now + if old { OLD_GOOD_FOR } else { GOOD_FOR };
        app.broadcasts.figures.keep(row.id, figures, (now, until));
    }
    Ok(figures)
}

/// A broadcast as operators see it.
pub(super) async fn view(app: &App, row: &Row) -> Answer<Broadcast> {
    let (read, answered) = figures(app, row).await?;
    Ok(Broadcast {
        id: ids::show(row.id),
        body: row.body.clone(),
        bodies: row.bodies(),
        state: row.state(),
        recipients: row.recipients,
        delivered: row.delivered,
        read,
        answered,
        left_out: row.left_out(),
        by: Sender { id: ids::show(row.by_id), name: row.by_name.clone() },
        created_at: rfc3339(row.created_at),
        send_at: row.send_at.map(rfc3339),
        finished_at: row.finished_at.map(rfc3339),
        follow_up_of: row.follow_up_of.map(ids::show),
    })
}

/// Tells the operators how a broadcast stands.
pub(super) async fn tell(app: &App, site: SiteId, id: i64) -> Answer<Broadcast> {
    let row = store::one(&mut app.db.read().await?, site, id).await?.ok_or_else(Problem::not_found)?;
    let view = view(app, &row).await?;
    let fields = format!("\"broadcast\":{}", serde_json::to_string(&view).unwrap_or_default());
    app.hub.publish(Event::new("broadcast.progress", fields, Hearers::Staff(site.0)));
    Ok(view)
}

/// A scheduled broadcast is due: from now on it is fixed whom it goes to.
pub(super) async fn begin(app: &App, site: &Site, row: &Row) -> Answer<()> {
    let wanted: Wanted = row.wanted().ok_or_else(|| Problem::new(Code::Internal))?;
    let Audience { members, left_out } = audience::decide(app, site, &wanted).await?;
    let mut tx = app.db.write("broadcast_begin").await?;
    store::begin(&mut tx, site.id, row.id, &members, &left_out).await?;
    drop(tx.commit().await?);
    Ok(())
}
