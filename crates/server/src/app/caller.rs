use super::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// From where a request comes.
pub struct Caller {
    /// The address; behind a trusted proxy, the one it names last.
    pub address: IpAddr,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Caller, Infallible> {
        let forwarded = parts.headers.get("x-forwarded-for").filter(|_| app.trust_proxy);
        let named = forwarded.and_then(|h| h.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Caller { address: named.or(direct).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)) })
    }
}
