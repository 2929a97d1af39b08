//! A million datagrams that mean nothing, and answers to those who are not there.

use crate::harness::{Relay, config, of};
use std::net::UdpSocket;
use turn::client::{Received, TurnClient};
use turn::{Config, Limits};

const DATAGRAMS: u32 = 1_000_000;
/// What memory may grow by, in KiB.
const BOUND: u64 = 16 * 1_024;

/// A small generator (xorshift64*): the same datagrams each time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}

/// Memory of this process, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Messages as real clients send them: taken from one that talks to a socket of ours.
async fn valid() -> Vec<Vec<u8>> {
    let ear = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let mut client = TurnClient::udp(ear.local_addr().unwrap()).await.unwrap();
    client.sign_in(of("alice"));
    let peer = "127.0.0.1:9".parse().unwrap();
    client.send(peer, b"some data").await.unwrap();
    client.send_channel(0x4000, b"some more").await.unwrap();
    for step in 0..4 {
        let _ = match step {
            0 => client.binding().await.map(drop),
            1 => client.allocate(Some(600)).await.map(drop),
            2 => client.permit(&[peer]).await,
            _ => client.bind(0x4000, peer).await,
        };
    }
    let (mut heard, mut buffer) = (Vec::new(), vec![0; 2_048]);
    while let Ok(length) = ear.try_recv(&mut buffer) {
        heard.push(buffer[..length].to_vec());
    }
    heard
}

/// Chance, or something valid that is cut, lengthened, or changed in places.
fn nonsense(dice: &mut Dice, valid: &[Vec<u8>]) -> Vec<u8> {
    if dice.below(4) == 0 {
        let length = dice.below(200);
        return (0..length).map(|_| dice.next() as u8).collect();
    }
    let mut bytes = valid[dice.below(valid.len())].clone();
    for _ in 0..1 + dice.below(6) {
        match dice.below(4) {
            0 => bytes.truncate(dice.below(bytes.len() + 1)),
            1 => {
                let more = dice.below(64);
                bytes.extend((0..more).map(|_| dice.next() as u8));
            }
            // Lengths and kinds are where readers stumble.
            2 if bytes.len() > 24 => {
                let at = 20 + dice.below((bytes.len() - 24) / 4) * 4 + dice.below(4);
                bytes[at] = [0, 1, 4, 0x7F, 0x80, 0xFC, 0xFF][dice.below(7)];
            }
            _ if !bytes.is_empty() => {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            _ => {}
        }
    }
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_million_datagrams_of_nonsense_change_nothing() {
    let relay = Relay::start();
    let (mut client, mine) = relay.allocated("alice").await;
    let (mut other, theirs) = relay.allocated("bob").await;
    client.bind(0x4000, theirs.relayed).await.unwrap();
    other.bind(0x4000, mine.relayed).await.unwrap();
    let valid = valid().await;
    assert!(valid.len() >= 6);
    let mut dice = Dice(0x5EED);
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.connect(relay.address()).unwrap();
    socket.set_nonblocking(true).unwrap();
    let (mut sent, mut answers, before) = (0_u32, [0; 2_048], resident());
    for round in 0..DATAGRAMS {
        let bytes = nonsense(&mut dice, &valid);
        sent += u32::from(socket.send(&bytes).is_ok());
        while socket.recv(&mut answers).is_ok() {}
        // Now and then the one who has an allocation, so that none is lost for want of a turn.
        if round % 200 == 0 {
            client.send_channel(0x4000, b"still here").await.unwrap();
            assert_eq!(other.receive().await.unwrap(), Received::Channel(0x4000, b"still here".to_vec()), "{round}");
        }
    }
    let grown = resident().saturating_sub(before);
    let figures = relay.server.figures();
    assert!(sent > DATAGRAMS * 99 / 100, "only {sent} were sent");
    assert!(figures.malformed.get() > u64::from(DATAGRAMS) / 4, "{figures:?}");
    assert_eq!((figures.panics.get(), figures.allocations.get(), figures.allocated.get()), (0, 2, 2));
    assert!(grown < BOUND, "memory grew by {grown} KiB");
    println!("{sent} datagrams, memory grew by {grown} KiB, {figures:?}");
    let (_third, _) = relay.allocated("carol").await;
}

/// The same from somebody with an allocation: only their own can suffer.
#[tokio::test(flavor = "multi_thread")]
async fn nonsense_of_a_member_is_theirs_alone() {
    let relay = Relay::start();
    let (mut client, mine) = relay.allocated("alice").await;
    let (mut other, theirs) = relay.allocated("bob").await;
    client.bind(0x4000, theirs.relayed).await.unwrap();
    other.bind(0x4000, mine.relayed).await.unwrap();
    let (valid, mut dice) = (valid().await, Dice(7));
    let mut connected = TurnClient::udp(relay.address()).await.unwrap();
    connected.sign_in(of("mallory"));
    connected.allocate(None).await.unwrap();
    for round in 0..20_000 {
        connected.write(&nonsense(&mut dice, &valid)).await.unwrap();
        if round % 100 == 0 {
            client.send_channel(0x4000, b"still here").await.unwrap();
            assert_eq!(other.receive().await.unwrap(), Received::Channel(0x4000, b"still here".to_vec()));
        }
    }
    assert_eq!(relay.server.figures().panics.get(), 0);
    let (_third, _) = relay.allocated("carol").await;
}

/// A source that is forged gets little for much: at most so many bytes, and so many times what was asked with.
#[tokio::test]
async fn answers_to_strangers_are_small_and_few() {
    let relay = Relay::with(Config { limits: Limits::default(), ..config() });
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(relay.address()).await.unwrap();
    let mut buffer = [0; 2_048];
    // The smallest requests there are: a header without attributes.
    for (method, most) in [(1_u8, 32), (3, 100), (4, 100), (8, 100), (9, 100)] {
        let mut request = vec![0, method, 0, 0, 0x21, 0x12, 0xA4, 0x42];
        request.extend([method; 12]);
        socket.send(&request).await.unwrap();
        let length = socket.recv(&mut buffer).await.unwrap();
        assert!(length <= most, "{method}: {length}");
        println!("method {method}: {} bytes for {}, {} for {} with headers", length, 20, length + 28, 48);
    }
    // A thousand at once, and then fifty a second: nobody is made to shout at somebody else.
    let request = [&[0_u8, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42], &[9_u8; 12][..]].concat();
    let mut asked = 0;
    while relay.server.figures().unanswered.get() < 500 && asked < 20_000 {
        socket.send(&request).await.unwrap();
        asked += 1;
        if asked % 16 == 0 {
            tokio::task::yield_now().await;
        }
    }
    relay.until(|figures| figures.unanswered.get() >= 500).await;
    assert!(relay.server.figures().allocated.get() == 0);
}
