//! A script → its statements, each with its line, and the comments that mean something. Refuses to know databases.

/// A statement of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its first line, counted from 1.
    pub line: usize,
    /// Its text, without the semicolon.
    pub text: String,
}

/// What a script consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A statement.
    Statement(Statement),
    /// A line that is a comment beginning with `-- purlin:`.
    Comment(String),
}

/// Words a statement may not begin with, since they begin or end a transaction.
const TRANSACTION_WORDS: [&str; 8] = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"];
const MEANINGFUL: &str = "-- purlin:";

impl Statement {
    /// The word by which it begins or ends a transaction, if it does.
    pub fn transaction_word(&self) -> Option<&'static str> {
        let first = self.text.split(|letter: char| !letter.is_ascii_alphabetic()).next()?;
        TRANSACTION_WORDS.into_iter().find(|word| word.eq_ignore_ascii_case(first))
    }
}

/// The parts of a script in order. Semicolons inside quotes, dollar quotes, comments and bodies of triggers and
/// functions end nothing.
pub fn parts(script: &str) -> Vec<Part> {
    let mut reader = Reader { script, position: 0, line: 1, parts: Vec::new(), words: Vec::new(), start: None };
    while reader.position < script.len() {
        reader.token();
    }
    reader.finish();
    reader.parts
}

struct Reader<'a> {
    script: &'a str,
    position: usize,
    line: usize,
    parts: Vec<Part>,
    /// Words and semicolons of the statement at hand, upper case.
    words: Vec<String>,
    /// Where the statement at hand begins: byte and line.
    start: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.script[self.position..]
    }

    fn advance(&mut self, bytes: usize) {
        let end = (self.position + bytes).min(self.script.len());
        self.line += self.script[self.position..end].matches('\n').count();
        self.position = end;
    }

    fn begin(&mut self) {
        if self.start.is_none() {
            self.start = Some((self.position, self.line));
        }
    }

    fn token(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        if first.is_whitespace() {
            self.advance(first.len_utf8());
        } else if rest.starts_with("--") {
            self.line_comment();
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            self.advance(end);
        } else if first == ';' {
            self.semicolon();
        } else {
            self.begin();
            self.piece(first);
        }
    }

    fn line_comment(&mut self) {
        let rest = self.rest();
        let end = rest.find('\n').unwrap_or(rest.len());
        let comment = rest[..end].trim_end().to_owned();
        self.advance(end);
        if self.start.is_none() && comment.starts_with(MEANINGFUL) {
            self.parts.push(Part::Comment(comment));
        }
    }

    /// A quoted text, a word or any other character.
    fn piece(&mut self, first: char) {
        let rest = self.rest();
        let length = match first {
            '\'' | '"' | '`' => quoted_length(rest, first),
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            '$' => dollar_quoted_length(rest).unwrap_or(1),
            letter if letter.is_alphanumeric() || letter == '_' => {
                let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '$'));
                let word = &rest[..end.unwrap_or(rest.len())];
                let length = word.len();
                let word = word.to_ascii_uppercase();
                self.words.push(word);
                length
            }
            other => other.len_utf8(),
        };
        self.advance(length);
    }

    /// Ends the statement, unless it is inside a body: that ends with `; END ;`.
    fn semicolon(&mut self) {
        let inside = self.has_body() && !self.words.ends_with(&[";".to_owned(), "END".to_owned()]);
        if inside {
            self.words.push(";".to_owned());
            self.advance(1);
        } else {
            self.finish();
            self.advance(1);
        }
    }

    /// Whether the statement at hand has statements inside: a trigger of SQLite, a function in SQL of PostgreSQL.
    fn has_body(&self) -> bool {
        let words = || self.words.iter().map(String::as_str);
        let trigger = words().take(3).any(|word| word == "TRIGGER") && words().next() == Some("CREATE");
        let has_begin = words().any(|word| word == "BEGIN");
        let atomic = self.words.windows(2).any(|pair| pair[0] == "BEGIN" && pair[1] == "ATOMIC");
        (trigger && has_begin) || atomic
    }

    fn finish(&mut self) {
        self.words.clear();
        if let Some((start, line)) = self.start.take() {
            let text = self.script[start..self.position].trim_end().to_owned();
            self.parts.push(Part::Statement(Statement { line, text }));
        }
    }
}

/// Length of a quoted text with its quotes; doubled quotes are inside.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((index, letter)) = characters.next() {
        if letter == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return index + quote.len_utf8();
        }
    }
    text.len()
}

/// Length of `$tag$ … $tag$`; `None` if it is none.
fn dollar_quoted_length(text: &str) -> Option<usize> {
    let tag_end = text[1..].find('$')? + 2;
    let tag = &text[..tag_end];
    let is_tag = tag[1..tag_end - 1].chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let begins_with_digit = tag[1..].starts_with(|letter: char| letter.is_ascii_digit());
    if !is_tag || begins_with_digit {
        return None;
    }
    Some(text[tag_end..].find(tag).map_or(text.len(), |end| tag_end + end + tag_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<(usize, String)> {
        let statement = |part| match part {
            Part::Statement(statement) => Some((statement.line, statement.text)),
            Part::Comment(_) => None,
        };
        parts(script).into_iter().filter_map(statement).collect()
    }

    #[test]
    fn statements_end_at_semicolons_that_are_not_inside_something() {
        let script = "-- one; two\nSELECT ';', \"a;b\" /* ; */;\n\nCREATE FUNCTION f() RETURNS int AS $b$ SELECT 1; $b$ LANGUAGE sql;\nx";
        assert_eq!(
            texts(script),
            [
                (2, "SELECT ';', \"a;b\" /* ; */".to_owned()),
                (4, "CREATE FUNCTION f() RETURNS int AS $b$ SELECT 1; $b$ LANGUAGE sql".to_owned()),
                (5, "x".to_owned()),
            ]
        );
    }

    #[test]
    fn a_trigger_is_one_statement() {
        let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE WHEN 1 THEN 2 END; SELECT 1; END";
        assert_eq!(texts(&format!("{trigger};\nSELECT 2;")), [(1, trigger.to_owned()), (2, "SELECT 2".to_owned())]);
        let function = "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'";
        let trigger = "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION t()";
        assert_eq!(texts(&format!("{function};{trigger};")), [(1, function.to_owned()), (1, trigger.to_owned())]);
    }

    #[test]
    fn words_that_end_a_transaction_are_seen() {
        for (text, word) in
            [("commit", Some("COMMIT")), ("ROLLBACK TO a", Some("ROLLBACK")), ("ENDS", None), ("SELECT 1", None)]
        {
            assert_eq!(Statement { line: 1, text: text.to_owned() }.transaction_word(), word, "{text}");
        }
    }

    #[test]
    fn meaningful_comments_are_parts() {
        let found = parts("-- purlin:rebuild {}\n-- another\nSELECT 1;\n-- purlin:rebuilt {}");
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], Part::Comment("-- purlin:rebuild {}".to_owned()));
    }
}
