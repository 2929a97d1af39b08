//! Rooms, whispers, roles and reconnects at random: a whisper leaves a trace with its audience and with nobody else.
//!
//! Each whisper holds a word that stands nowhere else. Everybody keeps every byte that they were ever sent, whatever
//! they asked for; in the end the word is with those whom it was for, and with nobody else. And while somebody
//! whispers, what anybody else sees of the room does not change.

use super::ear::{Ear, addressed};
use super::log::Log;
use crate::doors::dice::{Dice, seeds};
use crate::harness::{Member, Operator, Site, client_id};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

pub const PEOPLE: [&str; 6] = ["mona", "anna", "ben", "carl", "dora", "emil"];
/// Of the population that moderates.
const MODERATOR: usize = 0;

/// A whisper that was sent.
struct Whisper {
    word: String,
    author: usize,
    audience: BTreeSet<usize>,
    /// It was reported: moderators and organizers see it.
    reported: bool,
    id: String,
    seq: i64,
    /// No longer there for everybody.
    gone: bool,
}

struct Play {
    site: Site,
    olga: Operator,
    room: String,
    members: Vec<Member>,
    /// The people, then an owner and an agent.
    ears: Vec<Ear>,
    /// Who blocks whom.
    blocks: BTreeSet<(usize, usize)>,
    whispers: Vec<Whisper>,
    words: usize,
    /// What was refused: with nobody but who typed it, and not even told to them again.
    unsaid: Vec<String>,
    seed: u64,
    /// What happened, to be read when something is not as it should be.
    acts: Vec<String>,
}

impl Play {
    async fn on(site: Site, seed: u64) -> Play {
        site.lift_limits().await;
        site.configure(json!({"features": {"moderation": true}, "moderation": {"filters":
            [{"pattern": "patience", "kind": "word", "action": "hold"}, {"pattern": "rude", "kind": "word", "action": "mask"}]}}))
            .await;
        let olga = site.operator("Olga", "owner").await;
        let agent = site.operator("Alma", "agent").await;
        for slug in ["team", "guests"] {
            olga.makes_population(slug).await;
        }
        let mut members = Vec::new();
        for login in PEOPLE {
            members.push(site.member(login).await);
        }
        let form = json!({"name": "Lobby", "populations": ["guests"], "moderators": ["team"]});
        let room = olga.post("admin/rooms", form).await.is(201)["id"].as_str().unwrap().to_owned();
        let mut ears: Vec<Ear> = members.iter().map(|member| Ear::of(&member.api)).collect();
        ears.extend([Ear::of(&olga.api), Ear::of(&agent.api)]);
        let mut play = Play {
            site,
            olga,
            room,
            members,
            ears,
            blocks: BTreeSet::new(),
            whispers: Vec::new(),
            words: 0,
            unsaid: Vec::new(),
            seed,
            acts: Vec::new(),
        };
        for who in 0..PEOPLE.len() {
            play.is_let_in(who, true).await;
        }
        if seed.is_multiple_of(2) {
            // Guests whisper among themselves only; those who moderate are outside the rules.
            let rule = json!([{"from": "guests", "to": {"population": "guests"}, "effect": "allow",
                "rights": ["see", "start", "reply"]}]);
            play.olga.sets_rules(rule).await;
        }
        for ear in &mut play.ears {
            ear.comes(&play.room).await;
            ear.enters(&play.room, None).await;
        }
        play
    }

    async fn is_let_in(&self, who: usize, yes: bool) {
        let of = if who == MODERATOR { "team" } else { "guests" };
        let populations = if yes { json!([of]) } else { json!([]) };
        self.olga.changes(&self.members[who], json!({"populations": populations})).await;
    }

    fn path(&self, rest: &str) -> String {
        format!("conversations/{}{rest}", self.room)
    }

    fn new_word(&mut self) -> String {
        self.words += 1;
        format!("zq{}x{}x{}", self.seed, self.words, &client_id()[..8])
    }

    /// What somebody sees of the room.
    async fn sees(&mut self, who: usize) -> String {
        let mut seen = String::new();
        let paths = [
            "rooms".to_owned(),
            "conversations".to_owned(),
            self.path(""),
            self.path("/messages?limit=200"),
            self.path("/messages?after=0&limit=200"),
            self.path("/connected"),
            self.path("/held"),
            self.path("/moderation"),
        ];
        for path in paths {
            let answer = self.ears[who].asks(Method::GET, &path, None).await;
            writeln!(seen, "{path}: {} {}", answer.status, answer.body).unwrap();
        }
        seen
    }

