//! What somebody types into a search box → a full-text query of one dialect. Nothing typed is syntax of a database:
//! words consist of letters, marks and digits, and all else only parts them.

use std::sync::LazyLock;

use purlin_plan::plan::Dialect;
use regex::Regex;

/// Words of one search that count.
const WORDS: usize = 64;
/// Letters of a word that count.
const LETTERS: usize = 500;
/// In no text: what it is looked for is not found. (Databases take no empty query.)
const NOTHING: &str = "\u{fffe}";

/// Letters, marks, digits and private characters: what full-text indexes of both databases count as part of a word.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{M}\p{N}\p{Co}]+").ok());

/// Words that follow each other; the last may be the beginning of one.
#[derive(Debug, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    prefix: bool,
}

/// The query; a text without words finds nothing.
pub fn query(text: &str, dialect: Dialect) -> String {
    let phrases = phrases(text);
    match dialect {
        Dialect::Postgres => postgres(&phrases),
        Dialect::Sqlite => sqlite(&phrases),
    }
}

/// `one "two three" four*`; what has punctuation inside (`e-mail`) is a phrase.
fn phrases(text: &str) -> Vec<Phrase> {
    let mut found = Vec::new();
    let mut left = WORDS;
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            found.extend(phrase(part, &mut left));
            continue;
        }
        let mut rest = part;
        if let (Some(after), Some(last)) = (part.strip_prefix('*'), found.last_mut()) {
            // `"two wor"*`
            last.prefix = index > 0;
            rest = after;
        }
        found.extend(rest.split_whitespace().filter_map(|part| phrase(part, &mut left)));
    }
    found
}

fn phrase(text: &str, left: &mut usize) -> Option<Phrase> {
    let words = WORD.as_ref().into_iter().flat_map(|word| word.find_iter(text));
    let words: Vec<String> = words.take(*left).map(|word| folded(word.as_str())).collect();
    *left -= words.len();
    (!words.is_empty()).then(|| Phrase { words, prefix: text.ends_with('*') })
}

/// In lower case, letter by letter: no letter becomes two.
fn folded(word: &str) -> String {
    let fold = |letter: char| {
        if letter == 'ς' {
            // Sigma at the end of a word is the same letter.
            return 'σ';
        }
        let mut lower = letter.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(only), None) => only,
            _ => letter,
        }
    };
    word.chars().take(LETTERS).map(fold).collect()
}

/// `'one' & ('two' <-> 'three') & 'four':*`
fn postgres(phrases: &[Phrase]) -> String {
    let parts: Vec<String> = phrases
        .iter()
        .map(|phrase| {
            let words: Vec<String> = phrase.words.iter().map(|word| format!("'{word}'")).collect();
            let mark = if phrase.prefix { ":*" } else { "" };
            format!("({}{mark})", words.join(" <-> "))
        })
        .collect();
    if parts.is_empty() { format!("'{NOTHING}'") } else { parts.join(" & ") }
}

/// `"one" AND "two three" AND "four" *`
fn sqlite(phrases: &[Phrase]) -> String {
    let parts: Vec<String> = phrases
        .iter()
        .map(|phrase| format!("\"{}\"{}", phrase.words.join(" "), if phrase.prefix { " *" } else { "" }))
        .collect();
    if parts.is_empty() { format!("\"{NOTHING}\"") } else { parts.join(" AND ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_words() {
        for (text, on_postgres, on_sqlite) in [
            ("One", "('one')", "\"one\""),
            ("one two*", "('one') & ('two':*)", "\"one\" AND \"two\" *"),
            ("\"two three\" x", "('two' <-> 'three') & ('x')", "\"two three\" AND \"x\""),
            ("\"two thr\"* x", "('two' <-> 'thr':*) & ('x')", "\"two thr\" * AND \"x\""),
            ("e-mail", "('e' <-> 'mail')", "\"e mail\""),
            (
                "it's OR AND NOT NEAR(a)",
                "('it' <-> 's') & ('or') & ('and') & ('not') & ('near' <-> 'a')",
                "\"it s\" AND \"or\" AND \"and\" AND \"not\" AND \"near a\"",
            ),
            ("ÄÖ Ж", "('äö') & ('ж')", "\"äö\" AND \"ж\""),
            ("", "'\u{fffe}'", "\"\u{fffe}\""),
            ("* \" ' & | ! \\", "'\u{fffe}'", "\"\u{fffe}\""),
            ("\"open", "('open')", "\"open\""),
        ] {
            assert_eq!(query(text, Dialect::Postgres), on_postgres, "{text}");
            assert_eq!(query(text, Dialect::Sqlite), on_sqlite, "{text}");
        }
    }
}
