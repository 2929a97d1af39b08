//! Who may do what towards whom: one function, asked by every door.

/// What a member may want to do towards another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See the other in the directory, search and suggestions.
    See,
    /// Write first: open a conversation, request a contact, whisper.
    Start,
    /// Write in a direct conversation that exists and was answered.
    Reply,
    /// Call.
    Call,
}

/// The rights that the site's contact rules grant from one member to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Granted {
    /// See.
    pub see: bool,
    /// Start.
    pub start: bool,
    /// Reply.
    pub reply: bool,
    /// Call.
    pub call: bool,
}

impl Granted {
    /// A site without any rule allows everything.
    pub const ALL: Granted = Granted { see: true, start: true, reply: true, call: true };

    fn includes(self, right: Right) -> bool {
        match right {
            Right::See => self.see,
            Right::Start => self.start,
            Right::Reply => self.reply,
            Right::Call => self.call,
        }
    }
}

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
    pub granted: Granted,
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
    /// The other may not use the chat, or may not be seen: as if they did not exist.
    NotThere,
    /// The contact rules do not grant it.
    RuleDenied,
    /// The other does not wish to be contacted.
    NotContactable,
    /// The one who acts has blocked the other.
    BlockedByYou,
}

/// Decides one right, in the order of the contract: standing and messaging, member-to-member chat,
/// the contact rules, contactability (for [`Right::Start`]), one's own block.
///
/// A right other than *see* means nothing without *see*, unless a conversation already exists:
/// rules that change never hide what two people have said to each other.
pub fn decide(right: Right, pair: &Pair) -> Result<(), Denial> {
    if !pair.messaging_on {
        return Err(Denial::FeatureOff);
    }
    if !pair.from_in_standing {
        return Err(Denial::YouAreDisabled);
    }
    if !pair.to_in_standing {
        return Err(Denial::NotThere);
    }
    if !pair.member_chat_on || (right == Right::Call && !pair.calls_on) {
        return Err(Denial::FeatureOff);
    }
    if !pair.granted.see && !pair.conversation_exists {
        return Err(Denial::NotThere);
    }
    if !pair.granted.includes(right) {
        return Err(Denial::RuleDenied);
    }
    let known = pair.conversation_exists || pair.contacts;
    if right == Right::Start && !pair.to_contactable && !known {
        return Err(Denial::NotContactable);
    }
    if pair.from_blocked_to && right != Right::See {
        return Err(Denial::BlockedByYou);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Pair = Pair {
        messaging_on: true,
        member_chat_on: true,
        calls_on: true,
        from_in_standing: true,
        to_in_standing: true,
        granted: Granted::ALL,
        to_contactable: true,
        conversation_exists: false,
        contacts: false,
        from_blocked_to: false,
    };
    const RIGHTS: [Right; 4] = [Right::See, Right::Start, Right::Reply, Right::Call];

    #[test]
    fn an_open_site_allows_everything() {
        for right in RIGHTS {
            assert_eq!(decide(right, &OPEN), Ok(()));
        }
    }

    #[test]
    fn messaging_off_stops_everything_first() {
        let pair = Pair { messaging_on: false, from_in_standing: false, ..OPEN };
        for right in RIGHTS {
            assert_eq!(decide(right, &pair), Err(Denial::FeatureOff));
        }
    }

    #[test]
    fn contactability_stops_strangers_only() {
        let stranger = Pair { to_contactable: false, ..OPEN };
        assert_eq!(decide(Right::Start, &stranger), Err(Denial::NotContactable));
        assert_eq!(decide(Right::Reply, &stranger), Ok(()));
        assert_eq!(decide(Right::Start, &Pair { conversation_exists: true, ..stranger }), Ok(()));
        assert_eq!(decide(Right::Start, &Pair { contacts: true, ..stranger }), Ok(()));
    }

    #[test]
    fn what_may_not_be_seen_is_not_there() {
        let hidden = Pair { granted: Granted { see: false, ..Granted::ALL }, ..OPEN };
        for right in RIGHTS {
            assert_eq!(decide(right, &hidden), Err(Denial::NotThere));
        }
        let known = Pair { conversation_exists: true, ..hidden };
        assert_eq!(decide(Right::Reply, &known), Ok(()));
        assert_eq!(decide(Right::See, &known), Err(Denial::RuleDenied));
    }

    #[test]
    fn ones_own_block_stops_writing_but_not_seeing() {
        let blocked = Pair { from_blocked_to: true, ..OPEN };
        assert_eq!(decide(Right::See, &blocked), Ok(()));
        assert_eq!(decide(Right::Reply, &blocked), Err(Denial::BlockedByYou));
    }

    #[test]
    fn calls_need_their_own_switch() {
        assert_eq!(decide(Right::Call, &Pair { calls_on: false, ..OPEN }), Err(Denial::FeatureOff));
        assert_eq!(decide(Right::Start, &Pair { calls_on: false, ..OPEN }), Ok(()));
    }
}
