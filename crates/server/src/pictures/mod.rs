//! Pictures that people send for others to see: of a group, so far. Whatever comes in is decoded, cut square and
//! written anew, so that nothing of the file that was sent (where a photo was taken, what hides in it) goes out.

pub mod http;
mod render;
mod store;

pub use store::exists;

use crate::app::App;
use crate::platform::http::{Answer, Bucket, Code, Problem, RateLimit};
use crate::platform::ids;
use crate::sites::SiteId;
use data_encoding::{Encoding, Specification};
use render::{Square, render};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The largest file.
pub const LARGEST: usize = 10 << 20;
/// So many are decoded at once: each may take 128 MiB of memory for a moment.
const AT_ONCE: usize = 2;
/// Pictures of one person: ten at once, then one every six seconds.
const PACE: Bucket = Bucket { per_second: 1.0 / 6.0, burst: 10.0 };

/// The name of a picture: 128 random bits, so that whoever has the address of one knows no other's.
pub type PictureId = [u8; 16];

/// Where pictures are made.
pub struct Workshop {
    turns: Semaphore,
    sending: RateLimit<i64>,
}

impl Default for Workshop {
    fn default() -> Self {
        Workshop { turns: Semaphore::new(AT_ONCE), sending: RateLimit::default() }
    }
}

static LETTERS: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    #[allow(clippy::expect_used, reason = "a constant alphabet")]
    spec.encoding().expect("32 distinct symbols")
});

/// An id as callers see it.
pub fn show_id(id: &[u8]) -> String {
    LETTERS.encode(id)
}

/// An id as callers gave it; `None` if it can't be one.
pub fn read_id(text: &str) -> Option<PictureId> {
    LETTERS.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// Where a picture is, from the server's address.
pub fn url(id: &[u8]) -> String {
    format!("/api/v1/pictures/{}", show_id(id))
}

/// Makes a picture of a file and keeps it.
async fn make(app: &App, site: SiteId, by: i64, file: Vec<u8>, square: Option<Square>) -> Answer<PictureId> {
    let turn = app.pictures.turns.acquire().await.map_err(|_| Problem::new(Code::Unavailable))?;
    // A decoder that gives up altogether says the same as one that says so.
    let made = tokio::task::spawn_blocking(move || render(&file, square)).await;
    drop(turn);
    let bytes = made.unwrap_or(Err(render::Bad::Damaged)).map_err(Problem::from)?;
    let id = ids::random::<16>();
    let mut tx = app.db.write("picture").await?;
    store::insert(&mut tx, site, &id, bytes, by, app.clock.now()).await?;
    drop(tx.commit().await?);
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_shown_and_read() {
        let id = ids::random::<16>();
        assert_eq!(show_id(&id).len(), 26);
        assert_eq!(read_id(&show_id(&id)), Some(id));
        for bad in ["", "0", "0000000000000", "000000000000000000000000zz", "00000000000000000000000000000000000", "é"]
        {
            assert_eq!(read_id(bad), None, "{bad}");
        }
    }
}
