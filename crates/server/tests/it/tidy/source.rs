//! Reading the checkout: its files, the texts in Rust code, the length of functions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A text file of the checkout.
pub struct File {
    /// From the top of the checkout, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }

    /// Without the tests at its end.
    pub fn code(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default()
    }
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One file of the checkout.
pub fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

pub fn exists(path: &str) -> bool {
    top().join(path).exists()
}

/// Every text file but what `.gitignore` names.
pub fn files() -> Vec<File> {
    let ignored = read(".gitignore");
    let mut left_out: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/')).collect();
    left_out.push(".git");
    let mut found = Vec::new();
    walk(&top(), "", &left_out, &mut found);
    assert!(found.len() > 100, "the checkout was not found");
    found
}

fn walk(folder: &Path, path: &str, left_out: &[&str], found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if left_out.contains(&name.as_str()) {
            continue;
        }
        let path = if path.is_empty() { name } else { format!("{path}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &path, left_out, found);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            found.push(File { path, text });
        }
    }
}

/// The folders right under one.
pub fn folders_in(files: &[File], folder: &str) -> BTreeSet<String> {
    let inside = files.iter().filter_map(|file| file.path.strip_prefix(folder)?.strip_prefix('/'));
    inside.filter_map(|rest| Some(rest.split_once('/')?.0.to_owned())).collect()
}

/// A string literal of Rust code.
#[derive(Debug, PartialEq)]
pub struct Literal {
    pub text: String,
    /// The constant that it is the value of.
    pub constant: Option<String>,
}

/// The string literals of Rust code; a line that ends in `\` goes on in the next.
pub fn literals(code: &str) -> Vec<Literal> {
    let bytes = code.as_bytes();
    let (mut at, mut line_start, mut found) = (0, 0, Vec::new());
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => line_start = at + 1,
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = end_of_line(bytes, at),
            // A character that is a quotation mark.
            b'\'' if code[at..].starts_with("'\"'") => at += 2,
            b'\'' if code[at..].starts_with("'\\\"'") => at += 3,
            b'"' => {
                let raw = at.checked_sub(1).is_some_and(|before| matches!(bytes[before], b'r' | b'#'));
                let end = if raw { end_of_raw(code, at) } else { end_of_string(bytes, at) };
                let constant = constant(&code[line_start..at]);
                found.push(Literal { text: joined(&code[at + 1..end]), constant });
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    (from..bytes.len()).find(|at| bytes[*at] == b'\n').unwrap_or(bytes.len()) - 1
}

fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len() - 1)
}

fn end_of_raw(code: &str, from: usize) -> usize {
    let hashes = code[..from].bytes().rev().take_while(|b| *b == b'#').count();
    let closing = format!("\"{}", "#".repeat(hashes));
    code[from + 1..].find(&closing).map_or(code.len() - 1, |at| from + 1 + at)
}

fn joined(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| all + line.trim_start())
}

fn constant(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("const ")?;
    Some(rest.split_once(": &str =")?.0.trim().to_owned())
}

/// A function and how many lines it has.
#[derive(Debug, PartialEq)]
pub struct Function {
    pub name: String,
    pub lines: usize,
}

/// The functions of formatted code: from the line that names one to the brace at the same depth that closes it.
pub fn functions(text: &str, name_of: impl Fn(&str) -> Option<String>) -> Vec<Function> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = name_of(line.trim_start()) else { continue };
        let depth = line.len() - line.trim_start().len();
        let closes =
            |line: &str| line.len() > depth && line[..depth].trim().is_empty() && line[depth..].starts_with('}');
        let end = if line.trim_end().ends_with(['}', ';']) {
            start
        } else {
            (start + 1..lines.len())
                .find(|at| lines[*at].is_char_boundary(depth) && closes(lines[*at]))
                .unwrap_or(start)
        };
        found.push(Function { name, lines: end - start + 1 });
    }
    found
}

/// The name of the Rust function that a line begins.
pub fn rust_function(line: &str) -> Option<String> {
    let before = line.split("fn ").next()?;
    let mut words = before.split_whitespace();
    let begins = words.all(|w| w.starts_with("pub") || w == "super)" || matches!(w, "async" | "const" | "unsafe"));
    let rest = line.strip_prefix(before)?.strip_prefix("fn ")?;
    begins.then(|| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned())
}

/// The name of the TypeScript function or method that a line begins.
pub fn script_function(line: &str) -> Option<String> {
    const BEFORE: [&str; 12] = [
        "export",
        "default",
        "async",
        "static",
        "override",
        "protected",
        "private",
        "public",
        "function",
        "get",
        "set",
        "abstract",
    ];
    const NOT: [&str; 8] = ["if", "for", "while", "switch", "catch", "return", "await", "else"];
    if line.ends_with("=> {") {
        // `const name = (…) => {` is a function; `test("…", () => {` is a call.
        let named = line.trim_start_matches("export ").strip_prefix("const ")?;
        return Some(named.split([' ', ':', '=']).next().unwrap_or_default().to_owned());
    }
    let (before, _) = line.split_once('(')?;
    if !(line.ends_with('{') || line.ends_with('(')) || before.contains(['=', '.', '"', '`', '}', '&', '|']) {
        return None;
    }
    let (name, leading) =
        before.split_whitespace().rev().collect::<Vec<_>>().split_first().map(|(n, l)| (*n, l.to_vec()))?;
    let name = name.split('<').next().unwrap_or_default();
    let known = leading.iter().all(|word| BEFORE.contains(word));
    // A call that goes on in the next lines is no function; a method or `function` that does, is.
    let call = line.ends_with('(') && leading.is_empty();
    (known && !call && !NOT.contains(&name) && name.len() > 1).then(|| name.to_owned())
}
