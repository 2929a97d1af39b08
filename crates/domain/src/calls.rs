//! Calls between two members: what becomes of one, who is busy, and that two who call each other are in one call.

/// A call rings for so many milliseconds; then it was missed.
pub const RING_FOR: i64 = 45_000;
/// Whoever has no connection left may come back for so many milliseconds: a reload, a lost network.
pub const BACK_WITHIN: i64 = 20_000;
/// The same after the server itself was away, and everybody has to come back.
pub const BACK_AFTER_RESTART: i64 = 30_000;

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The callee is asked.
    Ringing,
    /// The two talk.
    Active,
    /// They have talked.
    Ended,
    /// The callee did not want to.
    Declined,
    /// The caller gave up before there was an answer.
    Cancelled,
    /// There was no answer.
    Missed,
    /// The callee was in another call.
    Busy,
}

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who calls.
    Caller,
    /// Who is called.
    Callee,
}

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A side answers.
    Accept,
    /// A side refuses.
    Decline,
    /// A side hangs up.
    HangUp,
    /// A side was gone for too long.
    Gone,
    /// A side may no longer use the chat, or signed out of the session with which it takes part.
    Barred,
    /// Nobody answered in time.
    TimeOut,
}

impl State {
    /// Whether nothing happens any more.
    pub fn is_over(self) -> bool {
        !matches!(self, State::Ringing | State::Active)
    }

    /// Whether the callee did not answer: the call waits unread for them.
    pub fn was_missed(self) -> bool {
        matches!(self, State::Missed | State::Cancelled | State::Busy)
    }
}

/// What becomes of a call; `None`: that side cannot do this now.
pub fn step(state: State, side: Side, step: Step) -> Option<State> {
    match (state, side, step) {
        (State::Ringing | State::Active, Side::Callee, Step::Accept) => Some(State::Active),
        (State::Ringing, Side::Callee, Step::Decline | Step::HangUp) => Some(State::Declined),
        (State::Ringing, Side::Caller, Step::HangUp | Step::Gone | Step::Barred) => Some(State::Cancelled),
        (State::Ringing, Side::Callee, Step::Barred) | (State::Ringing, _, Step::TimeOut) => Some(State::Missed),
        // Whoever is called need not be there: it rings on.
        (State::Ringing, Side::Callee, Step::Gone) => None,
        (State::Active, _, Step::HangUp | Step::Gone | Step::Barred) => Some(State::Ended),
        _ => None,
    }
}

/// A call that is under way, as one who wants to call somebody meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open<Id> {
    /// Which.
    pub call: Id,
    /// Who called.
    pub caller: Id,
    /// Who was called.
    pub callee: Id,
    /// Whether it rings still.
    pub ringing: bool,
}

/// What calling somebody comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start<Id> {
    /// It rings.
    Ring,
    /// The other is in a call.
    Busy,
    /// The other called first: this is the answer.
    Answer(Id),
    /// The two are in this call already.
    Known(Id),
    /// Whoever calls is in another call.
    Engaged,
}

/// Decides what calling `to` comes to, with the calls in which the two are. However two calls of the same two meet, the
/// one that comes second finds the first.
pub fn start<Id: Copy + PartialEq>(from: Id, to: Id, mine: Option<Open<Id>>, theirs: Option<Open<Id>>) -> Start<Id> {
    match (mine, theirs) {
        (Some(open), _) | (None, Some(open)) if open.caller == to && open.callee == from && open.ringing => {
            Start::Answer(open.call)
        }
        (Some(open), _) if [(from, to), (to, from)].contains(&(open.caller, open.callee)) => Start::Known(open.call),
        (Some(_), _) => Start::Engaged,
        (None, Some(_)) => Start::Busy,
        (None, None) => Start::Ring,
    }
}

