//! The process: the real binary, its commands, its configuration, its end.

use crate::harness::{Binary, Database, Finished, Member, Serving, Token, client_id};
use futures_util::future::join_all;
use parvis::platform::clock::Clock;
use parvis::platform::db::Db;
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::time::Duration;

async fn fresh() -> (Database, Binary) {
    let database = Database::fresh().await;
    let binary = Binary::over(database.folder(), database.url());
    (database, binary)
}

#[tokio::test]
async fn a_server_says_when_it_is_ready_and_where() {
    let (_database, binary) = fresh().await;
    let mut serving = binary.serve().await;
    assert!(!serving.api.origin.ends_with(":0"), "{}", serving.api.origin);
    for (path, has) in [("/healthz", "ok"), ("/readyz", "ready"), ("/metrics", "parvis_"), ("/embed.js", "parvis")] {
        let answer = serving.api.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(answer.body.as_str().unwrap().contains(has), "{path}: {}", answer.body);
    }
    let document = serving.api.get("/api/openapi.json").await.is(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(serving.terminate().await.success());
    assert_eq!(serving.rest_of_output().await, "", "one line on the standard output");
}

/// The commands work while the server runs, and what they make is seen at once.
#[tokio::test]
async fn sites_operators_and_tokens_are_made_by_commands() {
    let (_database, binary) = fresh().await;
    let serving = binary.serve().await;
    serving.api.get("sites/salon").await.refused(404, "not_found");
    let made = binary.run(&["site", "create", "--slug", "salon", "--name", "Salon des Savoirs", "--json"]).await.well();
    let made: Value = serde_json::from_str(&made).unwrap();
    let keys: Vec<&String> = made.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "name", "secret", "slug"]);
    assert_eq!((&made["slug"], &made["name"]), (&json!("salon"), &json!("Salon des Savoirs")));
    assert_eq!(serving.api.get("sites/salon").await.is(200)["name"], "Salon des Savoirs");
    let again = binary.run(&["site", "create", "--slug", "salon", "--name", "Twice"]).await.asks_for_a_change();
    assert!(again.contains("salon"), "{again}");

    let printed =
        binary.run(&["token", "--site", "salon", "--login", "zoe", "--name", "Zoé", "--ttl", "30m"]).await.well();
    let zoe = serving.sign_in("salon", &printed).await;
    assert_eq!(zoe.get("me").await.is(200)["name"], "Zoé");
    let same = serving.sign_in("salon", &binary.token("salon", "ZOE").await).await;
    assert_eq!(same.id, zoe.id, "a token for a login is for the member who has it");

    binary.makes_owner("salon", "long enough, surely").await;
    let olga = serving.operator_signs_in("salon", "olga@staff.example", "long enough, surely").await;
    assert_eq!(olga.get("admin/me").await.is(200)["role"], "owner");
}

#[tokio::test]
async fn commands_that_cannot_work_say_what_to_change() {
    let (_database, binary) = fresh().await;
    binary.makes_site("salon").await;
    let operator = |role: &'static str, email: &'static str, password: &'static str| {
        let binary = binary.clone();
        async move {
            let arguments = [
                "operator",
                "create",
                "--site",
                "salon",
                "--email",
                email,
                "--name",
                "O",
                "--role",
                role,
                "--password-stdin",
            ];
            binary.run_with_input(&arguments, password).await
        }
    };
    operator("agent", "o@staff.example", "long enough\n").await.well();
    for (finished, named) in [
        (binary.run(&["token", "--site", "nowhere", "--login", "zoe"]).await, "nowhere"),
        (binary.run(&["token", "--site", "salon", "--login", "two words"]).await, "--login"),
        (binary.run(&["site", "create", "--slug", "No Slug", "--name", "N"]).await, "slug"),
        (binary.run(&["site", "create", "--slug", "ok", "--name", " "]).await, "name"),
        (operator("boss", "p@staff.example", "long enough\n").await, "--role"),
        (operator("agent", "nobody", "long enough\n").await, "email"),
        (operator("agent", "p@staff.example", "short\n").await, "password"),
        (operator("agent", "O@STAFF.example", "long enough\n").await, "email"),
    ] {
        let said = finished.asks_for_a_change();
        assert!(said.contains(named), "{named}: {said}");
    }
    for arguments in [
        vec!["serv"],
        vec!["serve", "--colour"],
        vec!["token", "--site", "salon"],
        vec!["token", "--site", "salon", "--login", "z", "--ttl", "25h"],
    ] {
        let finished = binary.run(&arguments).await;
        assert_eq!(finished.status.code(), Some(2), "{arguments:?}: {finished:?}");
    }
    let help = binary.run(&["help", "serve"]).await.well();
    for flag in ["--listen", "PARVIS_LISTEN", "--data", "--database-url", "--nats-url", "--public-url", "--config"] {
        assert!(help.contains(flag), "{flag} is not in {help}");
    }
}

