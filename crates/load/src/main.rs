//! `parvis-load` starts a Parvis server on one processor core, drives it from another over its public contract, and measures.
//! Every message that arrives is checked: one lost, doubled or out of order makes the tool fail.

#![expect(
    clippy::disallowed_methods,
    reason = "it measures another process: the machine's time and waiting are its work"
)]

#[cfg(not(target_os = "linux"))]
compile_error!("the load tool reads /proc and uses epoll: Linux only");

mod ceiling;
mod crowd;
mod http;
mod net;
mod report;
mod scan;
mod scenes;
mod server;
mod stage;
mod stats;
mod ws;

use clap::{Args, Parser, Subcommand};
use report::Report;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What went wrong, for the person who runs the tool.
type Res<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Measures a Parvis server: the server on one core, this tool on another.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    scene: Which,
    #[command(flatten)]
    options: Options,
}

/// What holds for every scene.
#[derive(Args, Clone)]
struct Options {
    /// The server's binary.
    #[arg(long, global = true, default_value = "target/release/parvis")]
    bin: PathBuf,
    /// How often each scene is played; the table has the medians.
    #[arg(long, global = true, default_value_t = 3)]
    runs: usize,
    /// Seconds of each measurement under load.
    #[arg(long, global = true, default_value_t = 10)]
    seconds: u64,
    /// Where the temporary data folders go: on the disk that durability is to be measured on.
    #[arg(long, global = true)]
    scratch: Option<PathBuf>,
    /// The core of the server; none where there is a single one.
    #[arg(skip)]
    server_core: Option<usize>,
}

#[derive(Subcommand, Clone)]
enum Which {
    /// Everything, as docs/performance.md has it.
    All,
    /// Memory and processor time of connections on which nothing happens.
    Idle {
        /// How many.
        #[arg(long, default_value_t = 10_000)]
        connections: usize,
        /// Seconds over which the processor time is taken.
        #[arg(long, default_value_t = 60)]
        rest: u64,
    },
    /// One group in which everybody is connected: as much as it takes, then at a fixed rate.
    Fanout {
        /// Members of the group.
        #[arg(long, default_value_t = 1_000)]
        members: usize,
        /// Messages that not everybody has yet, at most.
        #[arg(long, default_value_t = 16)]
        window: u64,
        /// Messages a second of the fixed rate; 0 leaves that part out.
        #[arg(long, default_value_t = 60)]
        rate: u64,
        /// Per cent of the members who stop reading in the last part.
        #[arg(long, default_value_t = 10)]
        stalled: usize,
    },
    /// One room that everybody is inside: as much as it takes, then at a fixed rate.
    Room {
        /// Members inside.
        #[arg(long, default_value_t = 1_000)]
        members: usize,
        /// Messages that not everybody has yet, at most.
        #[arg(long, default_value_t = 16)]
        window: u64,
        /// Messages a second of the fixed rate; 0 leaves that part out.
        #[arg(long, default_value_t = 60)]
        rate: u64,
    },
    /// Everybody enters one room at the same moment.
    Enter {
        /// How many.
        #[arg(long, default_value_t = 1_000)]
        members: usize,
    },
    /// Pairs; each sender waits for the answer before the next message.
    Direct {
        /// How many pairs.
        #[arg(long, default_value_t = 200)]
        pairs: usize,
    },
    /// A broadcast to many, while some others go on talking.
    Broadcast {
        /// Members who get it.
        #[arg(long, default_value_t = 100_000)]
        recipients: usize,
    },
    /// Everybody is cut at once and comes back.
    Storm {
        /// Clients that missed nothing.
        #[arg(long, default_value_t = 2_000)]
        clients: usize,
        /// Clients that missed 20 messages each.
        #[arg(long, default_value_t = 10_000)]
        behind: usize,
    },
    /// A long conversation and a long list.
    History {
        /// Messages in the conversation.
        #[arg(long, default_value_t = 1_000_000)]
        messages: u64,
        /// Conversations in the list.
        #[arg(long, default_value_t = 500)]
        conversations: usize,
        /// Requests a second.
        #[arg(long, default_value_t = 500)]
        rate: u64,
    },
    /// From the start of the process to the first signed-in client.
    Start,
    /// What this tool itself can take: frames from a thread that does nothing but write them.
    Ceiling,
}

