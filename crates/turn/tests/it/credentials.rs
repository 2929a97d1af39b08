//! Who may relay, how long, and how much.

use crate::harness::{Relay, SECRET, config, eventually, of, unix_now};
use turn::client::TurnClient;
use turn::{Config, Credentials, Limits, credentials};

async fn refused(relay: &Relay, credentials: Credentials) -> Option<u16> {
    let mut client = TurnClient::udp(relay.address()).await.unwrap();
    client.sign_in(credentials);
    client.allocate(None).await.err().and_then(|failure| failure.code())
}

#[tokio::test]
async fn wrong_expired_and_foreign_credentials() {
    let relay = Relay::start();
    let now = unix_now();
    assert_eq!(refused(&relay, of("alice")).await, None);
    let foreign_secret = credentials("south", "alice", now + 600);
    let expired = credentials(SECRET, "alice", now - 1);
    let longer = Credentials { username: format!("{}:alice", now + 9_999), ..of("alice") };
    let other = Credentials { username: of("alice").username.replace("alice", "bob"), ..of("alice") };
    let no_end = Credentials { username: "alice".to_owned(), ..of("alice") };
    let empty = Credentials { password: String::new(), ..of("alice") };
    for (what, credentials) in [
        ("another secret", foreign_secret),
        ("expired", expired),
        ("a later end", longer),
        ("another account", other),
        ("no end", no_end),
        ("no password", empty),
    ] {
        assert_eq!(refused(&relay, credentials).await, Some(401), "{what}");
    }
    assert_eq!(relay.server.figures().refused_credentials.get(), 6);
    assert_eq!(relay.server.figures().allocated.get(), 1);

    let mut client = relay.client("alice").await;
    client.sign_in_for(of("alice"), "elsewhere.example");
    assert_eq!(client.allocate(None).await.unwrap_err().code(), Some(401));
}

#[tokio::test]
async fn an_allocation_is_of_whoever_made_it() {
    let relay = Relay::start();
    let (mut client, _) = relay.allocated("alice").await;
    client.sign_in(of("bob"));
    assert_eq!(client.refresh(600).await.unwrap_err().code(), Some(441));
    assert_eq!(client.permit(&["127.0.0.1:9".parse().unwrap()]).await.unwrap_err().code(), Some(441));
    assert_eq!(client.bind(0x4000, "127.0.0.1:9".parse().unwrap()).await.unwrap_err().code(), Some(441));
    // Credentials that end later, of the same account, keep it.
    client.sign_in(credentials(SECRET, "alice", unix_now() + 2_000));
    assert!(client.refresh(1_900).await.unwrap() >= 1_890);
}

#[tokio::test]
async fn an_allocation_ends_with_its_credentials() {
    let relay = Relay::start();
    let mut client = TurnClient::udp(relay.address()).await.unwrap();
    client.sign_in(credentials(SECRET, "alice", unix_now() + 100));
    let lifetime = client.allocate(Some(3_600)).await.unwrap().lifetime;
    assert!((98..=100).contains(&lifetime), "{lifetime}");
    relay.clock.advance(60);
    let lifetime = client.refresh(3_600).await.unwrap();
    assert!((38..=40).contains(&lifetime), "{lifetime}");
    relay.clock.advance(41);
    assert_eq!(client.refresh(3_600).await.unwrap_err().code(), Some(401));
    relay.until(|figures| figures.allocations.get() == 0).await;
}

#[tokio::test]
async fn lifetimes_are_bounded() {
    let relay = Relay::start();
    let mut client = TurnClient::udp(relay.address()).await.unwrap();
    client.sign_in(credentials(SECRET, "alice", unix_now() + 86_400));
    assert_eq!(client.allocate(Some(1)).await.unwrap().lifetime, 600);
    assert_eq!(client.refresh(u32::MAX).await.unwrap(), 3_600);
    relay.clock.advance(3_601);
    assert_eq!(client.refresh(600).await.unwrap_err().code(), Some(437));
}

#[tokio::test]
async fn a_stale_nonce_is_replaced() {
    let relay = Relay::start();
    let mut client = TurnClient::udp(relay.address()).await.unwrap();
    client.sign_in(credentials(SECRET, "alice", unix_now() + 86_400));
    client.allocate(Some(3_600)).await.unwrap();
    relay.clock.advance(1_000);
    assert_eq!(client.refresh(3_600).await.unwrap(), 3_600);
}

#[tokio::test]
async fn quotas() {
    let limits = Limits { allocations_per_account: 2, allocations: 3, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    let (mut first, _) = relay.allocated("alice").await;
    let _second = relay.allocated("alice").await;
    assert_eq!(refused(&relay, of("alice")).await, Some(486));
    let _third = relay.allocated("bob").await;
    assert_eq!(refused(&relay, of("carol")).await, Some(508));
    assert_eq!(relay.server.figures().refused_quota.get(), 2);
    first.refresh(0).await.unwrap();
    assert_eq!(refused(&relay, of("alice")).await, None);
}

/// An account is any text: two that look alike are two.
#[tokio::test]
async fn accounts_are_opaque() {
    let limits = Limits { allocations_per_account: 1, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    for account in ["a", "A", "a:b", "a b", "é", "e\u{301}"] {
        assert_eq!(refused(&relay, of(account)).await, None, "{account}");
        assert_eq!(refused(&relay, of(account)).await, Some(486), "{account}");
    }
}

#[tokio::test]
async fn one_port_for_one_allocation() {
    let relay = Relay::with(Config { ports: 19_000..=19_000, ..config() });
    let (mut first, allocated) = relay.allocated("alice").await;
    assert_eq!(allocated.relayed.port(), 19_000);
    assert_eq!(refused(&relay, of("bob")).await, Some(508));
    first.refresh(0).await.unwrap();
    // The socket is closed when its reader has its next turn.
    eventually("the port is free again", async || refused(&relay, of("bob")).await.is_none()).await;
}

/// Each allocation has its bytes a second, both ways together; what is more is dropped.
#[tokio::test]
async fn the_rate_of_an_allocation() {
    let limits = Limits { bytes_per_second: 10_000, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    let (mut client, _) = relay.allocated("alice").await;
    let nobody = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let peer = nobody.local_addr().unwrap();
    client.permit(&[peer]).await.unwrap();
    for _ in 0..30 {
        client.send(peer, &[0; 1_000]).await.unwrap();
    }
    relay.until(|figures| figures.relayed_packets.get() + figures.dropped.get() == 30).await;
    let relayed = relay.server.figures().relayed_bytes.get();
    assert!((10_000..15_000).contains(&relayed), "{relayed}");
    relay.clock.advance(1);
    client.send(peer, &[0; 1_000]).await.unwrap();
    relay.until(|figures| figures.relayed_bytes.get() == relayed + 1_000).await;
}
