//! Members as callers see them.

use super::store::{Attributes, Member};
use crate::contacts::Contact;
use crate::platform::ids;
use serde::Serialize;
use utoipa::ToSchema;

/// The least that identifies a member: in messages, conversations, lists.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MemberCard {
    /// Ours.
    pub id: String,
    /// What follows `@`.
    pub login: String,
    /// Shown everywhere.
    pub name: String,
    /// Their picture; null: draw one from the initials. A path is relative to this server.
    pub avatar_url: Option<String>,
    /// One line about them.
    pub headline: Option<String>,
    /// What highlights them, beside their name.
    pub badges: Vec<String>,
}

/// A member as another sees them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MemberView {
    /// Who.
    #[serde(flatten)]
    pub card: MemberCard,
    /// Slugs of their populations.
    pub populations: Vec<String>,
    /// Their themes.
    pub interests: Vec<String>,
    /// Themes they offer something in.
    pub offers: Vec<String>,
    /// Themes in which they look for somebody.
    pub looks_for: Vec<String>,
    /// Whether they are here now.
    pub connected: bool,
    /// What the caller may do with them.
    pub relation: Relation,
}

/// What the caller may do with a member, and what is between them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Relation {
    /// Write to them.
    pub can_message: bool,
    /// Call them.
    pub can_call: bool,
    /// Ask them to become contacts.
    pub can_request_contact: bool,
    /// Where a contact request stands.
    pub contact: Contact,
    /// That request.
    pub contact_request_id: Option<String>,
    /// The caller blocks them.
    pub blocked: bool,
    /// The conversation with them, if there is one.
    pub conversation_id: Option<String>,
}

/// One's own profile.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// Who.
    #[serde(flatten)]
    pub card: MemberCard,
    /// The website's own id.
    pub external_id: String,
    /// For notices.
    pub email: Option<String>,
    /// The language tag.
    pub locale: Option<String>,
    /// Slugs of the populations.
    pub populations: Vec<String>,
    /// Themes with weights 0..1.
    #[schema(value_type = std::collections::BTreeMap<String, f64>)]
    pub interests: serde_json::Map<String, serde_json::Value>,
    /// Themes one offers something in.
    pub offers: Vec<String>,
    /// Themes in which one looks for somebody.
    pub looks_for: Vec<String>,
    /// Whether those who don't know one may write first.
    pub contactable: bool,
    /// What the website declared, for segments.
    pub attributes: Attributes,
    /// Whether the organizers let one use the chat.
    pub chat_enabled: bool,
}

impl MemberCard {
    /// The card of a member.
    pub fn of(member: &Member) -> MemberCard {
        MemberCard {
            id: ids::show(member.id),
            login: member.login.clone(),
            name: member.profile.name.clone(),
            avatar_url: member.profile.avatar_url.clone(),
            headline: member.profile.headline.clone(),
            badges: member.profile.badges.clone(),
        }
    }
}

impl MemberView {
    /// A member as another sees them.
    pub fn of(member: &Member, connected: bool, relation: Relation) -> MemberView {
        MemberView {
            card: MemberCard::of(member),
            populations: member.populations.clone(),
            interests: member.profile.interests.iter().map(|(theme, _)| theme.clone()).collect(),
            offers: member.profile.offers.clone(),
            looks_for: member.profile.looks_for.clone(),
            connected,
            relation,
        }
    }
}

impl Me {
    /// One's own profile.
    pub fn of(member: &Member) -> Me {
        let profile = &member.profile;
        Me {
            card: MemberCard::of(member),
            external_id: member.external_id.clone(),
            email: profile.email.clone(),
            locale: profile.locale.clone(),
            populations: member.populations.clone(),
            interests: profile.interests.iter().map(|(t, w)| (t.clone(), (*w).into())).collect(),
            offers: profile.offers.clone(),
            looks_for: profile.looks_for.clone(),
            contactable: profile.contactable,
            attributes: member.attributes.clone(),
            chat_enabled: member.chat_enabled,
        }
    }
}
