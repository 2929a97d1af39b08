//! A real PostgreSQL in a temporary folder, for as long as the tests run.

use crate::machine::{is_root, postgres_tool};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A running server; dropping it stops it and removes its folder.
pub struct Postgres {
    folder: PathBuf,
    /// Where tests make their databases.
    pub url: String,
}

/// Nothing here cuts the power, which is all that waiting for the disk would be for: what a test kills is Parvis, and
/// then the machine and its PostgreSQL go on.
const NOT_FOR_KEEPS: &str = "-c fsync=off -c full_page_writes=off";

/// Starts a server with the machine's own PostgreSQL.
pub fn start(scratch: &Path) -> Result<Postgres, String> {
    let folder = scratch.join("postgres");
    std::fs::create_dir_all(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    if is_root() {
        quietly(Command::new("chown").arg("postgres:").arg(&folder))?;
    }
    let port = free_port()?;
    let data = folder.join("data");
    quietly(tool("initdb")?.arg("-D").arg(&data).args([
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]))?;
    let postgres = Postgres { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), folder };
    let folder = postgres.folder.display();
    let options = format!("-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=400 {NOT_FOR_KEEPS}");
    quietly(
        tool("pg_ctl")?
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(postgres.folder.join("log"))
            .args(["-w", "-o", &options, "start"]),
    )?;
    Ok(postgres)
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Ok(mut stop) = tool("pg_ctl") {
            let _ = quietly(stop.arg("-D").arg(self.folder.join("data")).args(["-m", "immediate", "stop"]));
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// PostgreSQL refuses to run as root: then as the user that its package made.
fn tool(name: &str) -> Result<Command, String> {
    let program = postgres_tool(name).ok_or_else(|| format!("PostgreSQL's {name} is missing"))?;
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(Path::new("/"));
    Ok(command)
}

fn quietly(command: &mut Command) -> Result<(), String> {
    // pg_ctl's server keeps its standard output: a pipe would never end.
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|e| format!("cannot run {command:?}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|e| e.to_string())
}