fn main() -> ExitCode {
    let mut cli = Cli::parse();
    let mut report = Report::default();
    let outcome = prepare(&mut cli.options).and_then(|()| match cli.scene {
        Which::All => all(&cli.options, &mut report),
        scene => play(&scene, &cli.options, &mut report),
    });
    println!("{}", report.markdown());
    match outcome {
        Err(error) => {
            eprintln!("parvis-load: {error}");
            ExitCode::FAILURE
        }
        Ok(()) if report.faults() > 0 => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
    }
}

/// Takes as many file descriptors as allowed, and the second core for this process.
fn prepare(options: &mut Options) -> Res {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })?;
    if std::thread::available_parallelism()?.get() > 1 {
        let mut core = rustix::thread::CpuSet::new();
        core.set(1);
        rustix::thread::sched_setaffinity(None, &core)?;
        options.server_core = Some(0);
    }
    Ok(())
}

fn all(options: &Options, report: &mut Report) -> Res {
    let scenes = [
        Which::Ceiling,
        Which::Start,
        Which::Fanout { members: 1_000, window: 16, rate: 60, stalled: 10 },
        Which::Room { members: 1_000, window: 16, rate: 60 },
        Which::Room { members: 10_000, window: 4, rate: 5 },
        Which::Enter { members: 1_000 },
        Which::Direct { pairs: 200 },
        Which::Broadcast { recipients: 100_000 },
        Which::Storm { clients: 2_000, behind: 10_000 },
        Which::Idle { connections: 10_000, rest: 60 },
        Which::History { messages: 1_000_000, conversations: 500, rate: 500 },
    ];
    scenes.iter().try_for_each(|scene| play(scene, options, report))
}

fn play(scene: &Which, options: &Options, report: &mut Report) -> Res {
    // A million messages take their time, and the requests are many: one run says it.
    let runs = if matches!(scene, Which::History { .. }) { 1 } else { options.runs };
    for run in 1..=runs {
        eprintln!("{} run {run} of {runs}", name(scene));
        match scene {
            Which::All => {}
            Which::Idle { connections, rest } => scenes::idle::play(options, *connections, *rest, report)?,
            Which::Fanout { members, window, rate, stalled } => {
                let plan = scenes::fanout::Plan {
                    room: false,
                    members: *members,
                    window: *window,
                    rate: *rate,
                    stalled: *stalled,
                };
                scenes::fanout::play(options, &plan, report)?;
            }
            Which::Enter { members } => scenes::enter::play(options, *members, report)?,
            Which::Room { members, window, rate } => {
                let plan =
                    scenes::fanout::Plan { room: true, members: *members, window: *window, rate: *rate, stalled: 0 };
                scenes::fanout::play(options, &plan, report)?;
            }
            Which::Direct { pairs } => scenes::direct::play(options, *pairs, report)?,
            Which::Broadcast { recipients } => scenes::broadcast::play(options, *recipients, report)?,
            Which::Storm { clients, behind } => scenes::storm::play(options, *clients, *behind, report)?,
            Which::History { messages, conversations, rate } => {
                scenes::history::play(options, *messages, *conversations, *rate, report)?;
            }
            Which::Start => scenes::start::play(options, report)?,
            Which::Ceiling => ceiling::play(options, report)?,
        }
    }
    Ok(())
}

fn name(scene: &Which) -> &'static str {
    match scene {
        Which::All => "all",
        Which::Idle { .. } => "idle",
        Which::Fanout { .. } => "fanout",
        Which::Room { .. } => "room",
        Which::Enter { .. } => "enter",
        Which::Direct { .. } => "direct",
        Which::Broadcast { .. } => "broadcast",
        Which::Storm { .. } => "storm",
        Which::History { .. } => "history",
        Which::Start => "start",
        Which::Ceiling => "ceiling",
    }
}

/// What is left of `length` since `begin`.
fn pause(length: Duration, begin: Instant) -> Duration {
    length.saturating_sub(begin.elapsed())
}
