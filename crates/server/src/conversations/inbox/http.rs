//! The inbox over HTTP.

use super::super::wire::{InboxState, OrganizerView};
use super::store::{After, Wanted};
use super::{InboxChange, canned, notes};
use crate::app::App;
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Body, Page, Path, Problem, ProblemBody, Query, id_of, limit_of, read_cursor};
use axum::Json;
use axum::extract::State;
use domain::members::words_of;
use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_organizer_conversations))
        .routes(routes!(read_organizer_conversation, patch_organizer_conversation))
        .merge(notes::routes())
        .merge(canned::routes())
}

/// Which conversations of the site.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct InboxQuery {
    /// `organizer`: those between a member and the operators.
    kind: Option<String>,
    /// Only open ones, or closed ones.
    state: Option<InboxState>,
    /// Only those looked after by `me`, by `nobody`, or by an operator (id).
    assigned: Option<String>,
    /// Only those with something that no operator has read.
    unread: Option<bool>,
    /// Only those in which the member has written.
    wrote: Option<bool>,
    /// Only with members found by these words.
    query: Option<String>,
    /// `activity` (unless given): newest first; `unread`: what is not read before all else.
    #[param(inline)]
    sort: Option<Order>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    Activity,
    Unread,
}

impl InboxQuery {
    fn wanted(&self, me: &SignedInOperator) -> Answer<Wanted> {
        if self.kind.as_deref().is_some_and(|kind| kind != "organizer") {
            return Err(Problem::invalid("kind: organizer"));
        }
        let assigned = match self.assigned.as_deref() {
            None => None,
            Some("me") => Some(Some(me.operator.id)),
            Some("nobody") => Some(None),
            Some(id) => {
                Some(Some(id_of(id).map_err(|_| Problem::invalid("assigned: me, nobody or an operator's id"))?))
            }
        };
        let mut words = words_of(self.query.as_deref().unwrap_or_default());
        words.truncate(8);
        Ok(Wanted {
            state: self.state,
            assigned,
            unread: self.unread.unwrap_or(false),
            wrote: self.wrote.unwrap_or(false),
            words,
            unread_first: self.sort == Some(Order::Unread),
        })
    }
}

/// The conversations between members and the organizers.
#[utoipa::path(get, path = "/admin/conversations", tag = "back-office", security(("operator" = [])), params(InboxQuery),
    responses((status = 200, body = Page<OrganizerView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_organizer_conversations(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<InboxQuery>,
) -> Answer<Json<Page<OrganizerView>>> {
    let after: Option<After> = read_cursor(asked.cursor.as_deref())?;
    Ok(Json(super::page(&app, &me.site, &asked.wanted(&me)?, after, limit_of(asked.limit)?).await?))
}

/// One conversation with a member.
#[utoipa::path(get, path = "/admin/conversations/{conversation}", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id")),
    responses((status = 200, body = OrganizerView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_organizer_conversation(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
) -> Answer<Json<OrganizerView>> {
    Ok(Json(super::staff_view(&app, &me.site, id_of(&id)?).await?))
}

/// What an operator changes of a conversation in the inbox.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InboxPatch {
    /// Open or closed.
    state: Option<InboxState>,
    /// With `closed`: the `seq` of the last message that was seen. What the member wrote after it opens the conversation
    /// again; without it, all is taken as seen.
    seq: Option<i64>,
    /// Who looks after it: an operator's id, or null for nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    assigned_to: Option<Option<String>>,
}

/// Tells null from nothing.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// Closes a conversation or opens it again; says who looks after it.
#[utoipa::path(patch, path = "/admin/conversations/{conversation}", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id")), request_body = InboxPatch,
    responses((status = 200, body = OrganizerView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_organizer_conversation(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Body(InboxPatch { state, seq, assigned_to }): Body<InboxPatch>,
) -> Answer<Json<OrganizerView>> {
    Ok(Json(super::change(&app, &me, id_of(&id)?, InboxChange { state, seen: seq, assigned_to }).await?))
}
