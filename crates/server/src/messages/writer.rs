//! The writer: one task that stores everything that is sent, a batch per durable commit.
//!
//! Whatever arrived while the last commit was under way goes into the next. Numbers are given inside
//! the transaction; after the commit everybody is told, in order, and then the senders are answered.

use super::rooms;
use super::store::{self, MessageRow};
use super::telling::{answer, concerned, publish, publish_reads, tell_rooms};
use super::wire::MessageView;
use crate::app::App;
use crate::conversations::{Facts, Kind};
use crate::members::Member;
use crate::platform::clock::{Millis, stopwatch};
use crate::platform::db::{DbError, Sql, Tx, dialect, list, placeholders};
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::language::Lang;
use crate::platform::live::{UnderWay, error_frame, ok_frame};
use crate::rooms::RoomPlace;
use crate::rules::Permit;
use std::collections::hash_map::{Entry, HashMap};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Jobs waiting; beyond it senders wait (their sockets stop being read).
const MOST_WAITING: usize = 4_096;
/// Jobs in one transaction.
const MOST_IN_A_BATCH: usize = 512;
/// Multi-row statements come in these sizes, so that each is prepared once.
const ROWS: [usize; 9] = [256, 128, 64, 32, 16, 8, 4, 2, 1];
/// Who writes.
pub enum From {
    /// A member.
    Member(Arc<Member>),
    /// An operator, under this name.
    Operator {
        /// Ours.
        id: i64,
        /// What members will see.
        name: Box<str>,
    },
}

impl From {
    pub(super) fn id(&self) -> i64 {
        match self {
            From::Member(member) => member.id,
            From::Operator { id, .. } => *id,
        }
    }
}

/// What became of a message that somebody sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is stored.
    New,
    /// It was stored before.
    Known,
    /// It waits for a moderator.
    Held,
}

/// Where the answer goes.
pub enum Answering {
    /// To a waiting request: the message as JSON, and what became of it.
    Request(oneshot::Sender<Answer<(String, Sent)>>),
    /// To a socket.
    Socket {
        /// Which.
        to: UnderWay,
        /// The command's `ref`.
        reference: Box<str>,
        /// For problems.
        lang: Lang,
    },
}

impl Answering {
    pub(super) fn answer(self, outcome: Answer<(String, Sent)>) {
        match self {
            Answering::Request(waiting) => drop(waiting.send(outcome)),
            Answering::Socket { to, reference, lang } => to.arrives().push(match outcome {
                Ok((held, Sent::Held)) => ok_frame(&reference, &format!("\"held\":{held}")).into(),
                Ok((message, _)) => ok_frame(&reference, &format!("\"message\":{message}")).into(),
                Err(problem) => error_frame(&reference, &problem, lang).into(),
            }),
        }
    }
}

/// A message that may be stored.
pub struct Post {
    pub(super) permit: Permit,
    pub(super) facts: Arc<Facts>,
    pub(super) from: From,
    pub(super) client_id: [u8; 16],
    pub(super) body: String,
    pub(super) reply_to: Option<i64>,
    /// In a room: whom it is for.
    pub(super) place: Option<Box<RoomPlace>>,
    /// One of many alike: the operators, who sent them, are not told of each.
    pub(super) quiet: bool,
    pub(super) answering: Answering,
}

/// Who reads.
#[derive(Clone, Copy)]
pub enum Reads {
    /// A member.
    Member(i64),
    /// The operators.
    Staff,
}

/// A read mark to be moved.
pub struct Read {
    pub(super) facts: Arc<Facts>,
    pub(super) by: Reads,
    pub(super) seq: i64,
    /// Who is not told, sorted: those across a block, in groups too.
    pub(super) but: Vec<i64>,
    /// Whether it moved.
    pub(super) done: oneshot::Sender<Answer<bool>>,
}

/// What the writer does.
pub enum Job {
    /// Store a message.
    Post(Box<Post>),
    /// Move a read mark.
    Read(Read),
    /// Take no more; finish what was taken.
    Close,
}

