//! Entering and leaving rooms over the socket.

use super::view;
use crate::app::App;
use crate::conversations::ConversationView;
use crate::messages::live::Sender;
use crate::platform::http::{Answer, Problem, id_of};
use crate::platform::live::{Command, Missed};
use crate::sites::Site;
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Enter {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    #[serde(rename = "ref", default)]
    _ref: IgnoredAny,
    conversation_id: String,
    #[serde(default)]
    resume: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Leave {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    #[serde(rename = "ref", default)]
    _ref: IgnoredAny,
    conversation_id: String,
}

/// `room.enter`: from now on the socket is told what happens in the room; what it missed since `resume` comes first.
pub async fn enter(app: &App, from: Sender, command: &Command<'_>) -> Answer<Option<String>> {
    let Enter { conversation_id, resume, .. } = command.read()?;
    let id = id_of(&conversation_id)?;
    let me = match from {
        Sender::Member(me) => {
            super::enter(app, &me.site, &me.member, id).await?;
            Some(me)
        }
        Sender::Operator(me) => {
            app.rooms.get(app, me.site.id, id).await?.ok_or_else(Problem::not_found)?;
            None
        }
    };
    let entered = app.hub.enter_room(command.connection, id, resume.as_deref());
    let missed = match entered.missed {
        Missed::None => "none",
        Missed::Sent => "sent",
        Missed::Resync => "resync",
    };
    let mut fields = format!("\"cursor\":\"{}\",\"missed\":\"{missed}\"", entered.cursor);
    let mut connected = app.hub.count_inside(id, &[]);
    if let Some(me) = me {
        // Read after entering: what is said from now on comes by itself, and whoever was put out meanwhile stays out.
        let view = match inside(app, &me.site, me.member.id, id).await {
            Ok(view) => view,
            Err(problem) => {
                app.hub.leave_room(command.connection, id);
                return Err(problem);
            }
        };
        connected = view.room.as_ref().map_or(0, |room| room.connected);
        let view = serde_json::to_string(&view).unwrap_or_default();
        fields.push_str(&format!(",\"conversation\":{view}"));
    }
    fields.push_str(&format!(",\"connected\":{connected}"));
    Ok(Some(fields))
}

/// The room, for a member as they are now.
async fn inside(app: &App, site: &Site, me: i64, id: i64) -> Answer<ConversationView> {
    let site = app.sites.get(&app.db, site.id).await?.ok_or_else(Problem::not_found)?;
    let me = app.members.get(&app.db, site.id, me).await?.ok_or_else(Problem::not_found)?;
    super::enter(app, &site, &me, id).await?;
    view(app, &site, &me, id).await
}

/// `room.leave`.
pub async fn leave(app: &App, command: &Command<'_>) -> Answer<Option<String>> {
    let Leave { conversation_id, .. } = command.read()?;
    app.hub.leave_room(command.connection, id_of(&conversation_id)?);
    Ok(Some(String::new()))
}
