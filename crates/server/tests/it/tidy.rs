//! The rules of the house, held by reading the source and the pages about it (ARCHITECTURE.md, GLOSSARY.md).
//!
//! The first half holds them on this checkout; `tidy/proofs.rs` shows that each check can fail.

mod page;
mod proofs;
mod source;
mod sql;

use page::{block, links, table};
use source::{File, Function, exists, files, folders_in, functions, literals, read, rust_function, script_function};
use std::collections::{BTreeMap, BTreeSet};

const SERVER: &str = "crates/server/src";
const DOMAIN: &str = "crates/domain/src";

/// Queries on tables of sites that do not name `site_id`: file, how the query begins, why.
const ACROSS_SITES: [(&str, &str, &str); 18] = [
    (
        "calls/store.rs",
        "SELECT id, site_id, conversation_id",
        "which calls of any site are to be ended is the question",
    ),
    ("calls/store.rs", "DELETE FROM call WHERE ended_at", "what is old on any site is swept"),
    ("broadcast/store.rs", "SELECT id, site_id, by_id", "what is due on any site is the question"),
    (
        "members/grid/labels.rs",
        "SELECT COUNT(*) FROM (SELECT 1",
        "whether anything was ever written down is the question",
    ),
    (
        "webhooks/store.rs",
        "SELECT w.site_id, w.id",
        "which webhooks of any site are to be told something is the question",
    ),
    ("webhooks/store.rs", "DELETE FROM webhook_delivery WHERE id IN", "what is old on any site is swept"),
    ("webhooks/store.rs", "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_delivery", "the webhook was found by site"),
    ("overview/store.rs", "SELECT s.id FROM site s WHERE EXISTS", "what is old on any site is swept"),
    (
        "api_keys/store.rs",
        "SELECT id, site_id, name",
        "the hash of 256 random bits: which site it is for is the question",
    ),
    ("operators/invitations.rs", "SELECT site_id, operator_id", "the same"),
    (
        "operators/store.rs",
        "SELECT site_id, id, password_hash",
        "who signs in is told to which other sites their password opens the way",
    ),
    (
        "members/sessions.rs",
        "SELECT site_id, holder_kind",
        "the hash of 256 random bits: which site it is for is the question",
    ),
    ("members/sessions.rs", "DELETE FROM session WHERE expires_at", "what has expired on any site is swept"),
    ("pictures/store.rs", "SELECT bytes FROM picture", "the name of 128 random bits is all one needs to see it"),
    (
        "messages/removal.rs",
        "UPDATE message SET removed_body = NULL",
        "what was removed on any site is erased a day later",
    ),
    ("messages/writer.rs", "SELECT id FROM conversation WHERE id IN", "ids of facts that were found by site"),
    ("messages/writer.rs", "UPDATE conversation SET", "ids of facts that were found by site"),
    ("messages/writer.rs", "UPDATE participant SET read_seq", "ids of facts that were found by site"),
];

/// Longer than they should be: file, function (none: the file itself), why.
const LONG: [(&str, &str, &str); 2] = [
    ("crates/server/src/demo/avatar/hair.rs", "front", "one drawing per line"),
    ("crates/server/tests/it/refusals/table.rs", "routes", "one route per line"),
];

/// Files whose functions and length nobody wrote.
const GENERATED: [&str; 1] = ["web/client/src/generated/"];

fn slices() -> Vec<String> {
    block(&read("ARCHITECTURE.md"), "order").into_iter().map(str::to_owned).collect()
}

/// The slice a file of the server belongs to, and its path from there.
fn slice_of(file: &File) -> Option<(&str, &str)> {
    let path = file.path.strip_prefix(SERVER)?.strip_prefix('/')?;
    path.split_once('/')
}

#[test]
fn domain_decides_without_tools() {
    let manifest = read("crates/domain/Cargo.toml");
    assert_eq!(not_allowed_for_domain(&manifest), Vec::<String>::new());
    let code: Vec<File> = files().into_iter().filter(|f| f.path.starts_with(DOMAIN)).collect();
    for file in &code {
        assert_eq!(tools_in(file.code()), Vec::<&str>::new(), "{}", file.path);
    }
}

fn not_allowed_for_domain(manifest: &str) -> Vec<String> {
    let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap_or(("", ""));
    let lines = dependencies.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty());
    names.filter(|name| !name.starts_with("unicode-")).map(str::to_owned).collect()
}

