//! Whether a page really carries the elements: it is fetched and looked at.

use crate::app::App;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::language::{Sentence, asked_language, sentence, speaking_here};
use crate::platform::outside::{self, Unreached};
use crate::sites::Site;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, USER_AGENT};
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// So much of a page is looked at.
const MOST_READ: usize = 2 << 20;
/// What elements are called.
const ELEMENT: &str = "<parvis-";

/// What a page carries.
#[derive(Debug, Default, PartialEq, Serialize, ToSchema)]
pub(super) struct EmbedCheck {
    /// The page answered.
    reachable: bool,
    /// It carries the script of this server.
    script: bool,
    /// For which site; null: for none, or there is no script.
    site: Option<String>,
    /// The elements it carries as it is sent; scripts of the page may add others.
    elements: Vec<String>,
    /// What is wrong, in sentences.
    problems: Vec<String>,
}

/// Fetches a page and looks at it.
pub(super) async fn check(app: &App, site: &Site, address: &str) -> Answer<EmbedCheck> {
    let url = outside::address_of(address).ok_or_else(|| Problem::invalid("url: not an http or https address"))?;
    let origin = url.origin().ascii_serialization();
    let mut found = match fetch(app, address).await {
        Ok(page) => looked(app, site, page).await?,
        Err(why) => EmbedCheck { problems: vec![why], ..EmbedCheck::default() },
    };
    if found.script && !site.settings.allows_origin(Some(&origin), &app.public_url) {
        found.problems.push(sentence("embed.check.origin").with("origin", origin).say());
    }
    Ok(found)
}

/// Looks at a page, which may be large: not where everybody's requests are looked after.
async fn looked(app: &App, site: &Site, page: String) -> Answer<EmbedCheck> {
    let (slug, public_url, lang) = (site.slug.clone(), app.public_url.clone(), asked_language());
    let looked = tokio::task::spawn_blocking(move || speaking_here(lang, || look(&page, &slug, &public_url))).await;
    looked.map_err(|_| Problem::new(Code::Internal))
}

async fn fetch(app: &App, address: &str) -> Result<String, String> {
    let away = |why: Unreached| {
        let why = sentence(match why {
            Unreached::Address => "embed.check.away.address",
            Unreached::Private => "embed.check.away.private",
            Unreached::Slow => "embed.check.away.slow",
            Unreached::Away => "embed.check.away.silent",
        });
        sentence("embed.check.away").with("why", why.say()).say()
    };
    let request = app.outside.request(Method::GET, address).map_err(away)?.header(USER_AGENT, "Parvis");
    let answer = app.outside.send(request).await.map_err(away)?;
    let status = answer.status();
    if !status.is_success() {
        let why = match answer.headers().get("location").and_then(|h| h.to_str().ok()) {
            Some(to) => sentence("embed.check.elsewhere").with("to", to),
            None => sentence("embed.check.status"),
        };
        return Err(why.with("status", status.as_u16()).say());
    }
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    if !kind.contains("html") {
        return Err(sentence("embed.check.not_html").say());
    }
    let bytes = app.outside.beginning(answer, MOST_READ).await.map_err(away)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What a page that answered carries.
fn look(page: &str, slug: &str, public_url: &str) -> EmbedCheck {
    let page = without_comments(page);
    let mut found = EmbedCheck { reachable: true, elements: elements(&page), ..EmbedCheck::default() };
    let scripts: Vec<&str> = tags(&page, "<script").filter(|tag| is_loader(tag)).collect();
    let ours = scripts.iter().find(|tag| attribute(tag, "src").is_some_and(|src| leads_here(src, public_url)));
    found.script = ours.is_some();
    found.site = ours.and_then(|tag| attribute(tag, "data-site")).map(str::to_owned);
    let mut wrong = |what: Sentence| found.problems.push(what.say());
    match (&found.site, ours, scripts.is_empty()) {
        (_, None, true) => wrong(sentence("embed.check.no_script")),
        (_, None, false) => wrong(sentence("embed.check.other_server").with("here", public_url)),
        (None, Some(_), _) => wrong(sentence("embed.check.no_site")),
        (Some(other), Some(_), _) if other != slug => {
            wrong(sentence("embed.check.other_site").with("other", other).with("here", slug));
        }
        _ => {}
    }
    if ours.is_some_and(|tag| attribute(tag, "type").is_none_or(|kind| !kind.eq_ignore_ascii_case("module"))) {
        wrong(sentence("embed.check.not_module"));
    }
    if found.elements.is_empty() {
        wrong(sentence("embed.check.no_element"));
    }
    found
}

/// Longer tags are cut: a page that never ends them must not cost the square of its length.
const LONGEST_TAG: usize = 4 * 1024;

fn without_comments(page: &str) -> String {
    let mut parts = page.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("-->").map_or("", |(_, rest)| rest))
}

