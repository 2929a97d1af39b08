//! What a page of the directory, a search and a decision cost on sites of 1,000, 10,000 and 100,000 members with 20
//! populations and 50 contact rules: `cargo bench -p parvis --bench directory`. On SQLite in a temporary folder, or with
//! `PARVIS_BENCH_DATABASE_URL` in an empty PostgreSQL database.
#![allow(missing_docs, reason = "a benchmark's name says what it measures")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

use divan::{Bencher, black_box};
use domain::members::Login;
use domain::rules::{Effect, Grants, Pair, Right, Rights, Rule, Target, decide, grant};
use parvis::app::{App, Setup};
use parvis::audit::{Actor, ActorKind};
use parvis::members::actions::NewMember;
use parvis::members::directory::{DirectoryQuery, page};
use parvis::members::{Member, Profile, many, populations, views};
use parvis::platform::clock::Clock;
use parvis::platform::db::{Db, sql};
use parvis::rules;
use parvis::sites::{self, Site};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::runtime::Runtime;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const POPULATIONS: usize = 20;
const FIRST: [&str; 20] = [
    "Marie", "Jean", "Léa", "Karim", "Chloé", "Pierre", "Inès", "Hugo", "Zoé", "Paul", "Anaïs", "Lucas", "Emma", "Noé",
    "Sarah", "Louis", "Aya", "Jules", "Rose", "Tom",
];
const LAST: [&str; 10] = ["mar", "du", "val", "ber", "lo", "ti", "chan", "ro", "sel", "gui"];

fn main() {
    divan::main();
}

