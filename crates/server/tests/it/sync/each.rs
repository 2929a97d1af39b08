//! Each kind of action, seen by everybody: live, and by those who were away.

use super::state::Ask;
use super::watcher::{Watcher, here};
use crate::harness::{Member, Operator, Site, Socket, client_id, send};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Three members and an operator who know each other.
struct Scene {
    site: Site,
    anna: Member,
    ben: Member,
    carl: Member,
    olga: Operator,
    /// Between Anna and Ben, with messages of both.
    between: String,
    /// All three.
    group: String,
    /// Anna and the organizers.
    desk: String,
    first: Value,
    last: Value,
}

impl Scene {
    async fn start() -> Scene {
        let site = Site::start().await;
        let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
        let olga = site.operator("Olga", "owner").await;
        let between = anna.opens_direct(&ben).await;
        let first = anna.sends(&between, "first").await;
        ben.sends(&between, "second").await;
        let last = anna.sends(&between, "third").await;
        let group = olga.makes_group("Jury", &[&anna, &ben, &carl]).await;
        carl.sends(&group, "to all").await;
        let desk = anna.opens_organizer().await;
        anna.sends(&desk, "a question").await;
        olga.answers(&desk, "an answer").await;
        Scene { site, anna, ben, carl, olga, between, group, desk, first, last }
    }

    /// Told live, and told after coming back: both times all three are in step. What each had to ask for.
    async fn all_in_step(&self, what: &str, act: impl AsyncFn()) -> BTreeSet<Ask> {
        let mut watchers = Vec::new();
        for member in [&self.anna, &self.ben, &self.carl] {
            watchers.push(Watcher::comes(&self.site, member).await);
        }
        self.compare(&mut watchers, "coming").await;
        // Ben is away meanwhile.
        watchers[1].drops(&self.site).await;
        act().await;
        let mut asked = self.compare(&mut watchers, what).await;
        watchers[1].resumes().await;
        asked.extend(self.compare(&mut watchers, &format!("{what}, and back")).await);
        for watcher in &mut watchers {
            watcher.drops(&self.site).await;
        }
        asked
    }

    async fn compare(&self, watchers: &mut [Watcher], after: &str) -> BTreeSet<Ask> {
        let here = here(watchers.iter());
        let mut asked = BTreeSet::new();
        for watcher in watchers {
            asked.extend(watcher.is_in_step(&here, after).await);
        }
        asked
    }

    /// The same by events alone: nothing had to be asked for.
    async fn told_whole(&self, what: &str, act: impl AsyncFn()) {
        assert_eq!(self.all_in_step(what, act).await, BTreeSet::new(), "{what}: told, not asked for");
    }
}

#[tokio::test]
async fn messages_and_marks_are_told_whole() {
    let scene = Scene::start().await;
    let Scene { anna, ben, carl, olga, between, group, desk, first, last, .. } = &scene;
    scene.told_whole("sending", async || drop(anna.sends(between, "new").await)).await;
    scene
        .told_whole("an answer to a message", async || {
            let id = first["id"].as_str().unwrap();
            let draft = json!({"client_id": client_id(), "body": "to that", "reply_to": id});
            ben.post(&format!("conversations/{between}/messages"), draft).await.is(201);
        })
        .await;
    scene.told_whole("sending in a group", async || drop(carl.sends(group, "to you all").await)).await;
    scene
        .told_whole("sending by socket, twice the same", async || {
            let mut socket = anna.socket().await;
            let name = client_id();
            for _ in 0..2 {
                Socket::accepted(socket.command(send(between, &name, "once")).await);
            }
        })
        .await;
    scene.told_whole("reading", async || ben.reads(between, 4).await).await;
    scene.told_whole("reading in a group", async || anna.reads(group, 2).await).await;
    scene.told_whole("reading to the end", async || anna.reads(between, 1_000).await).await;
    scene.told_whole("editing", async || drop(anna.edits(first, "first, better").await.is(200))).await;
    scene
        .told_whole("editing the last", async || {
            let sent = ben.sends(between, "teh last").await;
            ben.edits(&sent, "the last").await.is(200);
        })
        .await;
    scene.told_whole("withdrawing", async || drop(anna.withdraws(last).await.is(200))).await;
    scene
        .told_whole("withdrawing the last", async || {
            let sent = ben.sends(between, "never mind").await;
            ben.withdraws(&sent).await.is(200);
        })
        .await;
    scene.told_whole("the organizers answer", async || drop(olga.answers(desk, "another").await)).await;
    scene.told_whole("the organizers read", async || olga.reads(desk, 3).await).await;
    scene.told_whole("a question", async || drop(anna.sends(desk, "one more").await)).await;
    scene
        .told_whole("typing", async || {
            let mut socket = anna.socket().await;
            socket.say(json!({"type": "typing", "conversation_id": between})).await;
            socket.told().await;
        })
        .await;
    scene
        .told_whole("what is refused", async || {
            carl.says(between, &client_id(), "let me in").await.refused(404, "not_found");
            ben.edits(first, "not mine").await.refused(403, "read_only");
        })
        .await;
}

