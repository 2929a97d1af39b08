//! Somebody is taken into a group by a member whom they block: it shows them as a participant, and they have nothing
//! of it.

use super::{Three, is_not_there, lines, makes, makes_with, names, puts, sees, takes_out, wanted};
use crate::doors::plain::Plain;
use crate::harness::{Answer, Member, Site, Socket, client_id, send};
use serde_json::{Value, json};

/// Nothing of a group reached somebody.
async fn has_nothing(who: &Member, socket: &mut Socket, group: &str, other: &Member) {
    let told = socket.told().await;
    assert!(!json!(told).to_string().contains(group), "{told:#?}");
    is_not_there(who, group, &format!("{group}.1"), other).await;
    assert_eq!(who.list().await, Vec::<Value>::new());
    Socket::refused(&socket.command(send(group, &client_id(), "hello")).await, "not_found");
    let read = json!({"type": "conversation.read", "conversation_id": group, "seq": 1});
    Socket::refused(&socket.command(read).await, "not_found");
    socket.say(json!({"type": "typing", "conversation_id": group})).await;
    socket.told().await;
}

#[tokio::test]
async fn who_blocks_is_shown_and_gets_nothing_whatsoever() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    ben.blocks(&anna).await;
    let (mut bens, mut carls) = (ben.socket().await, carl.socket().await);
    let (of_ben, group) = (bens.cursor.clone(), makes(&anna, &[&ben, &carl]).await);
    assert_eq!(names(&anna, &group).await, ["anna*", "ben", "carl"]);
    assert_eq!(anna.conversation(&group).await["participants"], 3);
    let all_of_it = async || {
        let said = carl.sends(&group, "hello all").await;
        carl.edits(&said, "hello to all").await.is(200);
        let gone = anna.sends(&group, "and from me").await;
        anna.withdraws(&gone).await.is(200);
        anna.reads(&group, 100).await;
        anna.patch(&format!("conversations/{group}"), json!({"name": client_id()})).await.is(200);
        puts(&anna, &group, &carl, json!({"role": "admin"})).await.is(200);
        puts(&carl, &group, &carl, json!({"role": "member"})).await.is(200);
        let mut socket = carl.socket().await;
        socket.say(json!({"type": "typing", "conversation_id": group})).await;
        socket.told().await;
        said
    };
    let said = all_of_it().await;
    has_nothing(&ben, &mut bens, &group, &carl).await;
    carls.told().await;
    for reader in [&anna, &carl] {
        let ghost = sees(reader, &group, &ben).await;
        assert_eq!((&ghost["read_seq"], &ghost["role"]), (&json!(0), &json!("member")), "{ghost}");
        let path = format!("conversations/{group}/messages/{}/readers", said["id"].as_str().unwrap());
        let readers = reader.get(&path).await.is(200);
        assert!(!readers.to_string().contains(&ben.id), "{readers}");
    }
    assert_eq!(sees(&anna, &group, &ben).await["connected"], false);
    // Whatever office they are given.
    puts(&anna, &group, &ben, json!({"role": "admin"})).await.is(200);
    has_nothing(&ben, &mut bens, &group, &carl).await;
    assert_eq!(names(&carl, &group).await, ["anna*", "ben*", "carl"]);
    // Nor after coming back, nor once the block ends: that quietly had no effect.
    let mut back = ben.resumes(&of_ben).await;
    let missed = back.left();
    assert!(!json!(missed).to_string().contains(&group), "{missed:#?}");
    ben.unblocks(&anna).await;
    all_of_it().await;
    has_nothing(&ben, &mut bens, &group, &carl).await;
    // Taken out unheard; taken in again, they are a participant like any other.
    takes_out(&anna, &group, &ben).await.is(204);
    has_nothing(&ben, &mut bens, &group, &carl).await;
    assert_eq!(names(&anna, &group).await, ["anna*", "carl"]);
    puts(&anna, &group, &ben, json!({})).await.is(200);
    assert_eq!(bens.expect_event("conversation.updated").await["conversation"]["id"], group.as_str());
    assert_eq!(ben.whole(&group).await, anna.whole(&group).await);
}

