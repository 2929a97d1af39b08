//! A block equals absence. The same happens on two sites: on one, Ben blocks Ana and goes on as he likes; on the other
//! he leaves instead. Whatever Ana can observe is the same.

mod calls;

use super::dice::{Dice, seeds};
use super::plain::Plain;
use crate::harness::{Answer, Member, Operator, Site, Socket, client_id};
use calls::Phone;
use parvis::app::App;
use serde_json::{Value, json};

/// What somebody does; numbers choose a message of theirs.
#[derive(Clone, Debug)]
enum Act {
    // Ana, whatever the others do.
    Send(u8),
    SendBySocket,
    Edit(usize),
    Withdraw(usize),
    Read,
    Types,
    Opens,
    Deletes(bool),
    MarksUnread,
    Lists,
    Asks,
    Answers(&'static str),
    Contactable(bool),
    BlocksBack,
    UnblocksBack,
    GroupTalk,
    Drops,
    Comes,
    // Ben, the same whether he blocks or is away.
    BenWithdraws(usize),
    BenHeadline(usize),
    // Ben, while nothing stands between the two.
    BenSends,
    BenReads,
    BenTypes,
    BenAsks,
    BenAnswers(&'static str),
    // Ben, while he blocks: on the other site he is away.
    Hidden(Hidden),
    Block,
    Unblock,
    Phone(Phone),
}

#[derive(Clone, Debug)]
enum Hidden {
    Reads,
    GroupReads,
    GroupTypes,
    Sends,
    Types,
    Deletes(bool),
    Opens,
    Asks,
    Answers(&'static str),
    Looks,
    Drops,
    Comes,
}

const ANSWERS: [&str; 3] = ["accept", "decline", "undo"];

fn act(dice: &mut Dice, blocked: bool) -> Act {
    if dice.chance(25) {
        return Act::Phone(calls::phone(dice, blocked));
    }
    let at = dice.below(4);
    let yes = dice.chance(50);
    match dice.below(40) {
        0..4 => Act::Send(u8::from(yes)),
        4 => Act::SendBySocket,
        5 | 6 => Act::Edit(at),
        7 => Act::Withdraw(at),
        8 | 9 => Act::Read,
        10 => Act::Types,
        11 => Act::Opens,
        12 => Act::Deletes(yes),
        13 => Act::MarksUnread,
        14 => Act::Lists,
        15 | 16 => Act::Asks,
        17 | 18 => Act::Answers(if yes { "cancel" } else { "accept" }),
        19 => Act::Contactable(yes),
        20 => Act::BlocksBack,
        21 | 22 => Act::UnblocksBack,
        23 => Act::GroupTalk,
        24 => Act::Drops,
        25 | 26 => Act::Comes,
        27 => Act::BenWithdraws(at),
        28 | 29 => Act::BenHeadline(at),
        30..33 if blocked && yes => Act::Unblock,
        _ if blocked => Act::Hidden(hidden(dice)),
        30..33 => Act::Block,
        33 | 34 => Act::BenSends,
        35 => Act::BenReads,
        36 => Act::BenTypes,
        37 => Act::BenAsks,
        _ => Act::BenAnswers(ANSWERS[dice.below(3)]),
    }
}

fn hidden(dice: &mut Dice) -> Hidden {
    match dice.below(13) {
        0 | 1 => Hidden::Reads,
        2 => Hidden::GroupReads,
        3 => Hidden::GroupTypes,
        4 => Hidden::Sends,
        5 => Hidden::Types,
        6 => Hidden::Deletes(dice.chance(50)),
        7 => Hidden::Opens,
        8 => Hidden::Asks,
        9 => Hidden::Answers(ANSWERS[dice.below(2)]),
        10 => Hidden::Looks,
        11 => Hidden::Drops,
        _ => Hidden::Comes,
    }
}

/// One of the two sites, and all that Ana sees of it.
struct World {
    ana: Member,
    ben: Member,
    cleo: Member,
    _olga: Operator,
    between: String,
    group: String,
    socket: Option<Socket>,
    cursor: String,
    ben_here: Option<Socket>,
    /// A bystander, who is told of comings and goings as they happen.
    beside: Socket,
    app: App,
    plain: Plain,
    blocks: bool,
    blocking: bool,
}

impl World {
    async fn on(site: Site, blocks: bool) -> World {
        site.lift_limits().await;
        site.configure(json!({"features": {"video": true}})).await;
        let (ana, ben, cleo) = (site.member("ana").await, site.member("ben").await, site.member("cleo").await);
        let olga = site.operator("Olga", "owner").await;
        let group = olga.makes_group("All", &[&ana, &ben, &cleo]).await;
        let between = ana.opens_direct(&ben).await;
        ana.sends(&between, "hello").await;
        ben.sends(&between, "hello Ana").await;
        let mut beside = cleo.socket().await;
        let socket = ana.socket().await;
        beside.expect_presence(&ana.id, true).await;
        let cursor = socket.cursor.clone();
        let (socket, plain) = (Some(socket), Plain::naming(&[&ana.id, &ben.id, &cleo.id, &between, &group]));
        let mut world = World {
            ana,
            ben,
            cleo,
            _olga: olga,
            between,
            group,
            socket,
            cursor,
            ben_here: None,
            beside,
            app: site.app.clone(),
            plain,
            blocks,
            blocking: false,
        };
        world.ben_comes(true).await;
        world
    }

    /// Ben connects; unless he blocks (or is blocked), Ana is told.
    async fn ben_comes(&mut self, shown: bool) {
        if self.ben_here.is_some() {
            return;
        }
        self.ben_here = Some(self.ben.socket().await);
        self.beside.expect_presence(&self.ben.id, true).await;
        self.is_told(shown, true).await;
    }

    async fn ben_leaves(&mut self, shown: bool) {
        let Some(socket) = self.ben_here.take() else { return };
        socket.leave().await;
        self.beside.expect_presence(&self.ben.id, false).await;
        self.is_told(shown, false).await;
    }

    /// Whoever comes or goes is told from the background, to all in one go: after the bystander was told, so was Ana.
    async fn is_told(&mut self, shown: bool, connected: bool) {
        let sees = self.ana.relation(&self.ben).await;
        assert!(!sees.is_null());
        let view = self.ana.get("members/@ben").await.is(200);
        assert_eq!(view["connected"], shown && connected, "whether Ben is shown as here");
    }

    fn seen(&mut self, what: &str, answer: &Answer) -> String {
        assert!(answer.status < 500, "{answer:?}");
        format!("{what}: {} {}", answer.status, self.plain.of(&answer.body))
    }

    /// A message that somebody wrote between the two, as Ana sees it.
    async fn message_of(&self, who: &Member, at: usize) -> Option<Value> {
        let page = self.ana.get(&format!("conversations/{}/messages?limit=200", self.between)).await.is(200);
        let items = page["items"].as_array().unwrap().clone();
        let mut own =
            items.into_iter().rev().filter(|m| m["author"]["kind"] == "member" && m["author"]["id"] == who.id);
        own.nth(at)
    }

    /// The newest request that a member has of the other, in a box of theirs.
    async fn request_of(&self, who: &Member, r#box: &str) -> Option<Value> {
        who.requests(r#box).await.into_iter().next()
    }

    async fn answer_of(&self, who: &Member, how: &str) -> Option<Answer> {
        let r#box = if how == "cancel" { "sent" } else { "received" };
        let request = self.request_of(who, r#box).await?;
        Some(who.answers_request(&request, how).await)
    }

    async fn types(&mut self, conversation: &str) {
        if let Some(socket) = &mut self.socket {
            socket.say(json!({"type": "typing", "conversation_id": conversation})).await;
        }
    }

    async fn ben_types(&mut self, conversation: &str) {
        if let Some(socket) = &mut self.ben_here {
            socket.say(json!({"type": "typing", "conversation_id": conversation})).await;
            socket.told().await;
        }
    }

    /// What Ana does: what she is answered.
    async fn ana_does(&mut self, act: &Act) -> Option<Answer> {
        let path = format!("conversations/{}", self.between);
        Some(match act {
            Act::Send(long) => self.ana.says(&self.between, &client_id(), &"hm ".repeat(1 + usize::from(*long))).await,
            Act::Edit(at) => {
                let message = self.message_of(&self.ana, *at).await?;
                self.ana.edits(&message, "better").await
            }
            Act::Withdraw(at) => {
                let message = self.message_of(&self.ana, *at).await?;
                self.ana.withdraws(&message).await
            }
            Act::Read => self.ana.post(&format!("{path}/read"), json!({"seq": 1_000})).await,
            Act::Opens => self.ana.knocks(&self.ben).await,
            Act::Deletes(clear) => self.ana.delete(&format!("{path}?clear={clear}")).await,
            Act::MarksUnread => self.ana.post(&format!("{path}/unread"), json!({})).await,
            Act::Lists => self.ana.patch(&path, json!({"listed": true})).await,
            Act::Asks => self.ana.asks_contact(&self.ben).await,
            Act::Answers(how) => self.answer_of(&self.ana, how).await?,
            Act::Contactable(yes) => self.ana.patch("me", json!({"contactable": yes})).await,
            Act::BlocksBack => self.ana.put(&format!("blocks/{}", self.ben.id), json!({})).await,
            Act::UnblocksBack => self.ana.delete(&format!("blocks/{}", self.ben.id)).await,
            Act::GroupTalk => self.ana.says(&self.group, &client_id(), "all of you").await,
            _ => return None,
        })
    }

    /// What Ben does alike on both sites.
    async fn ben_does(&mut self, act: &Act) {
        let path = format!("conversations/{}", self.between);
        match act {
            Act::BenWithdraws(at) => {
                if let Some(message) = self.message_of(&self.ben, *at).await {
                    self.ben.withdraws(&message).await.is(200);
                }
            }
            Act::BenHeadline(n) => drop(self.ben.patch("me", json!({"headline": format!("number {n}")})).await.is(200)),
            Act::BenSends => drop(self.ben.says(&self.between, &client_id(), "well").await),
            Act::BenReads => drop(self.ben.post(&format!("{path}/read"), json!({"seq": 1_000})).await),
            Act::BenTypes => self.ben_types(&self.between.clone()).await,
            Act::BenAsks => drop(self.ben.asks_contact(&self.ana).await),
            Act::BenAnswers(how) => drop(self.answer_of(&self.ben, how).await),
            Act::Hidden(hidden) if self.blocks => self.hides(hidden).await,
            _ => {}
        }
    }

    async fn hides(&mut self, act: &Hidden) {
        let (path, group) = (format!("conversations/{}", self.between), format!("conversations/{}", self.group));
        let answer = match act {
            Hidden::Reads => self.ben.post(&format!("{path}/read"), json!({"seq": 1_000})).await,
            Hidden::GroupReads => self.ben.post(&format!("{group}/read"), json!({"seq": 1_000})).await,
            Hidden::GroupTypes => return self.ben_types(&self.group.clone()).await,
            Hidden::Types => return self.ben_types(&self.between.clone()).await,
            Hidden::Sends => self.ben.says(&self.between, &client_id(), "not you").await,
            Hidden::Deletes(clear) => self.ben.delete(&format!("{path}?clear={clear}")).await,
            Hidden::Opens => self.ben.knocks(&self.ana).await,
            Hidden::Asks => self.ben.asks_contact(&self.ana).await,
            Hidden::Answers(how) => match self.ben.requests("received").await.first() {
                Some(request) => self.ben.answers_request(request, how).await,
                None => return,
            },
            Hidden::Looks => self.ben.get("members/@ana").await,
            Hidden::Drops => return self.ben_leaves(false).await,
            Hidden::Comes => return self.ben_comes(false).await,
        };
        assert!(answer.status < 500, "{answer:?}");
        let refused = matches!(act, Hidden::Sends | Hidden::Asks);
        assert_eq!(answer.status == 403, refused, "{act:?}: {answer:?}");
    }

    /// From now on Ben is not there for Ana.
    async fn begins(&mut self) {
        if self.blocks {
            self.ben.blocks(&self.ana).await;
        } else {
            self.ben_hangs_up().await;
            self.ben_leaves(true).await;
        }
        self.blocking = true;
    }

    /// He is back: here or not, and having read so far.
    async fn ends(&mut self, here: bool, read: i64) {
        self.blocking = false;
        if self.blocks {
            self.ben_hangs_up().await;
            self.ben.unblocks(&self.ana).await;
            return;
        }
        let apart = self.ana.relation(&self.ben).await["blocked"] == true;
        if here {
            self.ben_comes(!apart).await;
        }
        self.ben.reads(&self.between, read).await;
    }

    /// What Ana was told since the last time.
    async fn told(&mut self) -> Vec<String> {
        let told = match &mut self.socket {
            Some(socket) => socket.told().await,
            None => Vec::new(),
        };
        self.news("told", &told)
    }

    /// Everything Ana is shown.
    async fn shown(&mut self) -> Vec<String> {
        let mut all = Vec::new();
        let (between, ben) = (self.between.clone(), self.ben.id.clone());
        for path in [
            "conversations",
            &format!("conversations/{between}"),
            &format!("conversations/{between}/messages?limit=200"),
            &format!("conversations/{}/messages", self.group),
            "members",
            "members?query=ben",
            "members?connected=true",
            "members?contact=accepted",
            "members?contact=requested",
            &format!("members/{ben}"),
            "contact-requests?box=sent",
            "contact-requests?box=received",
            "blocks",
            "calls",
        ] {
            let answer = self.ana.get(path).await;
            let named = path.replace(&between, "between").replace(&ben, "ben").replace(&self.group, "group");
            all.push(self.seen(&named, &answer));
        }
        all
    }

    async fn drops(&mut self) {
        let Some(mut socket) = self.socket.take() else { return };
        socket.told().await;
        self.cursor = socket.cursor.clone();
        socket.leave().await;
        self.beside.expect_presence(&self.ana.id, false).await;
    }

    /// Comes back: what she missed.
    async fn comes(&mut self) -> Vec<String> {
        if self.socket.is_some() {
            return Vec::new();
        }
        let mut socket = self.ana.resumes(&self.cursor).await;
        let (ready, missed) = (socket.cursor.clone(), socket.left());
        socket.cursor = ready;
        self.beside.expect_presence(&self.ana.id, true).await;
        self.socket = Some(socket);
        self.news("missed", &missed)
    }

    /// Whether the bystander and oneself come and go is told or not, as it happened to be gathered.
    fn news(&mut self, how: &str, events: &[Value]) -> Vec<String> {
        let ben = json!(self.ben.id);
        let events = events.iter().filter(|event| event["type"] != "presence" || event["member_id"] == ben);
        let mut news: Vec<String> = events.map(|event| format!("{how} {}", self.plain.of(event))).collect();
        news.sort_unstable();
        news
    }
}

/// What Ana was answered, is shown and was told is the same; what is told a moment after an answer is waited for.
async fn is_the_same(
    blocked: &mut World,
    away: &mut World,
    [mut one, mut other]: [Vec<String>; 2],
    seed: u64,
    acts: &[Act],
) {
    for patience in (0..100).rev() {
        one.append(&mut blocked.told().await);
        other.append(&mut away.told().await);
        let shown = (blocked.shown().await, away.shown().await);
        let mut all = (one.clone(), other.clone());
        all.0.extend(shown.0);
        all.1.extend(shown.1);
        let (blocked, away) = differing(&all.0, &all.1);
        if blocked.is_empty() && away.is_empty() {
            return;
        }
        assert!(
            patience > 0,
            "seed {seed}: Ana can tell a block from absence after {acts:?}\nblocked: {blocked:#?}\naway: {away:#?}"
        );
        tokio::task::yield_now().await;
    }
}

/// Where two lists of lines differ, whatever their order.
fn differing(one: &[String], other: &[String]) -> (Vec<String>, Vec<String>) {
    let without = |a: &[String], b: &[String]| {
        let mut b = b.to_vec();
        let mut left = a.to_vec();
        left.retain(|line| b.iter().position(|known| known == line).map(|at| b.swap_remove(at)).is_none());
        left
    };
    (without(one, other), without(other, one))
}

async fn play(first: &Site, seed: u64) {
    let mut dice = Dice::of(seed);
    let mut blocked = World::on(first.neighbour(&format!("blocked-{seed}")).await, true).await;
    let mut away = World::on(first.neighbour(&format!("away-{seed}")).await, false).await;
    let mut acts: Vec<Act> = Vec::new();
    for _ in 0..45 {
        let act = act(&mut dice, blocked.blocking);
        acts.push(act.clone());
        let mut lines = [Vec::new(), Vec::new()];
        if let Act::Phone(Phone::TimePasses) = act {
            calls::time_passes(first, [&mut blocked, &mut away]).await;
        }
        let (mut here, mut read) = (blocked.ben_here.is_some(), 0);
        for (world, lines) in [&mut blocked, &mut away].into_iter().zip(&mut lines) {
            match act {
                Act::Block => world.begins().await,
                Act::Unblock => {
                    world.ends(here, read).await;
                    (here, read) = (here, world.ben.conversation(&world.between).await["read_seq"].as_i64().unwrap());
                }
                Act::SendBySocket => {
                    if let Some(socket) = &mut world.socket {
                        let command = crate::harness::send(&world.between, &client_id(), "by socket");
                        let answer = socket.command(command).await;
                        lines.push(world.plain.of(&answer["type"]).to_string());
                    }
                }
                Act::Types => world.types(&world.between.clone()).await,
                Act::Drops => world.drops().await,
                Act::Comes => lines.append(&mut world.comes().await),
                Act::Phone(ref what) => {
                    lines.append(&mut world.ana_phones(what).await);
                    world.ben_phones(what).await;
                }
                _ => {
                    if let Some(answer) = world.ana_does(&act).await {
                        lines.push(world.seen("answered", &answer));
                    }
                    world.ben_does(&act).await;
                }
            }
        }
        is_the_same(&mut blocked, &mut away, lines, seed, &acts).await;
    }
    assert!(!blocked.cleo.list().await.is_empty());
}

/// Ben may be here, read, write, delete and come and go: Ana sees somebody who is away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_cannot_be_told_from_absence() {
    let first = Site::with_clock_in_hand().await;
    for seed in seeds(&[1, 8, 21, 22]) {
        play(&first, seed).await;
    }
}
