//! How a site is doing.

use crate::harness::{Site, client_id};
use parvis::platform::db::sql;
use serde_json::{Value, json};
use std::time::Duration;

const DAY: u64 = 24 * 3_600;

fn today(overview: &Value) -> &Value {
    overview["days"].as_array().unwrap().last().unwrap()
}

#[tokio::test]
async fn who_is_here_and_what_is_said() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    site.member("carl").await;
    let _here = anna.socket().await;
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "one").await;
    ben.sends(&between, "two").await;
    let desk = anna.opens_organizer().await;
    anna.sends(&desk, "a question").await;
    let form = json!({"member": ben.id, "reason": "why not"});
    anna.post("reports", form).await.is(201);
    let overview = olga.get("admin/overview").await.is(200);
    assert_eq!(overview["connected"], 1);
    assert_eq!(overview["members"], 3);
    assert_eq!((&overview["messages_today"], &overview["active_today"]), (&json!(3), &json!(3)));
    assert_eq!((&overview["waiting_conversations"], &overview["open_reports"]), (&json!(1), &json!(1)));
    assert_eq!(overview["days"].as_array().unwrap().len(), 30);
    assert_eq!(today(&overview)["organizer_messages"], 1);
    let stranger = site.neighbour("other").await.operator("Otto", "owner").await;
    let there = stranger.get("admin/overview").await.is(200);
    assert_eq!(
        (&there["members"], &there["messages_today"], &there["open_reports"]),
        (&json!(0), &json!(0), &json!(0))
    );
}

/// Sent again is not said again.
#[tokio::test]
async fn a_message_counts_once() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    let name = client_id();
    anna.says(&between, &name, "once").await.is(201);
    anna.says(&between, &name, "once").await.is(200);
    olga.get("admin/overview").await.is(200);
    anna.sends(&between, "and again").await;
    assert_eq!(olga.get("admin/overview").await.is(200)["messages_today"], 2);
}

#[tokio::test]
async fn days_are_told_apart_and_those_of_long_ago_go() {
    let site = Site::with_clock_in_hand().await;
    site.operator("Olga", "agent").await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "one").await;
    site.advance(Duration::from_secs(DAY));
    let anna = site.again(&anna).await;
    anna.sends(&between, "two").await;
    let olga = site.operator_signs_in("olga@staff.example").await;
    let days = olga.get("admin/overview").await.is(200)["days"].take();
    let figures = |day: &Value| (day["messages"].as_i64().unwrap(), day["active"].as_i64().unwrap());
    assert_eq!(days.as_array().unwrap()[28..].iter().map(figures).collect::<Vec<_>>(), [(1, 2), (1, 1)]);
    site.advance(Duration::from_secs(30 * DAY));
    let olga = site.operator_signs_in("olga@staff.example").await;
    let later = olga.get("admin/overview").await.is(200);
    assert!(later["days"].as_array().unwrap().iter().all(|day| figures(day) == (0, 0)));
    // And who it was is forgotten.
    let known = async || {
        let days = sql("SELECT COUNT(*) FROM activity_day");
        days.number(&mut site.app.db.read().await.unwrap()).await.unwrap()
    };
    assert_eq!(known().await, 3);
    parvis::overview::sweep(&site.app).await.unwrap();
    assert_eq!(known().await, 1);
    site.advance(Duration::from_secs(DAY));
    parvis::overview::sweep(&site.app).await.unwrap();
    assert_eq!(known().await, 0);
}

#[tokio::test]
async fn a_socket_that_comes_back_on_another_day_is_somebody_here() {
    let site = Site::with_clock_in_hand().await;
    site.operator("Olga", "agent").await;
    let anna = site.member("anna").await;
    anna.socket().await;
    let left_of_the_day = DAY * 1_000 - u64::try_from(site.clock().now()).unwrap() % (DAY * 1_000);
    site.advance(Duration::from_millis(left_of_the_day));
    anna.socket().await;
    let olga = site.operator_signs_in("olga@staff.example").await;
    let days = olga.get("admin/overview").await.is(200)["days"].take();
    let active: i64 = days.as_array().unwrap().iter().map(|day| day["active"].as_i64().unwrap()).sum();
    assert_eq!(active, 2, "once on each day: {days}");
}

#[tokio::test]
async fn how_fast_the_organizers_answer() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "agent").await;
    assert_eq!(olga.get("admin/overview").await.is(200)["response_minutes"], json!(null));
    for (login, minutes) in [("anna", 2), ("ben", 10), ("carl", 30)] {
        let member = site.member(login).await;
        let desk = member.opens_organizer().await;
        member.sends(&desk, "a question").await;
        site.advance(Duration::from_secs(minutes * 60));
        olga.answers(&desk, "an answer").await;
    }
    // Nobody asked.
    let desk = olga.opens_with(&site.member("dora").await).await;
    olga.answers(&desk, "news").await;
    assert_eq!(olga.get("admin/overview").await.is(200)["response_minutes"], 10.0);
}
