//! What the demonstration is made of, read from the files in `crates/server/demo/content`.

use super::avatar;
use crate::platform::clock::Millis;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashSet};

const MINUTE: Millis = 60_000;
const DAY: Millis = 24 * 60 * MINUTE;
/// Between two messages at least so much.
const BREATH: Millis = 20_000;

/// Everything.
pub struct Content {
    /// The site itself.
    pub site: SiteFile,
    /// The people.
    pub members: Vec<Person>,
    /// What they said.
    pub conversations: Vec<Conversation>,
    /// Who asked whom to become contacts.
    pub requests: Vec<Request>,
    /// What happens at the fair.
    pub sessions: Vec<Session>,
    /// Who has a stand.
    pub stands: Vec<Stand>,
}

/// A contact request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Who asks, by login.
    pub from: String,
    /// Who is asked, by login.
    pub to: String,
    /// A few words.
    pub note: Option<String>,
    /// They are contacts.
    #[serde(default)]
    pub accepted: bool,
}

/// `site.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// What people call the site.
    pub name: String,
    /// Logins of those one can be signed in as.
    pub featured: Vec<String>,
    /// Who answers for the organizers.
    pub operator: OperatorFile,
    /// The populations.
    pub population: Vec<Population>,
}

/// The operator.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorFile {
    /// What members see.
    pub name: String,
    /// With which they sign in.
    pub email: String,
}

/// A named set of members.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// What rules call it.
    pub slug: String,
    /// In French.
    pub name: String,
    /// In English.
    pub name_en: String,
}

/// Somebody who doesn't exist.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What follows `@`.
    pub login: String,
    /// Shown.
    pub name: String,
    /// One line.
    pub headline: String,
    /// Slugs.
    pub populations: Vec<String>,
    /// Themes.
    pub interests: Vec<String>,
    /// Themes they offer something in.
    #[serde(default)]
    pub offers: Vec<String>,
    /// Themes in which they look for somebody.
    #[serde(default)]
    pub looks_for: Vec<String>,
    /// What highlights them.
    #[serde(default)]
    pub badges: Vec<String>,
    /// Their language.
    #[serde(default = "french")]
    pub locale: String,
    /// What their portrait shows; none: initials.
    pub look: Option<String>,
    /// Whether strangers may write first.
    #[serde(default = "yes")]
    pub contactable: bool,
}

fn french() -> String {
    "fr".to_owned()
}

fn yes() -> bool {
    true
}

/// Something that happens, in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Session {
    /// 1 Friday, 2 Saturday, 3 Sunday.
    pub day: u8,
    pub time: String,
    /// `talk`, `workshop`, `table`, `show`.
    pub kind: String,
    /// Those with a drawing stand on the first page.
    pub art: Option<String>,
    pub room: String,
    pub room_en: String,
    pub title: String,
    pub title_en: String,
    pub text: String,
    pub text_en: String,
    /// Logins.
    pub speakers: Vec<String>,
}

/// A stand, in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Stand {
    pub number: String,
    pub name: String,
    pub kind: String,
    pub kind_en: String,
    /// The name of a drawing.
    pub art: String,
    /// Whom to write to: a login.
    pub contact: String,
    pub text: String,
    pub text_en: String,
}

/// A conversation with its history.
pub struct Conversation {
    /// A group's name, or a room's.
    pub name: Option<String>,
    /// What a room is, if it is one.
    pub room: Option<RoomContent>,
    /// Logins; one alone talks with the organizers.
    pub between: Vec<String>,
    /// How many messages at the end somebody has not read.
    pub unread: BTreeMap<String, usize>,
    /// The same for the organizers.
    pub staff_unread: usize,
    /// What was said.
    pub lines: Vec<Line>,
}

/// What a room is.
pub struct RoomContent {
    /// What pages call it.
    pub slug: String,
    /// Slugs of those who may enter; empty: all.
    pub populations: Vec<String>,
    /// Slugs of those who moderate.
    pub moderators: Vec<String>,
}

/// A message.
#[derive(Debug, PartialEq)]
pub struct Line {
    when: When,
    /// A login; none: the operator.
    pub author: Option<String>,
    /// The text.
    pub body: String,
}

#[derive(Debug, PartialEq, Clone, Copy)]
enum When {
    /// So many days before the start, at a time of day (UTC).
    Clock { days: i64, at: Millis },
    /// So long before the start.
    Before(Millis),
    /// So long after the message before.
    After(Millis),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: Option<String>,
    room: Option<String>,
    #[serde(default)]
    populations: Vec<String>,
    #[serde(default)]
    moderators: Vec<String>,
    between: Vec<String>,
    #[serde(default)]
    unread: BTreeMap<String, usize>,
    #[serde(default)]
    staff_unread: usize,
    history: String,
}

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../demo/content/", $name)))
    };
}

