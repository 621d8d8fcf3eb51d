//! SQL written in the model: its text for each database, and the places in it where values are bound.
//!
//! Reads SQL only as far as it takes to tell names, quotes and comments apart: the database itself is who understands it.

use crate::compile::DatabaseKind;

/// SQL of the model for each database; `None` where the project is not for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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

    /// The text for a database.
    pub fn of(&self, database: DatabaseKind) -> Option<&str> {
        match database {
            DatabaseKind::Postgres => self.postgres.as_deref(),
            DatabaseKind::Sqlite => self.sqlite.as_deref(),
        }
    }
}

/// What a piece of SQL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name without quotes, or a keyword.
    Word,
    /// `:name`; the token's text is the name.
    Placeholder,
    /// A parameter in the database's own spelling: `$1`, and on SQLite `?`, `@name`, `$name`.
    OwnParameter,
    /// A text or a name in quotes.
    Quoted,
    /// White space or a comment.
    Ignored,
    /// `;`
    Semicolon,
    /// `(`
    Open,
    /// `)`
    Close,
    /// A quote or comment that is not closed.
    Unterminated,
    /// Anything else: numbers, operators.
    Symbol,
}

/// A piece of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// Its text; of a placeholder without the colon.
    pub text: &'a str,
    /// Where it starts, in bytes (a placeholder: at its colon).
    pub start: usize,
}

impl Token<'_> {
    /// Whether it is this keyword, in any case.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }
}

/// Text to copy, or a value to bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// The value called so.
    Value(&'a str),
}

/// What is bound to a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The argument of this name.
    Argument,
    /// `:now`: the transaction's time.
    Now,
    /// `:new_uuid`: a UUID made for this call of the field.
    NewUuid,
    /// `:x_hasura_user_id`: the session variable of this name (`x-hasura-user-id`).
    Session(Box<str>),
}

impl Value {
    /// What a placeholder of this name stands for.
    pub fn called(name: &str) -> Value {
        match name {
            "now" => Value::Now,
            "new_uuid" => Value::NewUuid,
            _ => {
                let variable = name.to_ascii_lowercase().replace('_', "-");
                if variable.starts_with("x-hasura-") { Value::Session(variable.into()) } else { Value::Argument }
            }
        }
    }
}

/// A statement of the model, read as far as needed.
#[derive(Clone, Debug)]
pub struct Sql<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
}

/// What the main part of a statement begins with, behind `WITH`.
const MAIN_WORDS: [&str; 7] = ["select", "values", "insert", "replace", "update", "delete", "merge"];

impl<'a> Sql<'a> {
    /// Reads SQL as the database would.
    pub fn read(text: &'a str, database: DatabaseKind) -> Sql<'a> {
        Sql { text, tokens: tokens(text, database) }
    }

    /// Every piece of it.
    pub fn tokens(&self) -> &[Token<'a>] {
        &self.tokens
    }

    /// The names of its placeholders, each as often as it is written.
    pub fn placeholders(&self) -> impl Iterator<Item = &'a str> {
        self.tokens.iter().filter(|token| token.kind == TokenKind::Placeholder).map(|token| token.text)
    }

    /// The keyword that says what the statement does; behind `WITH` it is the first one outside of brackets.
    pub fn main_word(&self) -> Option<Token<'a>> {
        let mut words = self.outer_words();
        let first = words.next()?;
        match first.is_word("with") {
            true => words.find(|token| MAIN_WORDS.iter().any(|word| token.is_word(word))),
            false => Some(first),
        }
    }

    /// Whether the statement itself says the order of its rows.
    pub fn is_ordered(&self) -> bool {
        let mut words = self.outer_words().skip_while(|token| !token.is_word("order"));
        words.next().is_some() && words.next().is_some_and(|token| token.is_word("by"))
    }

    /// What stands behind the first statement.
    pub fn second_statement(&self) -> Option<Token<'a>> {
        let end = self.tokens.iter().position(|token| token.kind == TokenKind::Semicolon)?;
        let means_something = |token: &&Token| !matches!(token.kind, TokenKind::Ignored | TokenKind::Semicolon);
        self.tokens[end..].iter().find(means_something).copied()
    }

    /// The statement between the places where values are bound, without a semicolon at its end.
    pub fn pieces(&self) -> Vec<Piece<'a>> {
        self.pieces_from(0)
    }

    /// What stands before the main keyword (`WITH …`, or nothing), and the rest.
    pub fn split_at_main_word(&self) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
        let at = self.main_word().map_or(0, |word| word.start);
        let before = Sql { text: &self.text[..at], tokens: self.tokens.clone() };
        (before.pieces_from(0), self.pieces_from(at))
    }

    fn outer_words(&self) -> impl Iterator<Item = Token<'a>> {
        let mut depth = 0_usize;
        self.tokens.iter().copied().filter(move |token| {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.kind == TokenKind::Word
        })
    }

    fn pieces_from(&self, start: usize) -> Vec<Piece<'a>> {
        let first_semicolon = self.tokens.iter().find(|token| token.kind == TokenKind::Semicolon);
        let end = first_semicolon.map_or(self.text.len(), |token| token.start).min(self.text.len());
        let mut pieces = Vec::new();
        let mut copied = start;
        let text = |from: usize, to: usize| (from < to).then(|| Piece::Text(&self.text[from..to]));
        let inside = |token: &&Token| token.start >= start && token.start < end;
        for token in self.tokens.iter().filter(inside).filter(|token| token.kind == TokenKind::Placeholder) {
            pieces.extend(text(copied, token.start));
            pieces.push(Piece::Value(token.text));
            copied = token.start + 1 + token.text.len();
        }
        pieces.extend(text(copied, end));
        pieces
    }
}

