//! What is relayed: with and without channels, over UDP, TCP and TLS, from one relayed address to another.

use crate::harness::{Relay, SECRET, config, key_file, of, unix_now};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::UdpSocket;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
use turn::client::{Received, TurnClient};
use turn::{Config, RelayAddress, credentials};

fn trusting() -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(key_file("localhost.pem")).unwrap()).unwrap();
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(config.with_root_certificates(roots).with_no_client_auth())
}

/// A client by each way, signed in as somebody.
async fn by_every_way(relay: &Relay) -> Vec<(&'static str, TurnClient)> {
    let address = relay.address();
    let mut clients = vec![
        ("udp", TurnClient::udp(address).await.unwrap()),
        ("tcp", TurnClient::tcp(address).await.unwrap()),
        ("tls", TurnClient::tls(address, "localhost", trusting()).await.unwrap()),
    ];
    clients.iter_mut().for_each(|(way, client)| client.sign_in(of(way)));
    clients
}

#[tokio::test]
async fn every_way_has_one_port_and_every_length_arrives() {
    let relay = Relay::start();
    let peer = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let peer_address = peer.local_addr().unwrap();
    let mut buffer = vec![0; 1 << 16];
    for (way, mut client) in by_every_way(&relay).await {
        let seen = client.binding().await.unwrap();
        let allocated = client.allocate(None).await.unwrap();
        assert_eq!((allocated.mapped, allocated.lifetime), (seen, 600), "{way}");
        client.permit(&[peer_address]).await.unwrap();
        for length in [1, 2, 3, 4, 170, 1_200] {
            let data = vec![length as u8; length];
            client.send(peer_address, &data).await.unwrap();
            let (got, from) = peer.recv_from(&mut buffer).await.unwrap();
            assert_eq!((&buffer[..got], from), (&data[..], allocated.relayed), "{way}");
            peer.send_to(&data, from).await.unwrap();
            assert_eq!(client.receive().await.unwrap(), Received::From(peer_address, data), "{way}");
        }
        client.bind(0x4001, peer_address).await.unwrap();
        for length in [0, 1, 2, 3, 4, 170, 1_201] {
            let data = vec![length as u8; length];
            client.send_channel(0x4001, &data).await.unwrap();
            let (got, from) = peer.recv_from(&mut buffer).await.unwrap();
            assert_eq!((&buffer[..got], from), (&data[..], allocated.relayed), "{way}");
            peer.send_to(&data, from).await.unwrap();
            assert_eq!(client.receive().await.unwrap(), Received::Channel(0x4001, data), "{way}");
        }
        assert_eq!(client.refresh(0).await.unwrap(), 0);
        assert_eq!(client.refresh(600).await.unwrap_err().code(), Some(437), "{way}");
    }
    assert_eq!(relay.server.figures().allocations.get(), 0);
}

/// What is announced can't be reached from here, as behind a NAT; and loopback is not allowed.
fn behind_nat() -> Config {
    let relays = vec![RelayAddress { announced: "203.0.113.9".parse().unwrap(), bind: "127.0.0.1".parse().unwrap() }];
    Config { relays, allowed_peers: Vec::new(), ..config() }
}

#[tokio::test]
async fn two_relayed_addresses_reach_each_other_inside() {
    let relay = Relay::with(behind_nat());
    let [(_, mut a), _, (_, mut b)] = <[_; 3]>::try_from(by_every_way(&relay).await).ok().unwrap();
    let (of_a, of_b) = (a.allocate(None).await.unwrap().relayed, b.allocate(None).await.unwrap().relayed);
    assert_eq!(of_a.ip(), "203.0.113.9".parse::<std::net::IpAddr>().unwrap());
    a.permit(&[of_b]).await.unwrap();
    a.send(of_b, b"not yet").await.unwrap();
    b.bind(0x4000, of_a).await.unwrap();
    b.send_channel(0x4000, b"hello").await.unwrap();
    assert_eq!(a.receive().await.unwrap(), Received::From(of_b, b"hello".to_vec()));
    a.send(of_b, b"now").await.unwrap();
    assert_eq!(b.receive().await.unwrap(), Received::Channel(0x4000, b"now".to_vec()));

    // Only while it is one.
    b.refresh(0).await.unwrap();
    let (_c, other) = relay.allocated("c").await;
    assert_ne!(other.relayed, of_b);
    assert_eq!(a.permit(&[of_b]).await.unwrap_err().code(), Some(403));
    let refused = relay.server.figures().refused_peers.get();
    a.send(of_b, b"nobody").await.unwrap();
    relay.until(|figures| figures.refused_peers.get() == refused + 1).await;
}