impl Content {
    /// Reads the files.
    ///
    /// # Errors
    /// One sentence that names the file and what is wrong in it.
    pub fn read() -> Result<Content, String> {
        let mut conversations = Vec::new();
        for file in [file!("direct.toml"), file!("groups.toml"), file!("rooms.toml"), file!("organizers.toml")] {
            for raw in list::<Raw>(file, "conversation")? {
                conversations.push(conversation(raw).map_err(|error| format!("{}: {error}", file.0))?);
            }
        }
        let content = Content {
            site: parse(file!("site.toml"))?,
            members: list(file!("members.toml"), "member")?,
            conversations,
            requests: list(file!("contacts.toml"), "request")?,
            sessions: list(file!("programme.toml"), "session")?,
            stands: list(file!("exhibitors.toml"), "stand")?,
        };
        content.check()?;
        Ok(content)
    }

    /// Somebody by login.
    pub fn person(&self, login: &str) -> Option<&Person> {
        self.members.iter().find(|member| member.login == login)
    }

    /// Whether one can be signed in as them.
    pub fn is_featured(&self, login: &str) -> bool {
        self.site.featured.iter().any(|one| one == login)
    }

    /// Nobody is spoken of who isn't there.
    fn check(&self) -> Result<(), String> {
        let known: HashSet<&str> = self.members.iter().map(|member| &*member.login).collect();
        if known.len() != self.members.len() {
            return Err("members.toml: a login is there twice".to_owned());
        }
        let spoken_of = (self.site.featured.iter())
            .chain(self.conversations.iter().flat_map(|c| c.between.iter().chain(c.unread.keys())))
            .chain(self.requests.iter().flat_map(|request| [&request.from, &request.to]))
            .chain(self.sessions.iter().flat_map(|session| &session.speakers))
            .chain(self.stands.iter().map(|stand| &stand.contact));
        for login in spoken_of {
            if !known.contains(&**login) {
                return Err(format!("nobody in members.toml has the login {login:?}"));
            }
        }
        let words = self.members.iter().filter_map(|member| member.look.as_deref()).flat_map(str::split_whitespace);
        match words.into_iter().find(|word| !avatar::knows(word)) {
            Some(word) => Err(format!("members.toml: {word:?} says nothing of a look")),
            None => Ok(()),
        }
    }
}

fn parse<T: DeserializeOwned>((name, text): (&str, &str)) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("{name}: {error}"))
}

/// The tables of one name in a file.
fn list<T: DeserializeOwned>(file: (&str, &str), table: &str) -> Result<Vec<T>, String> {
    let mut tables: BTreeMap<String, Vec<T>> = parse(file)?;
    tables.remove(table).ok_or_else(|| format!("{}: there is no [[{table}]]", file.0))
}

fn conversation(raw: Raw) -> Result<Conversation, String> {
    let mut lines: Vec<Line> = Vec::new();
    for text in raw.history.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(more) = text.strip_prefix("  ") {
            let last = lines.last_mut().ok_or("a history begins with a continuation")?;
            last.body.push('\n');
            last.body.push_str(more);
        } else {
            lines.push(line(text, &raw.between).ok_or_else(|| format!("can't read the line {text:?}"))?);
        }
    }
    if matches!(lines.first(), None | Some(Line { when: When::After(_), .. })) {
        return Err(format!("the history of {:?} must begin with a time of its own", raw.between));
    }
    let Raw { name, room, populations, moderators, between, unread, staff_unread, .. } = raw;
    let room = room.map(|slug| RoomContent { slug, populations, moderators });
    Ok(Conversation { name, room, between, unread, staff_unread, lines })
}

/// `-2d 14:05 amina: Bonjour`
fn line(text: &str, between: &[String]) -> Option<Line> {
    let (head, body) = text.split_once(": ")?;
    let (when, author) = head.rsplit_once(' ')?;
    let author = match author {
        "organizer" => None,
        first => Some(between.iter().find(|login| login.split('.').next() == Some(first))?.clone()),
    };
    Some(Line { when: time(when)?, author, body: body.to_owned() })
}

/// `-2d 14:05`, `-35m`, `+4m`, `-3h`
fn time(text: &str) -> Option<When> {
    if let Some((days, clock)) = text.split_once("d ") {
        let (hours, minutes) = clock.split_once(':')?;
        let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        let days = days.strip_prefix('-')?.parse().ok().filter(|days| *days > 0)?;
        return (hours < 24 && minutes < 60).then_some(When::Clock { days, at: (hours * 60 + minutes) * MINUTE });
    }
    let unit = if text.ends_with('h') { 60 * MINUTE } else { MINUTE };
    let number = |text: &str| text.trim_end_matches(['h', 'm']).parse::<i64>().ok().map(|n| n * unit);
    match text.strip_prefix('-') {
        Some(text) => number(text).map(When::Before),
        None => number(text.strip_prefix('+')?).map(When::After),
    }
}

