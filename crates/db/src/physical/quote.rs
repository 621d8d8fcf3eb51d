//! Names and texts as SQL. Every name that becomes part of a statement goes through [`quote`].

/// A name as an SQL identifier of either dialect.
pub fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names as a list in brackets: `("a", "b")`.
pub fn list<N: AsRef<str>>(names: &[N]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| quote(name.as_ref())).collect();
    format!("({})", quoted.join(", "))
}

/// Text as an SQL literal of either dialect (PostgreSQL with standard-conforming strings, its default).
pub fn text_literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// An expression without the brackets around the whole of it.
pub fn without_brackets(expression: &str) -> &str {
    let mut inner = expression.trim();
    while let Some(inside) = inner.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        if !is_balanced(inside) {
            break;
        }
        inner = inside.trim();
    }
    inner
}

/// Whether brackets close in the right order, those inside quotes left aside.
fn is_balanced(sql: &str) -> bool {
    let mut depth = 0_i32;
    let mut quoted = None;
    for letter in sql.chars() {
        match (quoted, letter) {
            (Some(end), letter) if letter == end => quoted = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quoted = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && quoted.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_inside_names_and_texts_are_doubled() {
        assert_eq!(quote("a\"b"), "\"a\"\"b\"");
        assert_eq!(list(&["a", "b\""]), "(\"a\", \"b\"\"\")");
        assert_eq!(text_literal("it's"), "'it''s'");
    }

    #[test]
    fn only_brackets_around_the_whole_are_taken_off() {
        assert_eq!(without_brackets(" ((a + b)) "), "a + b");
        assert_eq!(without_brackets("(a) + (b)"), "(a) + (b)");
        assert_eq!(without_brackets("(a || ')')"), "a || ')'");
    }
}
