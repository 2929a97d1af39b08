-- Calls between two members. Words in braces: see 0001.

-- state: ringing, active, ended, declined, cancelled, missed, busy. unheard: the callee blocks the caller and must not
-- hear it. client_id: the caller's own name for it. A device is a page, named by itself; a session, with which somebody
-- takes part, is told by the hash of its token. What is over is forgotten after a day: its line stays.
CREATE TABLE call (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    caller_id BIGINT NOT NULL REFERENCES member (id),
    callee_id BIGINT NOT NULL REFERENCES member (id),
    media TEXT NOT NULL,
    state TEXT NOT NULL,
    unheard BOOLEAN NOT NULL,
    client_id {bytes},
    caller_device TEXT,
    callee_device TEXT,
    caller_session {bytes} NOT NULL,
    callee_session {bytes},
    started_at BIGINT NOT NULL,
    answered_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX call_of_client ON call (caller_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX call_open ON call (id) WHERE ended_at IS NULL;
CREATE INDEX call_over ON call (ended_at) WHERE ended_at IS NOT NULL;

-- Who is in a call that is not over: nobody in two. Whoever must not hear that they are called is in none.
CREATE TABLE call_party (
    member_id {id} PRIMARY KEY REFERENCES member (id),
    site_id BIGINT NOT NULL,
    call_id BIGINT NOT NULL REFERENCES call (id) ON DELETE CASCADE
);
CREATE INDEX call_party_of ON call_party (call_id);