#[tokio::test]
async fn nothing_comes_from_whom_it_is_not_open_to() {
    let relay = Relay::start();
    let (friend, stranger) = (bound("127.0.0.1:0").await, bound("127.0.0.2:0").await);
    let (mut client, allocated) = relay.allocated("a").await;
    client.permit(&[friend.local_addr().unwrap()]).await.unwrap();
    stranger.send_to(b"psst", allocated.relayed).await.unwrap();
    friend.send_to(b"hello", allocated.relayed).await.unwrap();
    let hello = Received::From(friend.local_addr().unwrap(), b"hello".to_vec());
    assert_eq!(client.receive().await.unwrap(), hello);

    // A permission ends after five minutes, a channel after ten, the allocation itself goes on.
    client.refresh(3_600).await.unwrap();
    relay.clock.advance(301);
    friend.send_to(b"too late", allocated.relayed).await.unwrap();
    client.permit(&[stranger.local_addr().unwrap()]).await.unwrap();
    stranger.send_to(b"my turn", allocated.relayed).await.unwrap();
    let next = Received::From(stranger.local_addr().unwrap(), b"my turn".to_vec());
    assert_eq!(client.receive().await.unwrap(), next);
}

async fn bound(address: &str) -> UdpSocket {
    UdpSocket::bind(address.parse::<SocketAddr>().unwrap()).await.unwrap()
}

#[tokio::test]
async fn channels_are_bound_to_one_peer_each() {
    let relay = Relay::start();
    let mut client = TurnClient::udp(relay.address()).await.unwrap();
    client.sign_in(credentials(SECRET, "a", unix_now() + 3_600));
    client.allocate(Some(3_000)).await.unwrap();
    let (one, other) = ("127.0.0.1:4000".parse().unwrap(), "127.0.0.1:4001".parse().unwrap());
    client.bind(0x4000, one).await.unwrap();
    client.bind(0x4000, one).await.unwrap();
    for (number, peer) in [(0x4000, other), (0x4001, one), (0x3FFF, other), (0x8000, other)] {
        assert_eq!(client.bind(number, peer).await.unwrap_err().code(), Some(400), "{number:x} {peer}");
    }
    // After ten minutes it is free again.
    relay.clock.advance(601);
    client.bind(0x4000, other).await.unwrap();
}

#[tokio::test]
async fn a_stopped_server_is_gone() {
    let relay = Relay::start();
    let address = relay.address();
    let (_client, allocated) = relay.allocated("a").await;
    relay.server.stop().await;
    drop(bound(&address.to_string()).await);
    drop(bound(&allocated.relayed.to_string()).await);
    drop(tokio::net::TcpListener::bind(address).await.unwrap());
}

#[tokio::test]
async fn what_can_not_work_is_said() {
    let taken = Relay::start();
    let address = taken.address();
    let said = |config: Config| turn::Server::start(config).err().unwrap().to_string();
    assert!(said(Config { listen: vec![address], ..config() }).contains(&address.to_string()));
    let mut without_key = config();
    without_key.tls.as_mut().unwrap().key = key_file("absent.pem");
    assert!(said(without_key).contains("localhost.pem"));
    assert!(said(Config { relays: Vec::new(), ..config() }).contains("relay"));
}
