//! Starting this process's own relay.

use super::offer::{BuiltIn, Offer};
use super::store;
use super::wanted::{TurnConfig, Wanted};
use crate::platform::db::{Db, DbError};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use turn_server::{Clock, Config, RelayAddress, Server, StartError, is_own};

/// The realm of its credentials.
const REALM: &str = "parvis";

/// Why nothing can be offered: what must be changed first.
#[derive(Debug, thiserror::Error)]
pub enum CannotBegin {
    /// Something in the configuration.
    #[error("{0}")]
    Config(String),
    /// The database did not give the secret.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What is offered with this configuration. Where the built-in relay cannot listen, the server goes on without it: people
/// can still write, and calls that find a direct way still work. `public_url` names the host of the certificate.
pub async fn begin(db: &Db, config: &TurnConfig, public_url: &str) -> Result<Offer, CannotBegin> {
    let wanted = match config {
        TurnConfig::Off => return Ok(Offer::Off),
        TurnConfig::Outside { urls, secret } => {
            return Ok(Offer::Outside { urls: urls.clone(), secret: secret.clone() });
        }
        TurnConfig::BuiltIn(wanted) => wanted,
    };
    let secret = store::secret(db).await?;
    match start(wanted, secret, public_url) {
        Ok(built_in) => {
            for ip in built_in.private() {
                tracing::warn!(
                    "the relay for calls announces {ip}, which only its own network can reach: \
                     name the public address with --turn-relay-ip"
                );
            }
            Ok(Offer::BuiltIn(Box::new(built_in)))
        }
        Err(StartError::Listen(address, error)) => {
            let why = format!(
                "no relay for calls: cannot listen on {address} ({error}); choose another address with --turn-listen, \
                 or switch it off with --turn-listen off"
            );
            tracing::warn!("{why}");
            Ok(Offer::Failed(why))
        }
        Err(StartError::Certificate(file, why)) => {
            Err(CannotBegin::Config(format!("--turn-tls-cert and --turn-tls-key: cannot use {file}: {why}")))
        }
        Err(error) => Err(CannotBegin::Config(format!("the relay for calls: {error}"))),
    }
}

/// What is offered with this configuration by the process that serves it: this one does not.
pub async fn told(db: &Db, config: &TurnConfig, public_url: &str) -> Result<Offer, CannotBegin> {
    match config {
        TurnConfig::BuiltIn(wanted) => {
            let secret = store::secret(db).await?;
            let announced = relays(wanted).iter().map(|relay| relay.announced).collect();
            Ok(Offer::BuiltIn(Box::new(BuiltIn {
                server: None,
                listen: wanted.listen.clone(),
                announced,
                ports: wanted.ports.clone(),
                tls_host: wanted.tls.as_ref().and_then(|_| host_of(public_url)),
                secret,
            })))
        }
        _ => begin(db, config, public_url).await,
    }
}

fn start(wanted: &Wanted, secret: String, public_url: &str) -> Result<BuiltIn, StartError> {
    let relays = relays(wanted);
    let announced = relays.iter().map(|relay| relay.announced).collect();
    let server = Server::start(Config {
        listen: wanted.listen.clone(),
        relays,
        ports: wanted.ports.clone(),
        realm: REALM.to_owned(),
        secret: secret.clone(),
        limits: wanted.limits,
        allowed_peers: wanted.allowed_peers.clone(),
        tls: wanted.tls.clone(),
        clock: Clock::default(),
    })?;
    let tls_host = wanted.tls.as_ref().and_then(|_| host_of(public_url));
    let listen = server.addresses().to_vec();
    Ok(BuiltIn { server: Some(server), listen, announced, ports: wanted.ports.clone(), tls_host, secret })
}

fn host_of(url: &str) -> Option<String> {
    reqwest::Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// From where is relayed: what was said, or the addresses that this machine goes out with.
fn relays(wanted: &Wanted) -> Vec<RelayAddress> {
    let listens = |v4: bool| wanted.listen.iter().find(|address| address.is_ipv4() == v4).map(SocketAddr::ip);
    let families = [true, false].into_iter();
    families
        .filter_map(|v4| {
            let said = wanted.announced.iter().copied().find(|ip| ip.is_ipv4() == v4);
            if said.is_none() && !(wanted.announced.is_empty() && listens(v4).is_some()) {
                return None;
            }
            // Listening on one address, it goes out from that one.
            let own = listens(v4).filter(|ip| !ip.is_unspecified()).or_else(|| outward(v4));
            let announced = said.or(own)?;
            let bind = if is_own(announced) { announced } else { own.unwrap_or_else(|| any(v4)) };
            Some(RelayAddress { announced, bind })
        })
        .collect()
}

fn any(v4: bool) -> IpAddr {
    if v4 { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() }
}

/// The address with which this machine goes out. Nothing is sent: the kernel says which way it would take.
fn outward(v4: bool) -> Option<IpAddr> {
    let (far, loopback): (IpAddr, IpAddr) = if v4 {
        (Ipv4Addr::new(198, 41, 0, 4).into(), Ipv4Addr::LOCALHOST.into())
    } else {
        (Ipv6Addr::new(0x2001, 0x503, 0xba3e, 0, 0, 0, 2, 0x30).into(), Ipv6Addr::LOCALHOST.into())
    };
    let found = UdpSocket::bind((any(v4), 0)).and_then(|socket| {
        socket.connect((far, 53))?;
        socket.local_addr()
    });
    // Without a network, those on this machine can still call each other.
    Some(found.map_or(loopback, |address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use turn_server::Limits;

    fn relays_of(listen: &str, announced: &str) -> Vec<RelayAddress> {
        let announced = announced.parse().into_iter().collect();
        let (listen, limits) = (vec![listen.parse().unwrap()], Limits::default());
        relays(&Wanted { listen, announced, ports: 50_000..=51_000, allowed_peers: Vec::new(), tls: None, limits })
    }

    #[test]
    fn what_is_announced_and_what_is_bound() {
        let here: IpAddr = Ipv4Addr::LOCALHOST.into();
        assert_eq!(relays_of("127.0.0.1:0", ""), [RelayAddress { announced: here, bind: here }]);
        // Behind a NAT: announced is what others reach, bound is what this machine has.
        let public = "198.51.100.7".parse().unwrap();
        assert_eq!(relays_of("127.0.0.1:0", "198.51.100.7"), [RelayAddress { announced: public, bind: here }]);
        let found = relays_of("0.0.0.0:0", "");
        assert!(found.len() == 1 && is_own(found[0].announced) && found[0].bind == found[0].announced, "{found:?}");
    }
}