/// The way to the writer.
pub struct Queue {
    jobs: mpsc::Sender<Job>,
}

impl Queue {
    /// A queue, and the end from which the writer takes.
    pub fn new() -> (Queue, mpsc::Receiver<Job>) {
        let (jobs, taken) = mpsc::channel(MOST_WAITING);
        (Queue { jobs }, taken)
    }

    /// Lets the writer end after what it has.
    pub async fn close(&self) {
        let _ = self.add(Job::Close).await;
    }

    pub(super) async fn add(&self, job: Job) -> Answer<()> {
        self.jobs.send(job).await.map_err(|_| Problem::new(Code::Unavailable))
    }
}

/// Writes until the queue is closed and empty.
pub async fn run(app: App, mut taken: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(MOST_IN_A_BATCH);
    let mut closed = false;
    while taken.recv_many(&mut jobs, MOST_IN_A_BATCH).await > 0 {
        let (mut posts, mut reads) = (Vec::new(), Vec::new());
        for job in jobs.drain(..) {
            match job {
                Job::Post(post) => posts.push(*post),
                Job::Read(read) => reads.push(read),
                Job::Close => closed = true,
            }
        }
        metrics::histogram!("parvis_commit_batch").record((posts.len() + reads.len()) as f64);
        write(&app, posts, reads).await;
        if closed {
            taken.close();
        }
    }
}

async fn write(app: &App, posts: Vec<Post>, reads: Vec<Read>) {
    let started = stopwatch();
    let (tx, there) = match begin(app, "messages", &posts).await {
        Ok(begun) => begun,
        Err(error) => return refuse(posts, reads, error),
    };
    let posts = still_in(posts, there.as_ref());
    match store_all(app, tx, &posts, &reads).await {
        Ok((stored, moved, committed)) => {
            publish(app, &posts, &stored);
            publish_reads(app, &reads, &moved);
            drop(committed);
            let new = stored.iter().filter(|s| s.new).count();
            metrics::counter!("parvis_messages_total").increment(new as u64);
            metrics::histogram!("parvis_send_seconds").record(started.elapsed().as_secs_f64());
            tell_rooms(app, &posts, &stored);
            for (post, stored) in posts.into_iter().zip(stored) {
                let concerned = concerned(app, &post, &stored);
                answer(app, post, stored, concerned);
            }
            reads.into_iter().zip(&moved).for_each(|(read, moved)| drop(read.done.send(Ok(moved.is_some()))));
        }
        Err(error) => refuse(posts, reads, error),
    }
}

fn refuse(posts: Vec<Post>, reads: Vec<Read>, error: DbError) {
    let problem = Problem::from(error);
    posts.into_iter().for_each(|post| post.answering.answer(Err(problem.clone())));
    reads.into_iter().for_each(|read| drop(read.done.send(Err(problem.clone()))));
}

/// A transaction in which nobody else changes these conversations: who takes part is settled until its end. Where they
/// had to be locked, which of them are there.
async fn begin(app: &App, name: &'static str, posts: &[Post]) -> Result<(Tx, Option<HashSet<i64>>), DbError> {
    let mut tx = app.db.write(name).await?;
    let for_update = dialect::for_update(&app.db);
    let mut there = None;
    if !for_update.is_empty() {
        let found = there.insert(HashSet::new());
        let mut ids: Vec<i64> = posts.iter().map(|post| post.facts.id).collect();
        ids.sort_unstable();
        ids.dedup();
        for chunk in chunks(&ids) {
            // In one order, so that two transactions never wait for each other.
            let among = list(1, chunk.len());
            let lock = format!("SELECT id FROM conversation WHERE id IN ({among}) ORDER BY id{for_update}");
            let rows: Vec<(i64,)> = Sql::assembled(lock).bind_each(chunk.iter().copied()).all(&mut tx).await?;
            found.extend(rows.into_iter().map(|(id,)| id));
        }
    }
    Ok((tx, there))
}

