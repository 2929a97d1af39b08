//! Driven by coturn's own client (`turnutils_uclient`, Debian's package coturn).

use crate::harness::{Relay, SECRET, config, unix_now};
use std::process::{Output, Stdio};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use turn::{Config, Limits, credentials};

/// `turnutils_uclient` with these arguments, against a server.
async fn uclient(relay: &Relay, arguments: &[&str]) -> Output {
    started(relay, arguments).await.unwrap()
}

/// The same, while others run.
fn started(relay: &Relay, arguments: &[&str]) -> JoinHandle<Output> {
    let port = relay.address().port().to_string();
    let mut command = Command::new("turnutils_uclient");
    command.args(["-p", &port]).args(arguments).arg("127.0.0.1").kill_on_drop(true);
    tokio::spawn(async move {
        let output = tokio::time::timeout(std::time::Duration::from_secs(60), command.output()).await;
        output.expect("it ends").expect("turnutils_uclient is installed (Debian's package coturn)")
    })
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]].iter().map(|part| String::from_utf8_lossy(part)).collect()
}

/// How many messages it says it sent, and got back.
fn counted(output: &Output) -> (u32, u32) {
    let text = said(output);
    let line = text.lines().rfind(|line| line.contains("tot_send_msgs=")).unwrap_or_else(|| panic!("{text}"));
    let number = |name: &str| {
        let rest = &line[line.find(name).unwrap() + name.len()..];
        rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
    };
    (number("tot_send_msgs="), number("tot_recv_msgs="))
}

/// coturn's peer, which sends back what it gets.
struct Peer {
    _child: Child,
    port: String,
}

async fn peer() -> Peer {
    let free = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = free.local_addr().unwrap().port().to_string();
    drop(free);
    let mut command = Command::new("turnutils_peer");
    command.args(["-p", &port, "-L", "127.0.0.1"]).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let child = command.spawn().expect("turnutils_peer is installed (Debian's package coturn)");
    // It is there when it sends something back.
    let probe = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let mut buffer = [0; 16];
    for _ in 0..200 {
        let _ = probe.send_to(b"there?", format!("127.0.0.1:{port}")).await;
        let back = tokio::time::timeout(std::time::Duration::from_millis(50), probe.recv(&mut buffer)).await;
        if matches!(back, Ok(Ok(_))) {
            break;
        }
    }
    Peer { _child: child, port }
}

#[tokio::test]
async fn everything_arrives_by_every_way() {
    let relay = Relay::start();
    let peer = peer().await;
    let to_peer = ["-W", SECRET, "-u", "alice", "-e", "127.0.0.1", "-r", &peer.port, "-c", "-z", "5", "-n", "100"];
    let ways = [
        ("udp, channels", &[][..]),
        ("udp, send", &["-s"]),
        ("tcp, channels", &["-t"]),
        ("tcp, send", &["-t", "-s"]),
        ("tls", &["-t", "-S"]),
        ("tcp, 170 bytes", &["-t", "-l", "170"]),
        ("tcp, 171 bytes", &["-t", "-l", "171"]),
        ("several", &["-m", "4"]),
    ];
    // Each waits several seconds at its end: all at the same time.
    let runs: Vec<_> = ways.map(|(what, more)| (what, started(&relay, &[&to_peer, more].concat()))).into();
    for (what, run) in runs {
        let output = run.await.unwrap();
        let (sent, received) = counted(&output);
        let figures = relay.server.figures();
        assert!(
            sent >= 100 && sent == received,
            "{what}: {sent} sent, {received} received, {figures:?}\n{}",
            said(&output)
        );
    }
    // By TCP they are gone with their connections; by UDP it leaves without a word.
    relay.clock.advance(3_601);
    relay.until(|figures| figures.allocations.get() == 0).await;
}

#[tokio::test]
async fn client_to_client() {
    let relay = Relay::start();
    let arguments = ["-W", SECRET, "-u", "alice", "-y", "-c", "-z", "5", "-n", "100", "-m", "4"];
    let runs: Vec<_> =
        [&[][..], &["-t"], &["-s"]].map(|more| (more, started(&relay, &[&arguments, more].concat()))).into();
    for (more, run) in runs {
        let output = run.await.unwrap();
        let (sent, received) = counted(&output);
        assert!(sent >= 400 && sent == received, "{more:?}: {sent} sent, {received} received\n{}", said(&output));
    }
}

#[tokio::test]
async fn wrong_expired_and_foreign_credentials() {
    let relay = Relay::start();
    let expired = credentials(SECRET, "alice", unix_now() - 5);
    let foreign = credentials(SECRET, "bob", unix_now() + 600);
    for (what, who) in [
        ("another secret", &["-W", "south", "-u", "alice"]),
        ("expired", &["-u", &*expired.username, "-w", &*expired.password]),
        ("another's password", &["-u", &*foreign.username.replace("bob", "alice"), "-w", &*foreign.password]),
    ] as [(&str, &[&str; 4]); 3]
    {
        let output = uclient(&relay, &[&who[..], &["-e", "127.0.0.1", "-c", "-n", "1"]].concat()).await;
        let refused = said(&output).contains("Cannot complete Allocation");
        assert!(!output.status.success() && refused, "{what}: {}", said(&output));
    }
    assert_eq!(relay.server.figures().allocated.get(), 0);
    assert!(relay.server.figures().refused_credentials.get() >= 3);
}

#[tokio::test]
async fn quota() {
    let limits = Limits { allocations_per_account: 2, ..config().limits };
    let relay = Relay::with(Config { limits, ..config() });
    let user = credentials(SECRET, "alice", unix_now() + 600);
    let who = ["-u", &user.username, "-w", &user.password, "-y", "-c", "-n", "1", "-m", "4"];
    let output = uclient(&relay, &who).await;
    assert!(!output.status.success() && said(&output).contains("486"), "{}", said(&output));
    assert_eq!(relay.server.figures().allocated.get(), 2);
}

#[tokio::test]
async fn a_denied_peer() {
    let relay = Relay::with(Config { allowed_peers: Vec::new(), ..config() });
    for more in [&[][..], &["-s"], &["-t"]] {
        let who = ["-W", SECRET, "-u", "alice", "-e", "127.0.0.1", "-c", "-n", "1"];
        let output = uclient(&relay, &[&who, more].concat()).await;
        assert!(!output.status.success() && said(&output).contains("403"), "{more:?}: {}", said(&output));
    }
    assert_eq!(relay.server.figures().relayed_packets.get(), 0);
}
