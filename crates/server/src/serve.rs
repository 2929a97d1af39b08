//! Serving: from an open database to a drained stop.

use crate::app::{App, Setup, router};
use crate::cli::{Failure, open};
use crate::config::ServeConfig;
use crate::demo;
use crate::members;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::telemetry;
use crate::turn;
use axum::serve::ListenerExt;
use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// After a stop was asked for, requests under way have so long.
const DRAIN: Duration = Duration::from_secs(3);
/// Connections that wait to be accepted: a whole site may reconnect at once.
const BACKLOG: u32 = 4_096;

/// Runs the server until it is told to stop.
pub async fn run(config: ServeConfig, demonstration: bool) -> Result<(), Failure> {
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let _ = telemetry::figures();
    let _lock = lock(&config.store.data)?;
    let db = open(&config.store).await?;
    let claim = db.claim().await?;
    let listener = listen(config.listen)?;
    let address = listener.local_addr().map_err(|e| Failure::Other(e.to_string()))?;
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let (app, jobs) = App::new(setup(db, public_url, &config));
    app.turn.offers(turn::begin(&app.db, &config.turn, &app.public_url).await?);
    members::catch_up(&app).await.map_err(|e| Failure::Other(e.to_string()))?;
    let background = app.start(jobs);
    let mut routes = router(app.clone());
    let mut about = None;
    if demonstration {
        let site = demo::seed(&app).await?;
        about = Some(site.describe(&app.public_url));
        routes = routes.merge(demo::routes(app.clone(), site));
    }
    // Before anybody is told that the server is there: who asks it to stop at once is heard.
    let told_to_stop = told_to_stop();
    println!("parvis listening on http://{address}");
    about.iter().for_each(|about| println!("{about}"));

    let (stop, stopped) = watch::channel(false);
    let served = serve_until(listener, routes, stopped);
    let mut served = std::pin::pin!(served);
    tokio::select! {
        ended = &mut served => return ended.map_err(|e| Failure::Other(format!("stopped listening: {e}"))),
        () = told_to_stop => tracing::info!("stopping"),
    }
    let _ = stop.send(true);
    app.hub.close_all();
    let _ = tokio::time::timeout(DRAIN, served).await;
    // Its connection goes back: until then the database would wait for it when it closes.
    drop(claim);
    background.finish(&app).await;
    Ok(())
}

fn setup(db: Db, public_url: String, config: &ServeConfig) -> Setup {
    Setup {
        db,
        clock: Clock::System,
        public_url,
        trust_proxy: config.trust_proxy,
        event_log_bytes: config.event_log_bytes,
        webhooks_public_only: config.webhooks_public_only,
    }
}

/// Serves HTTP on a listener until `stopped` turns true.
pub async fn serve_until(
    listener: TcpListener,
    routes: axum::Router,
    mut stopped: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        })
        .await
}

/// One server per data folder.
fn lock(folder: &Path) -> Result<File, Failure> {
    let folder_text = folder.display();
    let unusable = |e: std::io::Error| {
        Failure::Config(format!("cannot write in the data folder {folder_text}: {e}; choose another with --data"))
    };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let file = File::create(folder.join("parvis.lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::Config(format!(
            "the data folder {folder_text} is in use by another parvis; stop it, or choose another folder with --data"
        ))),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() };
    let listening = socket.and_then(|socket| {
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    });
    listening.map_err(|e| {
        Failure::Config(format!("cannot listen on {address}: {e}; choose another address or port with --listen"))
    })
}

/// Listens for SIGTERM and SIGINT from now on; the future ends with the first of them.
fn told_to_stop() -> impl Future<Output = ()> {
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async {
        let (Ok(mut terminate), Ok(mut interrupt)) = signals else { return std::future::pending().await };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}
