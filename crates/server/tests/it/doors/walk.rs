//! Every door, for every pair of a made-up site: none is more generous than the one function, and what it allows works.

use super::dice::{Dice, seeds};
use super::model::{BADGES, Model, PEOPLE, POPULATIONS};
use crate::harness::{Member, Operator, Site, Socket, client_id};
use domain::rules::Right;
use serde_json::{Value, json};

/// A made-up site that was really made.
struct House {
    site: Site,
    olga: Operator,
    people: Vec<Member>,
    sockets: Vec<Option<Socket>>,
    between: Vec<(usize, usize, String)>,
    /// Open to all.
    room: String,
    model: Model,
}

impl House {
    /// First what people did while everything was allowed, then what they and the organizers chose.
    async fn built(site: Site, dice: &mut Dice) -> House {
        site.lift_limits().await;
        let mut model = Model::throw(dice);
        let olga = site.operator("Olga", "owner").await;
        for slug in POPULATIONS {
            olga.makes_population(slug).await;
        }
        let mut people = Vec::new();
        for at in 0..PEOPLE {
            people.push(site.member(&format!("m{at}")).await);
        }
        let room = olga.post("admin/rooms", json!({"name": "Lobby"})).await.is(201);
        let room = room["id"].as_str().unwrap().to_owned();
        let mut house = House { site, olga, people, sockets: Vec::new(), between: Vec::new(), room, model };
        for a in 0..PEOPLE {
            for b in a + 1..PEOPLE {
                house.acquaint(dice, a, b).await;
            }
        }
        model = house.model;
        let mut views = Vec::new();
        for badge in BADGES {
            views.push(house.olga.makes_view(json!({"badge": badge})).await);
        }
        // Rules and data in either order: a segment follows.
        let rules_first = dice.chance(50);
        if rules_first {
            house.olga.sets_rules(model.rules_for(&views)).await;
        }
        for (person, member) in model.people.iter().zip(&house.people) {
            let populations: Vec<&str> = person.populations.iter().map(|at| POPULATIONS[*at]).collect();
            let badges: Vec<&str> = person.badges.iter().map(|at| BADGES[*at]).collect();
            house.olga.changes(member, json!({"populations": populations, "badges": badges})).await;
            member.patch("me", json!({"contactable": !person.shy, "interests": ["Doors"]})).await.is(200);
            house.sockets.push(if person.here && !person.out { Some(member.socket().await) } else { None });
        }
        if !rules_first {
            house.olga.sets_rules(model.rules_for(&views)).await;
        }
        for (person, member) in model.people.iter_mut().zip(&house.people) {
            person.here = person.here && !person.out;
            if person.out {
                house.olga.lets_chat(member, false).await;
            }
        }
        let features = json!({"member_chat": model.chat, "messaging": model.messaging, "video": model.video,
            "contact_requests": model.requests, "matchmaking": true});
        house.site.configure(json!({"features": features})).await;
        House { model, ..house }
    }

    /// A history between two: a conversation, who wrote in it, a request, blocks.
    async fn acquaint(&mut self, dice: &mut Dice, a: usize, b: usize) {
        let (one, other) = (&self.people[a], &self.people[b]);
        if dice.chance(50) {
            let id = one.opens_direct(other).await;
            self.model.open[a][b] = true;
            for (from, to) in [(a, b), (b, a)] {
                if dice.chance(60) {
                    self.people[from].sends(&id, "history").await;
                    self.model.towards[from][to].wrote = true;
                }
            }
            self.between.push((a, b, id));
        }
        if dice.chance(35) {
            let asked = one.asks_contact(other).await.is(201);
            self.model.towards[a][b].asked = true;
            if dice.chance(50) {
                other.accepts(&asked).await;
                self.model.contacts[a][b] = true;
            }
        }
        for (from, to) in [(a, b), (b, a)] {
            if dice.chance(12) {
                self.people[from].blocks(&self.people[to]).await;
                self.model.towards[from][to].blocks = true;
            }
        }
    }

    fn conversation(&self, a: usize, b: usize) -> Option<&str> {
        let key = (a.min(b), a.max(b));
        self.between.iter().find(|(one, other, _)| (*one, *other) == key).map(|(.., id)| id.as_str())
    }

