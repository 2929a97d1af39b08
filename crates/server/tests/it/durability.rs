//! Acknowledged is durable: through SIGKILL in the middle of a burst, and on a disk that is full.

use crate::harness::{Api, Binary, Database, Member, Operator, Serving, Socket, client_id, send, within};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const PASSWORD: &str = "long enough, surely";

/// How somebody sends.
#[derive(Clone, Copy)]
enum Way {
    /// Without waiting for each answer.
    Socket,
    /// One request after the other.
    Http,
}

/// Messages on their way at once, on a socket.
const AHEAD: usize = 16;

/// Somebody who writes in one conversation, one way, and remembers what was promised.
struct Writer {
    name: &'static str,
    api: Api,
    /// `conversations/…` or `admin/conversations/…`
    path: String,
    conversation: String,
    way: Way,
    written: usize,
    /// Sent, not answered yet: the message's name and text.
    open: VecDeque<(String, String)>,
    /// Promised: text by number.
    acknowledged: HashMap<i64, String>,
    /// Since the last start.
    answers: Arc<AtomicUsize>,
}

impl Writer {
    fn new(name: &'static str, api: &Api, conversation: &str, way: Way) -> Writer {
        let path = format!("conversations/{conversation}");
        let (api, conversation) = (api.clone(), conversation.to_owned());
        let (open, acknowledged) = (VecDeque::new(), HashMap::new());
        Writer { name, api, path, conversation, way, written: 0, open, acknowledged, answers: Arc::default() }
    }

    fn for_staff(self) -> Writer {
        Writer { path: format!("admin/{}", self.path), ..self }
    }

    /// Writes until the server dies: first again what was not answered, under the same names.
    async fn write(&mut self) {
        match self.way {
            Way::Socket => self.write_by_socket().await,
            Way::Http => while self.write_by_http().await {},
        }
    }

    fn next(&mut self) -> (String, String) {
        let next = (client_id(), format!("{}:{}", self.name, self.written));
        self.written += 1;
        self.open.push_back(next.clone());
        next
    }

    async fn write_by_socket(&mut self) {
        let mut socket = Socket::open(&self.api, None).await;
        for (name, body) in &self.open {
            if socket.try_say(send(&self.conversation, name, body)).await.is_err() {
                return;
            }
        }
        loop {
            while self.open.len() < AHEAD {
                let (name, body) = self.next();
                if socket.try_say(send(&self.conversation, &name, &body)).await.is_err() {
                    return;
                }
            }
            let Some(answer) = socket.next_answer().await else { return };
            self.promised(&Socket::accepted(answer)["message"]);
        }
    }

    /// The oldest that is open, or another one; `false` if the server is gone.
    async fn write_by_http(&mut self) -> bool {
        let (name, body) = match self.open.front() {
            Some(open) => open.clone(),
            None => self.next(),
        };
        let request = self.api.request(Method::POST, &format!("{}/messages", self.path));
        let sent = request.json(&json!({"client_id": name, "body": body})).send();
        let Ok(answer) = within("an answer or the end", sent).await else { return false };
        let status = answer.status().as_u16();
        let Ok(message) = within("the answer's body or the end", answer.json::<Value>()).await else { return false };
        assert!(matches!(status, 200 | 201), "{message}");
        self.promised(&message);
        true
    }

    /// Answers come in the order of the commands.
    fn promised(&mut self, message: &Value) {
        let (name, body) = self.open.pop_front().unwrap();
        assert_eq!((&message["client_id"], &message["body"]), (&json!(name), &json!(body)));
        self.acknowledged.insert(message["seq"].as_i64().unwrap(), body);
        self.answers.fetch_add(1, Ordering::SeqCst);
    }

    /// The whole conversation as this writer reads it: number and text.
    async fn reads(&self) -> Vec<(i64, String)> {
        let mut all: Vec<(i64, String)> = Vec::new();
        loop {
            let after = all.last().map_or(0, |(seq, _)| *seq);
            let page = self.api.get(&format!("{}/messages?after={after}&limit=200", self.path)).await.is(200);
            let items = page["items"].as_array().unwrap();
            all.extend(items.iter().map(|m| (m["seq"].as_i64().unwrap(), m["body"].as_str().unwrap().to_owned())));
            if page["next"].is_null() {
                return all;
            }
        }
    }

