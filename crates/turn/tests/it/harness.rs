//! A server, and people who use it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use turn::client::{Allocated, TurnClient};
use turn::{Clock, Config, Credentials, Limits, RelayAddress, Server, Tls, credentials};

pub const SECRET: &str = "north";
pub const REALM: &str = "parvis.example";

/// A running server.
pub struct Relay {
    pub server: Server,
    pub clock: Clock,
}

/// A configuration for loopback, where peers of loopback are allowed.
pub fn config() -> Config {
    let here = Ipv4Addr::LOCALHOST.into();
    Config {
        listen: vec![SocketAddr::new(here, 0)],
        relays: vec![RelayAddress { announced: here, bind: here }],
        ports: 20_000..=32_000,
        realm: REALM.to_owned(),
        secret: SECRET.to_owned(),
        limits: Limits { unauthenticated_per_second: 100_000, allocations_per_account: 100, ..Limits::default() },
        allowed_peers: vec!["127.0.0.0/8".parse().unwrap()],
        tls: Some(Tls { certificates: key_file("localhost.pem"), key: key_file("localhost.key.pem") }),
        clock: Clock::default(),
    }
}

pub fn key_file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/keys").join(name)
}

#[expect(clippy::disallowed_methods, reason = "credentials end by the machine's clock")]
pub fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Credentials of somebody, for an hour: longer than an allocation that asks for nothing.
pub fn of(account: &str) -> Credentials {
    credentials(SECRET, account, unix_now() + 3_600)
}

impl Relay {
    pub fn start() -> Relay {
        Relay::with(config())
    }

    pub fn with(config: Config) -> Relay {
        let clock = config.clock.clone();
        Relay { server: Server::start(config).unwrap(), clock }
    }

    pub fn address(&self) -> SocketAddr {
        self.server.addresses()[0]
    }

    /// Somebody by UDP, signed in.
    pub async fn client(&self, account: &str) -> TurnClient {
        let mut client = TurnClient::udp(self.address()).await.unwrap();
        client.sign_in(of(account));
        client
    }

    /// Somebody by UDP, with an allocation.
    pub async fn allocated(&self, account: &str) -> (TurnClient, Allocated) {
        let mut client = self.client(account).await;
        let allocated = client.allocate(None).await.unwrap();
        (client, allocated)
    }

    /// Waits until a figure is as wanted; a figure that never is fails the test.
    pub async fn until(&self, wanted: impl Fn(&turn::Figures) -> bool) {
        let figures: Arc<turn::Figures> = self.server.figures().clone();
        eventually("the figures", async || wanted(&figures)).await;
    }
}

/// Asks again until it is so.
pub async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(std::time::Duration::from_secs(20), async {
        while !is_so().await {
            pause().await;
        }
    });
    assert!(waited.await.is_ok(), "{what}: never came to be");
}

#[expect(clippy::disallowed_methods, reason = "between two looks at a figure")]
async fn pause() {
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
}
