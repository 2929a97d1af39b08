//! Each check of the house can fail.

use super::source::Literal;
use super::sql::{Write, schema, tables, writes};
use super::*;

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn a_tool_in_domain_is_seen() {
    let manifest =
        "[package]\nname = \"x\"\n\n[dependencies]\nunicode-normalization.workspace = true\ntokio = \"1\"\n\n[lints]\n";
    assert_eq!(not_allowed_for_domain(manifest), ["tokio"]);
    assert_eq!(tools_in("use std::time::Instant;\nasync fn x() {}"), ["async fn", "std::time"]);
}

#[test]
fn a_look_down_is_seen() {
    let order = owned(&["platform", "sites", "members", "messages"]);
    assert!(against(&order, "members", "use crate::app::App;\nuse crate::sites::Site;").is_empty());
    assert_eq!(against(&order, "sites", "use crate::messages::post;"), BTreeSet::from(["messages".to_owned()]));
    assert_eq!(against(&order, "sites", "crate::serve::run()"), BTreeSet::from(["serve".to_owned()]));
    assert_eq!(against(&order, "platform", "use crate::app::App;"), BTreeSet::from(["app".to_owned()]));
}

#[test]
fn literals_are_read() {
    let code =
        "// \"no\"\nconst A: &str = \"SELECT \\\n    a FROM t\";\nlet c = '\"'; sql(\"x \\\" y\"); r#\"raw \" text\"#;";
    let plain = |text: &str| Literal { text: text.to_owned(), constant: None };
    let first = Literal { text: "SELECT a FROM t".to_owned(), constant: Some("A".to_owned()) };
    assert_eq!(literals(code), [first, plain("x \\\" y"), plain("raw \" text")]);
}

#[test]
fn writes_are_seen() {
    let known = owned(&["member", "conversation"]);
    let write = |table: &str, columns: &[&str]| Write { table: table.to_owned(), columns: owned(columns) };
    assert_eq!(writes("INSERT INTO member (id) VALUES ($1)", &known), [write("member", &[])]);
    assert_eq!(writes("DELETE FROM member WHERE id = $1", &known), [write("member", &[])]);
    let update = "UPDATE conversation SET last_seq = last_seq + 1, name = $2 WHERE id = $1 RETURNING id";
    assert_eq!(writes(update, &known), [write("conversation", &["last_seq", "name"])]);
    assert_eq!(writes("SELECT id FROM member", &known), []);
    assert_eq!(tables("SELECT 1 FROM member m JOIN conversation c", &known), ["member", "conversation"]);

    let owners =
        vec![owned(&["member", "members", ""]), owned(&["conversation", "conversations", "messages: last_seq"])];
    assert!(may_write(&owners, "members", &write("member", &[])));
    assert!(!may_write(&owners, "sites", &write("member", &["name"])));
    assert!(may_write(&owners, "messages", &write("conversation", &["last_seq"])));
    assert!(!may_write(&owners, "messages", &write("conversation", &["last_seq", "name"])));
    assert!(!may_write(&owners, "messages", &write("conversation", &[])));
    assert!(!may_write(&owners, "members", &write("unheard_of", &[])));
}

#[test]
fn a_query_across_sites_is_seen() {
    let scoped = owned(&["member"]);
    let code = "const HEAD: &str = \"SELECT id FROM member\";\n\
        sql(\"SELECT site_id FROM member\"); format!(\"{HEAD} WHERE site_id = $1\"); format!(\"{HEAD} WHERE id = $1\");";
    assert_eq!(across_sites(code, &scoped), ["SELECT site_id FROM member", "SELECT id FROM member WHERE id = $1"]);
    let part = "format!(\" AND EXISTS (SELECT 1 FROM member m WHERE m.site_id = c.site_id)\");";
    assert!(across_sites(part, &scoped).is_empty());
    let whole = "sql(\"SELECT m.id FROM member m JOIN member n ON n.site_id = m.site_id\");";
    assert_eq!(across_sites(whole, &scoped).len(), 1);
    let migration = "CREATE TABLE a (\n    id {id}\n);\nCREATE TABLE b (\n    site_id BIGINT\n);";
    assert_eq!(schema(migration), [("a".to_owned(), false), ("b".to_owned(), true)]);
}