    /// Every message acknowledged is there once, at its number, in the writer's own order; nothing has a gap.
    async fn check(&self) {
        let all = self.reads().await;
        let numbers: Vec<i64> = all.iter().map(|(seq, _)| *seq).collect();
        assert!(numbers.iter().zip(1..).all(|(seq, n)| *seq == n), "a gap in {numbers:?}");
        let by_number: HashMap<i64, &str> = all.iter().map(|(seq, body)| (*seq, body.as_str())).collect();
        for (seq, body) in &self.acknowledged {
            assert_eq!(by_number.get(seq), Some(&body.as_str()), "{seq} was promised to {}", self.name);
        }
        let mine = format!("{}:", self.name);
        let own: Vec<usize> = all.iter().filter_map(|(_, body)| body.strip_prefix(&mine)?.parse().ok()).collect();
        assert_eq!(own, (0..own.len()).collect::<Vec<_>>(), "{}: once each, in order", self.name);
        assert!((self.acknowledged.len()..=self.written).contains(&own.len()), "{}: {}", self.name, own.len());
    }
}

async fn people(binary: &Binary, serving: &Serving) -> (Operator, Vec<Member>) {
    binary.makes_site("salon").await;
    binary.makes_owner("salon", PASSWORD).await;
    let olga = serving.operator_signs_in("salon", "olga@staff.example", PASSWORD).await;
    let unlimited = json!({"limits": {"messages": {"per_second": 1e6, "burst": 1e6}}});
    olga.patch("admin/settings", unlimited).await.is(200);
    let mut members = Vec::new();
    for login in ["anna", "ben", "carl", "dora"] {
        members.push(serving.sign_in("salon", &binary.token("salon", login).await).await);
    }
    (olga, members)
}

