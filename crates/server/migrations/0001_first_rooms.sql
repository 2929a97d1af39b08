-- Sites, members, operators, conversations, messages.
-- One text for both engines: {id} is the engine's 64-bit key type, {bytes} its byte string,
-- {clustered} keeps a table in the order of its primary key where the engine can.
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
    UNIQUE (site_id, slug)
);

CREATE TABLE member (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    external_id TEXT NOT NULL,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT,
    avatar_url TEXT,
    headline TEXT,
    locale TEXT,
    badges TEXT NOT NULL,
    interests TEXT NOT NULL,
    search_text TEXT NOT NULL,
    contactable BOOLEAN NOT NULL,
    chat_enabled BOOLEAN NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (site_id, external_id),
    UNIQUE (site_id, login_key)
);
CREATE INDEX member_by_name ON member (site_id, name_key, id);

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
CREATE TABLE participant (
    site_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    read_seq BIGINT NOT NULL,
    hidden_seq BIGINT,
    cleared_seq BIGINT NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, member_id)
){clustered};
CREATE INDEX participant_by_member ON participant (member_id, conversation_id);

-- author_kind: 'member' or 'operator'. author_name: an operator's name of that day.
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
    PRIMARY KEY (conversation_id, seq)
);
-- client_id first: clients that make time-ordered UUIDs (version 7) add at the end of this index, so that a batch of
-- messages in many conversations touches few of its pages.
CREATE UNIQUE INDEX message_once ON message (client_id, author_id, conversation_id);
