//! What the tests need of the machine; what is missing is installed from Debian's packages.

use crate::steps::{Outcome, Steps};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Makes sure that Node, PostgreSQL, Chromium, coturn's tools and the web parts' packages are there.
pub fn prepare(steps: &mut Steps) -> Outcome {
    if !answers("node", &["--version"]) || !answers("npm", &["--version"]) {
        return Err("Node.js (20.19 or newer) with npm is missing: install it".to_owned());
    }
    let mut missing = Vec::new();
    if postgres_tool("initdb").is_none() {
        missing.push("postgresql");
    }
    if !Path::new(&chromium()).exists() {
        missing.extend(["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"]);
    }
    let coturn = on_path("turnutils_uclient").is_none();
    if coturn {
        missing.push("coturn");
    }
    if !missing.is_empty() {
        install(steps, &missing)?;
        if coturn {
            // Its tools are wanted, not its service, which Debian starts; where there is no systemd, nothing did.
            let _ = answers("systemctl", &["disable", "--now", "coturn"]);
        }
    }
    packages(steps, "web")?;
    packages(steps, "web/e2e")
}

/// The browser of the tests.
fn chromium() -> String {
    std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}

/// Where everything that tests make lies, gone when it is dropped: in memory where there is enough of it, because a
/// disk is what most of them would wait for.
pub struct Scratch(PathBuf);

/// In bytes; the tests use a tenth of it.
const ENOUGH_MEMORY: u64 = 4 << 30;

impl Scratch {
    /// A new folder.
    pub fn new() -> Result<Scratch, String> {
        let memory = Path::new("/dev/shm");
        let base = if room(memory) >= ENOUGH_MEMORY { memory.to_owned() } else { std::env::temp_dir() };
        let folder = base.join(format!("parvis-tests-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
        Ok(Scratch(folder))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How many bytes can be written there; none if nobody knows.
fn room(folder: &Path) -> u64 {
    let output = Command::new("df").args(["--output=avail", "--block-size=1"]).arg(folder).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0)
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    let command = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    command.is_ok_and(|status| status.success())
}

/// Whether this is root.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn install(steps: &mut Steps, packages: &[&str]) -> Outcome {
    let wanted = packages.join(" ");
    let sudo: &[&str] = if is_root() { &[] } else { &["sudo", "-n"] };
    if !sudo.is_empty() && !answers("sudo", &["-n", "true"]) {
        return Err(format!("these packages are missing and this is neither root nor sudo: apt-get install {wanted}"));
    }
    let apt = |arguments: &[&'static str]| {
        [sudo, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"], arguments].concat()
    };
    let update = apt(&["update"]);
    steps.run("apt-get update", update[0], &update[1..])?;
    let mut install = apt(&["install", "-y", "--no-install-recommends"]);
    install.extend(packages);
    steps.run(&format!("apt-get install {wanted}"), install[0], &install[1..])
}

/// The packages of a folder's lock file, if they aren't there as it says.
fn packages(steps: &mut Steps, folder: &str) -> Outcome {
    let modified = |path: PathBuf| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let wanted = modified(Path::new(folder).join("package-lock.json"));
    let there = modified(Path::new(folder).join("node_modules/.package-lock.json"));
    if there.is_some() && there >= wanted {
        return Ok(());
    }
    let steps = steps.in_folder(folder).with("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    steps.run(&format!("{folder}: packages"), "npm", &["ci", "--no-audit", "--no-fund"])
}

/// nextest where it is installed: it runs each test in a process of its own and kills what hangs.
pub fn test_runner() -> Vec<&'static str> {
    if answers("cargo", &["nextest", "--version"]) { vec!["nextest", "run"] } else { vec!["test"] }
}

/// One of PostgreSQL's programs: on the path, or where Debian puts them.
pub fn postgres_tool(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        versions.map(|version| version.path().join("bin").join(name)).filter(|tool| tool.exists()).collect();
    found.sort();
    found.pop().or_else(|| on_path(name))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|tool| tool.exists())
}