    /// What shows the other: the directory whichever way one asks, and the profile.
    async fn looks(&self, a: usize, b: usize, what: &str) {
        let (me, other, model) = (&self.people[a], &self.people[b], &self.model);
        let sees = model.may(Right::See, a, b);
        let mut lists = vec![(String::new(), sees), (format!("?query={}", other.login), sees)];
        lists.push(("?connected=true".to_owned(), model.is_here_for(a, b)));
        lists.extend(
            POPULATIONS
                .iter()
                .enumerate()
                .map(|(at, slug)| (format!("?population={slug}"), sees && model.people[b].populations.contains(&at))),
        );
        lists.push(("?contact=accepted".to_owned(), sees && model.contacts[a.min(b)][a.max(b)]));
        for (asked, expected) in lists {
            let page = me.get(&format!("members{asked}")).await;
            let items = page.body["items"].as_array().cloned().unwrap_or_default();
            let listed = items.iter().find(|one| one["id"] == other.id.as_str());
            assert_eq!(listed.is_some(), expected, "{what}: members{asked} {}", page.body);
            if let Some(listed) = listed {
                self.relates(a, b, listed, what);
            }
        }
        for name in [other.id.clone(), format!("@{}", other.login.to_uppercase())] {
            let answer = me.get(&format!("members/{name}")).await;
            assert_eq!(answer.status == 200, sees, "{what}: members/{name} {}", answer.body);
            if sees {
                self.relates(a, b, &answer.body, what);
            }
        }
    }

    /// Everybody has a theme in common: who may be seen and written to first is suggested, and nobody else.
    async fn suggests(&self, a: usize, b: usize, what: &str) {
        let (me, other, model) = (&self.people[a], &self.people[b], &self.model);
        let answer = me.get("suggestions?limit=200").await;
        if !model.messaging || !model.chat || model.people[a].out {
            return drop(answer.refused(403, "feature_off"));
        }
        let items = answer.is(200)["items"].take();
        let found = items.as_array().unwrap().iter().find(|one| one["member"]["id"] == other.id.as_str());
        let may = model.may(Right::See, a, b) && model.may(Right::Start, a, b) && !model.people[b].shy;
        let expected = may && me.relation(other).await["contact"] == "none";
        assert_eq!(found.is_some(), expected, "{what}: suggestions {items}");
        if let Some(found) = found {
            self.relates(a, b, &found["member"], what);
        }
    }

    /// What one is told one may do.
    fn relates(&self, a: usize, b: usize, view: &Value, what: &str) {
        let (model, relation) = (&self.model, &view["relation"]);
        assert_eq!(relation["can_message"], model.may_write(a, b), "{what}: can_message {view}");
        assert_eq!(relation["can_call"], model.may(Right::Call, a, b), "{what}: can_call {view}");
        let may_ask = model.requests && model.may(Right::Start, a, b) && relation["contact"] == "none";
        assert_eq!(relation["can_request_contact"], may_ask, "{what}: can_request_contact {view}");
        assert_eq!(view["connected"], model.is_here_for(a, b), "{what}: connected {view}");
    }

    /// The conversation they have: it stays readable, and writing in it is decided.
    async fn writes(&mut self, a: usize, b: usize, what: &str) {
        let Some(id) = self.conversation(a, b).map(str::to_owned) else { return };
        let (me, model) = (&self.people[a], &self.model);
        let readable = model.messaging && model.chat && !model.people[a].out;
        let view = me.get(&format!("conversations/{id}")).await;
        assert_eq!(view.status == 200, readable, "{what}: reading {}", view.body);
        let page = me.get(&format!("conversations/{id}/messages")).await;
        assert_eq!(page.status == 200, readable, "{what}: its messages");
        let may = model.may_write(a, b);
        if readable {
            assert_eq!(view.body["can_write"], may, "{what}: can_write {}", view.body);
            assert_eq!(view.body["cannot_write"].is_null(), may, "{what}: {}", view.body);
            let may_call = model.may(Right::Call, a, b);
            assert_eq!(view.body["can_call"], may_call, "{what}: can_call {}", view.body);
            assert_eq!(view.body["can_call_denied"].is_null(), may_call, "{what}: {}", view.body);
            let here = model.is_here_for(a, b);
            assert_eq!(view.body["peer"]["connected"], here, "{what}: the peer {}", view.body);
        }
        if let Some(own) = page.body["items"].as_array().into_iter().flatten().find(|m| m["author"]["id"] == *me.id) {
            let edited = me.edits(own, &format!("edited {}", client_id())).await;
            assert_eq!(edited.status == 200, may, "{what}: an edit {}", edited.body);
        }
        let typed = json!({"type": "typing", "conversation_id": id});
        self.drain().await;
        if let Some(socket) = &mut self.sockets[a] {
            socket.say(typed).await;
            socket.told().await;
            let reaches = may && !self.model.towards[b][a].blocks;
            let told = self.told(b).await;
            let typing = told.iter().any(|event| event["type"] == "typing");
            assert_eq!(typing, reaches && self.sockets[b].is_some(), "{what}: typing {told:?}");
        }
        let sent = self.people[a].says(&id, &client_id(), "now").await;
        assert_eq!(sent.status == 201, may, "{what}: a message {}", sent.body);
        self.model.towards[a][b].wrote |= may;
    }

