//! Acknowledged is durable: through SIGKILL in the middle of a burst, and on a disk that is full.

use crate::harness::{Binary, Database, Member, Serving, Socket, client_id, send, within};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

const PASSWORD: &str = "long enough, surely";

/// Somebody who writes without waiting for each answer, and remembers what was promised.
struct Writer {
    member: Member,
    written: usize,
    /// Sent, not answered yet: name and text.
    open: VecDeque<(String, String)>,
    /// Promised: text by number.
    acknowledged: HashMap<i64, String>,
}

/// Messages on their way at once, per writer.
const AHEAD: usize = 16;

impl Writer {
    fn new(member: Member) -> Writer {
        Writer { member, written: 0, open: VecDeque::new(), acknowledged: HashMap::new() }
    }

    /// Writes until the server dies: first again what was not answered, under the same names.
    async fn write(&mut self, serving: &Serving, conversation: &str, answers: &AtomicUsize) {
        self.member.api.origin = serving.api.origin.clone();
        let mut socket = self.member.socket().await;
        for (name, body) in &self.open {
            if socket.try_say(send(conversation, name, body)).await.is_err() {
                return;
            }
        }
        loop {
            while self.open.len() < AHEAD {
                let next = (client_id(), format!("{}:{}", self.member.login, self.written));
                self.written += 1;
                self.open.push_back(next.clone());
                if socket.try_say(send(conversation, &next.0, &next.1)).await.is_err() {
                    return;
                }
            }
            let Some(answer) = socket.next_answer().await else { return };
            self.promised(Socket::accepted(answer));
            answers.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Answers come in the order of the commands.
    fn promised(&mut self, answer: Value) {
        let message = &answer["message"];
        let (name, body) = self.open.pop_front().unwrap();
        assert_eq!((&message["client_id"], &message["body"]), (&json!(name), &json!(body)));
        self.acknowledged.insert(message["seq"].as_i64().unwrap(), body);
    }
}

async fn group_of_writers(binary: &Binary, serving: &Serving) -> (String, Vec<Writer>) {
    binary.makes_site("salon").await;
    binary.makes_owner("salon", PASSWORD).await;
    let olga = serving.operator_signs_in("salon", "olga@staff.example", PASSWORD).await;
    let unlimited = json!({"limits": {"messages": {"per_second": 1e6, "burst": 1e6}}});
    olga.patch("admin/settings", unlimited).await.is(200);
    let mut writers = Vec::new();
    for login in ["anna", "ben", "carl", "dora"] {
        writers.push(Writer::new(serving.sign_in("salon", &binary.token("salon", login).await).await));
    }
    let members: Vec<&Member> = writers.iter().map(|w| &w.member).collect();
    let group = olga.makes_group("Everybody", &members).await;
    (group, writers)
}

/// Every acknowledged message is there once, at its number, and each writer's own order holds.
fn check(all: &[(i64, String)], writers: &[Writer]) {
    assert!(
        all.iter().zip(1..).all(|((seq, _), n)| *seq == n),
        "a gap in {:?}",
        all.iter().map(|m| m.0).collect::<Vec<_>>()
    );
    let by_number: HashMap<i64, &str> = all.iter().map(|(seq, body)| (*seq, body.as_str())).collect();
    for writer in writers {
        for (seq, body) in &writer.acknowledged {
            assert_eq!(by_number.get(seq), Some(&body.as_str()), "{seq} was promised to {}", writer.member.login);
        }
        let mine = format!("{}:", writer.member.login);
        let own: Vec<usize> = all.iter().filter_map(|(_, body)| body.strip_prefix(&mine)?.parse().ok()).collect();
        assert_eq!(own, (0..own.len()).collect::<Vec<_>>(), "{} once each, in order", writer.member.login);
        assert!(own.len() >= writer.acknowledged.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9_in_a_burst() {
    const KILLS: usize = 6;
    let database = Database::fresh().await;
    let binary = Binary::over(database.folder(), database.url());
    let mut serving = binary.serve().await;
    let (group, mut writers) = group_of_writers(&binary, &serving).await;
    for round in 1..=KILLS {
        let answers = AtomicUsize::new(0);
        let enough = 60 * round;
        let killing = async {
            crate::harness::eventually("enough answers", || async { answers.load(Ordering::SeqCst) >= enough }).await;
            serving.strike();
        };
        let writing = join_all(writers.iter_mut().map(|writer| writer.write(&serving, &group, &answers)));
        within("a burst and its end", async { tokio::join!(writing, killing) }).await;
        serving.kill().await;

        serving = binary.serve().await;
        for writer in &mut writers {
            writer.member.api.origin = serving.api.origin.clone();
        }
        check(&writers[0].member.whole(&group).await, &writers);
    }
    // What was open at the last end is sent once more, and then everything is there.
    for writer in &mut writers {
        while let Some((name, body)) = writer.open.front().cloned() {
            let answer = writer.member.says(&group, &name, &body).await;
            assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
            writer.promised(json!({"message": answer.body}));
        }
    }
    let all = writers[0].member.whole(&group).await;
    check(&all, &writers);
    assert_eq!(all.len(), writers.iter().map(|w| w.written).sum::<usize>(), "each that was ever written, once");
    assert_eq!(writers[1].member.whole(&group).await, all);
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
    let (_, writers) = group_of_writers(&binary, &serving).await;
    let (anna, ben) = (&writers[0].member, &writers[1].member);
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