#[test]
fn long_files_and_functions_are_seen() {
    let function =
        |lines: usize| format!("    pub(super) async fn long() {{\n{}    }}\n", "        x();\n".repeat(lines));
    let long =
        |path: &str, text: &str| too_long(&file(path, text)).into_iter().map(|f| (f.name, f.lines)).collect::<Vec<_>>();
    assert_eq!(long("a.rs", &function(68)), []);
    assert_eq!(long("a.rs", &function(69)), [("long".to_owned(), 71)]);
    assert_eq!(long("a.rs", &"x();\n".repeat(501)), [(String::new(), 501)]);
    let method = |lines: usize| format!("  async #long(): void {{\n{}  }}\n", "    x();\n".repeat(lines));
    assert_eq!(long("a.ts", &method(48)), []);
    assert_eq!(long("a.ts", &method(49)), [("#long".to_owned(), 51)]);
    let arrow = |line: &str| format!("{line}\n{}}};\n", "  x();\n".repeat(50));
    assert_eq!(long("a.ts", &arrow("export const long = async (a: string) => {")), [("long".to_owned(), 52)]);
    assert_eq!(long("a.ts", &arrow("describe(\"many\", () => {")), []);
    assert_eq!(long("a.ts", &"x();\n".repeat(301)), [(String::new(), 301)]);
    assert_eq!(long("a.md", &"x\n".repeat(1_000)), []);
}

#[test]
fn a_machine_is_seen() {
    let path = ["/ro", "ot/x"].concat();
    assert_eq!(foreign(&file("a.md", &format!("see {path}"))).len(), 1);
    assert_eq!(foreign(&file("a.md", "see docs/home/page and /var/lib/parvis")), Vec::<String>::new());
    assert_eq!(foreign(&file("Cargo.lock", "source = \"registry+https://mirror.example/index\"")).len(), 1);
    assert_eq!(foreign(&file("web/package-lock.json", "  \"resolved\": \"https://mirror.example/a.tgz\",")).len(), 1);
}

#[test]
fn pages_are_read() {
    let text = "```order\na\nb\n```\n\n| table | by |\n| --- | --- |\n| x | y |\n\nSee [this](that.md#part).\n";
    assert_eq!(block(text, "order"), ["a", "b"]);
    assert_eq!(table(text, &["table", "by"]), [owned(&["x", "y"])]);
    assert_eq!(links(text), ["that.md#part"]);
}

#[test]
fn dependencies_are_read() {
    let manifest = "[package]\nname = \"x\"\n\n[dependencies]\ndomain.workspace = true\nserde = { version = \"1\" }\n# why\n\n[dev-dependencies]\nproptest.workspace = true\n\n[lints]\nworkspace = true\n";
    assert_eq!(crates_of(manifest), BTreeSet::from(["proptest".to_owned(), "serde".to_owned()]));
    assert_eq!(packages_of("{\"devDependencies\":{\"lit\":\"3\"}}"), BTreeSet::from(["lit".to_owned()]));
}

#[test]
fn what_is_measured_and_searched_is_found() {
    let files = files();
    let of = |ending: &str| files.iter().filter(|f| f.path.ends_with(ending)).collect::<Vec<_>>();
    let rust: usize = of(".rs").iter().map(|f| functions(&f.text, rust_function).len()).sum();
    let script: usize = of(".ts").iter().map(|f| functions(&f.text, script_function).len()).sum();
    assert!(rust > 500 && script > 300, "{rust} and {script} functions");
    let tables: Vec<String> = known_tables().into_iter().map(|(name, _)| name).collect();
    let queries: Vec<String> = of(".rs")
        .iter()
        .filter(|f| slice_of(f).is_some())
        .flat_map(|f| literals(f.code()))
        .map(|literal| literal.text)
        .filter(|text| !super::sql::tables(text, &tables).is_empty())
        .collect();
    let written = queries.iter().flat_map(|query| writes(query, &tables)).count();
    assert!(queries.len() > 40 && written > 20, "{} queries, {written} writes", queries.len());
}
