//! Reads the few facts the tool needs out of an event's text, without parsing JSON. Inside a JSON string a quote is always escaped,
//! so `"seq":` can't come from what somebody wrote.

use memchr::memmem::Finder;
use std::sync::LazyLock;

static SEQ: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\"seq\":"));
static CURSOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\"cursor\":\""));

/// What a text frame is, by its `type`, which comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A new message.
    Created,
    /// The answer to a command.
    Ok,
    /// A refusal of a command, or of the socket.
    Error,
    /// The end of the sign-in or of the resume.
    Ready,
    /// The server can't resume: the client has to load again.
    Resync,
    /// Any other event.
    Other,
}

/// The frame's kind.
#[inline]
pub fn kind(text: &[u8]) -> Kind {
    const KINDS: [(&[u8], Kind); 5] = [
        (b"message.created\"", Kind::Created),
        (b"ok\"", Kind::Ok),
        (b"ready\"", Kind::Ready),
        (b"error\"", Kind::Error),
        (b"resync\"", Kind::Resync),
    ];
    let Some(rest) = text.strip_prefix(b"{\"type\":\"") else {
        return Kind::Other;
    };
    KINDS.iter().find(|(word, _)| rest.starts_with(word)).map_or(Kind::Other, |(_, kind)| *kind)
}

/// The message's number in its conversation.
#[inline]
pub fn seq(text: &[u8]) -> Option<u64> {
    let start = SEQ.find(text)? + 6;
    let digits = text[start..].iter().take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

/// The event's place in the member's stream: what a resume begins with.
#[inline]
pub fn cursor(text: &[u8]) -> Option<&[u8]> {
    let start = CURSOR.find(text)? + 10;
    let length = memchr::memchr(b'"', &text[start..])?;
    Some(&text[start..start + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &[u8] =
        br#"{"type":"message.created","cursor":"e1.7","message":{"id":"c.42","seq":42,"body":"say \"seq\":9"}}"#;

    #[test]
    fn an_event_gives_kind_number_and_cursor() {
        assert_eq!((kind(EVENT), seq(EVENT), cursor(EVENT)), (Kind::Created, Some(42), Some(b"e1.7".as_slice())));
    }

    #[test]
    fn what_people_write_is_not_mistaken_for_a_field() {
        let text = br#"{"type":"message.created","message":{"body":"\"seq\":9 \"cursor\":\"x\"","seq":3}}"#;
        assert_eq!((seq(text), cursor(text)), (Some(3), None));
    }

    #[test]
    fn the_rest_is_other() {
        assert_eq!(kind(br#"{"type":"presence","cursor":"1"}"#), Kind::Other);
        assert_eq!(kind(b"nonsense"), Kind::Other);
    }
}
