//! PostgreSQL's LIKE and ILIKE: `%` any text, `_` one code point, backslash takes the next character literally. The time
//! is that of searching each part between two `%` once.

use std::borrow::Cow;

use rusqlite::Result;
use rusqlite::functions::Context;
use rusqlite::types::ValueRef;

use super::{BoxedError, text};
use crate::sqlite::fault;

/// Whether upper and lower case differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// They do.
    Kept,
    /// They do not: both sides in Unicode lower case.
    Ignored,
}

/// `(value, pattern)`: whether all of the value matches.
pub fn like(context: &Context<'_>, case: Case) -> Result<Option<bool>> {
    if text(context, 1).is_none() {
        return Ok(None);
    }
    let Some(value) = text(context, 0) else { return Ok(None) };
    let pattern =
        context.get_or_create_aux(1, |pattern: ValueRef<'_>| -> std::result::Result<Pattern, BoxedError> {
            let pattern = pattern.as_str()?;
            Pattern::parse(&folded(Cow::Borrowed(pattern), case))
                .ok_or_else(|| format!("{}LIKE pattern must not end with escape character", fault::DATA_ERROR).into())
        })?;
    Ok(Some(pattern.matches(&folded(value, case))))
}

fn folded(text: Cow<'_, str>, case: Case) -> Cow<'_, str> {
    match case {
        Case::Kept => text,
        Case::Ignored if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) => text,
        Case::Ignored => Cow::Owned(text.to_lowercase()),
    }
}

/// A part of a pattern between two `%`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    /// Text to find and numbers of code points to skip, in turns.
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    AnyOne,
}

impl Part {
    fn push_literal(&mut self, character: char) {
        match self.pieces.last_mut() {
            Some(Piece::Literal(text)) => text.push(character),
            _ => self.pieces.push(Piece::Literal(character.into())),
        }
    }

    /// What is left of `text` after this part at its beginning.
    fn strip<'text>(&self, mut text: &'text str) -> Option<&'text str> {
        for piece in &self.pieces {
            text = match piece {
                Piece::Literal(literal) => text.strip_prefix(&**literal)?,
                Piece::AnyOne => {
                    let mut characters = text.chars();
                    characters.next()?;
                    characters.as_str()
                }
            };
        }
        Some(text)
    }

    /// What is left after the first place where this part is.
    fn find<'text>(&self, mut text: &'text str) -> Option<&'text str> {
        if let [Piece::Literal(literal)] = &self.pieces[..] {
            return text.find(&**literal).map(|start| &text[start + literal.len()..]);
        }
        loop {
            if let Some(rest) = self.strip(text) {
                return Some(rest);
            }
            let mut characters = text.chars();
            characters.next()?;
            text = characters.as_str();
        }
    }

    /// Whether `text` ends with this part.
    fn ends(&self, mut text: &str) -> bool {
        for piece in self.pieces.iter().rev() {
            let left = match piece {
                Piece::Literal(literal) => text.strip_suffix(&**literal),
                Piece::AnyOne => {
                    let mut characters = text.chars();
                    characters.next_back().map(|_| characters.as_str())
                }
            };
            let Some(left) = left else { return false };
            text = left;
        }
        true
    }
}

/// A parsed pattern: the parts between its `%`, at least one.
#[derive(Debug, PartialEq, Eq)]
struct Pattern {
    first: Part,
    /// The parts after the first `%`, the last one apart; `None`: there is no `%`.
    rest: Option<(Vec<Part>, Part)>,
}

impl Pattern {
    /// `None` if it ends in a lone backslash.
    fn parse(pattern: &str) -> Option<Pattern> {
        let mut parts = vec![];
        let mut part = Part::default();
        let mut characters = pattern.chars();
        while let Some(character) = characters.next() {
            match character {
                '%' => parts.push(std::mem::take(&mut part)),
                '_' => part.pieces.push(Piece::AnyOne),
                '\\' => part.push_literal(characters.next()?),
                other => part.push_literal(other),
            }
        }
        if parts.is_empty() {
            return Some(Pattern { first: part, rest: None });
        }
        let first = parts.remove(0);
        Some(Pattern { first, rest: Some((parts, part)) })
    }

