//! Nobody who has a connection waits for another one, or for somebody who may.
//!
//! There are a few connections only. When as many tasks as there are connections have one each and ask for a second,
//! all of them wait until their patience ends. A debug build ends such a task the first time it asks, on however
//! quiet a machine, so that every story of the tests looks for it; a release build has nothing of this.

#[cfg(debug_assertions)]
use {
    std::collections::HashSet,
    std::sync::{LazyLock, Mutex, PoisonError},
    tokio::task::{Id, try_id},
};

#[cfg(debug_assertions)]
static HOLDERS: LazyLock<Mutex<HashSet<Id>>> = LazyLock::new(Mutex::default);

/// A connection is in the hands of a task, until this is dropped.
pub(super) struct Held {
    #[cfg(debug_assertions)]
    by: Option<Id>,
}

impl Held {
    /// The task that runs has one from now on.
    pub(super) fn now() -> Held {
        Held {
            #[cfg(debug_assertions)]
            by: try_id().inspect(|task| {
                HOLDERS.lock().unwrap_or_else(PoisonError::into_inner).insert(*task);
            }),
        }
    }
}

#[cfg(debug_assertions)]
impl Drop for Held {
    fn drop(&mut self) {
        if let Some(task) = self.by {
            HOLDERS.lock().unwrap_or_else(PoisonError::into_inner).remove(&task);
        }
    }
}

/// To be said before waiting for a connection, or for whoever may be waiting for one.
///
/// # Panics
/// In a debug build, if the task has a connection: drop the reader, or end the transaction, before.
pub fn holding_none() {
    #[cfg(debug_assertions)]
    if let Some(task) = try_id() {
        let holds = HOLDERS.lock().unwrap_or_else(PoisonError::into_inner).contains(&task);
        assert!(!holds, "a task that has a database connection waits for another: under load all would");
    }
}

#[cfg(test)]
mod tests {
    use crate::platform::db::Db;

    /// How a task ends that does this: why, if it was made to.
    async fn ends<F: Future<Output = ()> + Send + 'static>(what: impl FnOnce(Db) -> F) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(folder.path()).await.unwrap();
        let ended = tokio::spawn(what(db)).await.err()?;
        Some(ended.into_panic().downcast_ref::<&str>().map_or_else(String::new, |why| (*why).to_owned()))
    }

    #[tokio::test]
    async fn one_connection_after_the_other() {
        let ended = ends(|db| async move {
            drop(db.read().await.unwrap());
            let committed = db.write("test").await.unwrap().commit().await.unwrap();
            drop(db.read().await.unwrap());
            drop(committed);
            drop(db.write("test").await.unwrap());
            drop(db.read().await.unwrap());
        });
        assert_eq!(ended.await, None);
    }

    #[tokio::test]
    #[cfg(debug_assertions)]
    async fn never_two_at_once() {
        let reads_twice = ends(|db| async move {
            let _first = db.read().await.unwrap();
            let _second = db.read().await.unwrap();
        });
        let writes_as_well = ends(|db| async move {
            let _first = db.read().await.unwrap();
            let _second = db.write("test").await.unwrap();
        });
        let reads_beside_writing = ends(|db| async move {
            let _first = db.write("test").await.unwrap();
            let _second = db.read().await.unwrap();
        });
        for ended in [reads_twice.await, writes_as_well.await, reads_beside_writing.await] {
            assert!(ended.as_ref().is_some_and(|why| why.contains("waits for another")), "{ended:?}");
        }
    }
}
