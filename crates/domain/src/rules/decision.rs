//! The decision itself.

use super::{Grant, Grants, Right};

/// Everything that is known about two members when one wants something of the other.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The site has messaging switched on.
    pub messaging_on: bool,
    /// The site lets members talk to each other, not only to the organizers.
    pub member_chat_on: bool,
    /// The site has calls switched on.
    pub calls_on: bool,
    /// The one who acts may use the chat.
    pub from_in_standing: bool,
    /// The other may use the chat.
    pub to_in_standing: bool,
    /// What the contact rules say.
    pub grants: Grants,
    /// The other accepts to be contacted.
    pub to_contactable: bool,
    /// A conversation exists between the two.
    pub conversation_exists: bool,
    /// The two have accepted each other as contacts.
    pub contacts: bool,
    /// The one who acts has blocked the other.
    pub from_blocked_to: bool,
}

/// Why not. The order of the variants is the order in which they are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Messaging, member-to-member chat or calls are switched off on the site.
    FeatureOff,
    /// The one who acts may not use the chat.
    YouAreDisabled,
    /// The other may not use the chat: as if they did not exist.
    NotThere,
    /// The contact rules do not let the other be seen: as if they did not exist.
    NotSeen,
    /// The contact rules do not grant it.
    RuleDenied,
    /// The other does not wish to be contacted.
    NotContactable,
    /// The one who acts has blocked the other.
    BlockedByYou,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    /// The switch `features.messaging`.
    Messaging,
    /// The switch `features.member_chat`.
    MemberChat,
    /// The switch `features.video`.
    Calls,
    /// Whether the one who acts may use the chat.
    OwnStanding,
    /// Whether the other may use the chat.
    Standing,
    /// The contact rules, as they speak of this right.
    Rules(Right, Grant),
    /// The other's switch "allow members to contact me".
    Contactable,
    /// They write to each other already, or have accepted each other: the switch does not concern them.
    Acquainted,
    /// The block of the one who acts.
    OwnBlock,
}

/// Yes or why not, and what decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Yes, or why not.
    pub outcome: Result<(), Denial>,
    /// What decided.
    pub by: Decider,
}

impl Decision {
    fn no(denial: Denial, by: Decider) -> Decision {
        Decision { outcome: Err(denial), by }
    }

    /// Whether it is allowed.
    pub fn allowed(&self) -> bool {
        self.outcome.is_ok()
    }
}

/// Decides one right, in the order of the contract: messaging and standing, member-to-member chat, the contact rules,
/// contactability (for [`Right::Start`]), one's own block.
///
/// *Start* and *call* mean nothing without *see*. *Reply* does, where a conversation exists: rules that change never
/// take away what two people have said to each other.
pub fn decide(right: Right, pair: &Pair) -> Decision {
    if !pair.messaging_on {
        return Decision::no(Denial::FeatureOff, Decider::Messaging);
    }
    if !pair.from_in_standing {
        return Decision::no(Denial::YouAreDisabled, Decider::OwnStanding);
    }
    if !pair.to_in_standing {
        return Decision::no(Denial::NotThere, Decider::Standing);
    }
    if !pair.member_chat_on {
        return Decision::no(Denial::FeatureOff, Decider::MemberChat);
    }
    if right == Right::Call && !pair.calls_on {
        return Decision::no(Denial::FeatureOff, Decider::Calls);
    }
    let seen = pair.grants.of(Right::See);
    let goes_on = right == Right::Reply && pair.conversation_exists;
    if !seen.allows() && !goes_on {
        return Decision::no(Denial::NotSeen, Decider::Rules(Right::See, seen));
    }
    let granted = pair.grants.of(right);
    if !granted.allows() {
        return Decision::no(Denial::RuleDenied, Decider::Rules(right, granted));
    }
    let acquainted = pair.conversation_exists || pair.contacts;
    let closed = right == Right::Start && !pair.to_contactable;
    if closed && !acquainted {
        return Decision::no(Denial::NotContactable, Decider::Contactable);
    }
    if pair.from_blocked_to && right != Right::See {
        return Decision::no(Denial::BlockedByYou, Decider::OwnBlock);
    }
    let by = if closed { Decider::Acquainted } else { Decider::Rules(right, granted) };
    Decision { outcome: Ok(()), by }
}

