-- Suggestions: what members offer and look for, and whom they don't want suggested. Words in braces: see 0001.

-- Themes, as JSON.
ALTER TABLE member ADD COLUMN offers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE member ADD COLUMN looks_for TEXT NOT NULL DEFAULT '[]';

-- "Not for me": the member does not want the other suggested.
CREATE TABLE dismissal (
    site_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL REFERENCES member (id),
    other_id BIGINT NOT NULL REFERENCES member (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (member_id, other_id)
){clustered};
