//! The audit log: found again, and taken along.

use crate::harness::{Operator, Site};
use serde_json::{Value, json};
use std::time::Duration;

async fn acts(olga: &Operator, asked: &str) -> Vec<String> {
    let all = olga.all(&format!("admin/audit?{asked}"), 50).await;
    all.iter().map(|one| one["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn entries_are_found_by_who_what_whom_and_when() {
    let site = Site::with_clock_in_hand().await;
    let (olga, adam) = (site.operator("Olga", "owner").await, site.operator("Adam", "admin").await);
    let anna = site.member("anna").await;
    olga.patch("admin/site", json!({"name": "The fair"})).await.is(200);
    site.advance(Duration::from_secs(60));
    let noon = parvis::platform::clock::rfc3339(site.clock().now());
    let mute = json!({"member": anna.id, "kind": "mute", "minutes": 5, "reason": "why not"});
    let mute = adam.post("admin/moderation/sanctions", mute).await.is(201);
    adam.delete(&format!("admin/moderation/sanctions/{}", mute["id"].as_str().unwrap())).await.is(204);
    assert_eq!(acts(&olga, "").await, ["sanction.lift", "sanction.create", "site.rename"]);
    assert_eq!(acts(&olga, "actor=Olga").await, ["site.rename"]);
    assert_eq!(acts(&olga, &format!("actor={}", adam.id)).await.len(), 2);
    assert_eq!(acts(&olga, "action=sanction").await.len(), 2);
    assert_eq!(acts(&olga, "action=sanction.lift").await, ["sanction.lift"]);
    assert!(acts(&olga, "action=sanc").await.is_empty());
    assert_eq!(acts(&olga, &format!("subject={}", anna.id)).await.len(), 2);
    assert_eq!(acts(&olga, "subject=site").await, ["site.rename"]);
    assert_eq!(acts(&olga, &format!("from={noon}")).await.len(), 2);
    assert_eq!(acts(&olga, &format!("to={noon}")).await, ["site.rename"]);
    assert_eq!(acts(&olga, &format!("from={}&to={}", &noon[..10], &noon[..10])).await.len(), 3);
    let paged = olga.all(&format!("admin/audit?actor={}", adam.id), 1).await;
    assert_eq!(paged.len(), 2);
    olga.get("admin/audit?from=yesterday").await.refused(422, "invalid");
    olga.get("admin/audit?colour=red").await.refused(422, "invalid");
}

#[tokio::test]
async fn the_log_is_taken_along_without_formulas() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let otto = site.operator("Otto", "admin").await;
    otto.patch("admin/me", json!({"name": "=HYPERLINK(\"http://evil.example\")"})).await.is(200);
    olga.patch("admin/site", json!({"name": "The fair, again"})).await.is(200);
    let answer = olga.get("admin/audit/export?action=site").await;
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let Value::String(table) = answer.is(200) else { panic!("no text") };
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "at,actor_kind,actor_id,actor,action,subject_kind,subject_id,detail");
    assert!(lines.len() == 2 && lines[1].contains(",operator,") && lines[1].contains("The fair, again"), "{table}");
    olga.delete(&format!("admin/operators/{}", otto.id)).await.is(204);
    let Value::String(table) = olga.get("admin/audit/export").await.is(200) else { panic!("no text") };
    assert_eq!(table.lines().count(), 4);
    assert!(!table.lines().any(|line| line.split(',').any(|cell| cell.starts_with('='))), "{table}");
    let otto = site.neighbour("other").await.operator("Otto", "owner").await;
    let Value::String(table) = otto.get("admin/audit/export").await.is(200) else { panic!("no text") };
    assert_eq!(table.lines().count(), 1);
}

#[tokio::test]
async fn what_operators_do_to_members_populations_and_rules_is_written_down() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let press = json!({"slug": "press", "name": "Press"});
    olga.post("admin/populations", press).await.is(201);
    olga.patch("admin/populations/press", json!({"name": "The press"})).await.is(200);
    let anna = olga.post("admin/members", json!({"login": "anna", "name": "Anna"})).await.is(201);
    let path = format!("admin/members/{}", anna["id"].as_str().unwrap());
    olga.patch(&path, json!({"headline": "Here", "chat_enabled": false})).await.is(200);
    olga.patch(&path, json!({"headline": "Here"})).await.is(200);
    olga.put("admin/rules", json!([])).await.is(200);
    olga.delete("admin/populations/press").await.is(204);
    let known = ["population.delete", "rules.change", "member.change", "member.create", "population.rename"];
    assert_eq!(acts(&olga, "").await[..5], known);
    let all = olga.all("admin/audit", 50).await;
    assert_eq!(
        (&all[2]["detail"], &all[2]["subject"]["id"]),
        (&json!({"changed": ["headline", "chat_enabled"]}), &anna["id"])
    );
    assert_eq!(all.len(), 6);
    // What a member changes of their own is theirs.
    let anna = site.member("ben").await;
    anna.patch("me", json!({"headline": "Mine"})).await.is(200);
    assert_eq!(olga.all("admin/audit", 50).await.len(), 6);
}

#[tokio::test]
async fn what_operators_share_is_written_down() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    olga.post("admin/views", json!({"name": "Mine alone", "filter": {}, "shared": false})).await.is(201);
    let view = olga.post("admin/views", json!({"name": "Ours", "filter": {}, "shared": true})).await.is(201);
    let path = format!("admin/views/{}", view["id"].as_str().unwrap());
    olga.patch(&path, json!({"name": "Theirs"})).await.is(200);
    olga.delete(&path).await.is(204);
    let answer = olga.post("admin/canned-answers", json!({"title": "Parking", "body": "Behind."})).await.is(201);
    let path = format!("admin/canned-answers/{}", answer["id"].as_str().unwrap());
    olga.put(&path, json!({"title": "Parking", "body": "In front."})).await.is(200);
    olga.delete(&path).await.is(204);
    let known = ["answer.delete", "answer.change", "answer.create", "view.delete", "view.change", "view.create"];
    assert_eq!(acts(&olga, "").await, known);
}