/// Five people in four conversations, each in several at once, through sockets and through HTTP.
async fn everybody_writes(olga: &Operator, members: &[Member]) -> Vec<Writer> {
    let [anna, ben, carl, dora] = members else { panic!("four") };
    let group = olga.makes_group("Everybody", &members.iter().collect::<Vec<_>>()).await;
    let (two, others) = (anna.opens_direct(ben).await, carl.opens_direct(dora).await);
    let desk = anna.opens_organizer().await;
    vec![
        Writer::new("anna", anna, &group, Way::Socket),
        Writer::new("ben", ben, &group, Way::Socket),
        Writer::new("carl", carl, &group, Way::Http),
        Writer::new("dora", dora, &group, Way::Socket),
        Writer::new("anna to ben", anna, &two, Way::Socket),
        Writer::new("ben to anna", ben, &two, Way::Http),
        Writer::new("carl to dora", carl, &others, Way::Http),
        Writer::new("dora to carl", dora, &others, Way::Socket),
        Writer::new("anna to the desk", anna, &desk, Way::Http),
        Writer::new("the desk to anna", olga, &desk, Way::Socket).for_staff(),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9_in_a_burst() {
    const KILLS: usize = 6;
    let database = Database::fresh().await;
    let binary = Binary::over(database.folder(), database.url());
    let mut serving = binary.serve().await;
    let (olga, members) = people(&binary, &serving).await;
    let mut writers = everybody_writes(&olga, &members).await;
    for round in 1..=KILLS {
        // Later each time, so that the end meets different moments of a commit.
        let enough = 3 * round;
        writers.iter().for_each(|writer| writer.answers.store(0, Ordering::SeqCst));
        burst_and_end(&mut writers, &serving, enough).await;
        serving.kill().await;

        serving = binary.serve().await;
        for writer in &mut writers {
            writer.api.origin = serving.api.origin.clone();
            writer.check().await;
        }
    }
    // What was open at the last end is sent once more, and then everything is there.
    let mut written: HashMap<String, usize> = HashMap::new();
    // The first message of the group says that it was made.
    written.insert(writers[0].conversation.clone(), 1);
    for writer in &mut writers {
        while !writer.open.is_empty() {
            assert!(writer.write_by_http().await);
        }
        *written.entry(writer.conversation.clone()).or_default() += writer.written;
    }
    for writer in &writers {
        writer.check().await;
        assert_eq!(writer.acknowledged.len(), writer.written);
        assert_eq!(writer.reads().await.len(), written[&writer.conversation], "each that was ever written, once");
    }
}

/// All write at once; once each has had so many answers, the server is struck down in the middle of it.
async fn burst_and_end(writers: &mut [Writer], serving: &Serving, enough: usize) {
    let counts: Vec<Arc<AtomicUsize>> = writers.iter().map(|w| w.answers.clone()).collect();
    let killing = async {
        let busy = || async { counts.iter().all(|answers| answers.load(Ordering::SeqCst) >= enough) };
        crate::harness::eventually("answers for everybody", busy).await;
        serving.strike();
    };
    let writing = join_all(writers.iter_mut().map(Writer::write));
    within("a burst and its end", async { tokio::join!(writing, killing) }).await;
}

/// A small file system of its own; needs the right to mount one.
struct SmallDisk {
    folder: tempfile::TempDir,
}

/// Runs a command as root, one way or the other.
fn as_root(arguments: &[&str]) -> bool {
    let well = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    well(Command::new(arguments[0]).args(&arguments[1..])) || well(Command::new("sudo").arg("-n").args(arguments))
}

impl SmallDisk {
    fn of(size: &str) -> SmallDisk {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let path = folder.path().to_str().unwrap();
        let mounted = as_root(&["mount", "-t", "tmpfs", "-o", &options, "tmpfs", path]);
        assert!(mounted, "this story needs a small disk: run it as root, or let `sudo -n mount` mount a tmpfs");
        SmallDisk { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes until nothing more fits.
    fn fill(&self) {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(self.path().join("filling")).unwrap();
        for size in [65_536, 4_096, 1] {
            while file.write_all(&vec![b'x'; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        fs::remove_file(self.path().join("filling")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        as_root(&["umount", "-l", self.path().to_str().unwrap()]);
    }
}

/// Sends until one is refused because there is no room; the name and text of that one.
async fn sends_until_full(anna: &Member, conversation: &str, sent: &mut Vec<String>) -> (String, String) {
    for _ in 0..5_000 {
        let (name, body) = (client_id(), format!("{}: {}", sent.len() + 1, "x".repeat(3_000)));
        let answer = anna.says(conversation, &name, &body).await;
        if answer.status == 201 {
            sent.push(body);
        } else {
            answer.refused(507, "storage_full");
            return (name, body);
        }
    }
    panic!("the disk never was full");
}

/// SQLite only: PostgreSQL's disk is its own administrator's (its `disk_full` is answered alike).
#[tokio::test]
async fn on_a_full_disk_nothing_is_acknowledged_that_is_not_stored() {
    let disk = SmallDisk::of("12m");
    let binary = Binary::over(disk.path(), None);
    let serving = binary.serve().await;
    let (_, members) = people(&binary, &serving).await;
    let (anna, ben) = (&members[0], &members[1]);
    let between = anna.opens_direct(ben).await;
    let mut sent = Vec::new();
    for n in 1..=10 {
        sent.push(format!("{n}"));
        anna.sends(&between, &n.to_string()).await;
    }
    disk.fill();
    let (name, body) = sends_until_full(anna, &between, &mut sent).await;
    let texts =
        async |member: &Member| member.whole(&between).await.into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    assert_eq!(texts(ben).await, sent, "what was refused is not there, what was promised is");
    let mut socket = anna.socket().await;
    let answer = socket.command(send(&between, &name, &body)).await;
    Socket::refused(&answer, "storage_full");
    anna.post(&format!("conversations/{between}/messages"), json!({"client_id": client_id(), "body": body}))
        .await
        .refused(507, "storage_full");
    serving.api.get("/healthz").await.is(200);

    disk.make_room();
    assert_eq!(
        anna.says(&between, &name, &body).await.is(201)["seq"],
        sent.len() + 1,
        "the same one, now that there is room"
    );
    sent.push(body);
    socket.sends(&between, "and on").await;
    sent.push("and on".to_owned());
    assert_eq!(texts(ben).await, sent);

    serving.kill().await;
    let serving = binary.serve().await;
    let mut ben = ben.clone();
    ben.api.origin = serving.api.origin.clone();
    assert_eq!(texts(&ben).await, sent);
}
