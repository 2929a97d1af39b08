use crate::platform::http::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the elements look where the page that shows them does not say otherwise (`--parvis-accent` and so on). The values
/// are CSS, of a kind that can do nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Theme {
    /// The colour of buttons, links and one's own messages: `#rrggbb`.
    pub accent: Option<String>,
    /// How round corners are: `0px` to `32px`.
    pub radius: Option<String>,
    /// Names of fonts, in order of preference: `Georgia, serif`.
    pub font: Option<String>,
}

const LARGEST_RADIUS: u8 = 32;
const LONGEST_FONT: usize = 200;

impl Theme {
    pub(super) fn check(&self) -> Answer<()> {
        if self.accent.as_ref().is_some_and(|accent| !is_colour(accent)) {
            return Err(Problem::invalid("theme.accent: a colour such as #3b5bdb"));
        }
        if self.radius.as_ref().is_some_and(|radius| !is_radius(radius)) {
            return Err(Problem::invalid(format!("theme.radius: 0px to {LARGEST_RADIUS}px")));
        }
        if self.font.as_ref().is_some_and(|font| !is_fonts(font)) {
            return Err(Problem::invalid("theme.font: names of fonts parted by commas"));
        }
        Ok(())
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_radius(text: &str) -> bool {
    text.strip_suffix("px").and_then(|number| number.parse::<u8>().ok()).is_some_and(|px| px <= LARGEST_RADIUS)
}

fn is_fonts(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | ',' | '"' | '\'');
    !text.trim().is_empty() && text.len() <= LONGEST_FONT && text.chars().all(allowed)
}