impl Conversation {
    /// When each message was sent, if it is `start` now: in order, never in the future.
    pub fn times(&self, start: Millis) -> Vec<Millis> {
        let mut last = Millis::MIN / 2;
        let mut times = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let at = match line.when {
                When::Clock { days, at } => start - start.rem_euclid(DAY) - days * DAY + at,
                When::Before(time) => start - time,
                When::After(time) => last + time,
            };
            last = at.max(last + BREATH).min(start);
            times.push(last);
        }
        times
    }

    /// Up to which message somebody has read.
    pub fn read_by(&self, login: &str) -> i64 {
        let unread = self.unread.get(login).copied().unwrap_or(0);
        i64::try_from(self.lines.len().saturating_sub(unread)).unwrap_or(0)
    }

    /// Up to which message the organizers have read.
    pub fn read_by_staff(&self) -> i64 {
        i64::try_from(self.lines.len().saturating_sub(self.staff_unread)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::files;
    use domain::members::{Login, clean_headline, clean_interests, clean_label, clean_name};
    use domain::messages::Body;

    #[test]
    fn there_are_enough_people_of_every_kind() {
        let content = Content::read().unwrap();
        assert!(content.members.len() >= 40 && content.site.population.len() >= 3);
        assert_eq!(content.site.featured.len(), 8);
        for population in &content.site.population {
            let size = content.members.iter().filter(|m| m.populations.contains(&population.slug)).count();
            assert!(size >= 4, "{} has {size}", population.slug);
        }
        assert!(content.members.iter().filter(|m| m.look.is_none()).count() >= 5);
        for kind in [1, 2, 3] {
            let count = content.conversations.iter().filter(|c| c.between.len().min(3) == kind).count();
            assert!(count >= 3, "{count} conversations of {kind}");
        }
    }

    #[test]
    fn people_are_as_the_messenger_takes_them() {
        let content = Content::read().unwrap();
        let slugs: HashSet<&str> = content.site.population.iter().map(|p| &*p.slug).collect();
        for member in &content.members {
            let login = &member.login;
            assert!(Login::parse(login).is_some(), "{login}");
            assert_eq!(clean_name(&member.name).as_deref(), Some(&*member.name), "{login}");
            assert_eq!(clean_headline(&member.headline).as_deref(), Some(&*member.headline), "{login}");
            assert!(
                !member.populations.is_empty() && member.populations.iter().all(|p| slugs.contains(&**p)),
                "{login}"
            );
            assert!(member.badges.iter().all(|badge| clean_label(badge).is_some()), "{login}");
            let interests = member.interests.iter().map(|theme| (theme.clone(), 1.0));
            assert_eq!(clean_interests(interests).map(|i| i.len()), Some(member.interests.len()), "{login}");
        }
    }

    #[test]
    fn what_is_said_can_be_said_by_those_who_are_there() {
        let content = Content::read().unwrap();
        for conversation in &content.conversations {
            let first = &conversation.lines[0].body;
            assert!(conversation.lines.len() >= 3, "{first}");
            for line in &conversation.lines {
                assert!(Body::parse(&line.body).is_ok(), "{:?}", line.body);
                match &line.author {
                    Some(author) => assert!(conversation.between.contains(author), "{first}"),
                    None => assert_eq!(conversation.between.len(), 1, "{first}"),
                }
            }
            for (login, unread) in &conversation.unread {
                let tail = &conversation.lines[conversation.lines.len() - unread..];
                assert!(
                    tail.iter().all(|line| line.author.as_ref() != Some(login)),
                    "{login} has not read their own: {first}"
                );
            }
        }
    }

    #[test]
    fn every_drawing_is_there() {
        let content = Content::read().unwrap();
        let named =
            content.stands.iter().map(|stand| &stand.art).chain(content.sessions.iter().filter_map(|s| s.art.as_ref()));
        for art in named {
            assert!(files::art(&format!("{art}.svg")).is_some(), "{art}");
        }
    }

    #[test]
    fn times_are_in_order_and_past_at_every_hour_of_the_day() {
        let content = Content::read().unwrap();
        for hour in 0..24 {
            let start = 1_800_000_000_000 / DAY * DAY + hour * 60 * MINUTE + 7 * MINUTE;
            for conversation in &content.conversations {
                let times = conversation.times(start);
                assert!(times.is_sorted() && times.iter().all(|at| *at <= start && *at > start - 8 * DAY));
            }
        }
    }

    #[test]
    fn lines_are_read() {
        let between = ["amina.diallo".to_owned(), "jules.moreau".to_owned()];
        let read = line("-2d 14:05 amina: Oui : bien", &between).unwrap();
        assert_eq!(read.when, When::Clock { days: 2, at: (14 * 60 + 5) * MINUTE });
        assert_eq!((read.author.as_deref(), &*read.body), (Some("amina.diallo"), "Oui : bien"));
        assert_eq!(line("-3h organizer: x", &between).unwrap().when, When::Before(180 * MINUTE));
        assert_eq!(line("+4m jules: x", &between).unwrap().when, When::After(4 * MINUTE));
        for bad in ["-2d 25:00 amina: x", "2d 10:00 amina: x", "-0d 10:00 amina: x", "+4m zoe: x", "hello"] {
            assert_eq!(line(bad, &between), None, "{bad}");
        }
    }
}