    fn matches(&self, text: &str) -> bool {
        let Some(mut left) = self.first.strip(text) else { return false };
        let Some((middle, last)) = &self.rest else { return left.is_empty() };
        // The first place for each part is as good as any later one.
        for part in middle {
            match part.find(left) {
                Some(rest) => left = rest,
                None => return false,
            }
        }
        last.ends(left)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn patterns_match_as_in_postgresql() {
        let (yes, no) = (Ok(Some("1")), Ok(Some("0")));
        check(&[
            ("purlin_like('abc', 'abc')", yes),
            ("purlin_like('abc', 'ab')", no),
            ("purlin_like('abc', 'a%')", yes),
            ("purlin_like('abc', '%c')", yes),
            ("purlin_like('abc', '%b%')", yes),
            ("purlin_like('abc', 'A%')", no),
            ("purlin_like('abc', 'a_c')", yes),
            ("purlin_like('äöü', '___')", yes),
            ("purlin_like('äöü', '__')", no),
            ("purlin_like('', '')", yes),
            ("purlin_like('', '%')", yes),
            ("purlin_like('', '_')", no),
            ("purlin_like('aXbXc', 'a%X%X%c')", yes),
            ("purlin_like('aXbc', 'a%X%X%c')", no),
            ("purlin_like('ab', '%ab%ab%')", no),
            ("purlin_like('aba', 'ab%ba')", no),
            ("purlin_like('xaay', '%a_y')", yes),
            ("purlin_like('xay', '%_a_%')", yes),
            ("purlin_like('50%', '50\\%')", yes),
            ("purlin_like('500', '50\\%')", no),
            ("purlin_like('a_b', 'a\\_b')", yes),
            ("purlin_like('a\\b', 'a\\\\b')", yes),
            ("purlin_like('ab', 'a\\b')", yes),
            ("purlin_like('a', 'a\\')", Err("LIKE pattern must not end with escape character")),
            ("purlin_like(null, 'a')", Ok(None)),
            ("purlin_like('a', null)", Ok(None)),
            ("purlin_like('a\n\nb', 'a%b')", yes),
            ("purlin_ilike('ÄPFEL und Öl', 'äpf%öL')", yes),
            ("purlin_ilike('straße', 'STRASSE')", no),
            ("purlin_ilike('ABC', 'a_c')", yes),
            ("purlin_ilike('A%', 'a\\%')", yes),
        ]);
    }

    #[test]
    fn an_evil_pattern_takes_no_longer() {
        let value = "a".repeat(100_000);
        let pattern = "%a".repeat(500);
        let sql = format!("purlin_like('{value}', '{pattern}b')");
        check(&[(&sql, Ok(Some("0")))]);
    }

    #[test]
    fn agrees_with_a_regular_expression() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        super::super::register(&connection).unwrap();
        let mut statement = connection.prepare("select purlin_like(?, ?)").unwrap();
        let values: Vec<String> = (0..6).flat_map(|length| words(length, &['a', 'b'])).collect();
        for pattern in (0..5).flat_map(|length| words(length, &['a', 'b', '%', '_'])) {
            let expression = regex::Regex::new(&format!("^{}$", pattern.replace('%', ".*").replace('_', "."))).unwrap();
            for value in &values {
                let actual: bool = statement.query_row([value, &pattern], |row| row.get(0)).unwrap();
                assert_eq!(actual, expression.is_match(value), "{value:?} like {pattern:?}");
            }
        }
    }

    /// All words of a length over an alphabet.
    fn words(length: usize, alphabet: &[char]) -> Vec<String> {
        (0..length).fold(vec![String::new()], |words, _| {
            words.iter().flat_map(|word| alphabet.iter().map(move |letter| format!("{word}{letter}"))).collect()
        })
    }
}
