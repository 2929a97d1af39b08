//! Tables as spreadsheets read them (RFC 4180), in which no cell is a formula.

/// A row with its end.
pub fn row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it, which shows that it is a text.
fn cell(text: &str) -> String {
    let defused = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if text.contains([',', ';', '"', '\n', '\r', '\t']) {
        format!("\"{defused}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{defused}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells() {
        assert_eq!(row(["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(row(["a,b", "say \"hi\"", "two\nlines"]), "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
    }

    #[test]
    fn formulas_are_defused() {
        assert_eq!(row(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]), "'=1+1,'+1,'-1,'@SUM(A1),\"'\t=1\"\r\n");
        assert_eq!(
            row(["=HYPERLINK(\"http://evil.example\",\"x\")"]),
            "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"\r\n"
        );
    }
}
