//! A server that dies in the middle of a broadcast.

use crate::harness::{Binary, Database, Operator, PASSWORD, Serving, client_id, eventually};
use serde_json::{Value, json};
use std::fmt::Write as _;

const RECIPIENTS: usize = 10_000;
const AT_ONCE: usize = 500;

/// Taken in from files of a few hundred each.
async fn everybody(olga: &Operator) {
    for first in (0..RECIPIENTS).step_by(AT_ONCE) {
        let mut file = "login,name\n".to_owned();
        for number in first..first + AT_ONCE {
            writeln!(file, "v{number},Visitor {number}").unwrap();
        }
        let request = olga.request(reqwest::Method::POST, "admin/members/import").body(file);
        assert_eq!(olga.send(request).await.is(200)["created"], AT_ONCE);
    }
}

async fn delivered(olga: &Operator, path: &str) -> usize {
    let now = olga.get(path).await.is(200);
    usize::try_from(now["delivered"].as_u64().unwrap()).unwrap()
}

/// Waits until so many have it; each look waits for some more only, however long the whole takes.
async fn reaches(olga: &Operator, path: &str, moment: usize) {
    let mut now = delivered(olga, path).await;
    while now < moment {
        eventually("more have it", async || delivered(olga, path).await > now).await;
        now = delivered(olga, path).await;
    }
}

/// Somewhere in the first, second or third quarter of the recipients.
fn some_moment(quarter: usize) -> usize {
    let chance = u64::from_le_bytes(parvis::platform::ids::random());
    let within = RECIPIENTS / 4;
    quarter * within + usize::try_from(chance).unwrap() % within
}

async fn back(binary: &Binary, olga: &mut Operator) -> Serving {
    let serving = binary.serve().await;
    olga.api.origin = serving.api.origin.clone();
    serving
}

/// `kill -9` at three moments that nobody chose.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_has_it_once_whenever_the_server_dies() {
    let database = Database::fresh().await;
    let binary = Binary::over(database.folder(), database.url());
    binary.makes_site("salon").await;
    binary.makes_owner("salon", PASSWORD).await;
    let mut serving = binary.serve().await;
    let mut olga = serving.operator_signs_in("salon", "olga@staff.example", PASSWORD).await;
    everybody(&olga).await;
    let wish = json!({"client_id": client_id(), "body": "Doors open at nine", "filter": {}});
    let sent = olga.post("admin/broadcasts", wish.clone()).await.is(201);
    let path = format!("admin/broadcasts/{}", sent["id"].as_str().unwrap());
    for quarter in 0..3 {
        reaches(&olga, &path, some_moment(quarter)).await;
        serving.strike();
        serving.kill().await;
        serving = back(&binary, &mut olga).await;
        // Whoever pressed and heard nothing presses again.
        assert_eq!(olga.post("admin/broadcasts", wish.clone()).await.is(200)["id"], sent["id"]);
    }
    reaches(&olga, &path, RECIPIENTS).await;
    eventually("it is over", async || olga.get(&path).await.is(200)["state"] == "done").await;
    let inbox = olga.all("admin/conversations?kind=organizer&sort=activity", 100).await;
    assert_eq!(inbox.len(), RECIPIENTS, "everybody");
    let once = |one: &Value| one["last_seq"] == 1 && one["last_message"]["body"] == "Doors open at nine";
    let odd: Vec<&Value> = inbox.iter().filter(|one| !once(one)).collect();
    assert!(odd.is_empty(), "once each, not {odd:#?}");
    serving.kill().await;
}
