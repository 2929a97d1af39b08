//! The lines of a file of members, read and checked.

use super::import::LineError;
use crate::members::actions::{apply_themes, clean_badges, email_address, language_tag, optional, picture_address};
use crate::members::store::Member;
use crate::platform::http::{Answer, Problem};
use crate::platform::language::{Sentence, sentence};
use domain::members::{clean_headline, clean_interests, clean_label, clean_name};
use std::borrow::Cow;
use std::collections::BTreeMap;

const COLUMNS: [&str; 15] = [
    "external_id",
    "login",
    "name",
    "email",
    "avatar_url",
    "headline",
    "locale",
    "populations",
    "badges",
    "interests",
    "offers",
    "looks_for",
    "contactable",
    "chat_enabled",
    "password",
];
/// What an export says of a member that an import does not set.
const PASSED_OVER: [&str; 5] = ["id", "connected", "last_seen_at", "created_at", "sanctions"];
/// More lines are no file of members.
const MOST_ROWS: usize = 500_000;

/// More columns neither: each cell is kept.
const MOST_COLUMNS: usize = 64;

/// A line with a member.
pub(super) struct Row {
    /// Its number in the file.
    pub line: u64,
    cells: BTreeMap<String, String>,
}

/// The lines that can be taken in, and what is wrong with the others; or why the file can't be read at all.
pub(super) fn read(file: &[u8], populations: &[String]) -> Result<(Vec<Row>, Vec<LineError>), Sentence> {
    let text = decoded(file);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| sentence("refusal.import.not_csv").with("why", error))?;
    if header.len() > MOST_COLUMNS {
        return Err(sentence("refusal.import.too_wide").with("most", MOST_COLUMNS));
    }
    let names = names(header)?;
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for (at, record) in reader.records().enumerate() {
        if at >= MOST_ROWS {
            return Err(sentence("refusal.import.too_long").with("most", MOST_ROWS));
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                errors.push(LineError { line, column: None, message: error.to_string() });
                continue;
            }
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = names.iter().zip(record.iter()).filter_map(|(name, cell)| Some((name.clone()?, plain(cell))));
        let row = Row { line, cells: cells.collect() };
        match row.check(record.len() > names.len(), populations) {
            Ok(()) => rows.push(row),
            Err((column, why)) => errors.push(LineError { line, column, message: why.say() }),
        }
    }
    Ok((rows, errors))
}

/// UTF-8; what is not is taken for what older spreadsheets write (Windows-1252).
fn decoded(file: &[u8]) -> Cow<'_, str> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match std::str::from_utf8(file) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => file
            .iter()
            .map(|byte| match byte {
                0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
                byte => char::from(*byte),
            })
            .collect::<String>()
            .into(),
    }
}

/// What parts the names of the columns most often.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let signs = [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))];
    signs.into_iter().max_by_key(|(sign, count)| (*count, *sign == b',')).map_or(b',', |(sign, _)| sign)
}

/// The columns by name; `None`: one that is passed over.
fn names(head: &csv::StringRecord) -> Result<Vec<Option<String>>, Sentence> {
    let mut names: Vec<Option<String>> = Vec::with_capacity(head.len());
    for given in head {
        let name = if given.starts_with("attributes.") { given.to_owned() } else { given.to_lowercase() };
        let known = COLUMNS.contains(&name.as_str()) || name.starts_with("attributes.");
        if !known && !PASSED_OVER.contains(&name.as_str()) {
            let unknown = sentence("refusal.import.unknown_column").with("column", given);
            return Err(unknown.with("known", COLUMNS.join(", ")));
        }
        if known && names.contains(&Some(name.clone())) {
            return Err(sentence("refusal.import.column_twice").with("column", given));
        }
        names.push(known.then_some(name));
    }
    let has = |name: &str| names.iter().flatten().any(|known| known == name);
    if !has("external_id") && !has("login") && !has("name") {
        return Err(sentence("refusal.import.no_key_column"));
    }
    Ok(names)
}

/// Without the apostrophe that kept a spreadsheet from taking it for a formula.
fn plain(cell: &str) -> String {
    let bare = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(cell).to_owned()
}

fn several(cell: &str) -> Vec<String> {
    cell.split('|').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn yes(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "true" | "1" | "oui" | "vrai" => Some(true),
        "no" | "false" | "0" | "non" | "faux" => Some(false),
        _ => None,
    }
}

impl Row {
    /// What a cell says, if it says something.
    pub fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// By what the member is known.
    pub fn key(&self) -> String {
        match (self.text("external_id"), self.text("login"), self.text("name")) {
            (Some(id), ..) => format!("id {id}"),
            (None, Some(login), _) => format!("login {}", login.to_lowercase()),
            // Two people may have one name.
            (None, None, _) => format!("line {}", self.line),
        }
    }