/// A site with its rules, and two of its members: one who sees nearly everybody, one who sees few.
struct World {
    site: Arc<Site>,
    sees_many: Arc<Member>,
    sees_few: Arc<Member>,
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static APP: LazyLock<App> = LazyLock::new(|| RUNTIME.block_on(app()));
static WORLDS: LazyLock<Mutex<HashMap<usize, Arc<World>>>> = LazyLock::new(Mutex::default);

async fn app() -> App {
    let db = match std::env::var("PARVIS_BENCH_DATABASE_URL") {
        Ok(url) => Db::open_postgres(&url).await,
        Err(_) => Db::open_sqlite(&tempfile::tempdir().expect("a folder").keep()).await,
    };
    let setup = Setup {
        db: db.expect("a database"),
        clock: Clock::System,
        public_url: "http://bench.example".to_owned(),
        trust_proxy: false,
        event_log_bytes: 1 << 20,
        webhooks_public_only: false,
    };
    App::new(setup).0
}

fn world(size: usize) -> Arc<World> {
    let mut worlds = WORLDS.lock().expect("no panic before");
    worlds.entry(size).or_insert_with(|| Arc::new(RUNTIME.block_on(build(&APP, size)))).clone()
}

async fn build(app: &App, size: usize) -> World {
    let site = sites::actions::create(app, &format!("bench-{size}"), "Bench").await.expect("a site");
    for n in 0..POPULATIONS {
        populations::create(app, &site, &format!("p{n}"), "P", None).await.expect("a population");
    }
    let mut made = Vec::new();
    for chunk in (0..size).collect::<Vec<_>>().chunks(1_000) {
        made.extend(many::create(app, &site, chunk.iter().map(|n| member(*n)).collect(), None).await.expect("members"));
    }
    let nobody = Actor { kind: ActorKind::Operator, id: 0, name: String::new() };
    // Half of all; a hundredth; one in two thousand.
    let mut segments = Vec::new();
    for badge in ["half", "few", "rare"] {
        let view = json!({"name": badge, "filter": {"badge": badge}});
        let view = serde_json::from_value(view).expect("a view");
        segments.push(views::create(app, site.id, &nobody, view).await.expect("saved").id);
    }
    let mut set = vec![
        json!({"from": "p0", "to": "everyone", "effect": "allow", "rights": ["see", "start", "reply"]}),
        json!({"from": "p0", "to": {"view": segments[2]}, "effect": "never", "rights": ["see"]}),
        json!({"from": "p1", "to": {"view": segments[1]}, "effect": "allow", "rights": ["see", "start", "reply"]}),
    ];
    for n in set.len()..50 {
        let (from, to) = (format!("p{}", 2 + n % 18), format!("p{}", (n * 7) % POPULATIONS));
        set.push(json!({"from": from, "to": {"population": to}, "effect": "allow", "rights": ["see", "reply"]}));
    }
    let set: Vec<rules::ContactRule> = serde_json::from_value(json!(set)).expect("rules");
    let nobody = Actor { kind: ActorKind::Operator, id: 0, name: "Bench".to_owned() };
    rules::actions::replace(app, &site, &nobody, &set).await.expect("rules");
    if std::env::var_os("PARVIS_BENCH_DATABASE_URL").is_some() {
        // What autovacuum does in the first minute of a server's life.
        sql("ANALYZE").run(&mut app.db.read().await.expect("a connection")).await.expect("statistics");
    }
    let again = async |n: usize| app.members.get(&app.db, site.id, made[n].id).await.expect("read").expect("there");
    World { sees_many: again(0).await, sees_few: again(1).await, site: Arc::new(site) }
}

fn member(n: usize) -> NewMember {
    let last: String = [n / 20, n / 200, n / 2_000, n / 20_000].iter().map(|at| LAST[at % 10]).collect();
    let mut badges = Vec::new();
    for (badge, every) in [("half", 2), ("few", 100), ("rare", 2_000)] {
        if n % every == 1 {
            badges.push(badge.to_owned());
        }
    }
    NewMember {
        external_id: None,
        login: Login::parse(&format!("m{n}")).expect("a login"),
        profile: Profile {
            name: format!("{} {last}", FIRST[n % 20]),
            email: None,
            avatar_url: None,
            headline: Some("Ingénieure en énergie, atelier des marées".to_owned()),
            locale: None,
            badges,
            interests: vec![("Énergie".to_owned(), 1.0), (format!("Thème {}", n % 300), 0.5)],
            offers: Vec::new(),
            looks_for: Vec::new(),
            contactable: true,
        },
        populations: vec![format!("p{}", n % POPULATIONS)],
        attributes: Default::default(),
        password: None,
    }
}

/// The decision itself: 50 rules, members of two populations each.
#[divan::bench]
fn decision(bencher: Bencher) {
    let rules: Vec<Rule> = (0..50)
        .map(|n| Rule {
            from: n % 20,
            to: if n % 10 == 0 { Target::Everyone } else { Target::Group((n * 7) % 23) },
            effect: if n % 9 == 0 { Effect::Never } else { Effect::Allow },
            rights: Rights::ALL,
        })
        .collect();
    bencher.bench_local(|| {
        let grants = grant(black_box(&rules), black_box(&[3, 7]), black_box(&[5, 11, 22]));
        Right::ALL.map(|right| decide(right, &pair(grants)).allowed())
    });
}

/// The same between two classes for which it is known what the rules grant.
#[divan::bench]
fn decision_kept(bencher: Bencher) {
    let pair = pair(Grants::ALL);
    bencher.bench_local(|| Right::ALL.map(|right| decide(right, black_box(&pair)).allowed()));
}

fn pair(grants: Grants) -> Pair {
    Pair {
        messaging_on: true,
        member_chat_on: true,
        calls_on: true,
        from_in_standing: true,
        to_in_standing: true,
        grants,
        to_contactable: true,
        conversation_exists: false,
        contacts: false,
        from_blocked_to: false,
    }
}

fn asks(bencher: Bencher, size: usize, few: bool, query: &DirectoryQuery) {
    let world = world(size);
    let me = if few { &world.sees_few } else { &world.sees_many };
    let ask = || RUNTIME.block_on(page(&APP, &world.site, me, query)).expect("a page");
    ask();
    bencher.bench_local(|| ask().items.len());
}

fn searching(words: &str) -> DirectoryQuery {
    DirectoryQuery { query: Some(words.to_owned()), ..DirectoryQuery::default() }
}

#[divan::bench(args = SIZES)]
fn first_page_of_many(bencher: Bencher, size: usize) {
    asks(bencher, size, false, &DirectoryQuery::default());
}

#[divan::bench(args = SIZES)]
fn first_page_of_few(bencher: Bencher, size: usize) {
    asks(bencher, size, true, &DirectoryQuery::default());
}

#[divan::bench(args = SIZES)]
fn page_in_a_population(bencher: Bencher, size: usize) {
    asks(bencher, size, false, &DirectoryQuery { population: Some("p7".to_owned()), ..DirectoryQuery::default() });
}

#[divan::bench(args = SIZES)]
fn search_one_letter(bencher: Bencher, size: usize) {
    asks(bencher, size, false, &searching("m"));
}

#[divan::bench(args = SIZES)]
fn search_a_name(bencher: Bencher, size: usize) {
    asks(bencher, size, false, &searching("marie"));
}

#[divan::bench(args = SIZES)]
fn search_a_name_and_its_beginning(bencher: Bencher, size: usize) {
    asks(bencher, size, false, &searching("jean mardu"));
}

#[divan::bench(args = SIZES)]
fn search_what_few_have(bencher: Bencher, size: usize) {
    asks(bencher, size, false, &searching("m777"));
}

#[divan::bench(args = SIZES)]
fn search_what_nobody_has(bencher: Bencher, size: usize) {
    asks(bencher, size, false, &searching("marie xylophone"));
}

#[divan::bench(args = SIZES)]
fn search_among_few(bencher: Bencher, size: usize) {
    asks(bencher, size, true, &searching("marie"));
}