/// Whether the SQL, as one of the databases reads it, mentions a name as a word or in quotes, not where it is given anew
/// by `AS`.
pub fn mentions(sql: &str, name: &str) -> bool {
    let said = |token: &Token<'_>| match token.kind {
        TokenKind::Word => token.text.eq_ignore_ascii_case(name),
        TokenKind::Quoted => quoted_name(token.text).is_some_and(|quoted| quoted.eq_ignore_ascii_case(name)),
        _ => false,
    };
    [DatabaseKind::Postgres, DatabaseKind::Sqlite].into_iter().any(|database| {
        let tokens = tokens(sql, database);
        let mut words = tokens.iter().filter(|token| token.kind != TokenKind::Ignored).peekable();
        let mut after_as = false;
        words.any(|token| {
            let new = std::mem::replace(&mut after_as, token.is_word("as"));
            said(token) && !new
        })
    })
}

/// Whether a read of other rows stands in the SQL.
pub fn has_subquery(sql: &str) -> bool {
    mentions(sql, "select")
}

/// The name inside `"name"`, `` `name` `` or `[name]`; a text in single quotes is none.
fn quoted_name(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '`' | '['))?;
    let inner = text.get(1..text.len().checked_sub(1)?)?;
    Some(if quote == '[' {
        inner.to_owned()
    } else {
        inner.replace(&String::from(quote).repeat(2), &String::from(quote))
    })
}

fn tokens(text: &str, database: DatabaseKind) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let (kind, length) = token(&text[start..], database, tokens.last());
        let length = length.clamp(1, text.len() - start);
        let length =
            (start + length..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len()) - start;
        let own = &text[start..start + length];
        let own = if kind == TokenKind::Placeholder { &own[1..] } else { own };
        tokens.push(Token { kind, text: own, start });
        start += length;
    }
    tokens
}

/// The kind and the length in bytes of the token at the start of `rest`.
fn token(rest: &str, database: DatabaseKind, before: Option<&Token<'_>>) -> (TokenKind, usize) {
    let postgres = database == DatabaseKind::Postgres;
    let first = rest.chars().next().unwrap_or(' ');
    match first {
        _ if first.is_whitespace() => {
            (TokenKind::Ignored, rest.find(|letter: char| !letter.is_whitespace()).unwrap_or(rest.len()))
        }
        '-' if rest.starts_with("--") => (TokenKind::Ignored, rest.find('\n').unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => block_comment(rest, postgres),
        '\'' => {
            // PostgreSQL: E'…' knows backslashes. The letter stands right before the quote.
            let escapes = postgres && before.is_some_and(|token| token.is_word("e"));
            quoted(rest, '\'', escapes)
        }
        '"' => quoted(rest, '"', false),
        '`' if !postgres => quoted(rest, '`', false),
        '[' if !postgres => until(rest, "]", 1),
        ';' => (TokenKind::Semicolon, 1),
        '(' => (TokenKind::Open, 1),
        ')' => (TokenKind::Close, 1),
        ':' if rest.starts_with("::") => (TokenKind::Symbol, 2),
        ':' => match name_length(&rest[1..]) {
            0 => (TokenKind::Symbol, 1),
            length => (TokenKind::Placeholder, 1 + length),
        },
        '$' if postgres => dollar(rest),
        '?' if !postgres => (TokenKind::OwnParameter, 1 + digits(&rest[1..])),
        '@' | '$' | '#' if !postgres && name_length(&rest[1..]) > 0 => {
            (TokenKind::OwnParameter, 1 + name_length(&rest[1..]))
        }
        _ if is_name_start(first) => (TokenKind::Word, word_length(rest, postgres)),
        _ if first.is_ascii_digit() => {
            let end = rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '.' | '_')));
            (TokenKind::Symbol, end.unwrap_or(rest.len()))
        }
        _ => (TokenKind::Symbol, first.len_utf8()),
    }
}

