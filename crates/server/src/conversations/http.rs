//! Conversations over HTTP: members' lists, and the organizers' inbox.

use super::groups::{self, GroupChange, History, NewGroup};
use super::wire::ConversationView;
use super::{actions, list};
use crate::app::App;
use crate::members::ChattingMember;
use crate::messages::Doer;
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Body, Page, PageQuery, Path, Problem, ProblemBody, Query, id_of, read_cursor};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_conversations, open_conversation))
        .routes(routes!(read_conversation, patch_conversation, remove_conversation))
        .routes(routes!(mark_unread))
        .routes(routes!(open_as_operator))
}

/// One's own conversations, by activity.
#[utoipa::path(get, path = "/conversations", tag = "conversations", security(("member" = [])), params(PageQuery),
    responses((status = 200, body = Page<ConversationView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_conversations(
    State(app): State<App>,
    me: ChattingMember,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<ConversationView>>> {
    let after = read_cursor(asked.cursor.as_deref())?;
    Ok(Json(list::page(&app, &me.site, &me.member, after, asked.limit()?).await?))
}

/// Which conversation to open.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum OpenConversation {
    /// With one member.
    Direct {
        /// The member's id.
        member: String,
    },
    /// With the organizers.
    Organizer {},
    /// A new group, of which one is the admin.
    Group {
        /// Its name: 1 to 80 characters.
        name: String,
        /// The ids of those who take part beside oneself: 1 to 999, whom one may write to.
        members: Vec<String>,
        /// The id of a picture that was sent before (`POST /pictures`).
        #[serde(default)]
        picture: Option<String>,
        /// What newcomers see.
        #[serde(default)]
        history: History,
    },
}

/// Opens a conversation: 201 if it was made now, 200 if it existed.
#[utoipa::path(post, path = "/conversations", tag = "conversations", security(("member" = [])), request_body = OpenConversation,
    responses((status = 200, body = ConversationView), (status = 201, body = ConversationView), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn open_conversation(
    State(app): State<App>,
    me: ChattingMember,
    Body(wanted): Body<OpenConversation>,
) -> Answer<(StatusCode, Json<ConversationView>)> {
    let (view, made) = match wanted {
        OpenConversation::Direct { member } => actions::open_direct(&app, &me.site, &me.member, &member).await?,
        OpenConversation::Organizer {} => actions::open_organizer(&app, &me.site, &me.member).await?,
        OpenConversation::Group { name, members, picture, history } => {
            let new = NewGroup { name: &name, members: &members, picture: picture.as_deref(), history };
            (groups::create(&app, &me.site, &me.member, new).await?, true)
        }
    };
    Ok((if made { StatusCode::CREATED } else { StatusCode::OK }, Json(view)))
}

/// One conversation.
#[utoipa::path(get, path = "/conversations/{conversation}", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id")),
    responses((status = 200, body = ConversationView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn read_conversation(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
) -> Answer<Json<ConversationView>> {
    Ok(Json(list::view(&app, &me.site, &me.member, id_of(&id)?).await?))
}

/// What one changes of a conversation: of a group, if one is its admin; else for oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConversationPatch {
    /// `true` puts one that was deleted back into one's list.
    listed: Option<bool>,
    /// One does not want to hear of it.
    muted: Option<bool>,
    /// A group's name.
    name: Option<String>,
    /// A group's picture: the id of one that was sent before, or null for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    picture: Option<Option<String>>,
}

/// Tells null from nothing.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// Changes a group's name or picture, for all who take part; or, for oneself, whether one hears of a conversation, and
/// puts one that one deleted back into one's own list.
#[utoipa::path(patch, path = "/conversations/{conversation}", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id")), request_body = ConversationPatch,
    responses((status = 200, body = ConversationView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn patch_conversation(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Body(patch): Body<ConversationPatch>,
) -> Answer<Json<ConversationView>> {
    if patch.listed == Some(false) {
        return Err(Problem::invalid("listed: true; DELETE takes it out of the list"));
    }
    let ConversationPatch { listed, muted, name, picture } = patch;
    let id = id_of(&id)?;
    if name.is_some() || picture.is_some() {
        let picture = picture.as_ref().map(Option::as_deref);
        let change = GroupChange { name: name.as_deref(), picture };
        groups::change(&app, &me.site, &me.member, id, change).await?;
    }
    if let Some(muted) = muted {
        actions::mute(&app, &me.site, &me.member, id, muted).await?;
    }
    Ok(Json(match (listed, muted) {
        (None, None) => list::view(&app, &me.site, &me.member, id).await?,
        _ => actions::set_own(&app, &me.site, &me.member, id, listed.is_some()).await?,
    }))
}

/// Marks a conversation as unread, for oneself alone, until it is read.
#[utoipa::path(post, path = "/conversations/{conversation}/unread", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
async fn mark_unread(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<StatusCode> {
    actions::mark_unread(&app, &me.site, &me.member, id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How to remove a conversation.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RemoveQuery {
    /// Also make its messages so far gone for oneself.
    clear: Option<bool>,
}

/// Takes a conversation out of one's own list; others keep it.
#[utoipa::path(delete, path = "/conversations/{conversation}", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), RemoveQuery),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
async fn remove_conversation(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Query(how): Query<RemoveQuery>,
) -> Answer<StatusCode> {
    actions::remove(&app, &me.site, &me.member, id_of(&id)?, how.clear.unwrap_or(false)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an operator opens.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum OpenAsOperator {
    /// The organizers' conversation with one member.
    Organizer {
        /// The member's id.
        member: String,
    },
    /// A group of members, made for the site.
    Group {
        /// Its name.
        name: String,
        /// Their ids, 2 to 1,000.
        members: Vec<String>,
        /// The id of a picture that was sent before (`POST /admin/pictures`).
        #[serde(default)]
        picture: Option<String>,
        /// What newcomers see.
        #[serde(default)]
        history: History,
    },
}

/// What was opened.
#[derive(Serialize, ToSchema)]
struct Opened {
    /// The conversation's id.
    id: String,
}

/// Opens the organizers' conversation with a member, or makes a group.
#[utoipa::path(post, path = "/admin/conversations", tag = "back-office", security(("operator" = [])), request_body = OpenAsOperator,
    responses((status = 201, body = Opened), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn open_as_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Body(wanted): Body<OpenAsOperator>,
) -> Answer<(StatusCode, Json<Opened>)> {
    let id = match wanted {
        OpenAsOperator::Organizer { member } => {
            let member = app.members.get(&app.db, me.site.id, id_of(&member)?).await?.ok_or_else(Problem::not_found)?;
            actions::open_for_staff(&app, &me.site, &member).await?
        }
        OpenAsOperator::Group { name, members, picture, history } => {
            let doer = Doer { id: me.operator.id, name: &me.operator.name, staff: true };
            let new = NewGroup { name: &name, members: &members, picture: picture.as_deref(), history };
            groups::create_for_site(&app, &me.site, Some(&doer), new).await?
        }
    };
    Ok((StatusCode::CREATED, Json(Opened { id: ids::show(id) })))
}
