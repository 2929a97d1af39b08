use super::lang::Lang;
use axum::extract::Request;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::Response;
use std::cell::RefCell;
use std::sync::Arc;

/// Who says some sentences in their own way: a site.
pub trait OwnWords: Send + Sync {
    /// Their own for a key, in the language of this tag.
    fn own(&self, lang: &str, key: &str) -> Option<&str>;
}

/// How the request under way is spoken to.
#[derive(Default)]
struct Speech {
    lang: Option<Lang>,
    site: Option<Arc<dyn OwnWords>>,
}

tokio::task_local! {
    /// The request's language: `Accept-Language`, then the member's own (RFC 9110, 12.5.4).
    static REQUEST: RefCell<Speech>;
}

fn speech_in(lang: Option<Lang>) -> RefCell<Speech> {
    RefCell::new(Speech { lang, site: None })
}

/// Does what is done for a request elsewhere than in its task in the request's language.
pub fn speaking_here<R>(lang: Lang, what: impl FnOnce() -> R) -> R {
    REQUEST.sync_scope(speech_in(Some(lang)), what)
}

/// Runs a request in the language it asks for.
pub async fn in_language(request: Request, next: Next) -> Response {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok());
    let asked = header.and_then(Lang::of_header);
    REQUEST.scope(speech_in(asked), next.run(request)).await
}

/// Runs what is not an HTTP request (a socket's command) in a language.
pub async fn speaking<F: Future>(lang: Lang, work: F) -> F::Output {
    REQUEST.scope(speech_in(Some(lang)), work).await
}

/// The site is known: its words count. So is the member, perhaps: their language counts unless the request asked for
/// one.
pub fn speak(site: Arc<dyn OwnWords>, locale: Option<&str>) {
    let _ = REQUEST.try_with(|speech| {
        let mut speech = speech.borrow_mut();
        speech.lang = speech.lang.or_else(|| locale.and_then(Lang::of_tag));
        speech.site = Some(site);
    });
}

/// The language of the request under way.
pub fn current() -> Lang {
    REQUEST.try_with(|speech| speech.borrow().lang).ok().flatten().unwrap_or_default()
}

/// What the site of the request under way says for a key.
pub(super) fn own_words(lang: Lang, key: &str) -> Option<String> {
    let own = |speech: &RefCell<Speech>| Some(speech.borrow().site.as_ref()?.own(lang.tag(), key)?.to_owned());
    REQUEST.try_with(own).ok().flatten()
}
