//! Who may do what towards whom, on a real site: the facts for [`domain::rules`], and its permits.

use crate::app::App;
use crate::conversations;
use crate::members::Member;
use crate::platform::http::Answer;
use crate::sites::Site;
use domain::rules::{Denial, Granted, Pair, Right};

/// Leave to do something. Only this module makes one, so that nothing is done that was not decided.
#[derive(Debug)]
pub struct Permit {
    _made_here: (),
}

/// Decides a right of `from` towards `to`, looking up whether they have a conversation.
pub async fn may(app: &App, site: &Site, from: &Member, to: &Member, right: Right) -> Answer<Permit> {
    let known = conversations::direct_with(app, site.id, from.id, &[to.id]).await?;
    permit(site, from, to, right, known.contains_key(&to.id))
}

/// Decides a right when it is known whether the two have a conversation.
pub fn permit(site: &Site, from: &Member, to: &Member, right: Right, conversation_exists: bool) -> Answer<Permit> {
    decide(site, from, to, right, conversation_exists)?;
    Ok(Permit { _made_here: () })
}

/// Leave to write to the organizers, or in a group that one belongs to: no other member decides.
pub fn permit_among_participants(site: &Site, from: &Member, with_members: bool) -> Answer<Permit> {
    let features = site.settings.features;
    if !features.messaging || !from.chat_enabled {
        return Err(Denial::YouAreDisabled.into());
    }
    if with_members && !features.member_chat {
        return Err(Denial::FeatureOff.into());
    }
    Ok(Permit { _made_here: () })
}

/// Operators are outside the rules.
pub fn permit_operator() -> Permit {
    Permit { _made_here: () }
}

/// The decision with its reason.
pub fn decide(site: &Site, from: &Member, to: &Member, right: Right, conversation_exists: bool) -> Result<(), Denial> {
    let features = site.settings.features;
    domain::rules::decide(
        right,
        &Pair {
            messaging_on: features.messaging,
            member_chat_on: features.member_chat,
            calls_on: features.video,
            from_in_standing: from.chat_enabled,
            to_in_standing: to.chat_enabled,
            granted: Granted::ALL,
            to_contactable: to.profile.contactable,
            conversation_exists,
            contacts: false,
            from_blocked_to: false,
        },
    )
}
