//! The server under test: started on its own core, watched through /proc, stopped by its process id.

use crate::Res;
use rustix::process::{Pid, Signal};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of its process to its line on standard output.
    pub listening_after: Duration,
    /// Just before its process was started.
    pub started: Instant,
}

impl Server {
    /// Starts `parvis serve` over `data`, on processor `core` if there is more than one.
    pub fn start(bin: &Path, data: &Path, core: Option<usize>) -> Res<Self> {
        let mut command = match core {
            Some(core) => {
                let mut command = Command::new("taskset");
                command.arg("-c").arg(core.to_string()).arg(bin);
                command
            }
            None => Command::new(bin),
        };
        let log = File::options().create(true).append(true).open(data.join("server.log"))?;
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data.join("parvis"));
        let started = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().ok_or("the server has no standard output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let listening_after = started.elapsed();
        let Some(address) = line.trim().rsplit_once("http://").and_then(|(_, address)| address.parse().ok()) else {
            child.kill()?;
            child.wait()?;
            let log = fs::read_to_string(data.join("server.log")).unwrap_or_default();
            return Err(format!("the server did not start; it said: {line}{log}").into());
        };
        Ok(Self { child, address, listening_after, started })
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory, in KiB.
    pub fn memory(&self) -> Res<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("the server is gone")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Processor time used so far, in seconds, of the user's and the kernel's part.
    pub fn cpu(&self) -> Res<f64> {
        cpu_of(&self.pid().to_string())
    }

    /// Asks it to stop, and waits; kills it if it does not.
    pub fn stop(mut self) -> Res {
        self.end()
    }

    fn end(&mut self) -> Res {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        let pid = i32::try_from(self.pid()).ok().and_then(Pid::from_raw).ok_or("no process id")?;
        rustix::process::kill_process(pid, Signal::TERM)?;
        let patience = Instant::now();
        while self.child.try_wait()?.is_none() {
            if patience.elapsed() > Duration::from_secs(12) {
                self.child.kill()?;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing more can be done about a process that can't be ended.
        let _ = self.end();
    }
}

/// Processor time that a process used so far, in seconds, of the user's and the kernel's part.
pub fn cpu_of(process: &str) -> Res<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, fields) = stat.rsplit_once(") ").ok_or("unreadable /proc stat")?;
    let ticks: u64 = fields.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Ok(ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}