    /// What begins something: a conversation where there is none, a request.
    async fn begins(&mut self, a: usize, b: usize, what: &str) {
        let (me, other) = (self.people[a].clone(), self.people[b].clone());
        let may = self.model.may(Right::Start, a, b);
        let asked = self.model.towards[a][b].asked || self.model.towards[b][a].asked;
        if !asked {
            let answer = me.asks_contact(&other).await;
            assert_eq!(answer.status == 201, may && self.model.requests, "{what}: a request {}", answer.body);
            self.model.towards[a][b].asked = answer.status == 201;
        }
        let exists = self.model.is_open(a, b);
        let answer = me.knocks(&other).await;
        let model = &self.model;
        let opens = if exists { model.messaging && model.chat && !model.people[a].out } else { may };
        assert_eq!(answer.status < 300, opens, "{what}: opening {}", answer.body);
        if opens && !exists {
            let id = answer.body["id"].as_str().unwrap().to_owned();
            self.model.open[a.min(b)][a.max(b)] = true;
            self.between.push((a.min(b), a.max(b), id.clone()));
            let sent = me.says(&id, &client_id(), "first").await;
            assert_eq!(sent.status, 201, "{what}: the first message {}", sent.body);
            self.model.towards[a][b].wrote = true;
        }
    }

    /// Taking somebody into a group: as beginning a conversation with them.
    async fn gathers(&self, a: usize, b: usize, what: &str) {
        let (me, other) = (&self.people[a], &self.people[b]);
        let (may, sees) = (self.model.may(Right::Start, a, b), self.model.may(Right::See, a, b));
        let group = |members: &[&Member]| {
            let members: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
            json!({"kind": "group", "name": "Some", "members": members})
        };
        let made = me.post("conversations", group(&[other])).await;
        assert_eq!(made.status == 201, may, "{what}: a group {}", made.body);
        if may {
            let path = format!("conversations/{}/participants", made.body["id"].as_str().unwrap());
            // Taken out and in again: the same door.
            for _ in 0..2 {
                me.delete(&format!("{path}/{}", other.id)).await.is(204);
                me.put(&format!("{path}/{}", other.id), json!({})).await.is(200);
            }
            me.delete(&format!("{path}/{}", other.id)).await.is(204);
            me.delete(&format!("{path}/{}", me.id)).await.is(204);
        } else if sees {
            assert_eq!(made.body["members"], json!([other.id]), "{what}: who is concerned {}", made.body);
        } else {
            assert!(made.body["members"].is_null(), "{what}: {}", made.body);
        }
    }

    /// A whisper in a room: the same, and what is offered is what works.
    async fn whispers(&self, a: usize, b: usize, what: &str) {
        let (me, other) = (&self.people[a], &self.people[b]);
        let may = self.model.may(Right::Start, a, b);
        let sent = me.says(&self.room, &client_id(), &format!("@{} psst", other.login)).await;
        assert_eq!(sent.status == 201, may, "{what}: a whisper {}", sent.body);
        let offered = me.get(&format!("conversations/{}/logins?prefix={}", self.room, other.login)).await;
        let items = offered.body["items"].as_array().cloned().unwrap_or_default();
        let offers = items.iter().any(|card| card["id"] == other.id.as_str());
        assert_eq!(offers, may, "{what}: what is offered {}", offered.body);
    }