    async fn whispers(&mut self, dice: &mut Dice) {
        let author = dice.below(PEOPLE.len());
        let to: BTreeSet<usize> = (0..PEOPLE.len()).filter(|who| *who != author && dice.chance(30)).collect();
        let word = self.new_word();
        let body = addressed(dice, &to, &word);
        self.acts.push(format!("{author} whispers {body:?}"));
        let others: Vec<usize> =
            (0..PEOPLE.len()).filter(|who| *who != author && !to.contains(who) && dice.chance(50)).collect();
        let mut before = BTreeMap::new();
        for who in &others {
            before.insert(*who, self.sees(*who).await);
        }
        let reply_to = if dice.chance(20) { self.whispers.last().map(|known| known.id.clone()) } else { None };
        let name = client_id();
        let draft = json!({"client_id": name, "body": body, "reply_to": reply_to});
        let path = self.path("/messages");
        let answered = if dice.chance(50) && self.ears[author].socket.is_some() {
            let mut command = draft.clone();
            command["type"] = "message.send".into();
            command["conversation_id"] = self.room.clone().into();
            self.ears[author].commands(command).await
        } else {
            let body = self.ears[author].asks(Method::POST, &path, Some(draft.clone())).await.body;
            json!({"message": if body["seq"].is_number() { body.clone() } else { Value::Null }, "problem": body})
        };
        self.is_unseen(before).await;
        let message = &answered["message"];
        if !message["seq"].is_number() {
            self.unsaid.push(word);
            return;
        }
        assert!(!message["whisper_to"].is_null(), "said aloud: {message}\n{:#?}", self.acts);
        let shown: BTreeSet<&str> =
            message["whisper_to"].as_array().unwrap().iter().map(|card| card["id"].as_str().unwrap()).collect();
        assert_eq!(shown, to.iter().map(|who| self.members[*who].id.as_str()).collect(), "{message}");
        let mut audience: BTreeSet<usize> =
            to.iter().copied().filter(|who| !self.blocks.contains(&(*who, author))).collect();
        audience.insert(author);
        self.whispers.push(Whisper {
            word,
            author,
            audience,
            reported: false,
            id: message["id"].as_str().unwrap().to_owned(),
            seq: message["seq"].as_i64().unwrap(),
            gone: false,
        });
        if dice.chance(20) {
            let again = self.ears[author].asks(Method::POST, &path, Some(draft)).await;
            assert_eq!(again.status, 200, "{}", again.body);
        }
    }

    /// Nothing of the room changed for them.
    async fn is_unseen(&mut self, before: BTreeMap<usize, String>) {
        for (who, before) in before {
            let after = self.sees(who).await;
            assert_eq!(before, after, "seed {}: {who} notices something\n{:#?}", self.seed, self.acts);
        }
    }

    /// Another text for a whisper, in its place; or it is withdrawn.
    async fn changes(&mut self, dice: &mut Dice) {
        if self.whispers.is_empty() {
            return;
        }
        let at = dice.below(self.whispers.len());
        let (author, id) = (self.whispers[at].author, self.whispers[at].id.clone());
        let path = self.path(&format!("/messages/{id}"));
        if dice.chance(25) {
            self.acts.push(format!("{author} withdraws {id}"));
            self.whispers[at].gone |= self.ears[author].asks(Method::DELETE, &path, None).await.status == 200;
            return;
        }
        let word = self.new_word();
        let aloud = dice.chance(50);
        let body = if aloud { format!("then {word}") } else { format!("@ben {word}") };
        self.acts.push(format!("{author} edits {id}: {body}"));
        let answer = self.ears[author].asks(Method::PATCH, &path, Some(json!({"body": body}))).await;
        if answer.status != 200 {
            self.unsaid.push(word);
            return;
        }
        assert!(!answer.body["whisper_to"].is_null(), "an edit says it aloud: {}", answer.body);
        self.whispers[at].gone = true;
        let Whisper { audience, reported, seq, .. } = &self.whispers[at];
        let new = Whisper { word, author, audience: audience.clone(), reported: *reported, id, seq: *seq, gone: false };
        self.whispers.push(new);
    }

