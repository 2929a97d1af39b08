//! The relay for calls: who gets credentials, whether they work, what organizers and commands are told of it.

use crate::harness::{Binary, Database, Finished, Member, Serving, Site};
use parvis::turn::{TurnConfig, Wanted, begin};
use serde_json::{Value, json};
use std::net::{SocketAddr, UdpSocket};
use turn_server::client::TurnClient;
use turn_server::{Credentials, Limits};

fn wanted(listen: SocketAddr) -> Wanted {
    let limits = Limits { allocations_per_account: 2, ..Limits::default() };
    Wanted {
        listen: vec![listen],
        announced: Vec::new(),
        ports: 20_000..=40_000,
        allowed_peers: Vec::new(),
        tls: None,
        limits,
    }
}

/// A site with calls and a relay.
async fn with_relay() -> Site {
    let site = Site::start().await;
    site.configure(json!({"features": {"video": true}})).await;
    let config = TurnConfig::BuiltIn(wanted("127.0.0.1:0".parse().unwrap()));
    site.app.turn.offers(begin(&site.app.db, &config, &site.app.public_url).await.unwrap());
    site
}

/// The credentials of an answer, and where a relay is by UDP.
fn read(answer: &Value) -> (SocketAddr, Credentials) {
    let server = answer["ice_servers"].as_array().unwrap().iter().find(|server| server["username"].is_string());
    let server = server.unwrap_or_else(|| panic!("no relay in {answer}"));
    let text = |name: &str| server[name].as_str().unwrap().to_owned();
    let urls: Vec<&str> = server["urls"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
    let url = urls.iter().find_map(|url| url.strip_prefix("turn:")?.strip_suffix("?transport=udp")).unwrap();
    let credentials = Credentials { username: text("username"), password: text("credential"), expires_at: 0 };
    (url.parse().unwrap(), credentials)
}

async fn allocates(member: &Member) -> Result<TurnClient, Option<u16>> {
    let (address, credentials) = read(&member.get("ice-servers").await.is(200));
    let mut client = TurnClient::udp(address).await.unwrap();
    client.sign_in(credentials);
    client.allocate(None).await.map_err(|failure| failure.code())?;
    Ok(client)
}

#[tokio::test]
async fn credentials_work_and_quotas_are_each_members_own() {
    let site = with_relay().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let _first = allocates(&anna).await.ok().unwrap();
    let _second = allocates(&anna).await.ok().unwrap();
    assert_eq!(allocates(&anna).await.err().unwrap(), Some(486));
    let _third = allocates(&ben).await.ok().unwrap();
    let metrics = site.api.get("/metrics").await;
    let metrics = metrics.body.as_str().unwrap_or_default().to_owned();
    if !metrics.is_empty() {
        assert!(metrics.contains("parvis_turn_up 1"), "{metrics}");
    }
}

#[tokio::test]
async fn credentials_are_for_minutes_and_say_nothing_of_whose_they_are() {
    let site = with_relay().await;
    let anna = site.member("anna").await;
    let answer = anna.get("ice-servers").await.is(200);
    let (_, credentials) = read(&answer);
    let end: i64 = credentials.username.split_once(':').unwrap().0.parse().unwrap();
    let left = end - site.clock().now() / 1_000;
    assert!((3_590..=3_600).contains(&left), "{left}");
    assert!(answer["expires_at"].as_str().unwrap().ends_with('Z'));
    assert!(!credentials.username.contains("anna") && !credentials.username.contains(&anna.id));
    let stun = &answer["ice_servers"][0];
    assert!(stun["urls"][0].as_str().unwrap().starts_with("stun:") && stun.get("credential").is_none());
}

#[tokio::test]
async fn without_calls_there_are_none() {
    let site = with_relay().await;
    let anna = site.member("anna").await;
    site.configure(json!({"features": {"video": false}})).await;
    anna.get("ice-servers").await.refused(403, "feature_off");
    let quiet = Site::start().await;
    quiet.configure(json!({"features": {"video": true}})).await;
    let ben = quiet.member("ben").await;
    assert_eq!(ben.get("ice-servers").await.is(200)["ice_servers"], json!([]));
}

#[tokio::test]
async fn who_asks_without_end_waits() {
    let site = with_relay().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let mut asked = 0;
    while anna.get("ice-servers").await.status == 200 {
        asked += 1;
        assert!(asked < 100);
    }
    anna.get("ice-servers").await.refused(429, "rate_limited");
    ben.get("ice-servers").await.is(200);
}

#[tokio::test]
async fn another_server_instead() {
    let site = Site::start().await;
    site.configure(json!({"features": {"video": true}})).await;
    let urls = vec!["stun:t.example".to_owned(), "turns:t.example:443?transport=tcp".to_owned()];
    let config = TurnConfig::Outside { urls, secret: "north".to_owned() };
    site.app.turn.offers(begin(&site.app.db, &config, "").await.unwrap());
    let answer = site.member("anna").await.get("ice-servers").await.is(200);
    assert_eq!(answer["ice_servers"][0]["urls"], json!(["stun:t.example"]));
    let relay = &answer["ice_servers"][1];
    assert_eq!(relay["urls"], json!(["turns:t.example:443?transport=tcp"]));
    let (end, account) = relay["username"].as_str().unwrap().split_once(':').unwrap();
    let expected = turn_server::credentials("north", account, end.parse().unwrap());
    assert_eq!(relay["credential"], json!(expected.password));
    let seen = site.operator("Olga", "admin").await.get("admin/network").await.is(200);
    assert_eq!((&seen["relay"], &seen["tls"], &seen["relay_ports"]), (&json!("outside"), &json!(true), &Value::Null));
}

#[tokio::test]
async fn organizers_see_how_it_is_set_up() {
    let site = with_relay().await;
    site.operator("Alma", "agent").await.get("admin/network").await.refused(404, "not_found");
    let seen = site.operator("Olga", "admin").await.get("admin/network").await.is(200);
    assert_eq!((&seen["relay"], &seen["problem"], &seen["video"]), (&json!("built_in"), &Value::Null, &json!(true)));
    assert_eq!(seen["announced"], json!(["127.0.0.1"]));
    assert_eq!(seen["announced_private"], seen["announced"]);
    assert_eq!(seen["relay_ports"], json!({"from": 20_000, "to": 40_000}));
    let (address, credentials) = read(&seen);
    assert_eq!(seen["listen_ports"], json!([address.port()]));
    let mut client = TurnClient::udp(address).await.unwrap();
    client.sign_in(credentials);
    client.allocate(None).await.unwrap();
}

/// Whoever can't have the port goes on without, and says so where one looks.
#[tokio::test]
async fn a_port_that_is_taken_keeps_nobody_out() {
    let taken = UdpSocket::bind("127.0.0.1:0").unwrap();
    let site = Site::start().await;
    let config = TurnConfig::BuiltIn(wanted(taken.local_addr().unwrap()));
    site.app.turn.offers(begin(&site.app.db, &config, "").await.unwrap());
    let ready = site.api.get("/readyz").await;
    assert_eq!(ready.status, 200);
    let said = ready.body.as_str().unwrap();
    assert!(said.starts_with("ready") && said.contains("--turn-listen"), "{said}");
    let seen = site.operator("Olga", "admin").await.get("admin/network").await.is(200);
    assert_eq!((&seen["relay"], &seen["ice_servers"]), (&json!("failed"), &json!([])));
    assert!(seen["problem"].as_str().unwrap().contains("--turn-listen"));
}

/// A free port, for UDP and TCP.
/// Below those that the system gives out by itself: no connection of another story takes it in between.
fn free_port() -> u16 {
    let chance = || 20_000 + u16::from_le_bytes(parvis::platform::ids::random()) % 12_000;
    let free = |port: &u16| {
        let address = ("127.0.0.1", *port);
        std::net::TcpListener::bind(address).is_ok() && std::net::UdpSocket::bind(address).is_ok()
    };
    std::iter::repeat_with(chance).find(free).unwrap()
}

async fn checks(binary: &Binary, listen: &str, arguments: &[&str]) -> Finished {
    let mut command = binary.command(&[&["check-network"], arguments].concat());
    command.env("PARVIS_TURN_LISTEN", listen);
    Finished::of(command, "").await
}

#[tokio::test]
async fn the_command_tells_which_ways_work() {
    let database = Database::fresh().await;
    let binary = Binary::over(database.folder(), database.url());
    binary.makes_site("salon").await;
    let listen = format!("127.0.0.1:{}", free_port());
    let nothing = checks(&binary, &listen, &[]).await;
    assert_eq!(nothing.status.code(), Some(1), "{nothing:?}");
    assert!(nothing.out.contains("NO  TURN over UDP") && nothing.out.contains("Open port"), "{nothing:?}");
    assert_eq!(checks(&binary, "off", &[]).await.status.code(), Some(1));

    let mut command = binary.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("PARVIS_TURN_LISTEN", &listen);
    let serving = Serving::start(command).await;
    // The secret is kept in the database: this process knows it too.
    let found = checks(&binary, &listen, &[]).await;
    let text = found.well();
    for way in ["STUN over UDP", "TURN over UDP", "TURN over TCP"] {
        assert!(text.contains(&format!("ok  {way}")), "{way}: {text}");
    }
    assert!(text.contains("Relayed address"), "{text}");
    let metrics = serving.api.get("/metrics").await.body.as_str().unwrap().to_owned();
    assert!(metrics.contains("parvis_turn_up 1") && metrics.contains("parvis_turn_allocations_total 2"), "{metrics}");

    // From elsewhere, as one of its members.
    let token = binary.token("salon", "zoe").await;
    let there = |token: String| {
        let (binary, origin) = (binary.clone(), serving.api.origin.clone());
        async move {
            let from = ["--url", &*origin, "--site", "salon", "--token", token.trim()];
            checks(&binary, "off", &from).await
        }
    };
    let refused = there(token.clone()).await;
    assert!(!refused.status.success() && refused.err.contains("403"), "calls are off: {refused:?}");
    binary.makes_owner("salon", "long enough, surely").await;
    let olga = serving.operator_signs_in("salon", "olga@staff.example", "long enough, surely").await;
    olga.patch("admin/settings", json!({"features": {"video": true}})).await.is(200);
    assert!(there(token).await.well().contains("ok  TURN over TCP"));
    let wrong = there("-no-token".to_owned()).await;
    assert!(!wrong.status.success() && wrong.err.contains("401"), "{wrong:?}");
}
