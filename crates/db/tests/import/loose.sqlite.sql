-- Loose types, self references, two keys to one table, unique keys, names without quotes and with.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email VARCHAR(200) NOT NULL UNIQUE,
    joined DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    active BOOLEAN NOT NULL DEFAULT 1,
    balance DECIMAL(12, 4),
    settings JSON,
    manager_id INT REFERENCES users (id) ON DELETE SET NULL,
    CHECK (length(email) > 3)
);
CREATE TABLE profiles (
    user_id INTEGER NOT NULL PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    picture BLOB,
    seen_at TIMESTAMP
);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sender_id INTEGER NOT NULL REFERENCES users (id),
    receiver_id INTEGER NOT NULL REFERENCES users (id),
    body TEXT NOT NULL,
    odd INTEGER,
    sent DATE,
    total GENERATED ALWAYS AS (length(body)) VIRTUAL
);
CREATE INDEX messages_sender ON messages (sender_id, sent);
CREATE UNIQUE INDEX messages_pair ON messages (sender_id, receiver_id) WHERE sent IS NOT NULL;
CREATE TABLE "odd name" (id INTEGER PRIMARY KEY);
CREATE TABLE pairs (a INTEGER NOT NULL, b INTEGER NOT NULL, note TEXT, PRIMARY KEY (a, b));
CREATE TABLE pair_notes (id TEXT PRIMARY KEY, a INTEGER, b INTEGER, FOREIGN KEY (a, b) REFERENCES pairs (a, b) DEFERRABLE INITIALLY DEFERRED);
CREATE VIEW recent AS SELECT * FROM messages;
INSERT INTO users VALUES (1, 'a@example.org', '2020-01-01 00:00:00', 1, 1.25, '{"a": 1}', NULL), (2, 'b@example.org', '2020-01-02 10:00:00', 0, 2, NULL, 1);
INSERT INTO profiles VALUES (1, x'00ff', 1700000000);
INSERT INTO messages (sender_id, receiver_id, body, odd, sent) VALUES (1, 2, 'hi', 'text in an integer', '2020-01-01'), (2, 1, 'ho', 5, NULL);
