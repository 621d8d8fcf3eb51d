//! SQL written in the model: one text for each database, and the parameters in it. Refuses to know what SQL means.

/// SQL for each database; `None` where the project is not for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlText {
    /// On PostgreSQL.
    pub postgres: Option<Box<str>>,
    /// On SQLite.
    pub sqlite: Option<Box<str>>,
}

impl SqlText {
    /// The texts there are.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.postgres.as_deref().into_iter().chain(self.sqlite.as_deref())
    }
}

/// A piece of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlPart<'a> {
    /// As it is.
    Text(&'a str),
    /// `:name`, without the colon: a value to bind.
    Parameter(&'a str),
}

/// A token of SQL, as far as it is told apart here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// A word without quotes: a keyword or a name.
    Word(&'a str),
    /// `"name"`, `` `name` `` or `[name]`.
    Quoted(&'a str),
    /// `:name`.
    Parameter(&'a str),
    /// Anything else: a literal, a comment, space, an operator.
    Other(&'a str),
}

impl<'a> Token<'a> {
    const fn text(self) -> &'a str {
        match self {
            Token::Word(text) | Token::Quoted(text) | Token::Parameter(text) | Token::Other(text) => text,
        }
    }
}

/// The pieces of SQL in order; `:name` inside literals, quoted names and comments is text, and so is `::`.
pub fn parts(sql: &str) -> Vec<SqlPart<'_>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut position = 0;
    for token in tokens(sql) {
        let end = position + token.text().len();
        if let Token::Parameter(text) = token {
            if start < position {
                parts.push(SqlPart::Text(&sql[start..position]));
            }
            parts.push(SqlPart::Parameter(&text[1..]));
            start = end;
        }
        position = end;
    }
    if start < sql.len() {
        parts.push(SqlPart::Text(&sql[start..]));
    }
    parts
}

/// Whether the SQL mentions a name as a word or in quotes, not where it is given anew by `AS`.
pub fn mentions(sql: &str, name: &str) -> bool {
    let mut after_as = false;
    for token in tokens(sql) {
        let said = match token {
            Token::Word(word) => word.eq_ignore_ascii_case(name),
            Token::Quoted(text) => unquoted(text).eq_ignore_ascii_case(name),
            Token::Other(text) if text.trim().is_empty() || is_comment(text) => continue,
            Token::Parameter(_) | Token::Other(_) => false,
        };
        if said && !after_as {
            return true;
        }
        after_as = matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("as"));
    }
    false
}

/// Whether a read of other rows stands in the SQL.
pub fn has_subquery(sql: &str) -> bool {
    mentions(sql, "select")
}

fn unquoted(text: &str) -> String {
    let quote = &text[..1];
    let inner = text.get(1..text.len() - 1).unwrap_or_default();
    if quote == "[" { inner.to_owned() } else { inner.replace(&quote.repeat(2), quote) }
}

fn is_comment(text: &str) -> bool {
    text.starts_with("--") || text.starts_with("/*")
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

fn tokens<'a>(sql: &'a str) -> Vec<Token<'a>> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let word_length = |text: &str| text.find(|letter: char| !is_word(letter)).unwrap_or(text.len());
        let (make, length): (fn(&'a str) -> Token<'a>, usize) = match first {
            '-' if rest.starts_with("--") => (Token::Other, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (Token::Other, rest.find("*/").map_or(rest.len(), |end| end + 2)),
            '\'' => (Token::Other, quoted_length(rest, '\'')),
            '"' | '`' => (Token::Quoted, quoted_length(rest, first)),
            '[' if rest[1..].starts_with(|letter: char| letter.is_alphabetic() || letter == '_') => {
                (Token::Quoted, rest.find(']').map_or(rest.len(), |end| end + 1))
            }
            '$' => (Token::Other, dollar_quoted_length(rest).unwrap_or(1)),
            ':' if rest.starts_with("::") => (Token::Other, 2),
            ':' if rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_') => {
                (Token::Parameter, 1 + word_length(&rest[1..]))
            }
            letter if letter.is_ascii_digit() => (Token::Other, word_length(rest)),
            letter if is_word(letter) => (Token::Word, word_length(rest)),
            other => (Token::Other, other.len_utf8()),
        };
        found.push(make(&rest[..length]));
        rest = &rest[length..];
    }
    found
}

/// Length of a quoted text with its quotes; doubled quotes are inside.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((index, letter)) = letters.next() {
        if letter == quote && letters.next_if(|(_, next)| *next == quote).is_none() {
            return index + quote.len_utf8();
        }
    }
    text.len()
}

/// Length of `$tag$ … $tag$`; `None` if it is none.
fn dollar_quoted_length(text: &str) -> Option<usize> {
    let tag_end = text[1..].find('$')? + 2;
    let tag = &text[..tag_end];
    let inner = &tag[1..tag_end - 1];
    let is_tag = inner.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !inner.starts_with(|letter: char| letter.is_ascii_digit());
    is_tag.then(|| text[tag_end..].find(tag).map_or(text.len(), |end| tag_end + end + tag_end))
}

#[cfg(test)]
mod tests {
    use super::SqlPart::{Parameter, Text};
    use super::*;

    #[test]
    fn parameters_are_told_from_text() {
        assert_eq!(
            parts("a = :x_hasura_user_id::uuid and b <> ':no' -- :no\n or c = :y"),
            [
                Text("a = "),
                Parameter("x_hasura_user_id"),
                Text("::uuid and b <> ':no' -- :no\n or c = "),
                Parameter("y")
            ]
        );
        assert_eq!(parts(":a"), [Parameter("a")]);
        assert_eq!(parts("\":a\" || $$:b$$ || a[1:2] /* :c */"), [Text("\":a\" || $$:b$$ || a[1:2] /* :c */")]);
        assert_eq!(parts("it's :a"), [Text("it's :a")]);
        assert_eq!(parts(""), []);
    }

    #[test]
    fn names_are_found_as_words() {
        assert!(mentions("select * from Tasks", "tasks"));
        assert!(mentions("select * from public.\"tasks\" t", "tasks"));
        assert!(!mentions("select 'tasks' from task_list", "tasks"));
        assert!(!mentions("select a as tasks from b", "tasks"));
        assert!(!mentions("select a -- tasks\n from b", "tasks"));
        assert!(has_subquery("(SELECT 1)") && !has_subquery("selected"));
    }
}
