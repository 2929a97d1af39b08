//! The relay over HTTP: credentials for members, how it is set up for organizers.

use super::ASKING;
use super::offer::{IceServer, Offer};
use crate::app::App;
use crate::members::ChattingMember;
use crate::operators::{Role, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Code, Problem, ProblemBody};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_ice_servers)).routes(routes!(read_network))
}

/// What a browser needs to find a way for a call.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct IceServers {
    /// For `RTCPeerConnection`; empty where there is no relay: calls then go directly or not at all.
    pub ice_servers: Vec<IceServer>,
    /// When the credentials end, and what was relayed with them (RFC 3339).
    pub expires_at: String,
}

/// Servers for one's calls, with credentials for oneself.
#[utoipa::path(get, path = "/ice-servers", tag = "calls", security(("member" = [])),
    responses((status = 200, body = IceServers), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
async fn read_ice_servers(State(app): State<App>, me: ChattingMember) -> Answer<Json<IceServers>> {
    if !me.site.settings.features.video {
        return Err(Problem::new(Code::FeatureOff));
    }
    app.turn.asking.take(me.member.id, ASKING, &app.clock)?;
    let offer = app.turn.offer().unwrap_or(&Offer::Off);
    let ticket = offer.ticket(me.site.id, "member", me.member.id, app.clock.now());
    Ok(Json(IceServers { ice_servers: ticket.ice_servers, expires_at: rfc3339(ticket.expires_at) }))
}

/// Which relay there is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RelayKind {
    /// This server's own.
    BuiltIn,
    /// Another.
    Outside,
    /// None is wanted.
    Off,
    /// This server's own can't run.
    Failed,
}

/// Ports, from and to.
#[derive(Serialize, ToSchema)]
struct Ports {
    /// The first.
    from: u16,
    /// The last.
    to: u16,
}

/// The relay for calls as it is set up, and what is needed to try it from a browser.
#[derive(Serialize, ToSchema)]
struct Network {
    /// Which relay there is.
    relay: RelayKind,
    /// Why it can't run; null: it runs, or none is wanted.
    problem: Option<String>,
    /// Whether the site's members may call.
    video: bool,
    /// The ports that clients come to, by UDP and TCP.
    listen_ports: Vec<u16>,
    /// The UDP ports that are relayed from.
    relay_ports: Option<Ports>,
    /// What is announced.
    announced: Vec<String>,
    /// Of those, the ones that only the server's own network can reach.
    announced_private: Vec<String>,
    /// Whether calls also go over TLS.
    tls: bool,
    /// For `RTCPeerConnection`, to try it.
    ice_servers: Vec<IceServer>,
    /// When their credentials end (RFC 3339).
    expires_at: String,
}

/// How the relay for calls is set up, with credentials to try it from here.
#[utoipa::path(get, path = "/admin/network", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Network), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_network(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Network>> {
    me.require(Role::Admin)?;
    let offer = app.turn.offer().unwrap_or(&Offer::Off);
    let (relay, problem) = match offer {
        Offer::Off => (RelayKind::Off, None),
        Offer::Failed(why) => (RelayKind::Failed, Some(why.clone())),
        Offer::BuiltIn(_) => (RelayKind::BuiltIn, None),
        Offer::Outside { .. } => (RelayKind::Outside, None),
    };
    let built_in = if let Offer::BuiltIn(built_in) = offer { Some(built_in) } else { None };
    let ticket = offer.ticket(me.site.id, "operator", me.operator.id, app.clock.now());
    let mut listen_ports: Vec<u16> = built_in.iter().flat_map(|b| &b.listen).map(std::net::SocketAddr::port).collect();
    listen_ports.dedup();
    Ok(Json(Network {
        relay,
        problem,
        video: me.site.settings.features.video,
        listen_ports,
        relay_ports: built_in.map(|b| Ports { from: *b.ports.start(), to: *b.ports.end() }),
        announced: built_in.iter().flat_map(|b| &b.announced).map(ToString::to_string).collect(),
        announced_private: built_in.iter().flat_map(|b| b.private()).map(|ip| ip.to_string()).collect(),
        tls: offer.urls().iter().any(|url| url.starts_with("turns:")),
        ice_servers: ticket.ice_servers,
        expires_at: rfc3339(ticket.expires_at),
    }))
}
