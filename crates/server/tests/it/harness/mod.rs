//! What the stories are told with: a server in this process over a fresh database, people as handles,
//! sockets that wait for what must come, a clock that can be moved by hand, and the real binary.
//!
//! Nothing here sleeps for luck: whatever is expected is waited for, with a deadline.

mod clock;
mod database;
mod http;
mod people;
mod process;
mod receiver;
mod site;
mod socket;
mod tokens;

pub use database::Database;
pub use http::{Answer, Api};
pub use people::{Member, Operator, PASSWORD, client_id};
pub use process::{Binary, Finished, Serving};
pub use receiver::{Receiver, Told};
pub use site::Site;
pub use socket::{Socket, send};
pub use tokens::{Key, KeyServer, Token};

use std::time::Duration;

/// How long anything may take before the test is failed.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// Waits for what must happen.
pub async fn within<T>(what: &str, happening: impl Future<Output = T>) -> T {
    match tokio::time::timeout(DEADLINE, happening).await {
        Ok(happened) => happened,
        Err(_) => panic!("{what}: did not happen within {DEADLINE:?}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "between two questions; nothing depends on how long it is")]
async fn a_moment() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

/// Asks again until the answer is yes: for what happens by itself in the background.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut ask: impl FnMut() -> F) {
    within(what, async {
        while !ask().await {
            a_moment().await;
        }
    })
    .await;
}

/// Asks again until there is something.
pub async fn eventually_some<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    within(what, async {
        loop {
            if let Some(found) = ask() {
                return found;
            }
            a_moment().await;
        }
    })
    .await
}