#[tokio::test]
async fn lists_follow() {
    let scene = Scene::start().await;
    let Scene { anna, ben, carl, olga, between, desk, .. } = &scene;
    scene.all_in_step("opening", async || drop(anna.opens_direct(carl).await)).await;
    scene.all_in_step("opening what exists", async || drop(ben.opens_direct(anna).await)).await;
    scene
        .all_in_step("a first message", async || {
            let new = ben.opens_direct(carl).await;
            ben.sends(&new, "hello Carl").await;
        })
        .await;
    scene.all_in_step("deleting", async || anna.deletes(between).await).await;
    scene
        .all_in_step("what goes on in a deleted one", async || {
            let sent = ben.history(between).await;
            ben.edits(sent.iter().find(|m| m["author"]["id"] == ben.id).unwrap(), "changed").await.is(200);
            ben.reads(between, 3).await;
        })
        .await;
    scene.all_in_step("reopening", async || drop(anna.opens_direct(ben).await)).await;
    scene
        .all_in_step("deleting, and a new message", async || {
            anna.deletes(between).await;
            ben.sends(between, "are you there?").await;
        })
        .await;
    scene
        .all_in_step("clearing what was not read", async || {
            ben.sends(between, "unread").await;
            anna.clears(between).await;
        })
        .await;
    scene.all_in_step("a message after clearing", async || drop(ben.sends(between, "again").await)).await;
    scene
        .all_in_step("reopening after clearing", async || {
            ben.clears(between).await;
            ben.opens_direct(anna).await;
        })
        .await;
    scene
        .all_in_step("deleting the organizers, who answer", async || {
            anna.deletes(desk).await;
            olga.answers(desk, "still here").await;
        })
        .await;
    scene.all_in_step("a group", async || drop(olga.makes_group("New", &[anna, ben]).await)).await;
    scene
        .all_in_step("the organizers write first", async || {
            let with_carl = olga.opens_with(carl).await;
            olga.answers(&with_carl, "welcome").await;
        })
        .await;
}

#[tokio::test]
async fn people_and_the_site_follow() {
    let scene = Scene::start().await;
    let Scene { site, anna, carl, olga, between, .. } = &scene;
    let anna_is = async |patch: Value| drop(anna.patch("me", patch).await.is(200));
    scene.all_in_step("a headline", async || anna_is(json!({"headline": "Baker"})).await).await;
    scene.all_in_step("another language", async || anna_is(json!({"locale": "fr"})).await).await;
    scene.all_in_step("interests", async || anna_is(json!({"interests": {"bread": 0.5}})).await).await;
    scene.all_in_step("not contactable", async || anna_is(json!({"contactable": false})).await).await;
    scene
        .all_in_step("renamed by the organizers", async || {
            olga.patch(&format!("admin/members/{}", carl.id), json!({"name": "Charles"})).await.is(200);
        })
        .await;
    scene
        .all_in_step("renamed by the website", async || {
            site.member_with(site.token("ben").with("name", "Benjamin").with("avatar_url", "/b.png")).await;
        })
        .await;
    scene
        .all_in_step("the organizer renamed", async || drop(olga.patch("admin/me", json!({"name": "O"})).await.is(200)))
        .await;
    scene
        .all_in_step("somebody new comes", async || {
            let dora = site.member("dora").await;
            dora.socket().await.leave().await;
            site.shows_gone(&dora.id).await;
        })
        .await;
    scene.all_in_step("another tab comes and goes", async || anna.socket().await.leave().await).await;
    for patch in [
        json!({"features": {"contact_organizer": false}}),
        json!({"texts": {"en": {"organizer.title": "The desk of {site}"}}}),
        json!({"features": {"member_chat": false}}),
        json!({"features": {"messaging": false}}),
        json!({"features": null}),
    ] {
        scene.all_in_step(&patch.to_string(), async || site.configure(patch.clone()).await).await;
    }
    scene.all_in_step("after the switches", async || drop(anna.sends(between, "back").await)).await;
}

