//! Actions at random, by several members who come and go: everybody who is here stays in step, and numbers have no gap.

use super::state::{number, text, thread};
use super::watcher::{Watcher, here};
use crate::harness::{Answer, Operator, Site, client_id, eventually};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

/// What somebody does; the number says who, the index in which conversation or to which message.
#[derive(Clone, Debug)]
enum Act {
    Open(usize, usize),
    OpenDesk(usize),
    Send(usize, Index),
    Edit(usize, Index),
    Withdraw(usize, Index),
    Read(usize, Index, i64),
    Delete(usize, Index, bool),
    Headline(usize, u8),
    Contactable(usize, bool),
    Locale(usize, bool),
    Group,
    Answer(Index),
    DeskReads(Index),
    DeskWrites(usize),
    ShutOut(usize),
    LetIn(usize),
    MemberChat(bool),
    Rules(u8),
    Segment(u8),
    Population(usize, bool),
    Blocks(usize, usize),
    Unblocks(usize, usize),
    Asks(usize, usize),
    Answers(usize, Index, Index),
    MarkUnread(usize, Index),
    List(usize, Index),
    Gather(usize, usize, bool),
    Place(usize, usize, Index, Option<bool>),
    TakeOut(usize, usize, Index),
    Rename(usize, Index, u8),
    Mute(usize, Index, bool),
    Calls(usize, usize),
    Phones(usize, Index),
    Drop(usize),
    Resume(usize),
    Compare,
}

const PEOPLE: [&str; 3] = ["anna", "ben", "carl"];

fn act() -> impl Strategy<Value = Act> {
    let who = || 0..PEOPLE.len();
    prop_oneof![
        3 => (who(), who()).prop_map(|(a, b)| Act::Open(a, b)),
        1 => who().prop_map(Act::OpenDesk),
        10 => (who(), any::<Index>()).prop_map(|(a, at)| Act::Send(a, at)),
        3 => (who(), any::<Index>()).prop_map(|(a, at)| Act::Edit(a, at)),
        2 => (who(), any::<Index>()).prop_map(|(a, at)| Act::Withdraw(a, at)),
        4 => (who(), any::<Index>(), 0..8_i64).prop_map(|(a, at, seq)| Act::Read(a, at, seq)),
        2 => (who(), any::<Index>(), any::<bool>()).prop_map(|(a, at, clear)| Act::Delete(a, at, clear)),
        1 => (who(), 0..3_u8).prop_map(|(a, n)| Act::Headline(a, n)),
        1 => (who(), any::<bool>()).prop_map(|(a, yes)| Act::Contactable(a, yes)),
        1 => (who(), any::<bool>()).prop_map(|(a, french)| Act::Locale(a, french)),
        1 => Just(Act::Group),
        2 => any::<Index>().prop_map(Act::Answer),
        1 => any::<Index>().prop_map(Act::DeskReads),
        1 => who().prop_map(Act::DeskWrites),
        1 => who().prop_map(Act::ShutOut),
        2 => who().prop_map(Act::LetIn),
        1 => any::<bool>().prop_map(Act::MemberChat),
        2 => (0..4_u8).prop_map(Act::Rules),
        1 => (0..3_u8).prop_map(Act::Segment),
        1 => (who(), any::<bool>()).prop_map(|(a, yes)| Act::Population(a, yes)),
        3 => (who(), who()).prop_map(|(a, b)| Act::Blocks(a, b)),
        4 => (who(), who()).prop_map(|(a, b)| Act::Unblocks(a, b)),
        3 => (who(), who()).prop_map(|(a, b)| Act::Asks(a, b)),
        4 => (who(), any::<Index>(), any::<Index>()).prop_map(|(a, at, how)| Act::Answers(a, at, how)),
        1 => (who(), any::<Index>()).prop_map(|(a, at)| Act::MarkUnread(a, at)),
        1 => (who(), any::<Index>()).prop_map(|(a, at)| Act::List(a, at)),
        2 => (who(), who(), any::<bool>()).prop_map(|(a, b, all)| Act::Gather(a, b, all)),
        3 => (who(), who(), any::<Index>(), any::<Option<bool>>()).prop_map(|(a, b, at, role)| Act::Place(a, b, at, role)),
        2 => (who(), who(), any::<Index>()).prop_map(|(a, b, at)| Act::TakeOut(a, b, at)),
        1 => (who(), any::<Index>(), 0..3_u8).prop_map(|(a, at, n)| Act::Rename(a, at, n)),
        1 => (who(), any::<Index>(), any::<bool>()).prop_map(|(a, at, yes)| Act::Mute(a, at, yes)),
        3 => (who(), who()).prop_map(|(a, b)| Act::Calls(a, b)),
        4 => (who(), any::<Index>()).prop_map(|(a, how)| Act::Phones(a, how)),
        3 => who().prop_map(Act::Drop),
        4 => who().prop_map(Act::Resume),
        4 => Just(Act::Compare),
    ]
}

