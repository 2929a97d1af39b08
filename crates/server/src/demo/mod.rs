//! The demonstration site.

use crate::app::App;
use crate::platform::http::Answer;
use axum::Router;

/// The seeded demonstration.
pub struct DemoSite {}

impl DemoSite {
    /// What `parvis demo` prints.
    pub fn describe(&self, public_url: &str) -> String {
        format!("The demonstration site: {public_url}/demo/")
    }
}

/// Makes the demonstration site, once.
pub async fn seed(_app: &App) -> Answer<DemoSite> {
    Ok(DemoSite {})
}

/// Its pages.
pub fn routes(_app: App, _site: DemoSite) -> Router {
    Router::new()
}