#[tokio::test]
async fn taken_in_later_by_somebody_whom_they_block() {
    let Three { site, anna, ben, group, .. } = Three::start().await;
    let dora = site.member("dora").await;
    dora.blocks(&anna).await;
    let mut doras = dora.socket().await;
    anna.sends(&group, "before").await;
    let added = puts(&anna, &group, &dora, json!({})).await.is(200);
    assert_eq!((&added["role"], &added["connected"]), (&json!("member"), &json!(false)));
    has_nothing(&dora, &mut doras, &group, &ben).await;
    assert_eq!(names(&ben, &group).await, ["anna*", "ben", "carl", "dora"]);
    assert_eq!(lines(&ben, &group).await[1], "members_added by anna: dora");
    assert_eq!(sees(&ben, &group, &dora).await["connected"], false, "nor to anybody");
    // A new name is told as of anybody who shares the group; theirs hears nothing of the others'.
    let mut bens = ben.socket().await;
    dora.patch("me", json!({"headline": "elsewhere"})).await.is(200);
    assert_eq!(bens.expect_event("member.updated").await["member"]["id"], dora.id.as_str());
    // Who is left with ghosts alone is the last one.
    for member in [&ben, &anna] {
        super::leaves(member, &group).await;
    }
    let carl = site.again(&site.member("carl").await).await;
    assert_eq!(names(&carl, &group).await, ["carl*", "dora"], "no heir who isn't there");
    super::leaves(&carl, &group).await;
    assert!(!site.dump().await.contains("before"), "it ended");
}

/// One of the two sites: on one Ben blocks Ana, on the other he is away.
struct World {
    ana: Member,
    ben: Member,
    cleo: Member,
    socket: Socket,
    bens: Option<Socket>,
    plain: Plain,
    /// All that Ana could observe.
    seen: Vec<String>,
}

impl World {
    async fn on(site: &Site, blocks: bool) -> World {
        let (ana, ben, cleo) = (site.member("ana").await, site.member("ben").await, site.member("cleo").await);
        let mut socket = ana.socket().await;
        // Told from the background.
        socket.expect_presence(&ana.id, true).await;
        let mut bens = None;
        if blocks {
            ben.blocks(&ana).await;
            bens = Some(ben.socket().await);
        }
        let plain = Plain::naming(&[&ana.id, &ben.id, &cleo.id]);
        World { ana, ben, cleo, socket, bens, plain, seen: Vec::new() }
    }

    fn notes(&mut self, what: &str, answer: &Answer) -> Value {
        let body = self.plain.of(&answer.body);
        self.seen.push(format!("{what}: {} {body}", answer.status));
        answer.body.clone()
    }

    async fn looks(&mut self, group: &str) {
        for path in ["", "/participants", "/messages", &format!("/messages/{group}.2/readers")] {
            let answer = self.ana.get(&format!("conversations/{group}{path}")).await;
            self.notes(path.split(group).next().unwrap(), &answer);
        }
        let list = self.ana.get("conversations").await;
        self.notes("list", &list);
        for event in self.socket.told().await {
            let event = self.plain.of(&event);
            self.seen.push(event.to_string());
        }
        if let Some(socket) = &mut self.bens {
            has_nothing(&self.ben, socket, group, &self.cleo).await;
        }
    }

