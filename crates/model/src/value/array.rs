//! PostgreSQL's array literals of one dimension: `{1,"two, three",NULL}`.

use super::coerce::coerce_scalar_text;
use super::{CoerceError, CoerceErrorKind, Value, document};
use crate::scalar::Scalar;

/// Reads an array literal whose members are of the scalar and not NULL.
pub fn parse(scalar: Scalar, text: &str) -> Result<Value, CoerceError> {
    let malformed = || CoerceError {
        kind: CoerceErrorKind::Malformed,
        message: format!("malformed array literal: \"{}\"", text.chars().take(80).collect::<String>()),
    };
    let members = members(text.trim()).ok_or_else(malformed)?;
    let member = |member: Member| match member {
        Member { quoted: false, text } if text.eq_ignore_ascii_case("null") => Err(malformed()),
        Member { text, .. } if scalar == Scalar::Jsonb => document::parse(&text).map(Value::Text),
        Member { text, .. } => coerce_scalar_text(scalar, &text),
    };
    members.into_iter().map(member).collect::<Result<_, _>>().map(Value::List)
}

/// Writes members as an array literal, each quoted.
pub fn format<'a>(members: impl Iterator<Item = &'a str>) -> String {
    let mut literal = String::from("{");
    for (index, member) in members.enumerate() {
        if index > 0 {
            literal.push(',');
        }
        literal.push('"');
        for letter in member.chars() {
            if matches!(letter, '"' | '\\') {
                literal.push('\\');
            }
            literal.push(letter);
        }
        literal.push('"');
    }
    literal.push('}');
    literal
}

struct Member {
    text: String,
    quoted: bool,
}

fn members(text: &str) -> Option<Vec<Member>> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    if inner.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut letters = inner.chars().peekable();
    let mut members = Vec::new();
    loop {
        while letters.next_if(|letter| letter.is_ascii_whitespace()).is_some() {}
        members.push(member(&mut letters)?);
        while letters.next_if(|letter| letter.is_ascii_whitespace()).is_some() {}
        match letters.next() {
            None => return Some(members),
            Some(',') => {}
            Some(_) => return None,
        }
    }
}

fn member(letters: &mut std::iter::Peekable<std::str::Chars>) -> Option<Member> {
    let mut text = String::new();
    if letters.next_if_eq(&'"').is_some() {
        loop {
            match letters.next()? {
                '"' => return Some(Member { text, quoted: true }),
                '\\' => text.push(letters.next()?),
                letter => text.push(letter),
            }
        }
    }
    while let Some(letter) = letters.next_if(|letter| *letter != ',') {
        match letter {
            '{' | '}' | '"' => return None,
            '\\' => text.push(letters.next()?),
            letter => text.push(letter),
        }
    }
    text.truncate(text.trim_end().len());
    (!text.is_empty()).then_some(Member { text, quoted: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(literal: &str) -> Option<Vec<String>> {
        match parse(Scalar::String, literal) {
            Ok(Value::List(members)) => members
                .into_iter()
                .map(|member| match member {
                    Value::Text(text) => Some(text.into()),
                    _ => None,
                })
                .collect(),
            _ => None,
        }
    }

    #[test]
    fn literals_are_read() {
        assert_eq!(texts(r#"{a, "b, c" ,"d\"e\\"}"#), Some(vec!["a".into(), "b, c".into(), "d\"e\\".into()]));
        assert_eq!(texts("{}"), Some(vec![]));
        for refused in ["", "a", "{a", "{a,}", "{,}", "{NULL}", "{{a}}", "{\"a\"b}", "{a b\"c\"}"] {
            assert_eq!(texts(refused), None, "{refused}");
        }
    }

    #[test]
    fn literals_are_written_as_they_are_read() {
        let members = ["", "a", "NULL", "{x}", "q\"\\", "ä, ö"];
        assert_eq!(texts(&format(members.into_iter())), Some(members.map(String::from).to_vec()));
    }
}