struct Stage {
    site: Site,
    olga: Operator,
    watchers: Vec<Watcher>,
    /// Every conversation that was ever opened.
    conversations: Vec<String>,
    /// A segment that some rules speak of.
    segment: String,
}

/// Refused, perhaps; broken, never.
fn allowed(answer: &Answer) {
    assert!(answer.status < 500, "{answer:?}");
}

impl Stage {
    async fn on(site: Site) -> Stage {
        site.configure(json!({"features": {"video": true}})).await;
        let olga = site.operator("Olga", "owner").await;
        olga.makes_population("guests").await;
        let segment = olga.makes_view(json!({"query": "anna"})).await;
        let mut members = Vec::new();
        for login in PEOPLE {
            members.push(site.member(login).await);
        }
        let mut conversations = vec![members[0].opens_direct(&members[1]).await];
        conversations.push(members[0].opens_organizer().await);
        conversations.push(olga.makes_group("All", &members.iter().collect::<Vec<_>>()).await);
        let mut watchers = Vec::new();
        for member in &members {
            watchers.push(Watcher::comes(&site, member).await);
        }
        Stage { site, olga, watchers, conversations, segment }
    }

    fn one(&self, at: Index) -> &str {
        at.get::<String>(&self.conversations)
    }

    fn note(&mut self, answer: &Answer) {
        allowed(answer);
        if let Some(id) = answer.body["id"].as_str().filter(|_| answer.status < 300)
            && !self.conversations.iter().any(|known| known == id)
        {
            self.conversations.push(id.to_owned());
        }
    }

    /// A message of one's own, if one has any.
    async fn own_message(&self, who: usize, at: Index) -> Option<Value> {
        let member = &self.watchers[who].member;
        let page = member.get(&format!("conversations/{}/messages", self.one(at))).await;
        allowed(&page);
        let items = page.body["items"].as_array()?;
        let own: Vec<&Value> = items.iter().filter(|m| m["author"]["id"] == member.id).collect();
        own.get(at.index(own.len().max(1))).map(|m| (*m).clone())
    }

    async fn carry_out(&mut self, act: &Act) {
        match act {
            Act::Open(a, b) => {
                let body = json!({"kind": "direct", "member": self.watchers[*b].member.id});
                let answer = self.watchers[*a].member.post("conversations", body).await;
                self.note(&answer);
            }
            Act::OpenDesk(a) => {
                let answer = self.watchers[*a].member.post("conversations", json!({"kind": "organizer"})).await;
                self.note(&answer);
            }
            Act::Gather(a, b, all) => {
                let history = if *all { "all" } else { "from_joining" };
                let members = [&self.watchers[*b].member.id];
                let body = json!({"kind": "group", "name": "Ours", "members": members, "history": history});
                let answer = self.watchers[*a].member.post("conversations", body).await;
                self.note(&answer);
            }
            Act::Group => {
                let members: Vec<&String> = self.watchers.iter().take(2).map(|w| &w.member.id).collect();
                let body = json!({"kind": "group", "name": "Two", "members": members});
                let answer = self.olga.post("admin/conversations", body).await;
                self.note(&answer);
            }
            Act::DeskWrites(a) => {
                let with = self.olga.opens_with(&self.watchers[*a].member).await;
                self.olga.answers(&with, "from the desk").await;
                if !self.conversations.contains(&with) {
                    self.conversations.push(with);
                }
            }
            Act::Drop(a) => self.watchers[*a].drops(&self.site).await,
            Act::Resume(a) => self.resumes(*a).await,
            Act::ShutOut(a) => {
                self.olga.lets_chat(&self.watchers[*a].member, false).await;
                self.watchers[*a].is_closed(&self.site).await;
                let member = self.watchers[*a].member.clone();
                eventually("they are in no call", || async { member.get("calls").await.body["items"] == json!([]) })
                    .await;
            }
            Act::LetIn(a) => self.olga.lets_chat(&self.watchers[*a].member, true).await,
            Act::MemberChat(on) => self.site.configure(json!({"features": {"member_chat": on}})).await,
            Act::Compare => self.compare(&format!("{act:?}")).await,
            Act::Calls(..) | Act::Phones(..) => self.phone(act).await,
            Act::Rules(_) | Act::Segment(_) | Act::Population(..) => self.organize(act).await,
            Act::Blocks(..) | Act::Unblocks(..) | Act::Asks(..) | Act::Answers(..) => self.acquaint(act).await,
            other => self.talk(other).await,
        }
    }