    /// Ana makes groups and takes Ben in and out; he does what he would.
    async fn plays(&mut self, history: &str) {
        let mut body = wanted("All", &[&self.ben, &self.cleo]);
        body["history"] = history.into();
        let made = self.ana.post("conversations", body).await;
        let group = self.notes("made", &made)["id"].as_str().unwrap().to_owned();
        self.ana.sends(&group, "one").await;
        self.cleo.reads(&group, 2).await;
        self.looks(&group).await;
        for role in ["admin", "member"] {
            let answer = puts(&self.ana, &group, &self.ben, json!({"role": role})).await;
            self.notes("role", &answer);
            self.ana.sends(&group, "two").await;
            self.looks(&group).await;
        }
        self.ben.patch("me", json!({"headline": "elsewhere"})).await.is(200);
        let again = puts(&self.ana, &group, &self.ben, json!({})).await;
        self.notes("again", &again);
        for _ in 0..2 {
            let out = takes_out(&self.ana, &group, &self.ben).await;
            self.notes("out", &out);
            self.cleo.sends(&group, "without him").await;
            self.looks(&group).await;
            let back = puts(&self.ana, &group, &self.ben, json!({})).await;
            self.notes("back", &back);
            self.looks(&group).await;
        }
        let mut socket = self.ana.socket().await;
        socket.say(json!({"type": "typing", "conversation_id": group})).await;
        socket.told().await;
        super::leaves(&self.cleo, &group).await;
        self.looks(&group).await;
    }
}

/// Being blocked by somebody whom one takes into a group can't be told from their absence.
#[tokio::test]
async fn a_ghost_is_like_somebody_who_is_away() {
    let first = Site::with_clock_in_hand().await;
    let (blocked, away) = (first.neighbour("blocked").await, first.neighbour("away").await);
    let (mut blocked, mut away) = (World::on(&blocked, true).await, World::on(&away, false).await);
    for history in ["all", "from_joining"] {
        blocked.plays(history).await;
        away.plays(history).await;
    }
    assert_eq!(blocked.seen.len(), away.seen.len());
    for (blocked, away) in blocked.seen.iter().zip(&away.seen) {
        assert_eq!(blocked, away);
    }
}

/// Between two who take part already a block hides no message; what is typed and who is here it does.
#[tokio::test]
async fn a_block_within_a_group() {
    let Three { site: _site, anna, ben, carl, group } = Three::start().await;
    let (mut annas, mut bens, mut carls) = (anna.socket().await, ben.socket().await, carl.socket().await);
    ben.blocks(&anna).await;
    for socket in [&mut annas, &mut bens, &mut carls] {
        socket.told().await;
    }
    for (socket, body) in [(&mut annas, "from Anna"), (&mut bens, "from Ben")] {
        socket.say(json!({"type": "typing", "conversation_id": group})).await;
        socket.sends(&group, body).await;
    }
    let types = |told: Vec<Value>| {
        told.iter().filter(|e| e["type"] == "typing").map(|e| e["member"]["login"].clone()).collect::<Vec<_>>()
    };
    let (of_anna, of_ben) = (annas.told().await, bens.told().await);
    let bodies = |told: &[Value]| {
        let said = told.iter().filter(|e| e["type"] == "message.created");
        said.map(|e| e["message"]["body"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((bodies(&of_anna), bodies(&of_ben)), (bodies(&of_ben), bodies(&of_anna)));
    assert_eq!(bodies(&of_ben).len(), 2, "{of_ben:#?}");
    assert_eq!((types(of_anna), types(of_ben)), (vec![], vec![]));
    assert_eq!(types(carls.told().await), ["anna", "ben"]);
    // An admin goes on looking after who blocks them, as after anybody.
    puts(&anna, &group, &ben, json!({"role": "admin"})).await.is(200);
    assert_eq!(ben.conversation(&group).await["my_role"], "admin");
    takes_out(&ben, &group, &anna).await.is(204);
    puts(&ben, &group, &anna, json!({})).await.refused(403, "blocked_by_you");
    let other = makes_with(&carl, &[&anna, &ben], json!({})).await;
    assert_eq!(
        names(&anna, &other).await,
        ["anna", "ben", "carl*"],
        "by somebody between whom and them nothing stands"
    );
    assert_eq!(ben.list().await.len(), 2);
}
