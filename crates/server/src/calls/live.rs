//! Calls over the socket.

use super::actions;
use crate::app::App;
use crate::members::SignedInMember;
use crate::platform::http::{Answer, Problem, id_of};
use crate::platform::live::Command;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signal {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    #[serde(rename = "ref", default)]
    _ref: IgnoredAny,
    call_id: String,
    data: Box<RawValue>,
    #[serde(default)]
    device: Option<String>,
}

/// `call.signal`: what one's device says to the other's.
pub async fn signal(app: &App, me: SignedInMember, command: &Command<'_>) -> Answer<Option<String>> {
    let Signal { call_id, data, device, .. } = command.read()?;
    if !data.get().starts_with('{') {
        return Err(Problem::invalid("data: an object"));
    }
    actions::signal(app, &me, id_of(&call_id)?, data.get(), device).await?;
    Ok(Some(String::new()))
}