/// How long the two talked, in whole seconds.
pub fn seconds(answered_at: Option<i64>, ended_at: i64) -> i64 {
    answered_at.map_or(0, |at| (ended_at - at).max(0) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STATES: [State; 7] =
        [State::Ringing, State::Active, State::Ended, State::Declined, State::Cancelled, State::Missed, State::Busy];
    const STEPS: [Step; 6] = [Step::Accept, Step::Decline, Step::HangUp, Step::Gone, Step::Barred, Step::TimeOut];
    const SIDES: [Side; 2] = [Side::Caller, Side::Callee];

    #[test]
    fn every_state_and_every_step() {
        for state in STATES {
            for side in SIDES {
                for one in STEPS {
                    let after = step(state, side, one);
                    assert!(!state.is_over() || after.is_none(), "{state:?} is the end: {one:?} by {side:?}");
                    assert_ne!(after, Some(State::Busy), "busy from the beginning or never");
                    assert_ne!(after, Some(State::Ringing), "nothing rings again");
                    if after == Some(State::Active) {
                        assert_eq!((side, one), (Side::Callee, Step::Accept), "only who is called answers");
                    }
                    if matches!(one, Step::Gone | Step::Barred) && !(state == State::Ringing && one == Step::Gone) {
                        assert_eq!(after.is_some(), !state.is_over(), "{state:?} goes on without {side:?}: {one:?}");
                    }
                }
            }
        }
        assert_eq!(step(State::Active, Side::Callee, Step::TimeOut), None, "who talks is not timed");
        assert_eq!(step(State::Ringing, Side::Callee, Step::Gone), None, "it rings for whoever is away");
    }

    #[test]
    fn how_long_they_talked() {
        assert_eq!((seconds(None, 9_000), seconds(Some(1_000), 62_999), seconds(Some(2_000), 1_000)), (0, 61, 0));
    }

    /// The least that a server keeps: the calls there ever were, and in which of them somebody is.
    #[derive(Default)]
    struct Exchange {
        calls: Vec<(usize, usize, State)>,
    }

    impl Exchange {
        fn open_of(&self, who: usize) -> Option<Open<usize>> {
            let mut open =
                self.calls.iter().enumerate().filter(|(_, (a, b, state))| !state.is_over() && (*a == who || *b == who));
            let found = open.next().map(|(call, (caller, callee, state))| Open {
                call,
                caller: *caller,
                callee: *callee,
                ringing: *state == State::Ringing,
            });
            assert!(open.next().is_none(), "{who} is in two calls: {:?}", self.calls);
            found
        }

        fn calls(&mut self, from: usize, to: usize) -> Start<usize> {
            let decided = start(from, to, self.open_of(from), self.open_of(to));
            match decided {
                Start::Ring => self.calls.push((from, to, State::Ringing)),
                Start::Busy => self.calls.push((from, to, State::Busy)),
                Start::Answer(call) => self.takes(call, Side::Callee, Step::Accept),
                Start::Known(_) | Start::Engaged => {}
            }
            decided
        }

        fn takes(&mut self, call: usize, side: Side, one: Step) {
            if let Some(after) = step(self.calls[call].2, side, one) {
                self.calls[call].2 = after;
            }
        }
    }

    proptest! {
        /// Whatever people do in whatever order: nobody is in two calls, what is over stays as it ended, and two who
        /// call each other are in one call and agree on it.
        #[test]
        fn nobody_is_ever_in_two_calls(acts in prop::collection::vec((0..4usize, 0..4usize, 0..8usize, 0..6usize), 0..60)) {
            let mut exchange = Exchange::default();
            for (from, to, at, what) in acts {
                let before: Vec<State> = exchange.calls.iter().map(|call| call.2).collect();
                if what > 2 && !exchange.calls.is_empty() {
                    let call = at % exchange.calls.len();
                    exchange.takes(call, SIDES[at % 2], STEPS[(from + to) % 6]);
                } else if from != to {
                    match exchange.calls(from, to) {
                        Start::Answer(call) | Start::Known(call) => {
                            let open = exchange.open_of(from).map(|open| open.call);
                            prop_assert_eq!((open, exchange.open_of(to).map(|open| open.call)), (Some(call), Some(call)));
                        }
                        Start::Engaged => prop_assert!(exchange.open_of(from).is_some()),
                        Start::Busy | Start::Ring => {}
                    }
                }
                for (was, is) in before.iter().zip(&exchange.calls) {
                    prop_assert!(!was.is_over() || *was == is.2, "{was:?} became {:?}", is.2);
                }
                for who in 0..4 {
                    exchange.open_of(who);
                }
            }
        }

        /// Glare: in whichever order the two arrive, there is one call, and it is answered.
        #[test]
        fn two_who_call_each_other_are_in_one_call(first in any::<bool>(), again in 0..3usize) {
            let mut exchange = Exchange::default();
            let (one, other) = if first { (0, 1) } else { (1, 0) };
            prop_assert_eq!(exchange.calls(one, other), Start::Ring);
            prop_assert_eq!(exchange.calls(other, one), Start::Answer(0));
            for n in 0..again {
                let (a, b) = if n % 2 == 0 { (one, other) } else { (other, one) };
                prop_assert_eq!(exchange.calls(a, b), Start::Known(0));
            }
            prop_assert_eq!(&exchange.calls, &vec![(one, other, State::Active)]);
        }
    }
}
