//! Running commands one after the other: what they print is shown and counted, how long they take is kept.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Nothing, or one sentence about what failed.
pub type Outcome = Result<(), String>;

/// The steps so far.
pub struct Steps {
    took: Vec<(String, Duration)>,
    passed: u64,
    failed: u64,
    folder: Option<String>,
    variables: Vec<(String, String)>,
}

impl Steps {
    /// No step yet.
    pub fn new() -> Steps {
        Steps { took: Vec::new(), passed: 0, failed: 0, folder: None, variables: Vec::new() }
    }

    /// The next command runs in this folder.
    pub fn in_folder(&mut self, folder: &str) -> &mut Steps {
        self.folder = Some(folder.to_owned());
        self
    }

    /// The next command sees this variable.
    pub fn with(&mut self, name: &str, value: &str) -> &mut Steps {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn command(&mut self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null());
        if let Some(folder) = self.folder.take() {
            command.current_dir(folder);
        }
        command.envs(self.variables.drain(..));
        command
    }

    /// Runs a command; what it prints is passed on, and its tests are counted.
    pub fn run(&mut self, name: &str, program: &str, arguments: &[&str]) -> Outcome {
        println!("\n== {name}");
        let started = Instant::now();
        let mut command = self.command(program, arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{name}: cannot run {program}: {e}"))?;
        let errors = child.stderr.take().map(|errors| std::thread::spawn(move || pass_on(errors, true)));
        let (mut passed, mut failed) = child.stdout.take().map_or((0, 0), |output| pass_on(output, false));
        if let Some((also_passed, also_failed)) = errors.and_then(|errors| errors.join().ok()) {
            passed += also_passed;
            failed += also_failed;
        }
        let status = child.wait().map_err(|e| e.to_string())?;
        self.passed += passed;
        self.failed += failed;
        self.took.push((name.to_owned(), started.elapsed()));
        println!("== {name}: {:.1} s", started.elapsed().as_secs_f64());
        if status.success() { Ok(()) } else { Err(format!("{name} failed")) }
    }

    /// Runs a command and returns what it prints.
    pub fn capture(&mut self, name: &str, program: &str, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let started = Instant::now();
        let output =
            self.command(program, arguments).stderr(Stdio::inherit()).output().map_err(|e| format!("{name}: {e}"))?;
        self.took.push((name.to_owned(), started.elapsed()));
        if output.status.success() { Ok(output.stdout) } else { Err(format!("{name} failed")) }
    }

    /// The slowest steps, and how many tests passed.
    pub fn report(&mut self) {
        self.took.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
        let whole: f64 = self.took.iter().map(|(_, took)| took.as_secs_f64()).sum();
        println!("\nThe slowest of {} steps ({whole:.0} s in all):", self.took.len());
        for (name, took) in self.took.iter().take(8) {
            println!("  {:>7.1} s  {name}", took.as_secs_f64());
        }
        if self.passed + self.failed > 0 {
            println!("\n{} passed, {} failed", self.passed, self.failed);
        }
    }
}

fn pass_on(output: impl Read, to_errors: bool) -> (u64, u64) {
    let (mut passed, mut failed) = (0, 0);
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        if to_errors {
            eprintln!("{line}");
        } else {
            println!("{line}");
        }
        let (p, f) = counted(&line);
        passed += p;
        failed += f;
    }
    (passed, failed)
}

/// The tests a runner's closing line tells of: cargo test, nextest, vitest, Playwright.
fn counted(line: &str) -> (u64, u64) {
    let plain = without_colours(line);
    let line = plain.trim();
    let playwright = |word: &str| {
        let rest = line.strip_suffix(')').and_then(|l| l.split_once(" (")).map_or(line, |(count, _)| count);
        rest.strip_suffix(word).and_then(|n| n.trim().parse().ok())
    };
    if line.starts_with("test result:")
        || line.starts_with("Tests ")
        || (line.starts_with("Summary") && line.contains("tests run"))
    {
        return (before(line, "passed"), before(line, "failed"));
    }
    (playwright(" passed").unwrap_or(0), playwright(" failed").unwrap_or(0))
}

fn before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| *w == word);
    at.and_then(|at| words.get(at.checked_sub(1)?)?.parse().ok()).unwrap_or(0)
}

fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            rest.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        assert_eq!(counted("test result: ok. 12 passed; 1 failed; 0 ignored; finished in 0.1s"), (12, 1));
        assert_eq!(counted("     Summary [   4.2s] 30 tests run: 28 passed (1 slow), 2 failed, 0 skipped"), (28, 2));
        assert_eq!(
            counted("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m37 passed\u{1b}[39m\u{1b}[22m (37)"),
            (37, 0)
        );
        assert_eq!(counted("  24 passed (1.2m)"), (24, 0));
        assert_eq!(counted("  2 failed"), (0, 2));
        assert_eq!(counted("all 3 passed the door"), (0, 0));
    }
}
