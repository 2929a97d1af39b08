//! The web parts, as `web/` builds them, carried inside the binary and found by path.
//!
//! | path | what |
//! | --- | --- |
//! | `embed.js` | the loader, always asked for afresh |
//! | `assets/…` | everything with a hash in its name: never changes |
//! | `app/index.html` | the messenger as a full page |
//! | `app/worker.js` | what keeps that page and its pieces in the browser |
//! | `app-icons/…` | how that page looks among others once it is installed |
//! | `docs/index.html` | the pages of the API |
//!
//! Without the feature `web` nothing is found.

use std::borrow::Cow;

#[derive(rust_embed::RustEmbed)]
#[folder = "$PARVIS_WEB_DIST_DIR"]
#[allow(missing_docs)]
struct Dist;

/// One file, ready to be answered.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The bytes, in the encoding named by `encoding`.
    pub bytes: Cow<'static, [u8]>,
    /// For `Content-Type`.
    pub mime: &'static str,
    /// For `Content-Encoding`; where files have an encoded twin, answer `Vary: Accept-Encoding` in either case.
    pub encoding: Option<&'static str>,
    /// For `ETag`, quotes included. The encodings of one file have different ones.
    pub etag: String,
    /// The name holds a hash of the content: may be kept for ever.
    pub immutable: bool,
}

/// The file at `path` (without a leading slash), in brotli when the caller accepts it and the file gains by it.
pub fn get(path: &str, accept_br: bool) -> Option<Asset> {
    if path.ends_with(".br") {
        return None;
    }
    let small = accept_br.then(|| Dist::get(&format!("{path}.br"))).flatten();
    let encoding = small.is_some().then_some("br");
    let file = small.or_else(|| Dist::get(path))?;
    Some(Asset {
        etag: etag(&file.metadata.sha256_hash()),
        bytes: file.data,
        mime: mime(path),
        encoding,
        immutable: path.starts_with("assets/"),
    })
}

/// The paths of all files, without their encoded twins.
pub fn paths() -> impl Iterator<Item = Cow<'static, str>> {
    Dist::iter().filter(|path| !path.ends_with(".br"))
}

fn etag(hash: &[u8; 32]) -> String {
    let hex: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(all(test, feature = "web"))]
mod tests {
    use super::*;

    #[test]
    fn the_loader_is_there_in_both_encodings() {
        let plain = get("embed.js", false).expect("embed.js");
        let small = get("embed.js", true).expect("embed.js in brotli");
        assert_eq!(plain.mime, "text/javascript; charset=utf-8");
        assert_eq!((plain.encoding, small.encoding), (None, Some("br")));
        assert!(small.bytes.len() < plain.bytes.len());
        assert_ne!(plain.etag, small.etag);
        assert!(!plain.immutable);
    }

    #[test]
    fn pages_and_hashed_files_are_there() {
        for page in ["app/index.html", "app/worker.js", "docs/index.html"] {
            assert!(get(page, true).is_some(), "{page}");
        }
        let hashed = paths().find(|path| path.starts_with("assets/widget-")).expect("the widget");
        assert!(get(&hashed, true).expect("the widget").immutable);
    }

    #[test]
    fn nothing_else_is_found() {
        for path in ["", "/embed.js", "embed.js.br", "../Cargo.toml", "assets/", "nothing.js"] {
            assert!(get(path, true).is_none(), "{path}");
        }
    }

    #[test]
    fn no_page_carries_inline_script() {
        for page in paths().filter(|path| path.ends_with(".html")) {
            let bytes = get(&page, false).expect("a listed page").bytes;
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.replace(" src=", "src=").contains("<script>"), "{page}");
            assert!(!text.contains("style="), "{page}");
        }
    }
}