/// Without those who were taken out of a group after they sent, and those whose room is gone: nobody leaves while the
/// writer has its turn.
fn still_in(posts: Vec<Post>, there: Option<&HashSet<i64>>) -> Vec<Post> {
    let is_in = |post: &Post| match (&post.from, post.facts.kind) {
        _ if there.is_some_and(|there| !there.contains(&post.facts.id)) => false,
        (_, Kind::Room) => !post.facts.is_gone(),
        (From::Member(member), Kind::Group) => post.facts.includes(member.id),
        _ => true,
    };
    let (posts, gone): (Vec<Post>, Vec<Post>) = posts.into_iter().partition(is_in);
    gone.into_iter().for_each(|post| post.answering.answer(Err(Problem::not_found())));
    posts
}

/// A message as it was stored, or as it had been.
pub(super) struct Stored {
    pub seq: i64,
    pub json: String,
    pub new: bool,
}

type Outcome = (Vec<Stored>, Vec<Option<i64>>, crate::platform::db::Committed);

async fn store_all(app: &App, mut tx: Tx, posts: &[Post], reads: &[Read]) -> Result<Outcome, DbError> {
    let now = app.clock.now();
    let mut rows = match store_posts(&mut tx, posts, &HashMap::new(), now).await? {
        Some(rows) => rows,
        None => {
            // Somebody sent a message again: find out which, from a clean start.
            drop(tx);
            (tx, _) = begin(app, "messages_again", posts).await?;
            let known = already_stored(&mut tx, posts).await?;
            store_posts(&mut tx, posts, &known, now).await?.ok_or(DbError::Taken)?
        }
    };
    super::hooks::tell(app, &mut tx, posts, &rows).await?;
    let mut moved = Vec::with_capacity(reads.len());
    for read in reads {
        let (site, id) = (read.facts.site, read.facts.id);
        moved.push(match read.by {
            Reads::Member(member) if read.facts.kind == Kind::Room => {
                crate::rooms::mark_read(&mut tx, site, id, member, read.seq, now).await?
            }
            Reads::Member(member) => store::read(&mut tx, site, id, member, read.seq).await?,
            Reads::Staff => store::read_by_staff(&mut tx, site, id, read.seq).await?,
        });
    }
    let committed = tx.commit().await?;
    let mut stored = Vec::with_capacity(posts.len());
    for (post, (row, new)) in posts.iter().zip(rows.drain(..)) {
        let seq = row.seq;
        let mut members = match &post.from {
            From::Member(member) => HashMap::from([(member.id, member.clone())]),
            From::Operator { .. } => HashMap::new(),
        };
        let moderator = post.place.as_ref().is_some_and(|place| place.moderator);
        let named = post.place.iter().flat_map(|place| &place.people);
        members.extend(named.map(|member| (member.id, member.clone())));
        let json = serde_json::to_string(&MessageView::of(row, &members, |_| moderator)).unwrap_or_default();
        stored.push(Stored { seq, json, new });
    }
    Ok((stored, moved, committed))
}

/// Who named what how in which conversation.
type Name = (i64, i64, [u8; 16]);

fn name(post: &Post) -> Name {
    (post.facts.id, post.from.id(), post.client_id)
}

async fn already_stored(tx: &mut Tx, posts: &[Post]) -> Result<HashMap<Name, MessageRow>, DbError> {
    let mut known = HashMap::new();
    for post in posts {
        let (id, author, client_id) = name(post);
        if let Some(row) = store::by_client_id(&mut *tx, post.facts.site, id, author, &client_id).await? {
            known.insert((id, author, client_id), row);
        }
    }
    Ok(known)
}

/// What becomes of a post.
enum Place {
    /// It gets the next number of its conversation.
    New,
    /// It was stored before.
    Known(Box<MessageRow>),
    /// It is the same as an earlier one of this batch.
    SameAs(usize),
}

fn places(posts: &[Post], known: &HashMap<Name, MessageRow>) -> Vec<Place> {
    let mut first: HashMap<Name, usize> = HashMap::with_capacity(posts.len());
    let place = |(index, post)| {
        let name = name(post);
        if let Some(row) = known.get(&name) {
            return Place::Known(Box::new(row.clone()));
        }
        match first.entry(name) {
            Entry::Occupied(same) => Place::SameAs(*same.get()),
            Entry::Vacant(free) => {
                free.insert(index);
                Place::New
            }
        }
    };
    posts.iter().enumerate().map(place).collect()
}

