//! The hot paths by themselves: `cargo bench -p parvis`. Figures of the whole server come from the load tool
//! (docs/performance.md).
#![allow(missing_docs, reason = "a benchmark's name says what it measures")]

use divan::{Bencher, black_box, counter::ItemsCount};
use domain::members::{fold, search_text, search_words};
use domain::messages::Body;
use parvis::platform::live::{Audience, Connection, Event, Hub, Person};
use std::sync::Arc;

fn main() {
    divan::main();
}

/// Everybody in one conversation, connected.
fn room(members: i64) -> (Hub, Vec<Arc<Connection>>, Event) {
    let hub = Hub::new(1 << 20);
    let connect = |id| {
        let number = hub.next_connection();
        let connection = Arc::new(Connection::new(number, Person::Member(id), 1, 0, [0; 32], 0));
        hub.enter(&connection, None, "\"member\":{}");
        connection
    };
    let connections = (1..=members).map(connect).collect();
    let audience = Audience::Conversation { id: 7, members: (1..=members).collect(), staff: None };
    let event = Event::new("message.created", format!("\"message\":{{\"body\":\"{}\"}}", "x".repeat(400)), audience);
    (hub, connections, event)
}

/// One message to everybody in a conversation: encoded once, queued for each, kept for those who reconnect.
#[divan::bench(args = [2, 100, 1_000])]
fn fan_out(bencher: Bencher, members: i64) {
    bencher.counter(ItemsCount::new(members as usize)).with_inputs(|| room(members)).bench_local_values(
        |(hub, connections, event)| {
            hub.publish(event);
            (hub, connections)
        },
    );
}

/// What every message's text goes through.
#[divan::bench(args = [160, 4_000])]
fn parse_a_body(bencher: Bencher, characters: usize) {
    let typed: String = "Voilà l’été, déjà. ".chars().cycle().take(characters - 1).chain(['!']).collect();
    bencher.bench_local(|| Body::parse(black_box(&typed)).is_ok());
}

/// What a search in the directory compares.
#[divan::bench]
fn fold_a_name() -> String {
    fold(black_box("Éloïse Cœur-Straße, Éditions du Pavillon"))
}

/// What a changed profile is found by.
#[divan::bench]
fn search_text_of_a_member() -> String {
    let interests = ["Histoire", "Océans", "Reliure"].into_iter();
    search_text(&search_words(black_box("Zoé d’Aubigné"), "zoe.aubigne", Some("Éditrice à Valmont"), interests))
}
