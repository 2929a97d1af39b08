use super::shown::{Shown, shown};
use super::tlds::{is_known, is_sure};
use std::ops::Range;

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As it is seen.
    pub shown: String,
    /// The host it leads to, in lower case.
    pub host: String,
    /// Where it stands in the text.
    pub at: Range<usize>,
}

/// The links that a text shows, in order: with a scheme (`https://…`), with `www.`, and bare names of the web
/// (`example.com/path`) whose end is one that people meet. What is between the letters and shows nothing does not
/// count. E-mail addresses are no links, nor is `@a.login`, nor the end of a sentence before the next (`etc.Il`),
/// nor numbers.
pub fn links(text: &str) -> Vec<Link> {
    let all = shown(text);
    let mut found = Vec::new();
    for word in all.split(|one| one.c.is_whitespace()).filter(|word| word.len() > 3) {
        with_scheme(word, &mut found);
        bare(word, &mut found);
    }
    found.sort_by_key(|link| (link.at.start, usize::MAX - link.at.end));
    found
}

fn with_scheme(word: &[Shown], found: &mut Vec<Link>) {
    for colon in (0..word.len().saturating_sub(3)).filter(|at| word[*at].c == ':') {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let scheme = word[..colon].iter().rev().take_while(|one| is_name(one.c)).count();
        let slashes = [word[colon + 1].c, word[colon + 2].c] == ['/', '/'];
        let next = word[colon + 3].c;
        if scheme >= 2 && slashes && (next.is_alphanumeric() || matches!(next, '[' | '-' | '_')) {
            let host: String = word[colon + 3..].iter().map(|one| one.c).collect();
            found.extend(link(&word[colon - scheme..], &host));
        }
    }
}

/// Runs of what names are made of.
fn bare(word: &[Shown], found: &mut Vec<Link>) {
    let mut from = 0;
    while from < word.len() {
        let length = word[from..].iter().take_while(|one| is_part(one)).count();
        let run = Run { word, from, to: from + length };
        found.extend(run.pieces().into_iter().filter_map(|piece| piece.link()));
        from += length + 1;
    }
}

fn is_part(one: &Shown) -> bool {
    one.c.is_alphanumeric() || matches!(one.c, '.' | '-' | '_' | '。')
}

/// A part of a word.
struct Run<'a> {
    word: &'a [Shown],
    from: usize,
    to: usize,
}

impl<'a> Run<'a> {
    /// Without the dots and dashes around it; several dots end a name.
    fn pieces(&self) -> Vec<Run<'a>> {
        let is_dot = |at: usize| matches!(self.word[at].c, '.' | '。');
        let is_edge = |at: usize| is_dot(at) || matches!(self.word[at].c, '-' | '_');
        let mut pieces = Vec::new();
        let mut from = self.from;
        for at in self.from..=self.to {
            let ends = at == self.to || (is_dot(at) && at + 1 < self.to && is_dot(at + 1));
            if ends {
                let (mut start, mut end) = (from, at);
                while start < end && is_edge(start) {
                    start += 1;
                }
                while start < end && is_edge(end - 1) {
                    end -= 1;
                }
                pieces.push(Run { word: self.word, from: start, to: end });
                from = at;
            }
        }
        pieces.retain(|piece| piece.to > piece.from);
        pieces
    }

    fn link(&self) -> Option<Link> {
        let labels: Vec<String> = self.word[self.from..self.to]
            .split(|one| matches!(one.c, '.' | '。'))
            .map(|label| label.iter().map(|one| one.c).collect())
            .collect();
        if labels.len() < 2 || (self.is_of_mail() && !self.has_path()) || !self.is_name(&labels) {
            return None;
        }
        let follows = self.has_path() || matches!(self.after(0), Some(':' | '?' | '#'));
        let end = if follows { self.word.len() } else { self.to };
        link(&self.word[self.from..end], &labels.join("."))
    }

    fn after(&self, further: usize) -> Option<char> {
        self.word.get(self.to + further).map(|one| one.c)
    }

    fn has_path(&self) -> bool {
        self.after(0) == Some('/')
    }

    /// `name@example.com`, either side; or `@a.login`.
    fn is_of_mail(&self) -> bool {
        let behind = self.from > 0 && self.word[self.from - 1].c == '@';
        let rest = self.word.get(self.to + 1..).unwrap_or_default();
        let before = self.after(0) == Some('@')
            && rest.first().is_some_and(|one| one.c.is_alphanumeric())
            && rest.iter().take_while(|one| is_part(one)).any(|one| one.c == '.');
        behind || before
    }

    fn is_name(&self, labels: &[String]) -> bool {
        let first = labels[0].rsplit(['-', '_']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("www") {
            return true;
        }
        let last = labels.len() - 1;
        let ends = (1..labels.len()).any(|end| {
            let name = labels[end].to_lowercase();
            (if end == last { is_known(&name) } else { is_sure(&name) }) && self.fits(&labels[end - 1], &labels[end])
        });
        ends || self.is_address(labels)
    }

    /// Whether these two are more likely the end of a name than of a sentence and its successor.
    fn fits(&self, before: &str, end: &str) -> bool {
        let sure = is_sure(&end.to_lowercase());
        let sentence =
            end.chars().next().is_some_and(char::is_uppercase) && end.chars().skip(1).all(char::is_lowercase);
        let number = before.chars().all(|c| c.is_numeric());
        let single = before.chars().count() < 2;
        sure || (!sentence && (self.has_path() || !(number || single)))
    }

    /// Four numbers may be a version: with a port or a path they are an address.
    fn is_address(&self, labels: &[String]) -> bool {
        let numbers = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
        let port = self.after(0) == Some(':') && self.after(1).is_some_and(|c| c.is_ascii_digit());
        numbers && (port || (self.has_path() && self.after(1).is_some_and(char::is_alphabetic)))
    }
}

