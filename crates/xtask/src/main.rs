//! The only scripts: `cargo xtask ci`, `test` and `gen`.

#![expect(clippy::disallowed_methods, reason = "it says how long each command took")]

mod machine;
mod postgres;
mod steps;

use std::process::ExitCode;
use steps::{Outcome, Steps};

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let mut steps = Steps::new();
    let outcome = match task.as_str() {
        "ci" => check(&mut steps).and_then(|()| test(&mut steps)),
        "test" => prepared(&mut steps).and_then(|()| test(&mut steps)),
        "gen" => prepared(&mut steps).and_then(|()| generate(&mut steps)),
        _ => Err("cargo xtask ci (everything), test (all tests), gen (what is generated)".to_owned()),
    };
    steps.report();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\nxtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The server, where the build puts it.
const SERVER: &str = "target/debug/parvis";

fn prepared(steps: &mut Steps) -> Outcome {
    machine::prepare(steps)?;
    build(steps)
}

/// Everything the tests run, once: another choice of packages would build what they depend on anew.
fn build(steps: &mut Steps) -> Outcome {
    steps.run("build", "cargo", &[machine::test_runner().as_slice(), &["--workspace", "--no-run"]].concat())
}

/// Format, lints, types, generated files, sizes.
fn check(steps: &mut Steps) -> Outcome {
    machine::prepare(steps)?;
    steps.run("format", "cargo", &["fmt", "--all", "--check"])?;
    steps.in_folder("web").run("web: build", "npm", &["run", "--silent", "build"])?;
    // Lints need no web parts of their own.
    let dist = std::path::absolute("web/dist").map_err(|e| e.to_string())?;
    steps.with("PARVIS_WEB_DIST", &dist.to_string_lossy()).run(
        "clippy",
        "cargo",
        &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
    )?;
    build(steps)?;
    current(steps)?;
    steps.in_folder("web").run("web: types and lint", "npm", &["run", "--silent", "check"])?;
    steps.in_folder("web/e2e").run("web/e2e: types", "npm", &["run", "--silent", "types"])?;
    steps.in_folder("web").run("web: sizes", "npm", &["run", "--silent", "sizes"])
}

const OPENAPI: &str = "docs/api/openapi.json";

/// What is derived from the code: the OpenAPI document and the types made of it.
fn generate(steps: &mut Steps) -> Outcome {
    let document = steps.capture("openapi", SERVER, &["openapi"])?;
    std::fs::write(OPENAPI, document).map_err(|e| format!("{OPENAPI}: {e}"))?;
    steps.in_folder("web").run("web: types of the API", "npm", &["run", "--silent", "gen"])
}

/// Says so when what is derived is not what the code says now. Nothing is written: a newer file is built into anew.
fn current(steps: &mut Steps) -> Outcome {
    let document = steps.capture("openapi", SERVER, &["openapi"])?;
    if std::fs::read(OPENAPI).map_err(|e| format!("{OPENAPI}: {e}"))? != document {
        return Err(format!("{OPENAPI} is not what the code says now: cargo xtask gen"));
    }
    let types = ["run", "--silent", "gen", "--", "--check"];
    steps.in_folder("web").run("web: types of the API are current", "npm", &types)
}

/// All tests, on both databases and in a browser.
fn test(steps: &mut Steps) -> Outcome {
    let scratch = machine::Scratch::new()?;
    let folder = scratch.path().to_string_lossy().into_owned();
    let runner = machine::test_runner();
    let workspace = [runner.as_slice(), &["--workspace"]].concat();
    at_once(steps).with("TMPDIR", &folder).run("tests, SQLite", "cargo", &workspace)?;
    {
        let postgres = postgres::start(scratch.path())?;
        let mut stories = [workspace.as_slice(), &["--test", "it"]].concat();
        if runner[0] == "nextest" {
            // The relay's stories have no database.
            stories.extend(["-E", "package(parvis)"]);
        }
        let on_postgres = at_once(steps).with("TMPDIR", &folder).with("PARVIS_TEST_DATABASE_URL", &postgres.url);
        on_postgres.run("tests, PostgreSQL", "cargo", &stories)?;
    }
    let binary = std::env::current_dir().map_err(|e| e.to_string())?.join(SERVER);
    let binary = binary.to_string_lossy().into_owned();
    let mut web = |folder_of: &str, name: &str, program: &str, arguments: &[&str]| {
        steps.in_folder(folder_of).with("PARVIS_BIN", &binary).with("TMPDIR", &folder).run(name, program, arguments)
    };
    web("web", "web: unit tests", "npm", &["test", "--silent"])?;
    web("web", "web: client against the server", "npm", &["run", "--silent", "test:real"])?;
    web("web/e2e", "browser", "npx", &["playwright", "test"])
}

/// Twice as many tests at a time as a small machine has cores: they mostly wait, for a clock or each other.
fn at_once(steps: &mut Steps) -> &mut Steps {
    steps.with("NEXTEST_TEST_THREADS", "4").with("RUST_TEST_THREADS", "4")
}