    /// Somebody tries what they can with a whisper that they may not see.
    async fn probes(&mut self, dice: &mut Dice) {
        if self.whispers.is_empty() {
            return;
        }
        let at = dice.below(self.whispers.len());
        let who = dice.below(PEOPLE.len());
        let Whisper { id, seq, audience, reported, .. } = &self.whispers[at];
        let (id, seq) = (id.clone(), *seq);
        if audience.contains(&who) || (*reported && who == MODERATOR) {
            return;
        }
        self.acts.push(format!("{who} probes {id}"));
        let path = self.path(&format!("/messages/{id}"));
        let word = json!({"body": "let me see"});
        let answer = json!({"client_id": client_id(), "body": "to that", "reply_to": id});
        for (method, path, body) in [
            (Method::PATCH, path.clone(), Some(word)),
            (Method::DELETE, path.clone(), None),
            (Method::POST, format!("{path}/restore"), None),
            (Method::GET, format!("{path}/readers"), None),
            (Method::POST, "reports".to_owned(), Some(json!({"message": id, "reason": "curious"}))),
        ] {
            let answer = self.ears[who].asks(method.clone(), &path, body).await;
            assert!(matches!(answer.status, 403 | 404), "{method} {path}: {answer:?}");
            let nothing = path.replace(&id, &format!("{}.999999", self.room));
            let nothing = if nothing == path {
                continue;
            } else {
                self.ears[who].asks(method, &nothing, Some(json!({"body": "x"}))).await
            };
            assert_eq!(
                (answer.status, &answer.body),
                (nothing.status, &nothing.body),
                "told from a number that is not there"
            );
        }
        let messages = self.path("/messages");
        self.ears[who].asks(Method::POST, &messages, Some(answer)).await;
        for asked in [format!("after={}&limit=1", seq - 1), format!("before={}&limit=1", seq + 1)] {
            let page = self.path(&format!("/messages?{asked}"));
            self.ears[who].gets(&page).await;
        }
        let read = self.path("/read");
        self.ears[who].asks(Method::POST, &read, Some(json!({"seq": seq}))).await;
    }

    /// Whoever heard it tells the moderators.
    async fn reports(&mut self, dice: &mut Dice) {
        let Some(known) = self.whispers.last().filter(|known| !known.gone) else { return };
        let heard: Vec<usize> = known.audience.iter().copied().filter(|who| *who != known.author).collect();
        if heard.is_empty() || !dice.chance(60) {
            return;
        }
        let (who, id) = (heard[dice.below(heard.len())], known.id.clone());
        self.acts.push(format!("{who} reports {id}"));
        let form = json!({"message": id, "reason": "unkind"});
        if self.ears[who].asks(Method::POST, "reports", Some(form)).await.status == 201 {
            // It goes to the moderators as it stands then, and later.
            self.whispers.iter_mut().filter(|known| known.id == id).for_each(|known| known.reported = true);
        }
    }

    async fn speaks(&mut self, dice: &mut Dice) {
        let who = dice.below(PEOPLE.len());
        let other = PEOPLE[dice.below(PEOPLE.len())];
        let thanks = format!("thanks @{other}, see you");
        let body = ["hello", "how rude of you", "have patience", &thanks][dice.below(4)];
        let (path, body) = (self.path("/messages"), json!({"client_id": client_id(), "body": body}));
        self.ears[who].asks(Method::POST, &path, Some(body)).await;
        let room = self.room.clone();
        if self.ears[who].socket.is_some() && dice.chance(30) {
            let typing = json!({"type": "typing", "conversation_id": room});
            self.ears[who].socket.as_mut().unwrap().say(typing).await;
        }
    }

    async fn moves(&mut self, dice: &mut Dice) {
        let who = dice.below(self.ears.len());
        let room = self.room.clone();
        match dice.below(5) {
            0 | 1 => self.ears[who].comes(&room).await,
            2 => {
                self.acts.push(format!("{who} drops"));
                self.ears[who].goes().await;
            }
            3 => {
                let resume = dice.chance(50).then(|| self.ears[who].cursor.clone()).filter(|at| !at.is_empty());
                self.acts.push(format!("{who} enters from {resume:?}"));
                self.ears[who].enters(&room, resume).await;
            }
            _ if self.ears[who].socket.is_some() => {
                self.acts.push(format!("{who} leaves"));
                self.ears[who].commands(json!({"type": "room.leave", "conversation_id": room})).await;
                self.ears[who].inside = false;
            }
            _ => {}
        }
    }

    /// Blocks, populations, sanctions.
    async fn relates(&mut self, dice: &mut Dice) {
        let (a, b) = (dice.below(PEOPLE.len()), dice.below(PEOPLE.len()));
        if a == b {
            return;
        }
        let block = format!("blocks/{}", self.members[b].id);
        match dice.below(8) {
            0 if self.ears[a].asks(Method::PUT, &block, None).await.status == 204 => {
                self.acts.push(format!("{a} blocks {b}"));
                self.blocks.insert((a, b));
            }
            1 | 2 if self.ears[a].asks(Method::DELETE, &block, None).await.status == 204 => {
                self.acts.push(format!("{a} unblocks {b}"));
                self.blocks.remove(&(a, b));
            }
            3 => {
                let yes = dice.chance(85);
                self.acts.push(format!("{a} let in: {yes}"));
                self.is_let_in(a, yes).await;
            }
            4 => {
                let kind = if dice.chance(50) { "ban" } else { "mute" };
                self.acts.push(format!("{kind} on {b}"));
                let form = json!({"member": self.members[b].id, "kind": kind, "minutes": 5, "reason": "too loud"});
                let path = self.path("/sanctions");
                self.ears[MODERATOR].asks(Method::POST, &path, Some(form)).await;
            }
            _ => self.lifts().await,
        }
    }

