//! The staff, for those who look after it.

use super::OperatorView;
use crate::app::App;
use crate::operators::invitations::Invitation;
use crate::operators::store;
use crate::operators::{Operator, Role, SignedInOperator, actions};
use crate::platform::clock::{Millis, rfc3339};
use crate::platform::http::{Answer, Body, MaybeBody, Page, Path, ProblemBody, id_of};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_operators, invite_operator))
        .routes(routes!(patch_operator, delete_operator))
        .routes(routes!(invite_operator_again))
}

/// One of the staff. Agents see names alone.
#[derive(Serialize, ToSchema)]
struct Colleague {
    /// Ours.
    id: String,
    /// What members see.
    name: String,
    /// More, for admins.
    #[serde(flatten)]
    more: Option<ColleagueDetails>,
}

/// What admins see of the staff.
#[derive(Serialize, ToSchema)]
struct ColleagueDetails {
    /// With which they sign in.
    email: String,
    /// What they may do.
    role: Role,
    /// Signing in takes a code beside the password.
    totp: bool,
    /// When they were here last, within five minutes; null: never.
    last_seen_at: Option<String>,
    /// Until when an invitation of theirs holds that was not accepted yet.
    invited_until: Option<String>,
}

type Seen = (Option<Millis>, Option<Millis>);

impl Colleague {
    fn of(operator: Operator, seen: Option<Seen>) -> Colleague {
        let more = seen.map(|(seen, invited)| ColleagueDetails {
            email: operator.email,
            role: operator.role,
            totp: operator.totp,
            last_seen_at: seen.map(rfc3339),
            invited_until: invited.map(rfc3339),
        });
        Colleague { id: ids::show(operator.id), name: operator.name, more }
    }
}

/// The staff of the site. Agents see ids and names.
#[utoipa::path(get, path = "/admin/operators", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<Colleague>), (status = 401, body = ProblemBody)))]
async fn list_operators(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<Colleague>>> {
    let mut reader = app.db.read().await?;
    let all = store::all(&mut reader, me.site.id).await?;
    let mut seen: HashMap<i64, Seen> = HashMap::new();
    if me.operator.role >= Role::Admin {
        let rows = store::presence(&mut reader, me.site.id, app.clock.now()).await?;
        seen.extend(rows.into_iter().map(|(id, seen, invited)| (id, (seen, invited))));
    }
    let items = all
        .into_iter()
        .map(|one| {
            let seen = seen.get(&one.id).copied();
            Colleague::of(one, seen)
        })
        .collect();
    Ok(Json(Page { items, next: None }))
}

/// Somebody for the staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorForm {
    /// With which they will sign in.
    email: String,
    /// What members will see.
    name: String,
    /// What they may do.
    role: Role,
}

/// A link by which an operator gives themselves a password.
#[derive(Serialize, ToSchema)]
struct InvitationLink {
    /// To be sent to them; shown this once.
    url: String,
    /// Until when it holds.
    expires_at: String,
}

/// An operator with their link.
#[derive(Serialize, ToSchema)]
struct InvitedOperator {
    /// Who.
    operator: OperatorView,
    /// The link.
    invitation: InvitationLink,
}

impl InvitedOperator {
    fn of((operator, invitation): (Operator, Invitation)) -> InvitedOperator {
        let invitation = InvitationLink { url: invitation.url, expires_at: rfc3339(invitation.expires_at) };
        InvitedOperator { operator: OperatorView::of(&operator), invitation }
    }
}

/// Invites somebody to the staff. Owners invite anybody, admins agents.
#[utoipa::path(post, path = "/admin/operators", tag = "back-office", security(("operator" = [])), request_body = OperatorForm,
    responses((status = 201, body = InvitedOperator), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn invite_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<OperatorForm>,
) -> Answer<(StatusCode, Json<InvitedOperator>)> {
    let invited = actions::invite(&app, &me, (&form.email, &form.name, form.role)).await?;
    Ok((StatusCode::CREATED, Json(InvitedOperator::of(invited))))
}

/// What comes with another link.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct InvitationForm {
    /// They lost their second factor: it is turned off.
    without_totp: bool,
}

/// Another link for an operator, also to give themselves another password; earlier ones hold no longer.
#[utoipa::path(post, path = "/admin/operators/{operator}/invitation", tag = "back-office", security(("operator" = [])),
    request_body = Option<InvitationForm>, params(("operator" = String, Path, description = "Their id")),
    responses((status = 201, body = InvitedOperator), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn invite_operator_again(
    State(app): State<App>,
    me: SignedInOperator,
    Path(operator): Path<String>,
    MaybeBody(form): MaybeBody<InvitationForm>,
) -> Answer<(StatusCode, Json<InvitedOperator>)> {
    let invited = actions::invite_again(&app, &me, id_of(&operator)?, form.without_totp).await?;
    Ok((StatusCode::CREATED, Json(InvitedOperator::of(invited))))
}

/// What changes of an operator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ColleaguePatch {
    /// What members see from now on.
    name: Option<String>,
    /// What they may do from now on.
    role: Option<Role>,
}

/// Gives an operator another name or role. Owners change anybody, admins agents.
#[utoipa::path(patch, path = "/admin/operators/{operator}", tag = "back-office", security(("operator" = [])),
    request_body = ColleaguePatch, params(("operator" = String, Path, description = "Their id")),
    responses((status = 200, body = OperatorView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn patch_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Path(operator): Path<String>,
    Body(patch): Body<ColleaguePatch>,
) -> Answer<Json<OperatorView>> {
    let changed = actions::change(&app, &me, id_of(&operator)?, (patch.name.as_deref(), patch.role)).await?;
    Ok(Json(OperatorView::of(&changed)))
}

/// Takes an operator away: signed out everywhere at once; what they wrote keeps their name. The last owner stays.
#[utoipa::path(delete, path = "/admin/operators/{operator}", tag = "back-office", security(("operator" = [])),
    params(("operator" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
async fn delete_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Path(operator): Path<String>,
) -> Answer<StatusCode> {
    actions::delete(&app, &me, id_of(&operator)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