fn tools_in(code: &str) -> Vec<&'static str> {
    let tools = [
        "async fn",
        "std::time",
        "std::fs",
        "std::net",
        "std::env",
        "std::io",
        "std::thread",
        "println!",
        "static mut",
    ];
    tools.into_iter().filter(|tool| code.contains(tool)).collect()
}

#[test]
fn slices_depend_downwards() {
    let order = slices();
    let named = table(&read("ARCHITECTURE.md"), &["looks down", "at", "why"]);
    let named: BTreeSet<(String, String)> = named.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let mut found = BTreeSet::new();
    for file in &files() {
        let Some((slice, rest)) = slice_of(file) else { continue };
        if slice != "app" {
            assert!(order.iter().any(|known| known == slice), "{slice} is not in the order of ARCHITECTURE.md");
            found.extend(against(&order, slice, &file.text).into_iter().map(|at| (format!("{slice}/{rest}"), at)));
        }
    }
    assert_eq!(found, named, "left: what the code does; right: what ARCHITECTURE.md names");
}

/// What a slice uses that comes later in the order.
fn against(order: &[String], slice: &str, text: &str) -> BTreeSet<String> {
    let place = |name: &str| order.iter().position(|known| known == name);
    let used = text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next());
    let above = used.flatten().filter(|used| match *used {
        "app" => slice == "platform",
        "cli" | "config" | "serve" => true,
        used => place(used).is_some_and(|used| Some(used) > place(slice)),
    });
    above.map(str::to_owned).collect()
}

fn known_tables() -> Vec<(String, bool)> {
    let migrations = files().into_iter().filter(|f| f.path.starts_with("crates/server/migrations/"));
    let mut tables: Vec<(String, bool)> = migrations.flat_map(|f| sql::schema(&f.text)).collect();
    tables.push(("schema_step".to_owned(), false));
    tables
}

#[test]
fn a_table_is_written_by_its_slice() {
    let owners = table(&read("ARCHITECTURE.md"), &["table", "written by", "and"]);
    let tables: Vec<String> = known_tables().into_iter().map(|(name, _)| name).collect();
    let listed: BTreeSet<&String> = owners.iter().map(|row| &row[0]).collect();
    assert_eq!(listed, tables.iter().collect(), "left: ARCHITECTURE.md; right: the migrations");
    for file in &files() {
        let Some((slice, _)) = slice_of(file) else { continue };
        for literal in literals(file.code()) {
            for write in sql::writes(&literal.text, &tables) {
                assert!(may_write(&owners, slice, &write), "{}: {write:?}", file.path);
            }
        }
    }
}

fn may_write(owners: &[Vec<String>], slice: &str, write: &sql::Write) -> bool {
    let Some(row) = owners.iter().find(|row| row[0] == write.table) else { return false };
    let shared = row[2].strip_prefix(&format!("{slice}: ")).unwrap_or_default();
    let shared: Vec<&str> = shared.split(", ").collect();
    row[1] == slice || (!write.columns.is_empty() && write.columns.iter().all(|c| shared.contains(&c.as_str())))
}

#[test]
fn every_query_is_of_one_site() {
    let tables = known_tables();
    let without: Vec<&String> = tables.iter().filter(|(_, scoped)| !scoped).map(|(name, _)| name).collect();
    assert_eq!(without, ["site", "installation", "schema_step"], "every other table carries site_id");
    let scoped: Vec<String> = tables.into_iter().filter(|(_, scoped)| *scoped).map(|(name, _)| name).collect();
    let mut unscoped = Vec::new();
    let mut used = BTreeSet::new();
    for file in &files() {
        let Some((slice, rest)) = slice_of(file) else { continue };
        for query in across_sites(file.code(), &scoped) {
            let path = format!("{slice}/{rest}");
            let excused = ACROSS_SITES.iter().find(|(of, begins, _)| *of == path && query.starts_with(begins));
            match excused {
                Some(excused) => drop(used.insert(excused)),
                None => unscoped.push(format!("{path}: no site_id in: {query}")),
            }
        }
    }
    assert!(unscoped.is_empty(), "{}", unscoped.join("\n"));
    assert_eq!(used.len(), ACROSS_SITES.len(), "an exception is no longer needed; left are {used:?}");
}

