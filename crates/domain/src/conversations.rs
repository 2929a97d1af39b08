//! What a person's list of conversations shows.

/// How many messages a participant has not read.
///
/// Sequence numbers of a conversation have no gaps, and writing moves the author's own mark, so
/// what is unread is what came after the mark. Messages cleared from one's own copy do not count.
pub fn unread(last_seq: i64, read_seq: i64, cleared_seq: i64) -> i64 {
    (last_seq - read_seq.max(cleared_seq)).max(0)
}

/// Whether the conversation stands in a participant's list.
///
/// `hidden_seq` is the last message when they deleted it from their list (0: never shown yet); a
/// newer message brings it back by itself.
pub fn is_listed(last_seq: i64, hidden_seq: Option<i64>) -> bool {
    hidden_seq.is_none_or(|hidden| last_seq > hidden)
}

/// A read mark never goes back, nor beyond the last message.
pub fn advance_read(last_seq: i64, read_seq: i64, asked: i64) -> i64 {
    read_seq.max(asked.min(last_seq))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_new_message_brings_a_deleted_conversation_back() {
        assert!(is_listed(0, None));
        assert!(!is_listed(0, Some(0)));
        assert!(!is_listed(7, Some(7)));
        assert!(is_listed(8, Some(7)));
    }

    proptest! {
        #[test]
        fn unread_is_never_negative_and_never_more_than_all(last in 0..10_000i64, read in 0..10_000i64, cleared in 0..10_000i64) {
            let n = unread(last, read, cleared);
            prop_assert!((0..=last).contains(&n));
        }

        #[test]
        fn a_read_mark_only_advances(last in 0..100i64, read in 0..100i64, asked in -5..200i64) {
            let read = read.min(last);
            let now = advance_read(last, read, asked);
            prop_assert!(now >= read && now <= last);
        }
    }
}