    async fn lifts(&mut self) {
        let path = "admin/moderation/sanctions".to_owned();
        let all = self.ears[PEOPLE.len()].gets(&path).await;
        for one in all["items"].as_array().cloned().unwrap_or_default() {
            let path = format!("{path}/{}", one["id"].as_str().unwrap());
            self.ears[PEOPLE.len()].asks(Method::DELETE, &path, None).await;
        }
    }

    /// Everything that anybody can ask for.
    async fn looks(&mut self, who: usize) {
        let mut paths: Vec<String> =
            ["", "/connected", "/logins?prefix=", "/logins?prefix=b", "/held", "/moderation", "/sanctions"]
                .map(|rest| self.path(rest))
                .into();
        paths.extend(
            ["me", "members", "conversations", "rooms", "blocks", "contact-requests?box=received"].map(str::to_owned),
        );
        paths.extend([
            self.path("/messages?limit=200"),
            self.path("/messages?after=0&limit=200"),
            self.path("/participants"),
        ]);
        paths.push("/metrics".to_owned());
        if who >= PEOPLE.len() {
            let room = &self.room;
            paths = [
                "admin/rooms",
                "admin/conversations",
                "admin/members",
                "admin/settings",
                "admin/audit?limit=200",
                "admin/moderation/reports",
                "admin/moderation/held",
                "admin/moderation/sanctions",
                "/metrics",
            ]
            .map(str::to_owned)
            .into();
            paths.extend([
                format!("admin/rooms/{room}"),
                format!("admin/conversations/{room}"),
                format!("admin/conversations/{room}/messages?limit=200"),
            ]);
        }
        for path in paths {
            self.ears[who].gets(&path).await;
        }
    }

    /// Everybody may come in again and loads everything; then each word is with those whom it was for.
    async fn ends(&mut self, log: &Log) {
        self.lifts().await;
        for who in 0..self.ears.len() {
            if who < PEOPLE.len() {
                self.is_let_in(who, true).await;
            }
            let room = self.room.clone();
            self.ears[who].inside = true;
            self.ears[who].comes(&room).await;
            self.looks(who).await;
            self.ears[who].hears().await;
        }
        for known in &self.whispers {
            let what =
                format!("seed {}: {} of {} at {}\n{:#?}", self.seed, known.word, known.author, known.id, self.acts);
            for (who, ear) in self.ears.iter().enumerate() {
                let heard = ear.heard.contains(&known.word);
                let is_for = known.audience.contains(&who);
                let may = is_for || (known.reported && (who == MODERATOR || who >= PEOPLE.len()));
                if heard && !may {
                    let line = ear.heard.lines().find(|line| line.contains(&known.word)).unwrap();
                    panic!("{who} has a trace of {what}\nin {line}");
                }
                assert!(heard || !is_for || known.gone, "{who} never got {what}");
            }
            assert!(!log.holds(&known.word), "it was logged: {what}");
        }
        for word in &self.unsaid {
            for (who, ear) in self.ears.iter().enumerate() {
                assert!(
                    !ear.heard.contains(word),
                    "seed {}: {who} has what was refused: {word}\n{:#?}",
                    self.seed,
                    self.acts
                );
            }
            assert!(!log.holds(word), "what was refused was logged");
        }
    }
}

async fn play(site: Site, seed: u64, log: &Log) -> usize {
    let mut dice = Dice::of(seed);
    let mut play = Play::on(site, seed).await;
    for _ in 0..90 {
        match dice.below(20) {
            0..6 => play.whispers(&mut dice).await,
            6 | 7 => play.speaks(&mut dice).await,
            8 => play.changes(&mut dice).await,
            9 | 10 => play.probes(&mut dice).await,
            11 => play.reports(&mut dice).await,
            12..15 => play.moves(&mut dice).await,
            15..18 => play.relates(&mut dice).await,
            18 => {
                let who = dice.below(play.ears.len());
                play.looks(who).await;
            }
            _ => {
                let path = play.path("/read");
                let who = dice.below(PEOPLE.len());
                let seq = i64::try_from(dice.below(40)).unwrap();
                play.ears[who].asks(Method::POST, &path, Some(json!({"seq": seq}))).await;
            }
        }
    }
    play.ends(log).await;
    drop(play.site);
    play.whispers.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whisper_leaves_a_trace_with_its_audience_alone() {
    let log = Log::listen();
    let first = Site::start().await;
    let mut sent = 0;
    for seed in seeds(&[1, 2, 3, 4, 5, 6]) {
        sent += play(first.neighbour(&format!("room-{seed}")).await, seed, log).await;
    }
    assert!(sent > 5 || std::env::var("PARVIS_TEST_SEED").is_ok(), "only {sent} whispers were sent");
    println!("{sent} whispers");
}
