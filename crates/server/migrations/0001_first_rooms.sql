-- Sites, members, operators, contact rules, conversations, messages, contacts.
-- One text for both engines: {id} is the engine's 64-bit key type, {bytes} its byte string, {key} a text that is
-- sorted by its bytes, {clustered} keeps a table in the order of its primary key where the engine can.
-- Times are milliseconds since 1970 (UTC). Every table carries site_id, every query is scoped by it.

CREATE TABLE site (
    id {id} PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    secret TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE population (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    in_rules BOOLEAN NOT NULL,
    UNIQUE (site_id, slug)
);

-- A saved filter over the members. in_rules: contact rules speak of it (it is a segment).
CREATE TABLE view (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    in_rules BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX view_of_site ON view (site_id, id);

-- Members who are in the same populations and segments, as far as contact rules speak of them: the rules cannot tell
-- them apart. groups: the ids of those populations and views, sorted, as JSON. size: how many members, about.
CREATE TABLE member_class (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    groups TEXT NOT NULL,
    size BIGINT NOT NULL,
    UNIQUE (site_id, groups)
);

CREATE TABLE member (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    external_id TEXT NOT NULL,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    email TEXT,
    avatar_url TEXT,
    headline TEXT,
    locale TEXT,
    badges TEXT NOT NULL,
    interests TEXT NOT NULL,
    attributes TEXT NOT NULL,
    class_id BIGINT NOT NULL REFERENCES member_class (id),
    search_text TEXT NOT NULL,
    contactable BOOLEAN NOT NULL,
    chat_enabled BOOLEAN NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (site_id, external_id),
    UNIQUE (site_id, login_key)
);
CREATE INDEX member_by_name ON member (site_id, name_key, id);
CREATE INDEX member_by_class ON member (class_id, name_key, id);

-- The words by which members are found. place: 0 in the name or login, 1 in what they say of themselves.
CREATE TABLE member_word (
    site_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    word {key} NOT NULL,
    name_key {key} NOT NULL,
    member_id BIGINT NOT NULL,
    PRIMARY KEY (site_id, place, word, name_key, member_id)
){clustered};

CREATE TABLE member_population (
    site_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    population_id BIGINT NOT NULL REFERENCES population (id) ON DELETE CASCADE,
    PRIMARY KEY (member_id, population_id)
){clustered};
CREATE INDEX member_population_by_population ON member_population (population_id, member_id);

CREATE TABLE operator (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (site_id, email_key)
);

-- holder_kind: 'member' or 'operator'. Only the hash of an access token is kept.
CREATE TABLE session (
    token_hash {bytes} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    holder_kind TEXT NOT NULL,
    holder_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
){clustered};
CREATE INDEX session_by_holder ON session (site_id, holder_id);

-- The organizer's contact rules, in order. to_group NULL: everyone; else a population or a view.
-- rights: bits, 1 see, 2 start, 4 reply, 8 call.
CREATE TABLE contact_rule (
    site_id BIGINT NOT NULL REFERENCES site (id),
    place BIGINT NOT NULL,
    from_group BIGINT NOT NULL,
    to_group BIGINT,
    never BOOLEAN NOT NULL,
    rights BIGINT NOT NULL,
    PRIMARY KEY (site_id, place)
){clustered};

-- pair_key makes the direct conversation of two members, and the organizer conversation of one,
-- exist once. staff_read_seq is how far the operators have read an organizer conversation.
CREATE TABLE conversation (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    kind TEXT NOT NULL,
    pair_key TEXT,
    name TEXT,
    last_seq BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    staff_read_seq BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (site_id, pair_key)
);
-- Only the organizers' inbox is read by activity: the rest need not move in an index with each message.
CREATE INDEX conversation_of_organizers ON conversation (site_id, last_at) WHERE kind = 'organizer';

-- hidden_seq: the last message when the participant deleted it from their list (NULL: listed).
-- cleared_seq: messages up to here are gone for this participant alone.
-- wrote: has written in it. marked_unread: marked so by themselves.
-- blocked_*: this participant blocks the other of a direct conversation. From then on they see it as it was: its last
-- message and when that was, how far the other had read; and the other sees how far they had read.
CREATE TABLE participant (
    site_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    read_seq BIGINT NOT NULL,
    hidden_seq BIGINT,
    cleared_seq BIGINT NOT NULL,
    wrote BOOLEAN NOT NULL,
    marked_unread BOOLEAN NOT NULL,
    blocked_seq BIGINT,
    blocked_last_at BIGINT,
    blocked_read_seq BIGINT,
    blocked_peer_read_seq BIGINT,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, member_id)
){clustered};
CREATE INDEX participant_by_member ON participant (member_id, conversation_id);

-- author_kind: 'member' or 'operator'. author_name: an operator's name of that day.
-- held: the text and time of the last edit as they go on being shown to somebody who blocks the author (JSON).
-- Rows lie in the order they came, not by conversation: a commit of messages in many conversations writes half the pages.
CREATE TABLE message (
    site_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    author_kind TEXT NOT NULL,
    author_id BIGINT NOT NULL,
    author_name TEXT,
    client_id {bytes} NOT NULL,
    body TEXT NOT NULL,
    reply_to BIGINT,
    sent_at BIGINT NOT NULL,
    edited_at BIGINT,
    removed_by TEXT,
    removed_at BIGINT,
    held TEXT,
    PRIMARY KEY (conversation_id, seq)
);
-- client_id first: clients that make time-ordered UUIDs (version 7) add at the end of this index, so that a batch of
-- messages in many conversations touches few of its pages.
CREATE UNIQUE INDEX message_once ON message (client_id, author_id, conversation_id);
CREATE INDEX message_held ON message (conversation_id) WHERE held IS NOT NULL;

CREATE TABLE block (
    site_id BIGINT NOT NULL,
    blocker_id BIGINT NOT NULL REFERENCES member (id),
    blocked_id BIGINT NOT NULL REFERENCES member (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
){clustered};
CREATE INDEX block_of ON block (blocked_id, blocker_id);

-- One request at most stands between two members (pair_key). state: 'pending', 'accepted', 'declined', 'cancelled'.
CREATE TABLE contact_request (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    pair_key TEXT NOT NULL,
    from_id BIGINT NOT NULL REFERENCES member (id),
    to_id BIGINT NOT NULL REFERENCES member (id),
    note TEXT,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    answered_at BIGINT,
    UNIQUE (site_id, pair_key)
);
CREATE INDEX contact_request_received ON contact_request (to_id, id);
CREATE INDEX contact_request_sent ON contact_request (from_id, id);