/// The queries on these tables that do not say of which site. A constant's text counts where it is used.
fn across_sites(code: &str, scoped: &[String]) -> Vec<String> {
    let literals = literals(code);
    let constants: BTreeMap<String, &str> =
        literals.iter().filter_map(|l| Some((format!("{{{}}}", l.constant.as_ref()?), l.text.as_str()))).collect();
    let queries = literals.iter().filter(|l| l.constant.is_none()).map(|literal| {
        constants.iter().fold(literal.text.clone(), |text, (name, value)| text.replace(name.as_str(), value))
    });
    queries.filter(|query| !sql::tables(query, scoped).is_empty() && !names_site(query)).collect()
}

/// `site_id` in a condition or among the columns of new rows: not merely among what is read. A condition that is put into
/// a query may say it of the query's own table.
fn names_site(query: &str) -> bool {
    let given = ["site_id = $", "site_id = ?", "site_id = v.column"].iter().any(|form| query.contains(form));
    let whole = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|verb| query.starts_with(verb));
    let joined = || query.split(".site_id = ").skip(1).any(|rest| rest.split(' ').next().is_some_and(is_site));
    given || (query.starts_with("INSERT INTO") && query.contains("site_id")) || (!whole && joined())
}

fn is_site(word: &str) -> bool {
    word.trim_end_matches(')').ends_with(".site_id")
}

#[test]
fn what_differs_between_the_engines_stands_in_one_place() {
    for file in &files() {
        if slice_of(file).is_some_and(|(slice, _)| slice != "platform") {
            assert!(!file.code().contains("Db::Sqlite") && !file.code().contains("Db::Postgres"), "{}", file.path);
        }
    }
}

/// Sentences that people read stand in `i18n`, not in the code; and those that stand there are said.
#[test]
fn what_the_server_says_stands_in_i18n() {
    let english: serde_json::Value = serde_json::from_str(&read("i18n/en.json")).unwrap();
    let of = |part: &str| english[part].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let known: BTreeSet<String> = ["server", "admin.server"].into_iter().flat_map(of).collect();
    let files = files();
    let code = files.iter().filter(|file| file.path.starts_with(SERVER)).map(File::code);
    let keys = code.flat_map(literals).map(|literal| literal.text);
    let said: BTreeSet<String> = keys
        .filter(|text| text.starts_with("refusal.") || text.starts_with("embed.check.") || known.contains(text))
        .collect();
    assert_eq!(said, known, "left: said in the code; right: in i18n/en.json");
}

#[test]
fn folders_words_and_pages_are_the_same() {
    let files = files();
    let mut folders = folders_in(&files, SERVER);
    folders.retain(|folder| folder != "app" && folder != "platform");
    let modules = files.iter().filter_map(|f| f.path.strip_prefix(DOMAIN)?.strip_prefix('/'));
    let modules = modules.filter_map(|path| path.split(['/', '.']).next()).filter(|name| *name != "lib");
    folders.extend(modules.map(str::to_owned));
    let glossary = table(&read("GLOSSARY.md"), &["place", "word", "meaning"]);
    let words: BTreeSet<String> = glossary.iter().map(|row| row[0].clone()).collect();
    let pages = files.iter().filter_map(|f| f.path.strip_prefix("docs/features/")?.strip_suffix(".md"));
    let pages: BTreeSet<String> = pages.map(str::to_owned).collect();
    assert_eq!(folders, words, "left: folders; right: the places of GLOSSARY.md");
    assert_eq!(folders, pages, "left: folders; right: pages in docs/features");
    let order: BTreeSet<String> = slices().into_iter().filter(|slice| slice != "platform").collect();
    let slices: BTreeSet<String> =
        folders_in(&files, SERVER).into_iter().filter(|f| f != "app" && f != "platform").collect();
    assert_eq!(order, slices, "left: the order of ARCHITECTURE.md; right: slices");
}

#[test]
fn the_map_is_true_and_whole() {
    let page = read("ARCHITECTURE.md");
    let named: Vec<&str> = block(&page, "map").iter().filter_map(|line| line.split_whitespace().next()).collect();
    for path in &named {
        assert!(exists(path), "the map names {path}, which is not there");
    }
    let files = files();
    let platform = format!("{SERVER}/platform");
    let mapped =
        ["crates", SERVER, &platform, "crates/server/tests/it", "web", "web/client/src", "web/widget/src", "docs"];
    for parent in mapped {
        for folder in folders_in(&files, parent) {
            let path = format!("{parent}/{folder}");
            assert!(named.contains(&path.as_str()), "{path} is not on the map of ARCHITECTURE.md");
        }
    }
}