    /// A call: it rings for the other, unless they block; it makes the conversation in which its line stands.
    async fn phones(&mut self, a: usize, b: usize, what: &str) {
        let (me, other) = (self.people[a].clone(), self.people[b].clone());
        let (may, blocked) = (self.model.may(Right::Call, a, b), self.model.towards[b][a].blocks);
        self.drain().await;
        let called = me.post("calls", json!({"member": other.id, "media": "voice"})).await;
        assert_eq!(called.status == 201, may, "{what}: a call {}", called.body);
        let told = self.told(b).await;
        let rings = told.iter().any(|event| event["type"] == "call.incoming");
        assert_eq!(rings, may && !blocked && self.sockets[b].is_some(), "{what}: ringing {told:?}");
        if !may {
            return;
        }
        let path = format!("calls/{}", called.body["id"].as_str().unwrap());
        assert_eq!(other.get(&path).await.status == 200, !blocked, "{what}: whom it rings for sees it");
        me.post(&format!("{path}/hang-up"), json!({})).await.is(200);
        if !self.model.is_open(a, b) {
            let id = called.body["conversation_id"].as_str().unwrap().to_owned();
            self.model.open[a.min(b)][a.max(b)] = true;
            self.between.push((a.min(b), a.max(b), id));
        }
    }

    async fn told(&mut self, who: usize) -> Vec<Value> {
        match &mut self.sockets[who] {
            Some(socket) => socket.told().await,
            None => Vec::new(),
        }
    }

    async fn drain(&mut self) {
        for who in 0..PEOPLE {
            self.told(who).await;
        }
    }

    /// Somebody changes their profile, and goes: only who sees them hears of it.
    async fn leaves(&mut self, who: usize, what: &str) {
        let Some(socket) = self.sockets[who].take() else { return };
        self.drain().await;
        self.people[who].patch("me", json!({"headline": format!("{what} {who}")})).await.is(200);
        let id = json!(self.people[who].id);
        for reader in (0..PEOPLE).filter(|reader| *reader != who) {
            let told = self.told(reader).await;
            let heard = told.iter().any(|e| e["type"] == "member.updated" && e["member"]["id"] == id);
            let knows = self.model.may(Right::See, reader, who) || self.model.is_open(reader, who);
            assert!(knows || !heard, "{what}: {reader} heard of {who}: {told:?}");
            let sees = self.sockets[reader].is_some() && self.model.may(Right::See, reader, who);
            assert!(heard || !sees, "{what}: {reader} did not hear of {who}");
        }
        let shown: Vec<bool> = (0..PEOPLE).map(|reader| self.model.is_here_for(reader, who)).collect();
        socket.leave().await;
        self.model.people[who].here = false;
        self.site.shows_gone(&self.people[who].id).await;
        for (reader, shown) in shown.into_iter().enumerate().filter(|(reader, _)| *reader != who) {
            let Some(socket) = &mut self.sockets[reader] else { continue };
            if shown {
                socket.expect_presence(id.as_str().unwrap(), false).await;
            }
            let told = socket.told().await;
            let heard = told.iter().any(|e| e["type"] == "presence" && e["member_id"] == id);
            assert!(!heard, "{what}: {reader} heard {who} go: {told:?}");
        }
    }
}

async fn walk(site: Site, seed: u64) {
    let mut dice = Dice::of(seed);
    let mut house = House::built(site, &mut dice).await;
    let what = |door: &str, house: &House| format!("seed {seed}, {door}, {:#?}", house.model);
    for a in 0..PEOPLE {
        for b in (0..PEOPLE).filter(|b| *b != a) {
            let about = what(&format!("{a} to {b}"), &house);
            house.looks(a, b, &about).await;
            house.suggests(a, b, &about).await;
            house.writes(a, b, &about).await;
            house.gathers(a, b, &about).await;
            house.whispers(a, b, &about).await;
            house.begins(a, b, &about).await;
            house.phones(a, b, &about).await;
        }
    }
    if house.model.messaging && house.model.chat {
        for who in 0..PEOPLE {
            house.leaves(who, &format!("seed {seed}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_is_more_generous_than_the_decision_and_what_it_allows_works() {
    let first = Site::start().await;
    for seed in seeds(&[1, 2, 3, 4, 5, 6]) {
        walk(first.neighbour(&format!("walk-{seed}")).await, seed).await;
    }
}
