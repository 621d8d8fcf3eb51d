//! Reads what SQLite keeps of its own schema only as text: the names of constraints, and which table a statement writes.
//! Refuses to know connections.

/// A token of SQL that matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A word without quotes: a keyword or a name.
    Word(String),
    /// A quoted name.
    Name(String),
    /// A string or a number.
    Literal,
    /// Any other character.
    Punctuation(char),
}

impl Token {
    fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self, Token::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    fn name(&self) -> Option<&str> {
        match self {
            Token::Word(name) | Token::Name(name) => Some(name),
            Token::Literal | Token::Punctuation(_) => None,
        }
    }
}

fn tokens(sql: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            character if character.is_whitespace() => rest.trim_start(),
            '-' if rest.starts_with("--") => rest.split_once('\n').map_or("", |(_, after)| after),
            '/' if rest.starts_with("/*") => rest.split_once("*/").map_or("", |(_, after)| after),
            '"' | '`' | '[' | '\'' => {
                let closing = if first == '[' { ']' } else { first };
                let (text, after) = quoted(&rest[1..], closing);
                found.push(if first == '\'' { Token::Literal } else { Token::Name(text) });
                after
            }
            character if is_word(character) => {
                let end = rest.find(|character: char| !is_word(character)).unwrap_or(rest.len());
                let is_number = character.is_ascii_digit();
                found.push(if is_number { Token::Literal } else { Token::Word(rest[..end].to_owned()) });
                &rest[end..]
            }
            character => {
                found.push(Token::Punctuation(character));
                &rest[character.len_utf8()..]
            }
        };
    }
    found
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$') || !character.is_ascii()
}

/// The text up to the closing quote (doubled quotes are one) and what follows.
fn quoted(rest: &str, closing: char) -> (String, &str) {
    let mut text = String::new();
    let mut characters = rest.char_indices();
    while let Some((index, character)) = characters.next() {
        if character != closing {
            text.push(character);
        } else if closing != ']' && rest[index + 1..].starts_with(closing) {
            text.push(closing);
            characters.next();
        } else {
            return (text, &rest[index + 1..]);
        }
    }
    (text, "")
}

/// What a constraint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// PRIMARY KEY
    PrimaryKey,
    /// UNIQUE
    Unique,
    /// FOREIGN KEY
    ForeignKey,
}

/// A constraint that has a name.
#[derive(Debug, PartialEq, Eq)]
pub struct NamedConstraint {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ConstraintKind,
    /// Its columns.
    pub columns: Vec<String>,
}

/// The constraints with a name in the text of a CREATE TABLE (CHECKs, whose name SQLite tells itself, left out).
pub fn named_constraints(create_table: &str) -> Vec<NamedConstraint> {
    let tokens = tokens(create_table);
    definitions(&tokens).into_iter().flat_map(constraints_of).collect()
}

/// The name of a constraint of this kind over these columns, if it has one.
pub fn constraint_name(create_table: &str, kind: ConstraintKind, columns: &[String]) -> Option<String> {
    let same = |constraint: &NamedConstraint| {
        constraint.kind == kind
            && constraint.columns.len() == columns.len()
            && constraint.columns.iter().zip(columns).all(|(left, right)| left.eq_ignore_ascii_case(right))
    };
    named_constraints(create_table).into_iter().find(same).map(|constraint| constraint.name)
}