/// The right by which one writes in a direct conversation: *start* covers what one sends until the other has written
/// there, then *reply* governs.
pub fn writing(other_has_written: bool) -> Right {
    if other_has_written { Right::Reply } else { Right::Start }
}

#[cfg(test)]
mod tests {
    use super::super::{Effect, Rights, Rule, Target, grant};
    use super::*;

    const OPEN: Pair = Pair {
        messaging_on: true,
        member_chat_on: true,
        calls_on: true,
        from_in_standing: true,
        to_in_standing: true,
        grants: Grants::ALL,
        to_contactable: true,
        conversation_exists: false,
        contacts: false,
        from_blocked_to: false,
    };

    fn outcome(right: Right, pair: &Pair) -> Result<(), Denial> {
        decide(right, pair).outcome
    }

    fn granted(rights: &[Right]) -> Grants {
        let rights = rights.iter().copied().collect::<Rights>();
        grant(&[Rule { from: 1, to: Target::Everyone, effect: Effect::Allow, rights }], &[1], &[])
    }

    #[test]
    fn an_open_site_allows_everything() {
        for right in Right::ALL {
            let decision = decide(right, &OPEN);
            assert_eq!((decision.outcome, decision.by), (Ok(()), Decider::Rules(right, Grant::NoRules)));
        }
    }

    #[test]
    fn messaging_off_stops_everything_first() {
        let pair = Pair { messaging_on: false, from_in_standing: false, ..OPEN };
        for right in Right::ALL {
            assert_eq!(decide(right, &pair), Decision::no(Denial::FeatureOff, Decider::Messaging));
        }
    }

    #[test]
    fn contactability_stops_strangers_only() {
        let stranger = Pair { to_contactable: false, ..OPEN };
        assert_eq!(decide(Right::Start, &stranger), Decision::no(Denial::NotContactable, Decider::Contactable));
        assert_eq!(outcome(Right::Reply, &stranger), Ok(()));
        for acquainted in [Pair { conversation_exists: true, ..stranger }, Pair { contacts: true, ..stranger }] {
            assert_eq!(decide(Right::Start, &acquainted), Decision { outcome: Ok(()), by: Decider::Acquainted });
        }
    }

    #[test]
    fn what_may_not_be_seen_is_not_there() {
        let hidden = Pair { grants: granted(&[Right::Start, Right::Reply, Right::Call]), ..OPEN };
        for right in Right::ALL {
            assert_eq!(outcome(right, &hidden), Err(Denial::NotSeen));
        }
        let known = Pair { conversation_exists: true, ..hidden };
        assert_eq!(outcome(Right::Reply, &known), Ok(()), "what two people have begun goes on");
        for right in [Right::See, Right::Start, Right::Call] {
            assert_eq!(outcome(right, &known), Err(Denial::NotSeen));
        }
    }

    #[test]
    fn each_right_is_granted_by_itself() {
        let pair = Pair { grants: granted(&[Right::See, Right::Reply]), ..OPEN };
        assert_eq!(outcome(Right::See, &pair), Ok(()));
        assert_eq!(outcome(Right::Reply, &pair), Ok(()));
        let silent = Decider::Rules(Right::Start, Grant::Silent);
        assert_eq!(decide(Right::Start, &pair), Decision::no(Denial::RuleDenied, silent));
        assert_eq!(outcome(Right::Call, &pair), Err(Denial::RuleDenied));
    }

    #[test]
    fn ones_own_block_stops_writing_but_not_seeing() {
        let blocked = Pair { from_blocked_to: true, ..OPEN };
        assert_eq!(outcome(Right::See, &blocked), Ok(()));
        for right in [Right::Start, Right::Reply, Right::Call] {
            assert_eq!(decide(right, &blocked), Decision::no(Denial::BlockedByYou, Decider::OwnBlock));
        }
    }

    #[test]
    fn calls_need_their_own_switch() {
        let pair = Pair { calls_on: false, ..OPEN };
        assert_eq!(decide(Right::Call, &pair), Decision::no(Denial::FeatureOff, Decider::Calls));
        assert_eq!(outcome(Right::Start, &pair), Ok(()));
    }

    #[test]
    fn until_the_other_has_written_one_is_still_starting() {
        assert_eq!((writing(false), writing(true)), (Right::Start, Right::Reply));
    }
}
