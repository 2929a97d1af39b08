//! The pages of the demonstration website: files with places `{{…}}` that are filled here.

use super::content::{Content, Person, Session, Stand};
use super::files;
use crate::platform::clock::Millis;
use std::fmt::Write;
use time::{Duration, OffsetDateTime, Weekday};

/// A page that stands in the menu, or the first or the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    file: &'static str,
    fr: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

/// In the order of the menu; the first page and the one to sign in on aren't in it.
const PAGES: [Page; 8] = [
    Page { file: "home.html", fr: ("", "Accueil"), en: ("", "Home") },
    Page { file: "programme.html", fr: ("programme", "Programme"), en: ("programme", "Programme") },
    Page { file: "exhibitors.html", fr: ("exposants", "Exposants"), en: ("exhibitors", "Exhibitors") },
    Page { file: "participants.html", fr: ("participants", "Participants"), en: ("participants", "Participants") },
    Page { file: "hall.html", fr: ("hall", "Le hall"), en: ("lobby", "The lobby") },
    Page { file: "messages.html", fr: ("messages", "Messages"), en: ("messages", "Messages") },
    Page { file: "contact.html", fr: ("contact", "Contact"), en: ("contact", "Contact") },
    Page { file: "enter.html", fr: ("entrer", "Entrer"), en: ("enter", "Sign in") },
];
const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

/// What a page is written with.
pub struct Writer<'a> {
    /// What there is.
    pub content: &'a Content,
    /// French, or English.
    pub french: bool,
    /// What time it is.
    pub now: Millis,
}