    fn check(&self, too_long: bool, populations: &[String]) -> Result<(), (Option<String>, Sentence)> {
        if too_long {
            return Err((None, sentence("refusal.import.more_cells")));
        }
        if self.text("external_id").or(self.text("login")).or(self.text("name")).is_none() {
            return Err((None, sentence("refusal.import.no_key")));
        }
        let wrong = |column: &str, why: Sentence| Err((Some(column.to_owned()), why));
        for column in ["contactable", "chat_enabled"] {
            if let Some(cell) = self.text(column).filter(|cell| yes(cell).is_none()) {
                return wrong(column, sentence("refusal.import.yes_or_no").with("cell", cell));
            }
        }
        let slugs = several(self.text("populations").unwrap_or_default());
        if let Some(unknown) = slugs.iter().find(|slug| !populations.contains(slug)) {
            return wrong("populations", sentence("refusal.import.population").with("slug", unknown));
        }
        if self.text("password").is_some_and(|password| !(8..=200).contains(&password.chars().count())) {
            return wrong("password", sentence("refusal.import.password"));
        }
        Ok(())
    }

    /// What the line says of a member; a column that is not there leaves what is.
    pub fn apply(&self, member: &mut Member) -> Answer<()> {
        let cell = |column: &str| self.cells.get(column).map(String::as_str);
        let profile = &mut member.profile;
        if let Some(name) = self.text("name") {
            profile.name = clean_name(name).ok_or_else(|| Problem::said("refusal.member.name"))?;
        }
        if let Some(email) = cell("email") {
            profile.email = optional(email, email_address, "refusal.member.email")?;
        }
        if let Some(url) = cell("avatar_url") {
            profile.avatar_url = optional(url, picture_address, "refusal.member.avatar_url")?;
        }
        if let Some(headline) = cell("headline") {
            profile.headline = optional(headline, clean_headline, "refusal.member.headline")?;
        }
        if let Some(locale) = cell("locale") {
            profile.locale = optional(locale, language_tag, "refusal.member.locale")?;
        }
        if let Some(badges) = cell("badges") {
            profile.badges = clean_badges(&several(badges))?;
        }
        if let Some(themes) = cell("interests") {
            let weight =
                |theme: &String| profile.interests.iter().find(|(known, _)| known == theme).map_or(1.0, |(_, w)| *w);
            let themes: Vec<(String, f64)> =
                several(themes).into_iter().map(|theme| (theme.clone(), weight(&theme))).collect();
            profile.interests = clean_interests(themes).ok_or_else(|| Problem::said("refusal.member.interests"))?;
        }
        let themes = |column: &str| cell(column).map(several);
        apply_themes(profile, themes("offers").as_deref(), themes("looks_for").as_deref())?;
        profile.contactable = self.text("contactable").and_then(yes).unwrap_or(profile.contactable);
        member.chat_enabled = self.text("chat_enabled").and_then(yes).unwrap_or(member.chat_enabled);
        if let Some(slugs) = cell("populations") {
            member.populations = several(slugs);
        }
        for (column, values) in &self.cells {
            let Some(name) = column.strip_prefix("attributes.") else { continue };
            let refused = || Problem::said(sentence("refusal.member.attribute").with("column", column));
            let values: Option<Vec<String>> = several(values).iter().map(|value| clean_label(value)).collect();
            let values = values.filter(|values| values.len() <= 20).ok_or_else(refused)?;
            let name = clean_label(name).ok_or_else(refused)?;
            if values.is_empty() {
                member.attributes.remove(&name);
            } else {
                member.attributes.insert(name, values);
            }
        }
        Ok(())
    }

    /// What of a member it changes: column, before, after.
    pub fn differences(&self, before: &Member, after: &Member) -> Vec<(String, String, String)> {
        let told = |member: &Member, column: &str| {
            let profile = &member.profile;
            let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
            match column {
                "name" => profile.name.clone(),
                "email" => or_nothing(&profile.email),
                "avatar_url" => or_nothing(&profile.avatar_url),
                "headline" => or_nothing(&profile.headline),
                "locale" => or_nothing(&profile.locale),
                "badges" => profile.badges.join(" | "),
                "interests" => {
                    profile.interests.iter().map(|(theme, _)| theme.as_str()).collect::<Vec<_>>().join(" | ")
                }
                "offers" => profile.offers.join(" | "),
                "looks_for" => profile.looks_for.join(" | "),
                "populations" => member.populations.join(" | "),
                "contactable" => profile.contactable.to_string(),
                "chat_enabled" => member.chat_enabled.to_string(),
                other => {
                    let values = other.strip_prefix("attributes.").and_then(|name| member.attributes.get(name));
                    values.map(|values| values.join(" | ")).unwrap_or_default()
                }
            }
        };
        let all = self.cells.keys().map(|column| (column.clone(), told(before, column), told(after, column)));
        all.filter(|(_, before, after)| before != after).collect()
    }
}