/// Numbers and stores what is not `known`: the rows in the order of the posts, and which are new.
/// `None` if one of them was stored before after all.
async fn store_posts(
    tx: &mut Tx,
    posts: &[Post],
    known: &HashMap<Name, MessageRow>,
    now: Millis,
) -> Result<Option<Vec<(MessageRow, bool)>>, DbError> {
    let places = places(posts, known);
    let is_new = |place: &Place| matches!(place, Place::New);
    let mut heads = advance(tx, posts.iter().zip(&places).filter(|(_, p)| is_new(p)).map(|(p, _)| p), now).await?;
    let mut rows: Vec<(MessageRow, bool)> = Vec::with_capacity(posts.len());
    for (post, place) in posts.iter().zip(places) {
        rows.push(match place {
            Place::New => {
                let head = heads.get_mut(&post.facts.id).ok_or(DbError::Other(sqlx::Error::RowNotFound))?;
                *head += 1;
                (row(post, *head, now), true)
            }
            Place::Known(row) => (*row, false),
            Place::SameAs(index) => (rows[index].0.clone(), false),
        });
    }
    let touched = rooms::number(tx, posts, &mut rows, now).await?;
    let new: Vec<(&Post, &MessageRow)> =
        posts.iter().zip(&rows).filter(|(_, (_, new))| *new).map(|(post, (row, _))| (post, row)).collect();
    if insert(tx, &new).await? < new.len() {
        return Ok(None);
    }
    mark_read(tx, &new).await?;
    rooms::store(tx, touched, now).await?;
    Ok(Some(rows))
}

fn row(post: &Post, seq: i64, now: Millis) -> MessageRow {
    MessageRow {
        conversation_id: post.facts.id,
        seq,
        author_id: post.from.id(),
        author_name: match &post.from {
            From::Member(_) => None,
            From::Operator { name, .. } => Some(name.to_string()),
        },
        client_id: post.client_id.to_vec(),
        body: post.body.clone(),
        // An answer to what isn't there yet answers nothing.
        reply_to: post.reply_to.filter(|to| *to > 0 && *to < seq),
        sent_at: now,
        whisper_to: post.place.as_ref().and_then(|place| place.whisper.as_ref()).map(|whisper| json(&whisper.to)),
        mentions: post.place.as_ref().filter(|place| !place.mentions.is_empty()).map(|place| json(&place.mentions)),
        ..MessageRow::default()
    }
}

fn json(ids: &[i64]) -> String {
    serde_json::to_string(ids).unwrap_or_default()
}

/// Takes as many numbers of each conversation as it gets messages; the last one before them.
async fn advance(tx: &mut Tx, new: impl Iterator<Item = &Post>, now: Millis) -> Result<HashMap<i64, i64>, DbError> {
    let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
    new.for_each(|post| *counts.entry(post.facts.id).or_default() += 1);
    let rows: Vec<[i64; 3]> = counts.iter().map(|(id, count)| [*id, *count, now]).collect();
    let mut heads = HashMap::with_capacity(rows.len());
    for chunk in chunks(&rows) {
        let update = format!(
            "UPDATE conversation SET last_seq = last_seq + v.column2, last_at = v.column3 FROM (VALUES {}) AS v \
             WHERE conversation.id = v.column1 RETURNING conversation.id, last_seq",
            placeholders(1, chunk.len(), 3)
        );
        let taken: Vec<(i64, i64)> =
            Sql::assembled(update).bind_each(chunk.iter().flatten().copied()).all(&mut *tx).await?;
        heads.extend(taken.into_iter().map(|(id, last)| (id, last - counts.get(&id).copied().unwrap_or(0))));
    }
    Ok(heads)
}

