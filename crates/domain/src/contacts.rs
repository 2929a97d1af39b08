//! Contact requests: who may answer what, what each side is shown, and when one may ask again.

use unicode_normalization::UnicodeNormalization;

/// A note has at most so many characters.
pub const LONGEST_NOTE: usize = 300;
/// After asking somebody, one may ask them again so many milliseconds later. Counted from the request, whatever
/// became of it: it must not tell a refusal from silence.
pub const COOLDOWN: i64 = 7 * 24 * 60 * 60 * 1_000;
/// An answer can be taken back for so many milliseconds.
pub const UNDO_FOR: i64 = 10 * 60 * 1_000;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waiting for an answer.
    Pending,
    /// The two are contacts.
    Accepted,
    /// Refused, which its sender never learns.
    Declined,
    /// Taken back, or the two are no longer contacts.
    Cancelled,
}

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who asked.
    Sender,
    /// Who was asked.
    Receiver,
}

/// What can be done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Become contacts.
    Accept,
    /// Refuse.
    Decline,
    /// Take it back; of accepted contacts: end it.
    Cancel,
    /// Take an answer back.
    Undo,
}

/// How a side sees where a request stands: its sender is never shown a refusal.
pub fn shown(state: State, side: Side) -> State {
    match (state, side) {
        (State::Declined, Side::Sender) => State::Pending,
        (state, _) => state,
    }
}

/// What becomes of a request; `None`: that side cannot do this now. Doing again what was done changes nothing.
pub fn step(state: State, answered_at: Option<i64>, side: Side, step: Step, now: i64) -> Option<State> {
    match (step, side, state) {
        (Step::Accept, Side::Receiver, State::Pending | State::Accepted) => Some(State::Accepted),
        (Step::Decline, Side::Receiver, State::Pending | State::Declined) => Some(State::Declined),
        (Step::Cancel, Side::Sender, _) | (Step::Cancel, Side::Receiver, State::Accepted | State::Cancelled) => {
            Some(State::Cancelled)
        }
        (Step::Undo, Side::Receiver, State::Accepted | State::Declined) => {
            answered_at.is_some_and(|at| now - at <= UNDO_FOR).then_some(State::Pending)
        }
        (Step::Undo, Side::Receiver, State::Pending) => Some(State::Pending),
        _ => None,
    }
}

/// How long to wait before asking again, in milliseconds; `None`: now.
pub fn cooldown(asked_at: i64, now: i64) -> Option<i64> {
    let left = asked_at + COOLDOWN - now;
    (left > 0).then_some(left)
}

/// A note: trimmed, NFC, no control characters but newline. Empty: none. Refused when it is too long.
pub fn clean_note(text: &str) -> Option<Option<String>> {
    let plain = text.len() <= LONGEST_NOTE * 12 && !text.chars().any(|c| c.is_control() && c != '\n');
    let note: String = if plain { text.trim().nfc().collect() } else { return None };
    (note.chars().count() <= LONGEST_NOTE).then_some(Some(note).filter(|note| !note.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STATES: [State; 4] = [State::Pending, State::Accepted, State::Declined, State::Cancelled];
    const STEPS: [Step; 4] = [Step::Accept, Step::Decline, Step::Cancel, Step::Undo];

    #[test]
    fn an_answer_can_be_taken_back_for_a_while() {
        let undo = |now| step(State::Declined, Some(1_000), Side::Receiver, Step::Undo, now);
        assert_eq!(undo(1_000 + UNDO_FOR), Some(State::Pending));
        assert_eq!(undo(1_001 + UNDO_FOR), None);
    }

    #[test]
    fn only_who_was_asked_answers() {
        for one in [Step::Accept, Step::Decline, Step::Undo] {
            assert_eq!(step(State::Pending, None, Side::Sender, one, 0), None);
        }
        assert_eq!(step(State::Pending, None, Side::Receiver, Step::Cancel, 0), None);
        assert_eq!(step(State::Accepted, None, Side::Receiver, Step::Cancel, 0), Some(State::Cancelled));
    }

    #[test]
    fn notes() {
        assert_eq!(clean_note("  "), Some(None));
        assert_eq!(clean_note(" e\u{301}t\u{e9}\nhi "), Some(Some("\u{e9}t\u{e9}\nhi".to_owned())));
        assert_eq!(clean_note("a\tb"), None);
        assert_eq!(clean_note(&"x".repeat(LONGEST_NOTE)).map(|n| n.is_some()), Some(true));
        assert_eq!(clean_note(&"x".repeat(LONGEST_NOTE + 1)), None);
    }

    proptest! {
        /// Whatever its sender does, a declined request and a pending one look the same to them.
        #[test]
        fn a_refusal_does_not_show(steps in prop::collection::vec(0..4usize, 0..6), asked in 0..10i64, now in 0..COOLDOWN * 2) {
            let (mut silent, mut refused) = (State::Pending, State::Declined);
            for one in steps {
                let (a, b) = (
                    step(silent, None, Side::Sender, STEPS[one], now),
                    step(refused, Some(5), Side::Sender, STEPS[one], now),
                );
                prop_assert_eq!(a.map(|s| shown(s, Side::Sender)), b.map(|s| shown(s, Side::Sender)));
                (silent, refused) = (a.unwrap_or(silent), b.unwrap_or(refused));
                prop_assert_eq!(shown(silent, Side::Sender), shown(refused, Side::Sender));
            }
            prop_assert_eq!(cooldown(asked, now).is_some(), now < asked + COOLDOWN);
        }

        /// Doing the same twice is doing it once.
        #[test]
        fn steps_are_idempotent(state in 0..4usize, one in 0..4usize, sender in any::<bool>(), now in 0..UNDO_FOR * 2) {
            let side = if sender { Side::Sender } else { Side::Receiver };
            if let Some(after) = step(STATES[state], Some(0), side, STEPS[one], now) {
                prop_assert_eq!(step(after, Some(0), side, STEPS[one], now), Some(after));
            }
        }
    }
}
