-- Rooms, whispers, mentions; groups with roles, pictures and lines of their own.

-- role: 'admin' or 'member', of groups. ghost: added by somebody whom they block: they are shown as a participant, and
-- have nothing of it. muted: they don't want to hear of it.
ALTER TABLE participant ADD COLUMN role TEXT NOT NULL DEFAULT 'member';
ALTER TABLE participant ADD COLUMN ghost BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE participant ADD COLUMN muted BOOLEAN NOT NULL DEFAULT FALSE;

-- history: what newcomers of a group see: 'all' or 'from_joining'.
ALTER TABLE conversation ADD COLUMN picture_id {bytes};
ALTER TABLE conversation ADD COLUMN history TEXT NOT NULL DEFAULT 'all';

-- author_kind may be 'system'; line: what it says (JSON), author_id whoever did it.
-- whisper_to: the members addressed (JSON), author and `whisper` say who may see it. mentions: members (JSON).
-- shown: in a room, how many public messages there are up to this one, for counting.
-- removed_body: what a moderator removed, until it is erased. removed_note: why, for all to read.
ALTER TABLE message ADD COLUMN line TEXT;
ALTER TABLE message ADD COLUMN whisper_to TEXT;
ALTER TABLE message ADD COLUMN mentions TEXT;
ALTER TABLE message ADD COLUMN shown BIGINT;
ALTER TABLE message ADD COLUMN removed_body TEXT;
ALTER TABLE message ADD COLUMN removed_note TEXT;
CREATE INDEX message_removed ON message (removed_at) WHERE removed_body IS NOT NULL;

-- A room is a conversation of kind 'room'; this is what the organizers chose for it (rules: JSON), and where its public
-- talk stands: the last public message's number and time, and how many there are.
CREATE TABLE room (
    conversation_id {id} PRIMARY KEY REFERENCES conversation (id),
    site_id BIGINT NOT NULL REFERENCES site (id),
    slug TEXT NOT NULL,
    rules TEXT NOT NULL,
    shown BIGINT NOT NULL,
    shown_seq BIGINT NOT NULL,
    shown_at BIGINT NOT NULL,
    UNIQUE (site_id, slug)
);

-- What a room knows of a member who has been in it. posted: how many public messages they sent.
CREATE TABLE room_visitor (
    site_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL REFERENCES room (conversation_id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    read_seq BIGINT NOT NULL,
    muted BOOLEAN NOT NULL,
    posted BIGINT NOT NULL,
    came_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, member_id)
){clustered};
CREATE INDEX room_visitor_by_member ON room_visitor (member_id, conversation_id);

-- Whom a whisper reaches beside its author.
CREATE TABLE whisper (
    site_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL REFERENCES member (id),
    seq BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, member_id, seq)
){clustered};

-- Whom a public message of a room calls by name.
CREATE TABLE mention (
    site_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL REFERENCES member (id),
    seq BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, member_id, seq)
){clustered};

-- How far one of two members between whom there is a block had read a group as the other still sees it.
CREATE TABLE frozen_read (
    site_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    reader_id BIGINT NOT NULL REFERENCES member (id),
    viewer_id BIGINT NOT NULL REFERENCES member (id),
    read_seq BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, viewer_id, reader_id)
){clustered};

-- Pictures that were sent, made small and square: JPEG. made_by: the member or operator who sent it.
CREATE TABLE picture (
    id {bytes} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    bytes {bytes} NOT NULL,
    made_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- What moderators and operators did. actor_kind: 'member' or 'operator'. subject_id: as callers see it. detail: JSON,
-- without any message's text.
CREATE TABLE audit_entry (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_of_site ON audit_entry (site_id, at, id);

-- Who may no longer speak (kind 'mute') or come in ('ban'): in a room, or in every room of the site (room_id NULL).
-- until NULL: until it is lifted. by_*: the moderator or operator who made it.
CREATE TABLE sanction (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    room_id BIGINT,
    member_id BIGINT NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_kind TEXT NOT NULL,
    by_id BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    until BIGINT,
    lifted_at BIGINT
);
CREATE INDEX sanction_of_site ON sanction (site_id, id);
CREATE INDEX sanction_open ON sanction (site_id) WHERE lifted_at IS NULL;

-- What a member (by_id) reported: a message (conversation_id, seq) or a person (member_id), and in which room.
CREATE TABLE report (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    by_id BIGINT NOT NULL REFERENCES member (id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    conversation_id BIGINT,
    in_room BOOLEAN NOT NULL,
    seq BIGINT,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    resolved_by TEXT,
    resolved_at BIGINT
);
CREATE INDEX report_of_site ON report (site_id, id);
CREATE INDEX report_by ON report (by_id, member_id);
CREATE INDEX report_of_message ON report (conversation_id, seq);

-- Messages of a room that wait for a moderator. state: 'waiting', 'approved', 'rejected'; decided, the text goes.
CREATE TABLE held_message (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    conversation_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL REFERENCES member (id),
    client_id {bytes} NOT NULL,
    body TEXT NOT NULL,
    reply_to BIGINT,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    decided_at BIGINT
);
CREATE UNIQUE INDEX held_once ON held_message (client_id, member_id, conversation_id);
CREATE INDEX held_waiting ON held_message (site_id, conversation_id, id) WHERE state = 'waiting';
CREATE INDEX held_of ON held_message (member_id, conversation_id);