/// How many were stored: fewer than given if one has the name of an earlier message. Only rooms have more to say.
async fn insert(tx: &mut Tx, new: &[(&Post, &MessageRow)]) -> Result<usize, DbError> {
    let (in_rooms, others): (Vec<_>, Vec<_>) = new.iter().copied().partition(|(_, row)| row.shown.is_some());
    let mut stored = 0;
    for (rows, more, columns) in [(&others, "", 10), (&in_rooms, ", whisper_to, mentions, shown", 13)] {
        for chunk in chunks(rows) {
            let mut query = Sql::assembled(format!(
                "INSERT INTO message (site_id, conversation_id, seq, author_kind, author_id, author_name, client_id, body, reply_to, sent_at{more}) \
                 VALUES {} ON CONFLICT (client_id, author_id, conversation_id) DO NOTHING",
                placeholders(1, chunk.len(), columns)
            ));
            for (post, row) in chunk {
                query = bind(query, post.facts.site.0, row);
                if row.shown.is_some() {
                    query = query.bind(row.whisper_to.clone()).bind(row.mentions.clone()).bind(row.shown);
                }
            }
            stored += query.run(&mut *tx).await?;
        }
    }
    Ok(usize::try_from(stored).unwrap_or(usize::MAX))
}

fn bind(query: Sql, site: i64, row: &MessageRow) -> Sql {
    query
        .bind(site)
        .bind(row.conversation_id)
        .bind(row.seq)
        .bind(if row.author_name.is_some() { "operator" } else { "member" })
        .bind(row.author_id)
        .bind(row.author_name.clone())
        .bind(row.client_id.as_slice())
        .bind(row.body.as_str())
        .bind(row.reply_to)
        .bind(row.sent_at)
}

/// Moves the authors' own read marks: who writes has read. Not so a broadcast: what a member asked before it waits on.
async fn mark_read(tx: &mut Tx, new: &[(&Post, &MessageRow)]) -> Result<(), DbError> {
    let mut marks: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    let (mut staff, mut broadcast): (BTreeMap<i64, i64>, BTreeMap<i64, i64>) = Default::default();
    for (post, row) in new {
        match post.from {
            From::Member(_) => drop(marks.insert((row.conversation_id, row.author_id), row.seq)),
            From::Operator { .. } if post.quiet => drop(broadcast.insert(row.conversation_id, row.seq)),
            From::Operator { .. } => drop(staff.insert(row.conversation_id, row.seq)),
        }
    }
    let marks: Vec<[i64; 3]> = marks.into_iter().map(|((id, member), seq)| [id, member, seq]).collect();
    let pairs = |marks: BTreeMap<i64, i64>| marks.into_iter().map(|(id, seq)| [id, seq]).collect::<Vec<_>>();
    let of_member = "participant.conversation_id = v.column1 AND participant.member_id = v.column2";
    update(tx, &marks, "UPDATE participant SET read_seq = v.column3, wrote = TRUE", of_member).await?;
    let set = "UPDATE conversation SET staff_read_seq = v.column2";
    update(tx, &pairs(staff), set, "conversation.id = v.column1").await?;
    let nothing_waits = "conversation.id = v.column1 AND conversation.staff_read_seq = v.column2 - 1";
    update(tx, &pairs(broadcast), set, nothing_waits).await
}

async fn update<const N: usize>(tx: &mut Tx, rows: &[[i64; N]], set: &str, on: &str) -> Result<(), DbError> {
    for chunk in chunks(rows) {
        let text = format!("{set} FROM (VALUES {}) AS v WHERE {on}", placeholders(1, chunk.len(), N));
        Sql::assembled(text).bind_each(chunk.iter().flatten().copied()).run(&mut *tx).await?;
    }
    Ok(())
}

/// Cuts a list into pieces of the prepared sizes.
fn chunks<T>(mut rest: &[T]) -> Vec<&[T]> {
    let mut pieces = Vec::new();
    for size in ROWS {
        while rest.len() >= size {
            let (piece, after) = rest.split_at(size);
            pieces.push(piece);
            rest = after;
        }
    }
    pieces
}