impl Writer<'_> {
    fn say<'t>(&self, french: &'t str, english: &'t str) -> &'t str {
        if self.french { french } else { english }
    }

    fn root(&self) -> &'static str {
        if self.french { "/demo/" } else { "/demo/en/" }
    }

    /// A page by the last part of its address.
    pub fn page(&self, slug: &str) -> Option<String> {
        let page = PAGES.iter().find(|page| self.of(page).0 == slug)?;
        let body = self.fill(files::page(self.french, page.file));
        let title = if slug.is_empty() {
            self.content.site.name.clone()
        } else {
            format!("{} · {}", self.of(page).1, self.content.site.name)
        };
        let (fr, en) = (format!("/demo/{}", page.fr.0), format!("/demo/en/{}", page.en.0));
        Some(self.around(&body, &title, slug, if self.french { &en } else { &fr }))
    }

    fn of(&self, page: &Page) -> (&'static str, &'static str) {
        if self.french { page.fr } else { page.en }
    }

    /// Somebody's own page.
    pub fn profile(&self, login: &str) -> Option<String> {
        let person = self.content.person(login)?;
        let title = format!("{} · {}", escaped(&person.name), self.content.site.name);
        let twin = format!("{}participants/{login}", if self.french { "/demo/en/" } else { "/demo/" });
        Some(self.around(&self.profile_body(person), &title, "participants", &twin))
    }

    fn profile_body(&self, person: &Person) -> String {
        let login = &person.login;
        let populations: String = (self.content.site.population.iter())
            .filter(|population| person.populations.contains(&population.slug))
            .map(|p| format!("<span class=\"tag\">{}</span>", self.say(&p.name, &p.name_en)))
            .collect();
        let interests: String =
            person.interests.iter().map(|i| format!("<span class=\"tag\">{}</span>", escaped(i))).collect();
        let mut body = format!(
            "<section class=\"page\"><div class=\"wide profile\">{}<div><p class=\"small\">@{login}</p><h1>{}</h1>\
             <p class=\"lead\">{}</p><p class=\"tags\">{populations}</p>\
             <div class=\"row\"><parvis-message-button member=\"{login}\"></parvis-message-button>\
             <a class=\"button invite\" href=\"{}{}\">{}</a></div>\
             <h2>{}</h2><p class=\"tags\">{interests}</p>",
            face(person, 240),
            escaped(&person.name),
            escaped(&person.headline),
            self.root(),
            self.say("entrer", "enter"),
            self.say("Entrer pour lui écrire", "Sign in to write to them"),
            self.say("Centres d’intérêt", "Interests"),
        );
        let sessions: Vec<&Session> = self.content.sessions.iter().filter(|s| s.speakers.contains(login)).collect();
        if !sessions.is_empty() {
            let _ = write!(body, "<h2>{}</h2>", self.say("Au programme", "In the programme"));
            for session in sessions {
                let (day, _) = self.day(session.day);
                let _ = write!(
                    body,
                    "<p>{day}, {} · <b>{}</b></p>",
                    session.time,
                    escaped(self.say(&session.title, &session.title_en))
                );
            }
        }
        for stand in self.content.stands.iter().filter(|stand| stand.contact == *login) {
            let _ = write!(
                body,
                "<h2>{}</h2><div class=\"grid\">{}</div>",
                self.say("Au stand", "At the stand"),
                self.stand(stand, false)
            );
        }
        body + "</div></div></section>"
    }

    fn around(&self, body: &str, title: &str, here: &str, twin: &str) -> String {
        let links: String = PAGES[1..6]
            .iter()
            .map(|page| {
                let (slug, name) = self.of(page);
                let current = if slug == here { " aria-current=\"page\"" } else { "" };
                format!("<a href=\"{}{slug}\"{current}>{name}</a>", self.root())
            })
            .collect();
        let description = self.say(
            "Trois jours pour rencontrer celles et ceux qui transmettent.",
            "Three days to meet the people who pass things on.",
        );
        files::page(self.french, "layout.html")
            .replace("{{title}}", title)
            .replace("{{description}}", description)
            .replace("{{links}}", &links)
            .replace("{{dates}}", &self.dates())
            .replace("{{twin}}", twin)
            .replace("{{twin_lang}}", self.say("en", "fr"))
            .replace("{{twin_name}}", self.say("English", "Français"))
            .replace("{{content}}", body)
    }

    fn fill(&self, page: &str) -> String {
        let mut page = page.to_owned();
        let mut put = |place: &str, fill: &dyn Fn() -> String| {
            if page.contains(place) {
                page = page.replace(place, &fill());
            }
        };
        let Content { stands, sessions, .. } = self.content;
        put("{{dates}}", &|| self.dates());
        put("{{days}}", &|| self.day_links());
        put("{{highlights}}", &|| sessions.iter().filter(|s| s.art.is_some()).map(|s| self.highlight(s)).collect());
        put("{{programme}}", &|| self.programme());
        put("{{faces}}", &|| self.faces());
        put("{{some_stands}}", &|| stands.iter().skip(5).take(3).map(|s| self.stand(s, true)).collect());
        put("{{stands}}", &|| stands.iter().map(|s| self.stand(s, true)).collect());
        put("{{featured}}", &|| self.featured());
        page
    }

    /// The three days: the next Friday that is not too near, and the two after it.
    fn fair(&self, day: u8) -> OffsetDateTime {
        let mut friday = OffsetDateTime::from_unix_timestamp(self.now / 1_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
            + Duration::days(3);
        while friday.weekday() != Weekday::Friday {
            friday += Duration::days(1);
        }
        friday + Duration::days(i64::from(day) - 1)
    }

    fn month(&self, day: OffsetDateTime) -> &'static str {
        let (french, english) = MONTHS[usize::from(u8::from(day.month())) - 1];
        if self.french { french } else { english }
    }

    fn dates(&self) -> String {
        let (first, last) = (self.fair(1), self.fair(3));
        let ordinal =
            |day: OffsetDateTime| if self.french && day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
        let start = if first.month() == last.month() {
            ordinal(first)
        } else {
            format!("{} {}", ordinal(first), self.month(first))
        };
        let end = format!("{} {} {}", ordinal(last), self.month(last), last.year());
        if self.french { format!("du {start} au {end}") } else { format!("{start} to {end}") }
    }

    /// A day's name with its date, and its name alone.
    fn day(&self, day: u8) -> (String, &'static str) {
        let name = match day {
            1 => self.say("Vendredi", "Friday"),
            2 => self.say("Samedi", "Saturday"),
            _ => self.say("Dimanche", "Sunday"),
        };
        let date = self.fair(day);
        (format!("{name} {} {}", date.day(), self.month(date)), name)
    }

    fn day_links(&self) -> String {
        (1..=3)
            .map(|day| format!("<a class=\"button plain little\" href=\"#d{day}\">{}</a>", self.day(day).1))
            .collect()
    }

    fn person(&self, login: &str) -> String {
        let Some(person) = self.content.person(login) else { return String::new() };
        format!(
            "<a class=\"person\" href=\"{}participants/{login}\">{}{}</a>",
            self.root(),
            face(person, 34),
            escaped(&person.name)
        )
    }

    fn cast(&self, session: &Session) -> String {
        session.speakers.iter().map(|login| self.person(login)).collect()
    }

    fn highlight(&self, session: &Session) -> String {
        let (day, _) = self.day(session.day);
        format!(
            "<article class=\"card\"><div><img class=\"tile\" src=\"/demo/art/{}.svg\" alt=\"\"><p class=\"kicker\">{day}, {}</p>\
             <h3>{}</h3><p>{}</p><p class=\"cast foot\">{}</p></div></article>",
            session.art.as_deref().unwrap_or("eye"),
            session.time,
            escaped(self.say(&session.title, &session.title_en)),
            escaped(self.say(&session.text, &session.text_en)),
            self.cast(session),
        )
    }

    fn programme(&self) -> String {
        (1..=3)
            .map(|day| {
                let slots: String =
                    self.content.sessions.iter().filter(|s| s.day == day).map(|s| self.slot(s)).collect();
                format!("<div class=\"day\" id=\"d{day}\"><h2>{}</h2>{slots}</div>", self.day(day).0)
            })
            .collect()
    }

    fn slot(&self, session: &Session) -> String {
        let kind = match &*session.kind {
            "workshop" => self.say("Atelier", "Workshop"),
            "table" => self.say("Table ronde", "Round table"),
            "show" => self.say("Spectacle", "Show"),
            _ => self.say("Conférence", "Talk"),
        };
        format!(
            "<article class=\"slot\"><time datetime=\"{0}\">{0}</time><div><p class=\"row\"><span class=\"tag {1}\">{kind}</span>\
             <span class=\"small\">{2}</span></p><h3>{3}</h3><p>{4}</p></div><div class=\"cast\">{5}</div></article>",
            session.time,
            session.kind,
            escaped(self.say(&session.room, &session.room_en)),
            escaped(self.say(&session.title, &session.title_en)),
            escaped(self.say(&session.text, &session.text_en)),
            self.cast(session),
        )
    }

    fn stand(&self, stand: &Stand, contact: bool) -> String {
        let foot =
            if contact { format!("<p class=\"foot\">{}</p>", self.person(&stand.contact)) } else { String::new() };
        format!(
            "<article class=\"card\"><div><img class=\"tile\" src=\"/demo/art/{}.svg\" alt=\"\"><p class=\"kicker\">{} {} · {}</p>\
             <h3>{}</h3><p>{}</p>{foot}</div></article>",
            stand.art,
            self.say("Stand", "Stand"),
            stand.number,
            escaped(self.say(&stand.kind, &stand.kind_en)),
            escaped(&stand.name),
            escaped(self.say(&stand.text, &stand.text_en)),
        )
    }

    fn faces(&self) -> String {
        let pictured = self.content.members.iter().filter(|member| member.look.is_some()).take(26);
        pictured
            .map(|person| {
                let (root, login, name) = (self.root(), &person.login, escaped(&person.name));
                let picture = face(person, 74).replacen("alt=\"\"", &format!("alt=\"{name}\""), 1);
                format!("<a href=\"{root}participants/{login}\" title=\"{name}\">{picture}</a>")
            })
            .collect()
    }

    fn featured(&self) -> String {
        let people = self.content.site.featured.iter().filter_map(|login| self.content.person(login));
        people
            .map(|person| {
                format!(
                    "<button type=\"button\" data-enter=\"{0}\" data-name=\"{1}\" data-next=\"{2}messages\">{3}<b>{1}</b>\
                     <span class=\"small\">{4}</span><span class=\"go\">{5}</span></button>",
                    person.login,
                    escaped(&person.name),
                    self.root(),
                    face(person, 84),
                    escaped(&person.headline),
                    self.say("Entrer", "Sign in"),
                )
            })
            .collect()
    }
}

/// A portrait beside a name, or the initials.
fn face(person: &Person, size: u16) -> String {
    if person.look.is_some() {
        return format!(
            "<img class=\"face\" src=\"/demo/avatars/{}.svg\" alt=\"\" width=\"{size}\" height=\"{size}\">",
            person.login
        );
    }
    let initials: String = person.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    format!("<span class=\"initials\" aria-hidden=\"true\">{}</span>", escaped(&initials))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
