//! Packets per CPU-second, beside coturn's server in the same run.
//!
//! `cargo bench -p parvis-turn`: each server in a process of its own on loopback, driven by coturn's client
//! (`turnutils_uclient`, client to client over channels), by UDP and by TCP, one after the other, several rounds; the
//! CPU time is the server process's, from the kernel. Wants Debian's package coturn.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use turn::{Clock, Config, Limits, RelayAddress, Server};

const SECRET: &str = "north";
const ROUNDS: usize = 3;
/// The kernel's ticks in a second, as Linux tells them.
const TICKS: f64 = 100.0;

fn main() {
    if std::env::args().any(|argument| argument == "serve") {
        return serve();
    }
    let ours = Running::ours();
    let theirs = Running::coturn();
    println!("messages relayed per CPU-second of the server ({ROUNDS} rounds of 8 clients, the best of each)");
    for (what, arguments) in [
        ("udp,   160 bytes (voice)", &["-l", "160"][..]),
        ("udp, 1,000 bytes (video)", &["-l", "1000"]),
        ("tcp, 1,000 bytes", &["-l", "1000", "-t"]),
    ] {
        let (mut best_of_ours, mut best_of_theirs) = (0_f64, 0_f64);
        for _ in 0..ROUNDS {
            best_of_ours = best_of_ours.max(ours.measure(arguments));
            best_of_theirs = best_of_theirs.max(theirs.measure(arguments));
        }
        let ratio = best_of_ours / best_of_theirs;
        println!("{what}: parvis {best_of_ours:.0}, coturn {best_of_theirs:.0}, ratio {ratio:.2}");
    }
}

/// This program as a server; it prints its port and runs until it is ended.
fn serve() {
    let here = Ipv4Addr::LOCALHOST.into();
    let most = Limits { allocations_per_account: 1_000, bytes_per_second: u32::MAX / 4, ..Limits::default() };
    let config = Config {
        listen: vec![SocketAddr::new(here, 0)],
        relays: vec![RelayAddress { announced: here, bind: here }],
        ports: 40_000..=49_000,
        realm: "parvis.example".to_owned(),
        secret: SECRET.to_owned(),
        limits: most,
        allowed_peers: vec!["127.0.0.0/8".parse().unwrap()],
        tls: None,
        clock: Clock::default(),
    };
    let server = Server::start(config).unwrap();
    println!("{}", server.addresses()[0].port());
    loop {
        std::thread::park();
    }
}

struct Running {
    child: Child,
    port: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn ours() -> Running {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Running { child, port: line.trim().to_owned() }
    }

    fn coturn() -> Running {
        let free = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port().to_string();
        drop(free);
        let mut command = Command::new("turnserver");
        command.args(["-n", "--use-auth-secret", "--static-auth-secret", SECRET, "-r", "parvis.example"]);
        command.args(["-L", "127.0.0.1", "-E", "127.0.0.1", "--allow-loopback-peers", "--no-cli", "--no-tls"]);
        command.args(["--no-dtls", "-m", "1", "--min-port", "50000", "--max-port", "59000", "-p", &port]);
        command.args(["--log-file", "/dev/null", "--pidfile", "/dev/null", "--simple-log"]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let running = Running { child, port };
        while std::net::TcpStream::connect(format!("127.0.0.1:{}", running.port)).is_err() {
            std::thread::yield_now();
        }
        running
    }

    /// Seconds of CPU it has used.
    fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let after_name = &stat[stat.rfind(')').unwrap() + 2..];
        let ticks = |at: usize| after_name.split(' ').nth(at).unwrap().parse::<f64>().unwrap();
        (ticks(11) + ticks(12)) / TICKS
    }

    fn measure(&self, arguments: &[&str]) -> f64 {
        let before = self.cpu();
        let mut command = Command::new("turnutils_uclient");
        command.args(["-W", SECRET, "-u", "alice", "-y", "-c", "-m", "8", "-n", "20000", "-z", "0", "-p", &self.port]);
        let output = command.args(arguments).arg("127.0.0.1").output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let line = text.lines().rfind(|line| line.contains("tot_recv_msgs=")).unwrap_or_else(|| panic!("{text}"));
        let rest = &line[line.find("tot_recv_msgs=").unwrap() + "tot_recv_msgs=".len()..];
        let received: f64 = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
        received / (self.cpu() - before)
    }
}
