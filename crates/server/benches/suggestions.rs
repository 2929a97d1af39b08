//! What suggestions cost on sites of 1,000, 10,000 and 100,000 members with 200 themes: `cargo bench -p parvis --bench
//! suggestions`. The members are those of the stories (`tests/it/suggestions/crowd.rs`). On SQLite in a temporary folder.
#![allow(missing_docs, reason = "a benchmark's name says what it measures")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

#[path = "../tests/it/suggestions/crowd.rs"]
mod crowd;

use crowd::{Dice, Person};
use divan::Bencher;
use domain::members::Login;
use parvis::app::{App, Setup};
use parvis::members::actions::NewMember;
use parvis::members::{Member, Profile, many};
use parvis::platform::clock::Clock;
use parvis::platform::db::Db;
use parvis::sites::{self, Site};
use parvis::suggestions::{Index, list};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::runtime::Runtime;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const TOP: usize = 20;

fn main() {
    for size in SIZES {
        let people = crowd::crowd(size);
        let carried: usize = people.iter().map(|p| p.interests.len() + p.offers.len() + p.looks_for.len()).sum();
        let index = Index::of(people.iter().map(Person::carrier));
        println!(
            "{size} members, {:.1} themes each: {:.1} MiB, {} bytes a member",
            carried as f64 / size as f64,
            index.bytes() as f64 / 1_048_576.0,
            index.bytes() / size
        );
    }
    divan::main();
}

/// The best twenty, from the index alone: of one member after the other.
#[divan::bench(args = SIZES)]
fn top_20_of_the_index(bencher: Bencher, size: usize) {
    let people = crowd::crowd(size);
    let mut index = Index::of(people.iter().map(Person::carrier));
    let mut viewers = people.iter().cycle();
    bencher.bench_local(|| {
        let viewer = viewers.next().expect("somebody").carrier();
        index.best(&viewer, TOP, |_, _| true).len()
    });
}

/// A member says something else of themselves.
#[divan::bench(args = SIZES)]
fn one_changes(bencher: Bencher, size: usize) {
    let people = crowd::crowd(size);
    let mut index = Index::of(people.iter().map(Person::carrier));
    let mut dice = Dice(5);
    bencher.bench_local(|| {
        let id = dice.below(size as u64) as i64;
        index.put(Person::thrown(id, &mut dice).carrier());
    });
}

/// A site, and some of its members.
struct World {
    site: Arc<Site>,
    viewers: Vec<Arc<Member>>,
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static APP: LazyLock<App> = LazyLock::new(|| RUNTIME.block_on(app()));
static WORLDS: LazyLock<Mutex<HashMap<usize, Arc<World>>>> = LazyLock::new(Mutex::default);

async fn app() -> App {
    let setup = Setup {
        db: Db::open_sqlite(&tempfile::tempdir().expect("a folder").keep()).await.expect("a database"),
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
    let on = json!({"features": {"matchmaking": true}});
    let site = sites::actions::change_settings(app, &site, &on).await.expect("switched on");
    let mut viewers = Vec::new();
    for chunk in crowd::crowd(size).chunks(1_000) {
        let made = many::create(app, &site, chunk.iter().map(member).collect(), None).await.expect("members");
        viewers.extend(made.into_iter().take(1_000usize.saturating_sub(viewers.len())));
    }
    World { site, viewers }
}

fn member(person: &Person) -> NewMember {
    let profile = Profile {
        interests: person.interests.clone(),
        offers: person.offers.clone(),
        looks_for: person.looks_for.clone(),
        ..Profile::named(&format!("Member {}", person.id))
    };
    NewMember {
        external_id: None,
        login: Login::parse(&format!("m{}", person.id)).expect("a login"),
        profile,
        populations: Vec::new(),
        attributes: Default::default(),
        password: None,
    }
}

/// The whole answer: whom one has to do with already, the index, the decision for each, what is between, the reasons.
#[divan::bench(args = SIZES)]
fn top_20_of_the_server(bencher: Bencher, size: usize) {
    let world = world(size);
    let mut viewers = world.viewers.iter().cycle();
    let mut ask = || {
        let viewer = viewers.next().expect("somebody");
        RUNTIME.block_on(list::page(&APP, &world.site, viewer, TOP)).expect("suggestions")
    };
    let begun = parvis::platform::clock::stopwatch();
    ask();
    println!("{size} members: the first answer, with the index made, took {:.0?}", begun.elapsed());
    bencher.bench_local(|| ask().items.len());
}