/// Shut out: their sockets close, the others see that they are not there; let in again, all is as before.
#[tokio::test]
async fn who_is_shut_out_and_let_in_again() {
    let scene = Scene::start().await;
    let Scene { site, anna, ben, carl, olga, between, group, .. } = &scene;
    let mut watchers = Vec::new();
    for member in [anna, ben, carl] {
        watchers.push(Watcher::comes(site, member).await);
    }
    scene.compare(&mut watchers, "coming").await;
    olga.lets_chat(ben, false).await;
    watchers[1].is_closed(site).await;
    scene.compare(&mut watchers, "shut out").await;
    anna.says(between, &client_id(), "hello?").await.refused(403, "read_only");
    carl.sends(group, "where is Ben?").await;
    scene.compare(&mut watchers, "while shut out").await;
    olga.lets_chat(ben, true).await;
    scene.compare(&mut watchers, "let in").await;
    watchers[1].resumes().await;
    scene.compare(&mut watchers, "back").await;
}

/// What is read and told while others speak is never older than what was told before it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_same_moment() {
    let scene = Scene::start().await;
    let Scene { site, anna, ben, carl, between, .. } = &scene;
    site.lift_limits().await;
    let mut watchers = vec![Watcher::comes(site, anna).await, Watcher::comes(site, ben).await];
    let mut writer = ben.socket().await;
    for round in 0..40 {
        let deletes = round % 4 == 0;
        if deletes {
            anna.deletes(between).await;
        }
        let burst = async {
            for n in 0..8 {
                writer.sends(between, &format!("{round}.{n}")).await;
            }
        };
        let opening = async {
            for _ in 0..12 {
                anna.opens_direct(ben).await;
            }
        };
        let renaming = async {
            for n in 0..3 {
                carl.patch("me", json!({"headline": format!("{round}.{n}")})).await.is(200);
                ben.reads(between, 1_000).await;
            }
        };
        tokio::join!(burst, opening, renaming);
        if deletes {
            // What the writer tells after it has answered comes before what is said now.
            writer.sends(between, "the end").await;
        }
        scene.compare(&mut watchers, &format!("round {round}")).await;
    }
}

#[tokio::test]
async fn calls_are_told_whole() {
    let scene = Scene::start().await;
    let Scene { site, anna, ben, carl, .. } = &scene;
    site.configure(json!({"features": {"video": true}})).await;
    let calls = async |who: &Member, other: &Member| {
        let call = who.post("calls", json!({"member": other.id, "media": "video"})).await.is(201);
        format!("calls/{}", call["id"].as_str().unwrap())
    };
    let does = async |who: &Member, call: &str, what: &str| {
        who.post(&format!("{call}/{what}"), json!({"device": "tablet"})).await.is(200);
    };
    let mut last = String::new();
    scene.told_whole("ringing", async || drop(calls(anna, ben).await)).await;
    for open in anna.get("calls").await.is(200)["items"].as_array().unwrap() {
        last = format!("calls/{}", open["id"].as_str().unwrap());
    }
    scene.told_whole("answering", async || does(ben, &last, "accept").await).await;
    scene.told_whole("going on elsewhere", async || does(ben, &last, "rejoin").await).await;
    scene.told_whole("hanging up", async || does(anna, &last, "hang-up").await).await;
    scene
        .told_whole("all of it, and missed", async || {
            let call = calls(anna, ben).await;
            does(anna, &call, "hang-up").await;
            let call = calls(ben, anna).await;
            does(anna, &call, "decline").await;
        })
        .await;
    // Where there was no conversation, it is asked for.
    scene
        .all_in_step("a call makes a conversation", async || {
            let call = calls(carl, ben).await;
            does(carl, &call, "hang-up").await;
        })
        .await;
}
