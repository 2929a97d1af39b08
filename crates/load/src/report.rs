//! The table: one line per figure, medians over the runs, next to the target.

use crate::stats::spread;
use std::fmt::Write;

/// What a figure has to be.
#[derive(Clone, Copy)]
pub enum Target {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
    /// Nothing was promised; it is there to explain the others.
    None,
}

struct Line {
    code: &'static str,
    what: String,
    target: Target,
    values: Vec<f64>,
}

/// All figures, in the order in which they first came.
#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
    faults: u64,
}

impl Report {
    /// Adds one run's value of a figure.
    pub fn add(&mut self, code: &'static str, what: impl Into<String>, value: f64, target: Target) {
        let what = what.into();
        eprintln!("  {code} {what}: {}", figure(value));
        match self.lines.iter_mut().find(|line| line.code == code && line.what == what) {
            Some(line) => line.values.push(value),
            None => self.lines.push(Line { code, what, target, values: vec![value] }),
        }
    }

    /// Counts what must never happen: messages lost, doubled, out of order, refused; connections that ended by themselves.
    pub fn fault(&mut self, what: &str, count: u64) {
        if count > 0 {
            eprintln!("  FAULT: {what}: {count}");
            self.faults += count;
        }
    }

    /// How many faults there were.
    pub fn faults(&self) -> u64 {
        self.faults
    }

    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::from(
            "| # | figure | median | (min - max) | runs | target | ratio |\n|---|---|---|---|---|---|---|\n",
        );
        for line in &self.lines {
            let (median, least, most) = spread(&line.values);
            let (target, ratio) = match line.target {
                Target::AtMost(limit) => (format!("<= {}", figure(limit)), verdict(limit / median)),
                Target::AtLeast(limit) => (format!(">= {}", figure(limit)), verdict(median / limit)),
                Target::None => (String::new(), String::new()),
            };
            let (median, range) = (figure(median), format!("{} - {}", figure(least), figure(most)));
            let (code, what, runs) = (line.code, &line.what, line.values.len());
            // Writing to a string can't fail.
            let _ = writeln!(out, "| {code} | {what} | {median} | {range} | {runs} | {target} | {ratio} |");
        }
        let _ = writeln!(out, "\nLost, doubled, out of order, refused or closed without reason: {}", self.faults);
        out
    }
}

fn verdict(ratio: f64) -> String {
    format!("{ratio:.2}{}", if ratio >= 1.0 { "" } else { " (missed)" })
}

fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.1}"),
        size if size >= 0.01 || size == 0.0 => format!("{value:.2}"),
        _ => format!("{value:.5}"),
    }
}
