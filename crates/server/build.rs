//! Takes what the server says out of `i18n/{language}.json` into a table for `src/platform/language`: adding a language
//! is adding a file there.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The parts of a file that the server speaks.
const PARTS: [&str; 2] = ["server", "admin.server"];
/// What the web parts say too.
const SHARED: [(&str, &str); 1] = [("base", "organizer.title")];

fn main() {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../i18n");
    println!("cargo::rerun-if-changed={}", folder.display());
    match table(&folder).and_then(write) {
        Ok(()) => {}
        Err(sentence) => println!("cargo::error={sentence}"),
    }
}

/// English first: it is spoken where nothing else can be.
fn table(folder: &Path) -> Result<String, String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort_by_key(|path| (path.file_stem().is_none_or(|stem| stem != "en"), path.clone()));
    let mut table = "pub(super) static SPOKEN: &[(&str, &[(&str, &str)])] = &[\n".to_owned();
    for file in &files {
        let tag = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let sentences = sentences(file).map_err(|why| format!("{}: {why}", file.display()))?;
        let _ = writeln!(table, "    ({tag:?}, &[");
        for (key, text) in sentences {
            let _ = writeln!(table, "        ({key:?}, {text:?}),");
        }
        table.push_str("    ]),\n");
    }
    table.push_str("];\n");
    Ok(table)
}

/// By key, in order.
fn sentences(file: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = fs::read_to_string(file).map_err(|e| e.to_string())?;
    let parts: BTreeMap<String, Map<String, Value>> = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let own = PARTS.iter().filter_map(|part| parts.get(*part)).flatten();
    let shared = SHARED.iter().filter_map(|(part, key)| parts.get(*part)?.get_key_value(*key));
    own.chain(shared)
        .map(|(key, text)| match text.as_str() {
            Some(text) => Ok((key.clone(), text.to_owned())),
            None => Err(format!("{key} is no text")),
        })
        .collect()
}

fn write(table: String) -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|e| format!("OUT_DIR: {e}"))?;
    fs::write(Path::new(&out).join("spoken.rs"), table).map_err(|e| e.to_string())
}