#[tokio::test]
async fn a_configuration_that_cannot_work_ends_with_one_sentence() {
    let (database, binary) = fresh().await;
    let file = |name: &str, text: &str| {
        let path = database.folder().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (bad, unknown) = (file("bad.toml", "listen = "), file("unknown.toml", "lisen = \"127.0.0.1:0\"\n"));
    for (arguments, named) in [
        (["--listen", "8080"], "--listen"),
        (["--listen", "chat.example.com:80"], "--listen"),
        (["--public-url", "chat.example.com"], "--public-url"),
        (["--database-url", "mysql://localhost/parvis"], "--database-url"),
        (["--database-url", "postgres://127.0.0.1:1/parvis"], "cannot reach the database of --database-url"),
        (["--nats-url", "nats://localhost"], "--nats-url"),
        (["--turn-url", "turn:t.example"], "--turn-secret"),
        (["--turn-relay-ports", "1-2"], "--turn-relay-ports"),
        (["--config", "/nowhere/parvis.toml"], "/nowhere/parvis.toml"),
        (["--config", bad.as_str()], "bad.toml"),
        (["--config", unknown.as_str()], "lisen"),
    ] {
        let arguments: Vec<&str> = ["serve"].into_iter().chain(arguments).collect();
        let finished = binary.run(&arguments).await;
        assert_eq!(finished.status.code(), Some(2), "{arguments:?}: {finished:?}");
        assert!(finished.err.contains(named), "{arguments:?}: {}", finished.err);
        assert_eq!(finished.out, "");
    }
    let mut command = binary.command(&["serve"]);
    command.env("PARVIS_LISTEN", "everywhere");
    assert!(Finished::of(command, "").await.asks_for_a_change().contains("--listen"));
}

/// Flags, then environment, then the file.
#[tokio::test]
async fn what_is_said_nearest_counts() {
    let (database, binary) = fresh().await;
    let config = database.folder().join("parvis.toml");
    fs::write(&config, "listen = \"127.0.0.1:1\"\npublic_url = \"https://chat.example.com\"\n").unwrap();
    let mut command = binary.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("PARVIS_CONFIG", &config).env("PARVIS_LISTEN", "127.0.0.1:2");
    let mut serving = Serving::start(command).await;
    serving.api.get("/healthz").await.is(200);
    assert!(serving.terminate().await.success());
    let mut command = binary.command(&["serve"]);
    command.env("PARVIS_CONFIG", &config).env("PARVIS_LISTEN", "127.0.0.1:x");
    assert!(
        Finished::of(command, "").await.asks_for_a_change().contains("127.0.0.1:x"),
        "the environment before the file"
    );
}

#[tokio::test]
async fn a_port_that_is_taken() {
    let (_database, binary) = fresh().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = binary.run(&["serve", "--listen", &address]).await.asks_for_a_change();
    assert!(said.contains(&address) && said.contains("--listen"), "{said}");
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_used() {
    let (database, binary) = fresh().await;
    let file = database.folder().join("a-file");
    fs::write(&file, "").unwrap();
    for data in [file.to_str().unwrap(), file.join("inside").to_str().unwrap(), "/proc/parvis"] {
        let said = binary.run(&["serve", "--listen", "127.0.0.1:0", "--data", data]).await.asks_for_a_change();
        assert!(said.contains(data) && said.contains("--data"), "{said}");
    }
}

#[tokio::test]
async fn a_data_folder_in_use_by_another() {
    let (database, binary) = fresh().await;
    let serving = binary.serve().await;
    let said = binary.run(&["serve", "--listen", "127.0.0.1:0"]).await.asks_for_a_change();
    assert!(said.contains("in use") && said.contains("--data"), "{said}");
    if database.url().is_some() {
        let other = tempfile::tempdir().unwrap();
        let other = Binary::over(other.path(), database.url());
        let said = other.run(&["serve", "--listen", "127.0.0.1:0"]).await.asks_for_a_change();
        assert!(said.contains("already serves this database"), "{said}");
    }
    serving.kill().await;
    binary.serve().await;
}

#[tokio::test]
async fn a_database_of_a_newer_version() {
    let (database, binary) = fresh().await;
    binary.makes_site("salon").await;
    database.run("INSERT INTO schema_step (step) VALUES (9999)").await;
    for arguments in [vec!["serve", "--listen", "127.0.0.1:0"], vec!["site", "create", "--slug", "s", "--name", "S"]] {
        let said = binary.run(&arguments).await.asks_for_a_change();
        assert!(said.contains("newer version") && said.contains("9999"), "{said}");
    }
}

#[tokio::test]
async fn a_database_of_a_build_before_the_first_release() {
    let (database, binary) = fresh().await;
    binary.makes_site("salon").await;
    database.run("DELETE FROM schema_step WHERE step > 2").await;
    database.run("UPDATE schema_step SET step = 1").await;
    let said = binary.run(&["serve", "--listen", "127.0.0.1:0"]).await.asks_for_a_change();
    assert!(said.contains("before the first release") && said.contains("empty"), "{said}");
}

#[tokio::test]
async fn what_is_no_database_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parvis.db");
    let text = "not a database, but somebody's only copy of something".repeat(100);
    fs::write(&file, &text).unwrap();
    let said = Binary::over(folder.path(), None).run(&["serve", "--listen", "127.0.0.1:0"]).await.asks_for_a_change();
    assert!(said.contains("parvis.db"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

/// No new connections, open sockets are told to come back, what is under way is committed, exit 0.
#[tokio::test]
async fn a_graceful_stop() {
    let (database, binary) = fresh().await;
    binary.makes_site("salon").await;
    let mut serving = binary.serve().await;
    let anna = serving.sign_in("salon", &binary.token("salon", "anna").await).await;
    let with_desk = anna.opens_organizer().await;
    let (mut open, mut busy) = (anna.socket().await, anna.socket().await);
    for n in 0..50 {
        busy.say(crate::harness::send(&with_desk, &client_id(), &n.to_string())).await;
    }
    // One of them was stored: the others are on their way.
    open.expect_message().await;
    let started = parvis::platform::clock::stopwatch();
    let ended = serving.terminate().await;
    assert_eq!(ended.code(), Some(0), "{ended:?} after {:?}", started.elapsed());
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!(open.closed().await.0, 1012);
    assert_eq!(busy.closed().await.0, 1012);

    let told = busy.left();
    let acknowledged: Vec<&Value> = told.iter().filter(|e| e["type"] == "ok").map(|e| &e["message"]).collect();
    let mut again = binary.serve().await;
    let mut anna = anna;
    anna.api.origin = again.api.origin.clone();
    let stored = anna.history(&with_desk).await;
    for message in acknowledged {
        assert!(stored.contains(message), "{message} was acknowledged");
    }
    assert!(!stored.is_empty() && stored.iter().zip(1..).all(|(m, n)| m["seq"] == n), "no gap: {stored:?}");
    assert!(again.terminate().await.success());
    drop(database);
}

/// Everybody comes back in the same moment, to a server that knows nobody yet: more than it has connections to its
/// database, and nobody waits for all the others.
#[tokio::test]
async fn after_a_restart_all_open_at_once() {
    let (_database, binary) = fresh().await;
    let secret = binary.makes_site("salon").await;
    let serving = binary.serve().await;
    let mut people: Vec<(Member, String)> = Vec::new();
    let token = |login: &str| Token::of("salon", login, &Clock::System).with("login", login).signed(&secret);
    let host = serving.sign_in("salon", &token("host")).await;
    for n in 0..24 {
        let guest = serving.sign_in("salon", &token(&format!("guest{n}"))).await;
        let conversation = guest.opens_direct(&host).await;
        guest.sends(&conversation, "Good evening").await;
        people.push((guest, conversation));
    }
    serving.kill().await;
    let again = binary.serve().await;
    let opened = people.iter_mut().map(|(guest, conversation)| async {
        guest.api.origin = again.api.origin.clone();
        (guest.list().await, guest.history(conversation).await)
    });
    for (list, history) in join_all(opened).await {
        assert_eq!((&list[0]["peer"]["login"], &history[0]["body"]), (&json!("host"), &json!("Good evening")));
    }
}

/// As soon as it has said that it listens.
#[tokio::test]
async fn a_stop_at_the_first_moment_is_graceful_too() {
    let (_database, binary) = fresh().await;
    for _ in 0..5 {
        let mut serving = binary.serve().await;
        let ended = serving.terminate().await;
        assert_eq!(ended.code(), Some(0), "{ended:?}");
    }
}

#[tokio::test]
async fn readiness_follows_the_database() {
    let site = crate::harness::Site::start().await;
    site.api.get("/readyz").await.is(200);
    site.app.db.close().await;
    let answer = site.api.get("/readyz").await;
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.body.as_str().unwrap().contains("database"), "{}", answer.body);
    site.api.get("/healthz").await.is(200);
}

/// The durability that answers rest on, as the engine itself sees it.
#[tokio::test]
async fn commits_reach_the_disk_before_they_are_answered() {
    let database = Database::fresh().await;
    let db = database.open().await;
    let mut tx = db.write("look").await.unwrap();
    match &db {
        Db::Sqlite(_) => {
            let full = parvis::platform::db::sql("PRAGMA synchronous").number(&mut tx).await.unwrap();
            assert_eq!(full, 2, "synchronous=FULL on the connection that writes");
        }
        Db::Postgres(_) => {
            let row: Option<(String,)> =
                parvis::platform::db::sql("SHOW synchronous_commit").maybe(&mut tx).await.unwrap();
            assert_eq!(row.unwrap().0, "on");
        }
    }
}