    async fn phone(&mut self, act: &Act) {
        let member = |who: &usize| &self.watchers[*who].member;
        let answer = match act {
            Act::Calls(a, b) => {
                let call = json!({"member": member(b).id, "media": "video"});
                let mut answer = member(a).post("calls", call).await;
                answer.body["id"] = answer.body["conversation_id"].clone();
                answer
            }
            Act::Phones(a, how) => {
                let open = member(a).get("calls").await.is(200);
                let Some(call) = open["items"][0]["id"].as_str() else { return };
                let how = ["accept", "accept", "decline", "hang-up", "rejoin"][how.index(5)];
                let mut answer = member(a).post(&format!("calls/{call}/{how}"), json!({})).await;
                answer.body = Value::Null;
                answer
            }
            _ => return,
        };
        self.note(&answer);
    }

    /// What the organizers let people do.
    async fn organize(&self, act: &Act) {
        match act {
            Act::Rules(n) => {
                let everyone =
                    json!({"from": "guests", "to": "everyone", "effect": "allow", "rights": ["see", "reply"]});
                let segment = json!({"from": "guests", "to": {"view": self.segment}, "effect": "allow",
                    "rights": ["see", "start", "reply"]});
                let never =
                    json!({"from": "guests", "to": {"view": self.segment}, "effect": "never", "rights": ["see"]});
                let sets = [json!([]), json!([segment]), json!([everyone]), json!([everyone, never])];
                self.olga.sets_rules(sets[usize::from(*n)].clone()).await;
            }
            Act::Segment(n) => {
                let filter = json!({"query": PEOPLE[usize::from(*n)]});
                self.olga.patch(&format!("admin/views/{}", self.segment), json!({"filter": filter})).await.is(200);
            }
            Act::Population(a, yes) => {
                let populations = if *yes { json!(["guests"]) } else { json!([]) };
                self.olga.changes(&self.watchers[*a].member, json!({"populations": populations})).await;
            }
            _ => {}
        }
    }