/// What a language's files and functions may measure.
fn too_long(file: &File) -> Vec<Function> {
    let (most_in_file, most_in_function, name_of): (_, _, fn(&str) -> Option<String>) = match file.path.rsplit_once('.')
    {
        Some((_, "rs")) => (500, 70, rust_function),
        Some((_, "ts")) => (300, 50, script_function),
        _ => return Vec::new(),
    };
    let whole = Function { name: String::new(), lines: file.lines() };
    let mut long: Vec<Function> =
        functions(&file.text, name_of).into_iter().filter(|f| f.lines > most_in_function).collect();
    long.extend((whole.lines > most_in_file).then_some(whole));
    long
}

#[test]
fn files_and_functions_are_short() {
    let mut excused = BTreeSet::new();
    let mut found = Vec::new();
    for file in files().iter().filter(|f| !GENERATED.iter().any(|generated| f.path.starts_with(generated))) {
        for Function { name, lines } in too_long(file) {
            let known = LONG.iter().position(|(path, function, _)| *path == file.path && *function == name);
            excused.extend(known);
            found.extend(known.is_none().then(|| format!("{}: {name:?} has {lines} lines", file.path)));
        }
    }
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(excused.len(), LONG.len(), "an exception is no longer needed; left are {excused:?}");
}

/// Paths of somebody's machine, and packages from elsewhere than the public registry.
fn foreign(file: &File) -> Vec<String> {
    let machine =
        [["/wo", "rk/"], ["/tm", "p/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Use", "rs/"]].map(|parts| parts.concat());
    let mut found: Vec<String> = machine.into_iter().filter(|path| mentions(&file.text, path)).collect();
    let crates = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let of_lock = |line: &&str| match file.path.rsplit('/').next() {
        Some("Cargo.lock") => line.starts_with("source = ") && *line != crates,
        Some("package-lock.json") => line.trim_start().starts_with("\"resolved\""),
        _ => false,
    };
    found.extend(file.text.lines().filter(of_lock).map(str::to_owned));
    found
}

/// Not as a part of a longer path (`demo/home/`).
fn mentions(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}".contains(c)))
}

#[test]
fn nothing_tells_of_a_machine() {
    for file in &files() {
        assert_eq!(foreign(file), Vec::<String>::new(), "{}", file.path);
    }
}

#[test]
fn links_lead_somewhere() {
    for file in files().iter().filter(|f| f.path.ends_with(".md")) {
        let folder = file.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for link in links(&file.text).into_iter().filter(|l| !l.contains("://") && !l.starts_with('#')) {
            let target = link.split('#').next().unwrap_or_default();
            assert!(exists(&format!("{folder}{target}")), "{}: {link} leads nowhere", file.path);
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let page = read("docs/dependencies.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let told: BTreeSet<String> = rows.map(str::to_owned).collect();
    let mut used = BTreeSet::new();
    for file in &files() {
        match file.path.rsplit('/').next() {
            Some("Cargo.toml") => used.extend(crates_of(&file.text)),
            Some("package.json") => used.extend(packages_of(&file.text)),
            _ => {}
        }
    }
    assert_eq!(told, used, "left: docs/dependencies.md; right: the manifests");
}

fn crates_of(manifest: &str) -> BTreeSet<String> {
    let sections =
        manifest.split("\n[").filter(|section| section.split(']').next().is_some_and(|s| s.ends_with("dependencies")));
    let lines = sections
        .flat_map(|section| section.lines().skip(1))
        .filter(|line| line.contains('=') && !line.starts_with('#'));
    let names = lines.filter_map(|line| line.split(['.', ' ', '=']).next()).map(str::to_owned);
    names.filter(|name| !["domain", "assets", "turn_server"].contains(&name.as_str())).collect()
}

fn packages_of(manifest: &str) -> BTreeSet<String> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
    let lists = ["dependencies", "devDependencies"].map(|list| manifest[list].as_object().cloned().unwrap_or_default());
    lists.into_iter().flat_map(|list| list.into_iter().map(|(name, _)| name)).collect()
}
