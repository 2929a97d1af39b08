use std::fmt;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The longest message, in Unicode scalar values after normalisation.
pub const MAX_CHARACTERS: usize = 4_000;

/// A message's text: plain, 1 to 4,000 characters, NFC, no control characters but newline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(String);

/// Why a text is not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// Nothing but white space.
    Empty,
    /// More than [`MAX_CHARACTERS`].
    TooLong,
    /// A control character other than newline, at this character position.
    Control(usize),
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodyError::Empty => write!(f, "the message is empty"),
            BodyError::TooLong => write!(f, "the message has more than {MAX_CHARACTERS} characters"),
            BodyError::Control(at) => write!(f, "the message has a control character at position {at}"),
        }
    }
}

impl Body {
    /// Normalises and checks what somebody typed. Nothing is changed silently but the normal form:
    /// white space at the ends stays, a tab is refused.
    pub fn parse(typed: &str) -> Result<Body, BodyError> {
        // Normalising can only lengthen a text threefold; a longer input can be refused unread.
        if typed.len() > MAX_CHARACTERS * 12 {
            return Err(BodyError::TooLong);
        }
        let text: String = if is_nfc(typed) { typed.to_owned() } else { typed.nfc().collect() };
        if text.chars().all(is_blank) {
            return Err(BodyError::Empty);
        }
        if text.chars().count() > MAX_CHARACTERS {
            return Err(BodyError::TooLong);
        }
        match text.chars().position(is_refused_control) {
            Some(at) => Err(BodyError::Control(at)),
            None => Ok(Body(text)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, taken.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn is_refused_control(c: char) -> bool {
    c.is_control() && c != '\n'
}

/// White space and the characters that show nothing: a message of those alone is an empty one.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_what_is_not_a_message() {
        assert_eq!(Body::parse(""), Err(BodyError::Empty));
        assert_eq!(Body::parse(" \n\u{200B}"), Err(BodyError::Empty));
        assert_eq!(Body::parse("a\tb"), Err(BodyError::Control(1)));
        assert_eq!(Body::parse("a\u{0}"), Err(BodyError::Control(1)));
        assert_eq!(Body::parse(&"x".repeat(4_001)), Err(BodyError::TooLong));
    }

    #[test]
    fn counts_characters_not_bytes() {
        assert!(Body::parse(&"é".repeat(4_000)).is_ok());
        assert!(Body::parse(&"🎈".repeat(4_000)).is_ok());
        // 4,001 scalar values that compose to 4,000.
        let decomposed = format!("{}e\u{301}", "x".repeat(3_999));
        assert_eq!(Body::parse(&decomposed).map(|b| b.as_str().chars().count()), Ok(4_000));
    }

    #[test]
    fn normalises() {
        assert_eq!(Body::parse("e\u{301}").map(Body::into_string), Ok("é".to_owned()));
    }

    proptest! {
        #[test]
        fn parsing_twice_changes_nothing(text in "\\PC{1,200}") {
            if let Ok(once) = Body::parse(&text) {
                prop_assert_eq!(Body::parse(once.as_str()), Ok(once));
            }
        }
    }
}
