//! What stands between people: rules, segments, blocks, requests, marks. Each is told live and after coming back.

use super::watcher::{Watcher, here};
use crate::harness::{Member, Operator, Site};
use serde_json::{Value, json};

struct Scene {
    site: Site,
    anna: Member,
    ben: Member,
    carl: Member,
    olga: Operator,
    between: String,
}

impl Scene {
    async fn start() -> Scene {
        let site = Site::start().await;
        let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
        let olga = site.operator("Olga", "owner").await;
        let between = anna.opens_direct(&ben).await;
        anna.sends(&between, "first").await;
        ben.sends(&between, "second").await;
        let other = anna.opens_direct(&carl).await;
        anna.sends(&other, "hello Carl").await;
        olga.makes_population("guests").await;
        Scene { site, anna, ben, carl, olga, between }
    }

    /// Told live, and after coming back, to each of the three in turn.
    async fn in_step(&self, what: &str, act: impl AsyncFn()) {
        let mut watchers = Vec::new();
        for member in [&self.anna, &self.ben, &self.carl] {
            watchers.push(Watcher::comes(&self.site, member).await);
        }
        self.compare(&mut watchers, "coming").await;
        act().await;
        self.compare(&mut watchers, what).await;
        for watcher in &mut watchers {
            watcher.drops(&self.site).await;
        }
    }

    /// The same while one is away.
    async fn in_step_after(&self, away: usize, what: &str, act: impl AsyncFn()) {
        let mut watchers = Vec::new();
        for member in [&self.anna, &self.ben, &self.carl] {
            watchers.push(Watcher::comes(&self.site, member).await);
        }
        self.compare(&mut watchers, "coming").await;
        watchers[away].drops(&self.site).await;
        act().await;
        watchers[away].resumes().await;
        self.compare(&mut watchers, &format!("{what}, and back")).await;
        for watcher in &mut watchers {
            watcher.drops(&self.site).await;
        }
    }

    async fn compare(&self, watchers: &mut [Watcher], after: &str) {
        let here = here(watchers.iter());
        for watcher in watchers {
            watcher.is_in_step(&here, after).await;
        }
    }
}

#[tokio::test]
async fn rules_and_segments_are_told() {
    let scene = Scene::start().await;
    let Scene { anna, carl, olga, .. } = &scene;
    let rule = |to: Value, rights: &[&str]| json!([{"from": "guests", "to": to, "effect": "allow", "rights": rights}]);
    let segment = olga.makes_view(json!({"badge": "VIP"})).await;
    let sets = async |rules: Value| drop(olga.sets_rules(rules).await);
    let everything = ["see", "start", "reply", "call"];
    scene.in_step("a rule for nobody", async || sets(rule(json!("everyone"), &everything)).await).await;
    let joins = async |who: &Member| drop(olga.changes(who, json!({"populations": ["guests"]})).await);
    scene.in_step("a population joined", async || joins(anna).await).await;
    scene.in_step_after(0, "joined by another", async || joins(carl).await).await;
    scene.in_step("only seeing", async || sets(rule(json!("everyone"), &["see"])).await).await;
    scene.in_step_after(0, "a segment", async || sets(rule(json!({"view": segment}), &everything)).await).await;
    let badge = json!({"badges": ["VIP"]});
    scene.in_step("into the segment", async || drop(olga.changes(&scene.ben, badge.clone()).await)).await;
    let path = format!("admin/views/{segment}");
    let filter = json!({"filter": {"query": "carl"}});
    scene.in_step("another segment", async || drop(olga.patch(&path, filter.clone()).await.is(200))).await;
    scene.in_step_after(0, "no rules", async || sets(json!([])).await).await;
    scene.in_step("contactable", async || drop(anna.patch("me", json!({"contactable": false})).await.is(200))).await;
}

#[tokio::test]
async fn blocks_are_told_to_their_maker_alone() {
    let scene = Scene::start().await;
    let Scene { anna, ben, between, .. } = &scene;
    scene.in_step("a block", async || ben.blocks(anna).await).await;
    scene.in_step("what is sent to who blocks", async || drop(anna.sends(between, "hidden").await)).await;
    let own = anna.history(between).await;
    scene.in_step("an edit", async || drop(anna.edits(&own[0], "edited").await.is(200))).await;
    scene.in_step("a withdrawal", async || drop(anna.withdraws(&own[0]).await.is(200))).await;
    scene.in_step("a block back", async || anna.blocks(ben).await).await;
    scene.in_step("withdrawn by who blocks", async || drop(ben.withdraws(&own[1]).await.is(200))).await;
    scene.in_step("one ends", async || anna.unblocks(ben).await).await;
    scene.in_step("deleted", async || ben.deletes(between).await).await;
    scene.in_step("and written to", async || drop(anna.sends(between, "hidden too").await)).await;
    scene.in_step("the other ends", async || ben.unblocks(anna).await).await;
    scene
        .in_step_after(1, "all of it", async || {
            ben.blocks(anna).await;
            anna.sends(between, "while away").await;
            ben.unblocks(anna).await;
        })
        .await;
    scene.in_step_after(0, "a block", async || ben.blocks(anna).await).await;
    scene.in_step_after(0, "an end", async || ben.unblocks(anna).await).await;
}

#[tokio::test]
async fn requests_and_marks_are_told() {
    let scene = Scene::start().await;
    let Scene { anna, ben, between, .. } = &scene;
    let asked = async || ben.requests("received").await.remove(0);
    scene.in_step("asking", async || drop(anna.asks_contact(ben).await.is(201))).await;
    for how in ["decline", "undo", "accept", "undo", "accept"] {
        scene
            .in_step(how, async || drop(ben.answers_request(&anna.requests("sent").await[0], how).await.is(200)))
            .await;
    }
    scene.in_step_after(0, "ended", async || drop(ben.answers_request(&asked().await, "cancel").await.is(200))).await;
    scene.in_step("asked the other way", async || drop(ben.asks_contact(anna).await.is(201))).await;
    scene.in_step("behind a block", async || anna.blocks(ben).await).await;
    scene.in_step("before it again", async || anna.unblocks(ben).await).await;
    scene.in_step("met", async || drop(anna.asks_contact(ben).await.is(200))).await;
    let path = format!("conversations/{between}");
    scene.in_step("unread", async || drop(anna.post(&format!("{path}/unread"), json!({})).await.is(204))).await;
    scene.in_step("read", async || anna.reads(between, 2).await).await;
    scene.in_step("read again", async || anna.reads(between, 2).await).await;
    scene
        .in_step("put back", async || {
            anna.deletes(between).await;
            anna.patch(&path, json!({"listed": true})).await.is(200);
        })
        .await;
}
