//! What ARCHITECTURE.md says, read.

/// The lines of the block that begins with this word.
pub fn block<'p>(page: &'p str, word: &str) -> Vec<&'p str> {
    let opening = format!("```{word}\n");
    let (_, rest) = page.split_once(&opening).unwrap_or_else(|| panic!("no block {word:?}"));
    rest.split("```").next().unwrap_or_default().lines().filter(|line| !line.trim().is_empty()).collect()
}

/// The rows of the table whose heading begins with these cells.
pub fn table(page: &str, heading: &[&str]) -> Vec<Vec<String>> {
    let mut lines = page.lines().skip_while(|line| !cells(line).iter().map(String::as_str).eq(heading.iter().copied()));
    assert!(lines.next().is_some(), "no table {heading:?}");
    lines.skip(1).take_while(|line| line.starts_with('|')).map(cells).collect()
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// The targets of the links of a page of Markdown.
pub fn links(page: &str) -> Vec<&str> {
    page.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}