/// The definitions of columns and constraints between the outermost parentheses.
fn definitions(tokens: &[Token]) -> Vec<&[Token]> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Punctuation('(') => {
                depth += 1;
                if depth == 1 {
                    start = index + 1;
                }
            }
            Token::Punctuation(')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    found.push(&tokens[start..index]);
                    return found;
                }
            }
            Token::Punctuation(',') if depth == 1 => {
                found.push(&tokens[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    found
}

fn constraints_of(definition: &[Token]) -> Vec<NamedConstraint> {
    let is_table_constraint = definition.first().is_some_and(|token| {
        ["constraint", "primary", "unique", "check", "foreign"].iter().any(|keyword| token.is_keyword(keyword))
    });
    let column = definition.first().and_then(Token::name).filter(|_| !is_table_constraint);
    let mut found = Vec::new();
    let mut name: Option<&str> = None;
    let mut depth = 0usize;
    for (index, token) in definition.iter().enumerate().skip(usize::from(column.is_some())) {
        match token {
            Token::Punctuation('(') => depth += 1,
            Token::Punctuation(')') => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if token.is_keyword("constraint") => name = definition.get(index + 1).and_then(Token::name),
            _ => {
                let Some(kind) = kind_at(token, column.is_some()) else { continue };
                let columns = match column {
                    Some(column) => vec![column.to_owned()],
                    None => column_list(&definition[index..]),
                };
                found.extend(name.take().map(|name| NamedConstraint { name: name.to_owned(), kind, columns }));
            }
        }
    }
    found
}

fn kind_at(token: &Token, in_column: bool) -> Option<ConstraintKind> {
    let references = if in_column { "references" } else { "foreign" };
    [
        ("primary", ConstraintKind::PrimaryKey),
        ("unique", ConstraintKind::Unique),
        (references, ConstraintKind::ForeignKey),
    ]
    .into_iter()
    .find_map(|(keyword, kind)| token.is_keyword(keyword).then_some(kind))
}

/// The names in the first parentheses (`a collate nocase desc` is `a`).
fn column_list(tokens: &[Token]) -> Vec<String> {
    let after = tokens.iter().skip_while(|token| **token != Token::Punctuation('(')).skip(1);
    let inside: Vec<&Token> = after.take_while(|token| **token != Token::Punctuation(')')).collect();
    inside
        .split(|token| **token == Token::Punctuation(','))
        .filter_map(|column| column.first().and_then(|token| token.name()))
        .map(str::to_owned)
        .collect()
}

/// How a statement writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteKind {
    /// INSERT (or REPLACE)
    Insert,
    /// UPDATE
    Update,
    /// DELETE
    Delete,
}

/// The table a statement writes, and how.
pub fn written_table(sql: &str) -> Option<(String, WriteKind)> {
    let mut depth = 0usize;
    let tokens = tokens(sql);
    for (index, token) in tokens.iter().enumerate() {
        let kind = match token {
            Token::Punctuation('(') => {
                depth += 1;
                continue;
            }
            Token::Punctuation(')') => {
                depth = depth.saturating_sub(1);
                continue;
            }
            _ if depth > 0 => continue,
            token if token.is_keyword("insert") || token.is_keyword("replace") => WriteKind::Insert,
            token if token.is_keyword("update") => WriteKind::Update,
            token if token.is_keyword("delete") => WriteKind::Delete,
            _ => continue,
        };
        let mut rest = tokens[index + 1..].iter().peekable();
        if rest.peek().is_some_and(|token| token.is_keyword("or")) {
            rest.nth(1);
        }
        rest.next_if(|token| token.is_keyword("into") || token.is_keyword("from"));
        return rest.next().and_then(Token::name).map(|name| (name.to_owned(), kind));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_are_found_by_kind_and_columns() {
        let sql = r#"CREATE TABLE "task" (
            "id" INTEGER CONSTRAINT "task_pkey" PRIMARY KEY AUTOINCREMENT, -- CONSTRAINT "no" UNIQUE
            "a" TEXT NOT NULL CONSTRAINT "a is short" CHECK (length("a") < 5) CONSTRAINT task_a_key UNIQUE DEFAULT ('x, y'),
            "owner" TEXT CONSTRAINT "say ""who""" REFERENCES "people" ("id") ON DELETE CASCADE,
            "unnamed" TEXT UNIQUE,
            CONSTRAINT "task_a_owner_key" UNIQUE ("a" COLLATE nocase, [owner] DESC),
            CONSTRAINT task_parent FOREIGN KEY (`p`, q) REFERENCES task (a, b) DEFERRABLE INITIALLY DEFERRED,
            UNIQUE (q), PRIMARY KEY (z)
        ) STRICT"#;
        let found: Vec<_> = named_constraints(sql)
            .into_iter()
            .map(|constraint| (constraint.name, constraint.kind, constraint.columns.join(" ")))
            .collect();
        use ConstraintKind::*;
        let expected = [
            ("task_pkey", PrimaryKey, "id"),
            ("task_a_key", Unique, "a"),
            ("say \"who\"", ForeignKey, "owner"),
            ("task_a_owner_key", Unique, "a owner"),
            ("task_parent", ForeignKey, "p q"),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(name, kind, columns)| (name.to_owned(), kind, columns.to_owned())).collect();
        assert_eq!(found, expected);
        let columns = ["A".to_owned(), "owner".to_owned()];
        assert_eq!(constraint_name(sql, Unique, &columns).as_deref(), Some("task_a_owner_key"));
        assert_eq!(constraint_name(sql, Unique, &["q".to_owned()]), None);
    }

    #[test]
    fn the_written_table_is_found() {
        for (sql, expected) in [
            (r#"INSERT INTO "a b" ("x") VALUES (?)"#, Some(("a b", WriteKind::Insert))),
            ("insert or replace into t values (1)", Some(("t", WriteKind::Insert))),
            ("WITH k AS (SELECT 1 FROM d) UPDATE t SET a = 1", Some(("t", WriteKind::Update))),
            (r#"DELETE FROM "t" WHERE "update" = 1"#, Some(("t", WriteKind::Delete))),
            ("SELECT 1", None),
            ("UPDATE", None),
        ] {
            let expected = expected.map(|(name, kind)| (name.to_owned(), kind));
            assert_eq!(written_table(sql), expected, "{sql}");
        }
    }
}