/// The link these characters show; what ends a sentence or closes a bracket is not part of it.
fn link(word: &[Shown], host: &str) -> Option<Link> {
    let is_end =
        |one: &&Shown| matches!(one.c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '»' | '"' | '\'' | '’');
    let word = &word[..word.len() - word.iter().rev().take_while(is_end).count()];
    let host = host.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let at = word.first()?.at.start..word.last()?.at.end;
    Some(Link { shown: word.iter().map(|one| one.c).collect(), host: host.replace('。', ".").to_lowercase(), at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(text: &str) -> Vec<String> {
        let mut hosts: Vec<String> = links(text).into_iter().map(|link| link.host).collect();
        hosts.dedup();
        hosts
    }

    #[test]
    fn links_are_found_however_they_are_written() {
        for (text, host) in [
            ("http://example.com", "example.com"),
            ("voir HTTPS://Example.Com/a?b#c, merci", "example.com"),
            ("ftp://192.168.1.1/x", "192.168.1.1"),
            ("http://localhost:8080/", "localhost"),
            ("www.exemple", "www.exemple"),
            ("(www.example.fr)", "www.example.fr"),
            ("example.com", "example.com"),
            ("example.com/path", "example.com"),
            ("example.com.", "example.com"),
            ("va sur example.com.Merci", "example.com.merci"),
            ("Example.Com", "example.com"),
            ("sous.domaine.example.co.uk", "sous.domaine.example.co.uk"),
            ("t.me/groupe", "t.me"),
            ("x.com", "x.com"),
            ("163.com", "163.com"),
            ("été.fr", "été.fr"),
            ("xn--t-9fa.xn--p1ai", "xn--t-9fa.xn--p1ai"),
            ("пример.рф", "пример.рф"),
            ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
            ("example。com", "example.com"),
            ("exa\u{200B}mple\u{AD}.c\u{2060}om", "example.com"),
            ("h\u{200D}ttp://ok.example", "ok.example"),
            ("10.0.0.1:8080", "10.0.0.1"),
            ("http://good.com@evil.example/", "evil.example"),
            ("@example.com/piège", "example.com"),
            ("site:example.org", "example.org"),
        ] {
            assert!(hosts(text).contains(&host.to_owned()), "{text}: {:?}", links(text));
        }
        assert_eq!(hosts("a.com,b.org c.net"), ["a.com", "b.org", "c.net"]);
    }

    #[test]
    fn sentences_numbers_and_addresses_of_mail_are_no_links() {
        for text in [
            "etc.Il fait beau",
            "fini.La suite",
            "3.14",
            "1.234.567,89",
            "M.Dupont",
            "M.De La Tour",
            "v1.2.3",
            "version 10.0.19041.1",
            "192.168.1.1",
            "p.ex. ceci",
            "c.-à-d.",
            "e.g. this, i.e. that",
            "U.S.A",
            "bien...comme",
            "anna@example.com",
            "jean.dupont@mail.example.com,",
            "jean.it@example.com",
            "@anna.paris viens",
            "14.au matin",
            "www",
            "http:// rien",
            "a://b",
            "12:30",
            "et/ou",
            "fichier.pdf",
            "…",
        ] {
            assert_eq!(links(text), [], "{text}");
        }
    }

    #[test]
    fn a_link_ends_where_its_sentence_does() {
        let text = "lis (https://exam\u{200B}ple.com/a_(b)). Merci";
        let link = links(text).remove(0);
        assert_eq!(link.shown, "https://example.com/a_(b");
        assert_eq!(&text[link.at], "https://exam\u{200B}ple.com/a_(b");
    }
}
