//! Builds the web parts into `OUT_DIR`, so that plain `cargo build` makes the whole product and writes nothing into
//! the checkout. A folder named by `PARVIS_WEB_DIST` (built elsewhere, or shipped) wins.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// What the build neither reads nor copies.
const LEFT_OUT: [&str; 5] = ["node_modules", "dist", "test-results", "e2e", "coverage"];
/// Of what a failing npm says: its help pages come after.
const MOST_LINES: usize = 25;
const OLDEST_NODE: (u32, u32) = (20, 19);

fn main() {
    println!("cargo::rerun-if-env-changed=PARVIS_WEB_DIST");
    println!("cargo::rerun-if-changed=build.rs");
    match dist() {
        Ok(folder) => println!("cargo::rustc-env=PARVIS_WEB_DIST_DIR={}", folder.display()),
        Err(sentence) => println!("cargo::error={sentence}"),
    }
}

/// The folder to carry inside the binary.
fn dist() -> Result<PathBuf, String> {
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| format!("OUT_DIR: {e}"))?);
    if env::var_os("CARGO_FEATURE_WEB").is_none() {
        let empty = out.join("no-web");
        fs::create_dir_all(&empty).map_err(about(&empty))?;
        return Ok(empty);
    }
    if let Some(given) = env::var_os("PARVIS_WEB_DIST").filter(|given| !given.is_empty()) {
        return ready_made(PathBuf::from(given));
    }
    // Asked when it runs: a checkout that was moved, or two that share a target folder, find their own sources.
    let here = env::var("CARGO_MANIFEST_DIR").map_err(|e| format!("CARGO_MANIFEST_DIR: {e}"))?;
    let root = Path::new(&here).join("../..");
    let work = out.join("web");
    check_node()?;
    // Beside each other, as they are in the checkout.
    for folder in ["web", "i18n"] {
        watch(&root.join(folder))?;
        copy_sources(&root.join(folder), &out.join(folder))?;
    }
    install(&work)?;
    run(&work, "npm", &["run", "--silent", "build"], "building the web parts failed; what npm said stands above")?;
    Ok(work.join("dist"))
}

fn ready_made(folder: PathBuf) -> Result<PathBuf, String> {
    if !folder.is_absolute() || !folder.join("embed.js").is_file() {
        return Err(format!(
            "PARVIS_WEB_DIST must be the absolute path of a built web/dist, but {} has no embed.js.",
            folder.display()
        ));
    }
    println!("cargo::rerun-if-changed={}", folder.display());
    Ok(folder)
}

/// Names existing paths only: a missing one would make cargo build again every time.
fn watch(source: &Path) -> Result<(), String> {
    for path in entries(source)? {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    Ok(())
}

fn check_node() -> Result<(), String> {
    let wanted =
        format!("Parvis needs Node {}.{} or newer with npm to build its web parts", OLDEST_NODE.0, OLDEST_NODE.1);
    let otherwise = "; install it, or name a built web/dist in PARVIS_WEB_DIST, or build with --no-default-features.";
    let answer = Command::new("node").arg("--version").output();
    let Ok(answer) = answer else {
        return Err(format!("{wanted}, and there is no `node` on the PATH{otherwise}"));
    };
    let version = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < OLDEST_NODE {
        return Err(format!("{wanted}, and this is {version}{otherwise}"));
    }
    if Command::new(program("npm")).arg("--version").output().is_err() {
        return Err(format!("{wanted}, and there is no `npm` on the PATH{otherwise}"));
    }
    Ok(())
}

/// The work folder becomes what the sources are, and keeps its `node_modules`.
fn copy_sources(source: &Path, work: &Path) -> Result<(), String> {
    fs::create_dir_all(work).map_err(about(work))?;
    for old in entries(work)? {
        let gone = if old.is_dir() { fs::remove_dir_all(&old) } else { fs::remove_file(&old) };
        gone.map_err(about(&old))?;
    }
    entries(source)?.iter().try_for_each(|path| copy(path, &work.join(path.file_name().unwrap_or_default())))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop).map_err(about(from));
    }
    fs::create_dir_all(to).map_err(about(to))?;
    entries(from)?.iter().try_for_each(|path| copy(path, &to.join(path.file_name().unwrap_or_default())))
}

/// Installs only when the lock file is another than the one installed. No package may run a script of its own.
fn install(work: &Path) -> Result<(), String> {
    let lock = work.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(about(&lock))?;
    let stamp = work.join("node_modules/.parvis-installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let arguments = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run(work, "npm", &arguments, "`npm ci` could not install what the web parts need; what npm said stands above")?;
    fs::write(&stamp, wanted).map_err(about(&stamp))
}

fn run(folder: &Path, name: &str, arguments: &[&str], failure: &str) -> Result<(), String> {
    let answer = Command::new(program(name))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NODE_ENV")
        .env("npm_config_update_notifier", "false")
        .output()
        .map_err(|error| format!("{failure}: {error}"))?;
    if answer.status.success() {
        return Ok(());
    }
    let said = [answer.stdout, answer.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    for line in said.lines().filter(|line| line.trim().len() > "npm error".len()).take(MOST_LINES) {
        println!("cargo::warning={line}");
    }
    Err(format!("{failure}."))
}

fn program(name: &str) -> String {
    if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read =
        || -> io::Result<Vec<PathBuf>> { fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect() };
    let mut found = read().map_err(about(folder))?;
    found.retain(|path| !LEFT_OUT.iter().any(|left_out| path.ends_with(left_out)));
    found.sort();
    Ok(found)
}

fn about(path: &Path) -> impl Fn(io::Error) -> String + '_ {
    move |error| format!("{}: {error}", path.display())
}
