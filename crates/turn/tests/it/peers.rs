//! To whom is not relayed.

use crate::harness::{Relay, config};
use std::net::SocketAddr;
use tokio::net::UdpSocket;
use turn::Config;

/// Loopback, private, link-local, shared, multicast, reserved; a public one to see that it isn't everything.
const FORBIDDEN: [&str; 18] = [
    "0.0.0.0:80",
    "0.1.2.3:80",
    "10.0.0.1:80",
    "100.64.0.1:80",
    "127.0.0.1:80",
    "127.1.2.3:5432",
    "169.254.169.254:80",
    "172.16.0.1:80",
    "192.0.2.1:80",
    "192.168.1.1:80",
    "198.18.0.1:80",
    "203.0.113.7:80",
    "224.0.0.1:80",
    "239.1.1.1:80",
    "240.0.0.1:80",
    "255.255.255.255:80",
    "8.8.8.8:0",
    "127.0.0.1:0",
];

fn strict() -> Config {
    Config { allowed_peers: Vec::new(), ..config() }
}

#[tokio::test]
async fn forbidden_peers_by_every_door() {
    let relay = Relay::with(strict());
    let (mut client, allocated) = relay.allocated("alice").await;
    for peer in FORBIDDEN {
        let peer: SocketAddr = peer.parse().unwrap();
        assert_eq!(client.permit(&[peer]).await.unwrap_err().code(), Some(403), "{peer}");
        assert_eq!(client.bind(0x4000, peer).await.unwrap_err().code(), Some(403), "{peer}");
        // One that is good does not carry the other in.
        let both = ["8.8.8.8:53".parse().unwrap(), peer];
        assert_eq!(client.permit(&both).await.unwrap_err().code(), Some(403), "{peer}");
        client.send(peer, b"x").await.unwrap();
    }
    client.permit(&["8.8.8.8:53".parse().unwrap()]).await.unwrap();
    assert_eq!(relay.server.figures().relayed_packets.get(), 0);

    // Its own addresses: where it listens, and a relayed address that is nobody's.
    let unused = SocketAddr::new(allocated.relayed.ip(), allocated.relayed.port() ^ 1);
    for own in [relay.address(), unused] {
        assert_eq!(client.permit(&[own]).await.unwrap_err().code(), Some(403), "{own}");
    }
}

/// IPv4 in the dress of IPv6, and IPv6's own special ranges.
#[tokio::test]
async fn other_families_are_refused() {
    let relay = Relay::with(strict());
    let (mut client, _) = relay.allocated("alice").await;
    for peer in ["[::ffff:127.0.0.1]:80", "[::1]:80", "[64:ff9b::7f00:1]:80", "[2002:7f00:1::]:80", "[fd00::1]:80"] {
        assert_eq!(client.permit(&[peer.parse().unwrap()]).await.unwrap_err().code(), Some(443), "{peer}");
    }
}

#[tokio::test]
async fn forbidden_peers_of_ipv6() {
    let here = "::1".parse().unwrap();
    let relays = vec![turn::RelayAddress { announced: here, bind: here }];
    let relay = Relay::with(Config { relays, ..strict() });
    let mut client = relay.client("alice").await;
    let allocated = client.allocate_of(2).await.unwrap();
    assert!(allocated.relayed.is_ipv6());
    for peer in [
        "[::1]:80",
        "[::]:80",
        "[::ffff:127.0.0.1]:80",
        "[::ffff:8.8.8.8]:80",
        "[::127.0.0.1]:80",
        "[64:ff9b::10.0.0.1]:80",
        "[64:ff9b:1::8.8.8.8]:80",
        "[2002:7f00:1::]:80",
        "[2001::1]:80",
        "[fe80::1]:80",
        "[fd00::1]:80",
        "[ff02::1]:80",
    ] {
        assert_eq!(client.permit(&[peer.parse().unwrap()]).await.unwrap_err().code(), Some(403), "{peer}");
    }
    client.permit(&["[2606:4700::1111]:80".parse().unwrap()]).await.unwrap();
    assert_eq!(client.allocate_of(1).await.unwrap_err().code(), Some(437));
    let mut other = relay.client("bob").await;
    assert_eq!(other.allocate_of(1).await.unwrap_err().code(), Some(440));
}

/// Asking costs: who asks without end is told to wait, and is heard again later.
#[tokio::test]
async fn peers_are_asked_for_within_bounds() {
    let relay = Relay::start();
    let (mut client, _) = relay.allocated("alice").await;
    let peers: Vec<SocketAddr> = (1..=100).map(|n| format!("127.0.0.{n}:9").parse().unwrap()).collect();
    let mut asked = 0;
    let code = loop {
        match client.permit(&peers).await {
            Ok(()) => asked += 1,
            Err(failure) => break failure.code(),
        }
        assert!(asked < 20);
    };
    assert_eq!(code, Some(508));
    assert!(asked >= 5, "{asked}");
    relay.clock.advance(10);
    client.permit(&peers).await.unwrap();
    // As many as there can be, and no more.
    let more: Vec<SocketAddr> = (101..=200).map(|n| format!("127.0.0.{n}:9").parse().unwrap()).collect();
    relay.clock.advance(10);
    assert_eq!(client.permit(&more).await.unwrap_err().code(), Some(508));
}

/// A permission is for an address; of this machine every port is looked at, whatever was allowed for another.
#[tokio::test]
async fn a_permission_for_a_relayed_address_opens_no_other_port() {
    let relay = Relay::with(strict());
    let (mut a, _) = relay.allocated("a").await;
    let (_b, of_b) = relay.allocated("b").await;
    let service = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    a.permit(&[of_b.relayed]).await.unwrap();
    a.send(service.local_addr().unwrap(), b"let me in").await.unwrap();
    a.send(relay.address(), b"or here").await.unwrap();
    relay.until(|figures| figures.refused_peers.get() == 2).await;
    let mut buffer = [0; 16];
    assert!(service.try_recv(&mut buffer).is_err());
}

#[tokio::test]
async fn an_allowed_range_is_only_that_range_and_never_where_we_listen() {
    let allowed_peers = vec!["127.0.0.1/32".parse().unwrap()];
    let relay = Relay::with(Config { allowed_peers, ..config() });
    let (mut client, _) = relay.allocated("alice").await;
    client.permit(&["127.0.0.1:9999".parse().unwrap()]).await.unwrap();
    assert_eq!(client.permit(&["127.0.0.2:9999".parse().unwrap()]).await.unwrap_err().code(), Some(403));
    assert_eq!(client.permit(&[relay.address()]).await.unwrap_err().code(), Some(403));
}
