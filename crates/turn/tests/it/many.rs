//! A thousand at once.

use crate::harness::{Relay, config};
use turn::client::Received;
use turn::{Config, Limits};

/// The last to come talk like the first. What a packet costs is the bench's to say.
#[tokio::test]
async fn two_talk_among_a_thousand() {
    let limits = Limits { allocations_per_account: 2_000, bytes_per_second: 100_000_000, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    let mut crowd = Vec::new();
    for _ in 0..1_000 {
        crowd.push(relay.allocated("crowd").await);
    }
    let (mut a, of_a) = relay.allocated("a").await;
    let (mut b, of_b) = relay.allocated("b").await;
    a.bind(0x4000, of_b.relayed).await.unwrap();
    b.bind(0x4000, of_a.relayed).await.unwrap();
    for _ in 0..1_000 {
        a.send_channel(0x4000, b"ping").await.unwrap();
        assert_eq!(b.receive().await.unwrap(), Received::Channel(0x4000, b"ping".to_vec()));
    }
    assert_eq!(relay.server.figures().allocations.get(), 1_002);
}
