//! Connections: how many, how long, and how slow they may be.

use crate::harness::{Relay, config, of};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use turn::client::TurnClient;
use turn::{Config, Limits};

fn quick() -> Limits {
    Limits { idle_seconds: 1, ..config().limits }
}

/// Whether the other side closes, without having said anything.
async fn closed(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0; 64]).await, Ok(0) | Err(_))
}

#[tokio::test]
async fn who_does_nothing_is_closed() {
    let relay = Relay::with(Config { limits: quick(), ..config() });
    let mut silent = TcpStream::connect(relay.address()).await.unwrap();
    // The beginning of a TLS handshake, and never the rest.
    let mut half_open = TcpStream::connect(relay.address()).await.unwrap();
    half_open.write_all(&[0x16, 3, 1, 2, 0]).await.unwrap();
    let mut begun = TcpStream::connect(relay.address()).await.unwrap();
    begun.write_all(&[0, 1, 0, 0, 0x21]).await.unwrap();
    relay.until(|figures| figures.connections.get() == 3).await;
    assert!(closed(&mut silent).await && closed(&mut half_open).await && closed(&mut begun).await);
    relay.until(|figures| figures.connections.get() == 0).await;
}

#[tokio::test]
async fn who_has_an_allocation_stays_and_leaves_nothing_behind() {
    let relay = Relay::with(Config { limits: quick(), ..config() });
    let mut client = TurnClient::tcp(relay.address()).await.unwrap();
    client.sign_in(of("alice"));
    client.allocate(None).await.unwrap();
    let mut silent = TcpStream::connect(relay.address()).await.unwrap();
    assert!(closed(&mut silent).await);
    client.refresh(600).await.unwrap();
    drop(client);
    relay.until(|figures| figures.connections.get() == 0 && figures.allocations.get() == 0).await;
}

#[tokio::test]
async fn what_is_not_ours_is_closed_at_once() {
    let relay = Relay::start();
    for wrong in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0xFF; 4], &[0, 1, 0, 3], &[0, 1, 0xFF, 0xFC], &[0x40, 0, 0xFF, 0]] {
        let mut stream = TcpStream::connect(relay.address()).await.unwrap();
        stream.write_all(wrong).await.unwrap();
        assert!(closed(&mut stream).await, "{wrong:?}");
    }
    relay.until(|figures| figures.connections.get() == 0).await;
    assert_eq!(relay.server.figures().malformed.get(), 5);
}

#[tokio::test]
async fn so_many_and_no_more() {
    let limits = Limits { connections_per_ip: 3, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(TurnClient::tcp(relay.address()).await.unwrap());
        open.last_mut().unwrap().binding().await.unwrap();
    }
    let mut fourth = TcpStream::connect(relay.address()).await.unwrap();
    assert!(closed(&mut fourth).await);
    open.pop();
    relay.until(|figures| figures.connections.get() == 2).await;
    TurnClient::tcp(relay.address()).await.unwrap().binding().await.unwrap();

    let limits = Limits { connections: 1, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    let mut only = TurnClient::tcp(relay.address()).await.unwrap();
    only.binding().await.unwrap();
    assert!(closed(&mut TcpStream::connect(relay.address()).await.unwrap()).await);
    assert_eq!(relay.server.figures().refused_connections.get(), 1);
}

/// Somebody who does not read loses datagrams; nobody else does, and memory stays bounded.
#[tokio::test]
async fn a_slow_connection_loses_datagrams() {
    let limits = Limits { queue_bytes: 64 * 1_024, bytes_per_second: 1_000_000_000, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    let mut slow = TurnClient::tcp(relay.address()).await.unwrap();
    slow.sign_in(of("slow"));
    let of_slow = slow.allocate(None).await.unwrap();
    let (mut quick, of_quick) = relay.allocated("quick").await;
    slow.bind(0x4000, of_quick.relayed).await.unwrap();
    quick.bind(0x4000, of_slow.relayed).await.unwrap();
    let mut sent = 0;
    while relay.server.figures().dropped.get() < 100 && sent < 100_000 {
        quick.send_channel(0x4000, &[1; 1_200]).await.unwrap();
        sent += 1;
        if sent % 32 == 0 {
            quick.binding().await.unwrap();
        }
    }
    assert!(relay.server.figures().dropped.get() >= 100, "{sent} sent, none dropped");
    // What arrives is whole, in order, and the connection goes on.
    for _ in 0..10 {
        let received = slow.receive().await.unwrap();
        assert_eq!(received, turn::client::Received::Channel(0x4000, vec![1; 1_200]));
    }
}
