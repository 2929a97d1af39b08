//! What the queries in the source do: which tables they touch, which columns they write.

/// A write to a table.
#[derive(Debug, PartialEq)]
pub struct Write {
    pub table: String,
    /// The columns that an update sets; none: rows are made or deleted.
    pub columns: Vec<String>,
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

/// The tables a query touches.
pub fn tables<'t>(query: &str, known: &'t [String]) -> Vec<&'t String> {
    let words = words(query);
    let touched = words.windows(2).filter(|w| matches!(w[0], "FROM" | "JOIN" | "INTO" | "UPDATE")).map(|w| w[1]);
    touched.filter_map(|name| known.iter().find(|table| *table == name)).collect()
}

/// What a query writes.
pub fn writes(query: &str, known: &[String]) -> Vec<Write> {
    let words = words(query);
    let table =
        |at: usize| words.get(at).filter(|name| known.iter().any(|t| t == *name)).map(|name| (*name).to_owned());
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let wrote = match (*word, words.get(at + 1)) {
            ("INSERT", Some(&"INTO")) | ("DELETE", Some(&"FROM")) => table(at + 2).map(|table| (table, Vec::new())),
            ("UPDATE", _) => table(at + 1).map(|table| (table, columns_set(query))),
            _ => None,
        };
        found.extend(wrote.map(|(table, columns)| Write { table, columns }));
    }
    found
}

fn columns_set(query: &str) -> Vec<String> {
    let Some((_, set)) = query.split_once(" SET ") else { return Vec::new() };
    let ends = [" FROM ", " WHERE ", " RETURNING "].iter().filter_map(|end| set.find(end));
    let set = &set[..ends.min().unwrap_or(set.len())];
    set.split(',').filter_map(|part| Some(part.split_once('=')?.0.trim().to_owned())).collect()
}

/// The tables that migrations make, and whether each carries `site_id`.
pub fn schema(migrations: &str) -> Vec<(String, bool)> {
    let made = migrations.split("CREATE TABLE ").skip(1);
    made.map(|rest| {
        let (name, columns) = rest.split_once('(').unwrap_or((rest, ""));
        let columns = columns.split("\n)").next().unwrap_or_default();
        (name.trim().to_owned(), columns.contains("site_id "))
    })
    .collect()
}
