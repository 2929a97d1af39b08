use axum::extract::Request;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::Response;
use std::cell::Cell;

/// A language in which problems are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// The language of a tag such as `fr-CA`, if it is spoken here.
    pub fn of_tag(tag: &str) -> Option<Lang> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "fr" => Some(Lang::Fr),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that is spoken here, by weight.
    pub fn of_header(header: &str) -> Option<Lang> {
        let mut wanted: Vec<(f32, Lang)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
                Some((weight.trim().parse().unwrap_or(0.0), Lang::of_tag(tag)?))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, lang)| *lang)
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fr => "fr",
        }
    }
}

tokio::task_local! {
    /// The request's language: `Accept-Language`, then the member's own (RFC 9110, 12.5.4).
    static REQUEST: Cell<Option<Lang>>;
}

/// Does what is done for a request elsewhere than in its task in the request's language.
pub fn speaking_here<R>(lang: Lang, what: impl FnOnce() -> R) -> R {
    REQUEST.sync_scope(Cell::new(Some(lang)), what)
}

/// Runs a request in the language it asks for.
pub async fn in_language(request: Request, next: Next) -> Response {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok());
    let asked = header.and_then(Lang::of_header);
    REQUEST.scope(Cell::new(asked), next.run(request)).await
}

/// Runs what is not an HTTP request (a socket's command) in a language.
pub async fn speaking<F: Future>(lang: Lang, work: F) -> F::Output {
    REQUEST.scope(Cell::new(Some(lang)), work).await
}

/// The member is known: their language counts unless the request asked for one.
pub fn speak(locale: Option<&str>) {
    let _ = REQUEST.try_with(|lang| {
        if lang.get().is_none() {
            lang.set(locale.and_then(Lang::of_tag));
        }
    });
}

/// The language of the request under way.
pub fn current() -> Lang {
    REQUEST.try_with(Cell::get).ok().flatten().unwrap_or_default()
}