    /// What members make of each other.
    async fn acquaint(&self, act: &Act) {
        let member = |who: &usize| &self.watchers[*who].member;
        let answer = match act {
            Act::Blocks(a, b) => member(a).put(&format!("blocks/{}", member(b).id), json!({})).await,
            Act::Unblocks(a, b) => member(a).delete(&format!("blocks/{}", member(b).id)).await,
            Act::Asks(a, b) => member(a).asks_contact(member(b)).await,
            Act::Answers(a, at, how) => {
                let mut known = Vec::new();
                for r#box in ["received", "sent"] {
                    let page = member(a).get(&format!("contact-requests?box={}", r#box)).await;
                    allowed(&page);
                    known.extend(page.body["items"].as_array().into_iter().flatten().cloned());
                }
                if known.is_empty() {
                    return;
                }
                member(a).answers_request(at.get(&known), ["accept", "decline", "cancel", "undo"][how.index(4)]).await
            }
            _ => return,
        };
        allowed(&answer);
    }

    async fn talk(&self, act: &Act) {
        let answer = match act {
            Act::MarkUnread(a, at) => {
                let path = format!("conversations/{}/unread", self.one(*at));
                self.watchers[*a].member.post(&path, json!({})).await
            }
            Act::List(a, at) => {
                let path = format!("conversations/{}", self.one(*at));
                self.watchers[*a].member.patch(&path, json!({"listed": true})).await
            }
            Act::Place(a, b, at, role) => {
                let role = role.map(|admin| if admin { "admin" } else { "member" });
                let body = role.map_or(json!({}), |role| json!({"role": role}));
                let path = format!("conversations/{}/participants/{}", self.one(*at), self.watchers[*b].member.id);
                self.watchers[*a].member.put(&path, body).await
            }
            Act::TakeOut(a, b, at) => {
                let path = format!("conversations/{}/participants/{}", self.one(*at), self.watchers[*b].member.id);
                self.watchers[*a].member.delete(&path).await
            }
            Act::Rename(a, at, n) => {
                let path = format!("conversations/{}", self.one(*at));
                self.watchers[*a].member.patch(&path, json!({"name": format!("Name {n}")})).await
            }
            Act::Mute(a, at, yes) => {
                let path = format!("conversations/{}", self.one(*at));
                self.watchers[*a].member.patch(&path, json!({"muted": yes})).await
            }
            Act::Send(a, at) => self.watchers[*a].member.says(self.one(*at), &client_id(), "hello").await,
            Act::Read(a, at, seq) => {
                let path = format!("conversations/{}/read", self.one(*at));
                self.watchers[*a].member.post(&path, json!({"seq": seq})).await
            }
            Act::Delete(a, at, clear) => {
                let path = format!("conversations/{}?clear={clear}", self.one(*at));
                self.watchers[*a].member.delete(&path).await
            }
            Act::Edit(a, at) => match self.own_message(*a, *at).await {
                Some(message) => self.watchers[*a].member.edits(&message, "better").await,
                None => return,
            },
            Act::Withdraw(a, at) => match self.own_message(*a, *at).await {
                Some(message) => self.watchers[*a].member.withdraws(&message).await,
                None => return,
            },
            Act::Headline(a, n) => self.profile(*a, json!({"headline": format!("number {n}")})).await,
            Act::Contactable(a, yes) => self.profile(*a, json!({"contactable": yes})).await,
            Act::Locale(a, french) => self.profile(*a, json!({"locale": if *french { "fr" } else { "en" }})).await,
            Act::Answer(at) => {
                let path = format!("admin/conversations/{}/messages", self.one(*at));
                self.olga.post(&path, json!({"client_id": client_id(), "body": "an answer"})).await
            }
            Act::DeskReads(at) => {
                let path = format!("admin/conversations/{}/read", self.one(*at));
                self.olga.post(&path, json!({"seq": 1_000})).await
            }
            _ => return,
        };
        allowed(&answer);
    }

    async fn profile(&self, who: usize, patch: Value) -> Answer {
        self.watchers[who].member.patch("me", patch).await
    }

    /// Comes back, unless the organizers shut them out.
    async fn resumes(&mut self, who: usize) {
        let watcher = &mut self.watchers[who];
        if !watcher.is_here() && watcher.member.get("me").await.is(200)["chat_enabled"] == true {
            watcher.resumes().await;
        }
    }

    async fn compare(&mut self, after: &str) {
        let here = here(self.watchers.iter());
        for watcher in &mut self.watchers {
            watcher.is_in_step(&here, after).await;
        }
    }

    /// Everybody back, everything on: the same for all, and 1, 2, 3…
    async fn end(&mut self) {
        self.site.configure(json!({"features": {"member_chat": true}})).await;
        for (one, other) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)] {
            self.acquaint(&Act::Unblocks(one, other)).await;
        }
        self.olga.sets_rules(json!([])).await;
        for who in 0..PEOPLE.len() {
            self.olga.lets_chat(&self.watchers[who].member, true).await;
            self.resumes(who).await;
        }
        self.compare("the end").await;
        for id in &self.conversations {
            for watcher in &self.watchers {
                let path = format!("conversations/{id}");
                let found = watcher.member.get(&path).await;
                if found.status != 200 {
                    continue;
                }
                let all = thread(&watcher.member.api, &path).await;
                let last = number(&found.body["last_seq"]);
                let first = all.first().map_or(last + 1, |m| number(&m["seq"]));
                let numbers: Vec<i64> = all.iter().map(|m| number(&m["seq"])).collect();
                assert_eq!(
                    numbers,
                    (first..=last).collect::<Vec<_>>(),
                    "{} in {id}",
                    text(&json!(watcher.member.login))
                );
            }
        }
    }
}

/// One server, a site of its own for each sequence.
#[test]
fn whatever_happens_everybody_stays_in_step() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let first = runtime.block_on(Site::start());
    let count = std::sync::atomic::AtomicUsize::new(0);
    // The same sequences each time, so that a change is judged by what it changes; others with PARVIS_TEST_SEED.
    let seed = std::env::var("PARVIS_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let config = ProptestConfig {
        cases: 24,
        failure_persistence: None,
        max_shrink_iters: 100,
        rng_seed: RngSeed::Fixed(seed),
        ..Default::default()
    };
    proptest!(config, |(acts in vec(act(), 10..60))| {
        let slug = format!("site-{}", count.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        runtime.block_on(async {
            let mut stage = Stage::on(first.neighbour(&slug).await).await;
            for act in &acts {
                stage.carry_out(act).await;
            }
            stage.end().await;
        });
    });
    runtime.block_on(async { drop(first) });
}
