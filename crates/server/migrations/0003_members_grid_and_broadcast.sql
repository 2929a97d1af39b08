-- The members grid of the back-office, and broadcasts.

-- last_seen_at: when they were last connected, about; 0: never. erased_at: the organizers deleted them; what they wrote
-- stays, under no name.
ALTER TABLE member ADD COLUMN last_seen_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN erased_at BIGINT;
CREATE INDEX member_by_seen ON member (site_id, last_seen_at, id);
CREATE INDEX member_by_id ON member (site_id, id);

-- By what filters find members. kind: 0 a badge, 1 an interest, 2 a declared attribute. label: folded, as it is compared.
CREATE TABLE member_label (
    site_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    label {key} NOT NULL,
    member_id BIGINT NOT NULL REFERENCES member (id),
    shown TEXT NOT NULL,
    PRIMARY KEY (site_id, kind, label, member_id)
){clustered};

-- columns: what the grid shows, in order (JSON). owner_id: the operator whose own it is; NULL: everybody's.
ALTER TABLE view ADD COLUMN columns TEXT NOT NULL DEFAULT '[]';
ALTER TABLE view ADD COLUMN sort TEXT NOT NULL DEFAULT 'name';
ALTER TABLE view ADD COLUMN owner_id BIGINT;

-- One text for many. target: whom it was asked for (JSON). audience: the members it goes to, eight bytes each, fixed
-- when it is sent; place: how many of them it was brought to; delivered: how many got it. left_out: how many did not,
-- and why (JSON). bodies: other languages (JSON). state: 'scheduled', 'sending', 'sent', 'cancelled'.
CREATE TABLE broadcast (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    client_id {bytes} NOT NULL,
    by_id BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    body TEXT NOT NULL,
    bodies TEXT NOT NULL,
    target TEXT NOT NULL,
    audience {bytes},
    recipients BIGINT NOT NULL,
    left_out TEXT NOT NULL,
    place BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    state TEXT NOT NULL,
    follow_up_of BIGINT,
    created_at BIGINT NOT NULL,
    send_at BIGINT,
    finished_at BIGINT,
    UNIQUE (site_id, client_id)
);
CREATE INDEX broadcast_of_site ON broadcast (site_id, id);
CREATE INDEX broadcast_open ON broadcast (state, send_at) WHERE state IN ('scheduled', 'sending');

-- Who got it, as which message.
CREATE TABLE broadcast_recipient (
    site_id BIGINT NOT NULL,
    broadcast_id BIGINT NOT NULL REFERENCES broadcast (id),
    member_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (broadcast_id, member_id)
){clustered};
CREATE INDEX broadcast_message ON broadcast_recipient (conversation_id, seq);

-- The organizers' inbox. closed_seq: the last message when an operator closed it; what the member writes later opens it
-- again. assigned_id: the operator who looks after it.
ALTER TABLE conversation ADD COLUMN closed_seq BIGINT;
ALTER TABLE conversation ADD COLUMN assigned_id BIGINT;
CREATE INDEX conversation_unread_by_organizers ON conversation (site_id, last_at)
    WHERE kind = 'organizer' AND last_seq > staff_read_seq;

-- What operators say of a conversation among themselves.
CREATE TABLE note (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    by_id BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX note_of ON note (conversation_id, id);

-- Answers that operators give often.
CREATE TABLE canned_answer (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX canned_answer_of_site ON canned_answer (site_id, title);