/// The tags that begin so, without their end.
fn tags<'p>(page: &'p str, begins: &'p str) -> impl Iterator<Item = &'p str> {
    let starts = page.char_indices().map(|(at, _)| at).filter(move |at| {
        page.as_bytes().get(*at..at + begins.len()).is_some_and(|text| text.eq_ignore_ascii_case(begins.as_bytes()))
    });
    starts.map(|at| within(&page[at..], LONGEST_TAG).split('>').next().unwrap_or_default())
}

/// At most so many bytes from the start of a text.
fn within(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or_default()]
}

fn elements(page: &str) -> Vec<String> {
    let named =
        |tag: &str| tag[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().map(str::to_lowercase);
    let all: BTreeSet<String> = tags(page, ELEMENT).filter_map(named).collect();
    all.into_iter().collect()
}

fn is_loader(tag: &str) -> bool {
    attribute(tag, "src")
        .is_some_and(|src| src.split(['?', '#']).next().is_some_and(|path| path.ends_with("/embed.js")))
}

/// Whether a script's address is this server's; one without a host is the page's own.
fn leads_here(src: &str, public_url: &str) -> bool {
    let bare = |address: &str| address.split_once("//").map(|(_, rest)| rest.to_lowercase());
    let (Some(src), Some(own)) = (bare(src), bare(public_url)) else { return src.starts_with('/') };
    src.strip_prefix(own.trim_end_matches('/')).is_some_and(|rest| rest.starts_with("/embed.js"))
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = tag[..*at].chars().next_back().is_some_and(char::is_whitespace);
        before && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quoted {
        Some(quote) => value[1..].split(quote).next(),
        None => value.split(|c: char| c.is_whitespace() || c == '/' && value.ends_with('/')).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://chat.example.com";

    #[test]
    fn a_page_as_it_should_be() {
        let page = "<!doctype html><SCRIPT src='https://chat.example.com/embed.js' type=module data-site=\"demo\"></script>\
            <parvis-messenger open></parvis-messenger><Parvis-Chatbox room=\"hall\">";
        let found = look(page, "demo", HERE);
        assert_eq!(found.problems, Vec::<String>::new());
        assert!(found.reachable && found.script);
        assert_eq!(found.site.as_deref(), Some("demo"));
        assert_eq!(found.elements, ["parvis-chatbox", "parvis-messenger"]);
        let relative =
            look("<script type=\"module\" src=\"/embed.js\" data-site=demo></script><parvis-members>", "demo", HERE);
        assert!(relative.script && relative.problems.is_empty(), "{relative:?}");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let tag = |src: &str, more: &str| format!("<script src=\"{src}\" {more}></script><parvis-messenger>");
        let module = "type=\"module\" data-site=\"demo\"";
        for (page, word) in [
            (String::new(), "embed.js"),
            (format!("<!-- {} -->", tag("https://chat.example.com/embed.js", module)), "embed.js"),
            (tag("https://elsewhere.example/embed.js", module), "another server"),
            (tag("https://chat.example.com.evil.example/embed.js", module), "another server"),
            (tag("https://chat.example.com/embed.js", "type=\"module\""), "data-site"),
            (tag("https://chat.example.com/embed.js", "type=\"module\" data-site=\"other\""), "other"),
            (tag("https://chat.example.com/embed.js", "data-site=\"demo\""), "type="),
        ] {
            let problems = look(&page, "demo", HERE).problems;
            assert!(problems[0].contains(word), "{problems:?}");
        }
        let bare =
            look(&tag("https://chat.example.com/embed.js", module).replace("<parvis-messenger>", "é"), "demo", HERE);
        assert!(bare.problems[0].contains("no element"));
    }
}