/// `/* … */`; PostgreSQL nests them.
fn block_comment(rest: &str, nested: bool) -> (TokenKind, usize) {
    let mut depth = 1_usize;
    let mut at = 2;
    while let Some(found) = rest[at..].find(['*', '/']) {
        at += found;
        if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return (TokenKind::Ignored, at);
            }
        } else if nested && rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else {
            at += 1;
        }
    }
    (TokenKind::Unterminated, rest.len())
}

/// A text or name in quotes; a doubled quote stands for itself.
fn quoted(rest: &str, quote: char, escapes: bool) -> (TokenKind, usize) {
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if escapes && letter == '\\' {
            letters.next();
        } else if letter == quote && letters.next_if(|(_, next)| *next == quote).is_none() {
            return (TokenKind::Quoted, at + quote.len_utf8());
        }
    }
    (TokenKind::Unterminated, rest.len())
}

fn until(rest: &str, end: &str, from: usize) -> (TokenKind, usize) {
    match rest[from..].find(end) {
        Some(found) => (TokenKind::Quoted, from + found + end.len()),
        None => (TokenKind::Unterminated, rest.len()),
    }
}

/// `$1`, or a text between `$tag$` and `$tag$`.
fn dollar(rest: &str) -> (TokenKind, usize) {
    match digits(&rest[1..]) {
        0 => {}
        count => return (TokenKind::OwnParameter, 1 + count),
    }
    let tag = name_length(&rest[1..]);
    if !rest[1 + tag..].starts_with('$') {
        return (TokenKind::Symbol, 1);
    }
    let mark = &rest[..tag + 2];
    until(rest, mark, mark.len())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of the name at the start, as arguments have them.
fn name_length(text: &str) -> usize {
    let starts = text.bytes().next().is_some_and(|byte| byte == b'_' || byte.is_ascii_alphabetic());
    if starts { text.bytes().take_while(|byte| *byte == b'_' || byte.is_ascii_alphanumeric()).count() } else { 0 }
}

fn is_name_start(letter: char) -> bool {
    letter == '_' || letter.is_alphabetic()
}

fn word_length(text: &str, dollars: bool) -> usize {
    let is_part = |letter: char| letter == '_' || letter.is_alphanumeric() || (dollars && letter == '$');
    text.find(|letter| !is_part(letter)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{Piece, Sql, TokenKind, has_subquery, mentions};
    use crate::compile::DatabaseKind::{self, Postgres, Sqlite};

    /// The pieces, values in angle brackets.
    fn shown(text: &str, database: DatabaseKind) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Value(name) => format!("<{name}>"),
        };
        Sql::read(text, database).pieces().iter().map(piece).collect()
    }

    #[test]
    fn placeholders_are_what_no_quote_comment_or_cast_is() {
        let both = [
            ("select :a", "select <a>"),
            (":a", "<a>"),
            ("a=:a+:b2,:_c", "a=<a>+<b2>,<_c>"),
            ("':a' || :b", "':a' || <b>"),
            ("'it''s :a' :b", "'it''s :a' <b>"),
            ("\":a\" :b", "\":a\" <b>"),
            ("\"a\"\":b\" :c", "\"a\"\":b\" <c>"),
            ("1 -- :a\n, :b", "1 -- :a\n, <b>"),
            ("1 -- ' \n, :b", "1 -- ' \n, <b>"),
            ("/* :a */ :b", "/* :a */ <b>"),
            ("/* ' */ :b", "/* ' */ <b>"),
            (":a::uuid", "<a>::uuid"),
            ("'x'::text || :a", "'x'::text || <a>"),
            ("f(a := 1, :b)", "f(a := 1, <b>)"),
            ("a[1:2]", "a[1:2]"),
            ("1 : a", "1 : a"),
            (":näme", "<n>äme"),
            ("'ü:a' :b", "'ü:a' <b>"),
            ("select 1;", "select 1"),
            ("select :a ; -- done", "select <a> "),
            ("a - -:b", "a - -<b>"),
            ("10:b", "10<b>"),
        ];
        for (text, expected) in both {
            assert_eq!(shown(text, Postgres), expected, "PostgreSQL: {text}");
            assert_eq!(shown(text, Sqlite), expected, "SQLite: {text}");
        }
        let differing = [
            ("E'\\':a' :b", "E'\\':a' <b>", "E'\\'<a>' :b"),
            ("'\\' :a", "'\\' <a>", "'\\' <a>"),
            ("$$ :a $$ :b", "$$ :a $$ <b>", "$$ <a> $$ <b>"),
            ("$x$ :a $$ $x$ :b", "$x$ :a $$ $x$ <b>", "$x$ <a> $$ $x$ <b>"),
            ("a$b :c", "a$b <c>", "a$b <c>"),
            ("/* /* */ :a */ :b", "/* /* */ :a */ <b>", "/* /* */ <a> */ <b>"),
            ("a[:n]", "a[<n>]", "a[:n]"),
            ("`:a` :b", "`<a>` <b>", "`:a` <b>"),
        ];
        for (text, postgres, sqlite) in differing {
            assert_eq!(shown(text, Postgres), postgres, "PostgreSQL: {text}");
            assert_eq!(shown(text, Sqlite), sqlite, "SQLite: {text}");
        }
    }

    #[test]
    fn own_parameters_and_open_quotes_are_told() {
        let kinds = |text, database, kind: TokenKind| {
            let sql = Sql::read(text, database);
            sql.tokens().iter().filter(|token| token.kind == kind).map(|token| token.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(kinds("a = $1 and b ? 'c'", Postgres, TokenKind::OwnParameter), "$1");
        assert_eq!(kinds("a = ? and b = ?2 and c = @d and e = $f", Sqlite, TokenKind::OwnParameter), "? ?2 @d $f");
        for open in ["'a", "\"a", "/* a", "$$ a", "$a$ $b$"] {
            assert_ne!(kinds(open, Postgres, TokenKind::Unterminated), "", "{open}");
        }
        for open in ["'a", "\"a", "/* a", "`a", "[a"] {
            assert_ne!(kinds(open, Sqlite, TokenKind::Unterminated), "", "{open}");
        }
    }

    #[test]
    fn a_statement_is_known_by_its_main_word() {
        let main = |text| Sql::read(text, Postgres).main_word().map(|token| token.text.to_lowercase());
        assert_eq!(main("/* insert */ SELECT 1").as_deref(), Some("select"));
        assert_eq!(main("with a as (select 1), b(c) as (delete from d) update e set f = 1").as_deref(), Some("update"));
        assert_eq!(main("commit").as_deref(), Some("commit"));
        assert_eq!(main("-- nothing").as_deref(), None);
        let is_ordered = |text| Sql::read(text, Sqlite).is_ordered();
        assert!(is_ordered("select * from a where b in (select 1) ORDER /* */ BY c limit 1"));
        assert!(!is_ordered(
            "select * from (select * from a order by b) where 'order by' <> \"order by\" -- order by c"
        ));
        let second = |text| Sql::read(text, Sqlite).second_statement().map(|token| token.text);
        assert_eq!(second("select 1; select 2"), Some("select"));
        assert_eq!(second("select ';'; ; -- x\n /* y */"), None);
        let sql = Sql::read("with a as (select :x) insert into b values (:y) returning *;", Postgres);
        let (before, main) = sql.split_at_main_word();
        assert_eq!(before, [Piece::Text("with a as (select "), Piece::Value("x"), Piece::Text(") ")]);
        assert_eq!(main, [Piece::Text("insert into b values ("), Piece::Value("y"), Piece::Text(") returning *")]);
    }

    #[test]
    fn names_are_found_as_words() {
        assert!(mentions("select * from Tasks", "tasks"));
        assert!(mentions("select * from public.\"tasks\" t", "tasks"));
        assert!(mentions("select * from [tasks] t", "tasks"));
        assert!(!mentions("select 'tasks' from task_list", "tasks"));
        assert!(!mentions("select a as tasks from b", "tasks"));
        assert!(!mentions("select a -- tasks\n from b", "tasks"));
        assert!(has_subquery("(SELECT 1)") && !has_subquery("selected"));
    }

    #[test]
    fn any_text_is_read_whole() {
        for text in ["", "'", ":", "::", "$", "?", "é:", "\u{1f600}'", "$é$", "/*/", "[", "--", "e'", "x'\\", "\\"] {
            for database in [Postgres, Sqlite] {
                let sql = Sql::read(text, database);
                let length: usize = sql
                    .tokens()
                    .iter()
                    .map(|token| token.text.len() + usize::from(token.kind == TokenKind::Placeholder))
                    .sum();
                assert_eq!(length, text.len(), "{text}");
            }
        }
    }
}
