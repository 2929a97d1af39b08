//! What becomes of a text that a member sends in a room.

use super::post::Checked;
use super::store;
use crate::app::App;
use crate::members::Member;
use crate::moderation::{self, Holding, Screened, Screening};
use crate::platform::http::{Answer, Problem};
use crate::rooms::{self, Room, RoomPlace};
use crate::sites::{Site, SiteId};
use domain::messages::Body;
use std::sync::Arc;

/// It is sent, or waits for a moderator.
pub(super) enum Placed {
    Send(Checked, RoomPlace),
    Hold(Holding),
}

/// Decides for whom a text is, and whether it may be said as it stands.
pub(super) async fn decide(app: &App, site: &Site, me: &Arc<Member>, id: i64, mut checked: Checked) -> Answer<Placed> {
    let room = rooms::entitled(app, site, me, id).await?;
    let place = rooms::place(app, site, me, &room, checked.body.as_str()).await?;
    if checked.whisper && place.whisper.is_none() {
        return Err(Problem::whisper_refused("refusal.whisper.unclear", Vec::new()));
    }
    if let Some(seq) = checked.reply_to {
        let to = place.whisper.as_ref().map(|whisper| whisper.to.as_slice());
        checked.reply_to = answered(app, site.id, me.id, (id, seq), to).await?;
    }
    let screening = screening(app, site, me, &room, place.whisper.is_some()).await?;
    let screened = moderation::screen(site, &screening, checked.body.as_str())?;
    rooms::pause(app, site, me, &room)?;
    match screened {
        Screened::Pass(text) => {
            checked.body = Body::parse(&text)?;
            Ok(Placed::Send(checked, place))
        }
        Screened::Hold { reason, text } => {
            let Checked { client_id, reply_to, .. } = checked;
            Ok(Placed::Hold(Holding { client_id, body: text, reply_to, reason }))
        }
    }
}

async fn screening(app: &App, site: &Site, me: &Member, room: &Room, whisper: bool) -> Answer<Screening> {
    let moderated = room.is_moderated(site);
    let hold_first = i64::from(room.rules.hold_first);
    let posted = match moderated && hold_first > 0 {
        true => rooms::posted_by(&mut app.db.read().await?, site.id, room.id, me.id).await?,
        false => 0,
    };
    Ok(Screening {
        policy: room.rules.content_policy.unwrap_or(site.settings.content_policy).policy(),
        moderated,
        hold_first,
        posted,
        trusted: room.is_moderator(site, me),
        whisper,
    })
}

/// One answers what one sees, and before nobody who does not: a whisper is answered among those who were addressed by
/// it. What one does not see is answered like what is not there: by a message that answers nothing.
async fn answered(app: &App, site: SiteId, me: i64, place: (i64, i64), to: Option<&[i64]>) -> Answer<Option<i64>> {
    let mut reader = app.db.read().await?;
    let Some(row) = store::at(&mut reader, site, &[place]).await?.pop() else { return Ok(None) };
    let Some(whisper_to) = row.whisper_to.as_deref() else { return Ok(Some(place.1)) };
    if !rooms::reaches(&mut reader, site, place.0, place.1).await?.contains(&me) {
        return Ok(None);
    }
    let mut heard: Vec<i64> = serde_json::from_str(whisper_to).unwrap_or_default();
    heard.push(row.author_id);
    if to.is_some_and(|to| to.iter().all(|member| heard.contains(member))) {
        return Ok(Some(place.1));
    }
    Err(Problem::invalid("reply_to: a whisper is answered among those whom it was for"))
}

/// Whether a text may take the place of another in a room.
pub(super) async fn check_edit(
    app: &App,
    site: &Site,
    me: &Member,
    id: i64,
    whisper_to: Option<&str>,
    body: Body,
) -> Answer<Body> {
    let room = rooms::entitled(app, site, me, id).await?;
    let to: Option<Vec<i64>> = whisper_to.and_then(|to| serde_json::from_str(to).ok());
    rooms::same_audience(app, site, me.id, &room, to.as_deref(), body.as_str()).await?;
    let screening = screening(app, site, me, &room, to.is_some()).await?;
    match moderation::screen(site, &screening, body.as_str())? {
        Screened::Pass(text) => Ok(Body::parse(&text)?),
        // Nobody sees an edit before it is made.
        Screened::Hold { .. } => {
            Err(Problem::said_with(crate::platform::http::Code::ContentRejected, "refusal.message.edit_held"))
        }
    }
}
