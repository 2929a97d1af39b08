-- The back-office: operators' second factor, invitations and devices; keys of websites' servers; webhooks; how a site
-- is doing. Words in braces: see 0001.

-- totp_secret: the second factor is on. totp_offered: a secret that was shown, and not confirmed yet.
-- totp_step: the last step whose code was taken. No password yet: password_hash is empty.
ALTER TABLE operator ADD COLUMN totp_secret {bytes};
ALTER TABLE operator ADD COLUMN totp_offered {bytes};
ALTER TABLE operator ADD COLUMN totp_step BIGINT;
ALTER TABLE operator ADD COLUMN last_seen_at BIGINT;
ALTER TABLE operator ADD COLUMN test_member BIGINT;
CREATE INDEX operator_by_email ON operator (email_key);

CREATE TABLE recovery_code (
    site_id BIGINT NOT NULL,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    code_hash {bytes} NOT NULL,
    PRIMARY KEY (operator_id, code_hash)
){clustered};

-- A link by which an operator gives themselves a password. Only its hash is kept; a new one takes the old one's place.
CREATE TABLE invitation (
    operator_id {id} PRIMARY KEY REFERENCES operator (id) ON DELETE CASCADE,
    site_id BIGINT NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

-- What is known of an operator's session. elsewhere: the operators of other sites whose e-mail and password were the
-- same at sign-in (JSON: site, operator, a fingerprint of the password).
CREATE TABLE operator_session (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    token_hash {bytes} NOT NULL UNIQUE REFERENCES session (token_hash) ON DELETE CASCADE,
    address TEXT,
    agent TEXT,
    elsewhere TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL
);
CREATE INDEX operator_session_of ON operator_session (operator_id, id);

-- Keys with which a website's own server acts as its site. Only the hash is kept. prefix: how one is told from another.
CREATE TABLE api_key (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    key_hash {bytes} NOT NULL UNIQUE,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX api_key_of_site ON api_key (site_id, id);

-- The secret before the last rotation, taken until then.
ALTER TABLE site ADD COLUMN secret_previous TEXT;
ALTER TABLE site ADD COLUMN secret_previous_until BIGINT;

-- How a site is doing. day: days since 1970 (UTC).
CREATE TABLE site_day (
    site_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    organizer_messages BIGINT NOT NULL,
    PRIMARY KEY (site_id, day)
){clustered};

-- Who was here on which day; kept for a month.
CREATE TABLE activity_day (
    site_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    PRIMARY KEY (site_id, day, member_id)
){clustered};

-- Where a website wants to be told what happens. events: JSON. failing_since: the first failure after the last success.
-- switched_off_at: when it had failed for so long that it was switched off.
CREATE TABLE webhook (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    secret TEXT NOT NULL,
    secret_previous TEXT,
    secret_previous_until BIGINT,
    failing_since BIGINT,
    switched_off_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhook_of_site ON webhook (site_id, id);

-- What a webhook is to be told, written in the transaction of what happened. state: 'waiting', 'delivered', 'failed'.
-- member_id: whose profile the body holds; it goes when they are deleted.
CREATE TABLE webhook_delivery (
    id {id} PRIMARY KEY,
    site_id BIGINT NOT NULL,
    webhook_id BIGINT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    status BIGINT,
    error TEXT,
    created_at BIGINT NOT NULL,
    next_at BIGINT,
    member_id BIGINT
);
CREATE INDEX webhook_delivery_of ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook_id, id) WHERE state = 'waiting';
CREATE INDEX webhook_trial_waiting ON webhook_delivery (webhook_id) WHERE state = 'waiting' AND event = 'ping';
CREATE INDEX webhook_delivery_of_member ON webhook_delivery (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX webhook_delivery_by_age ON webhook_delivery (created_at);
