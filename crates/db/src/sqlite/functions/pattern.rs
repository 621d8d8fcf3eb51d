//! PostgreSQL's regular expressions ("advanced", documentation 9.7) and `SIMILAR TO`, read as PostgreSQL reads them and
//! written for the `regex` crate. What would answer otherwise there is refused.
//!
//! Only whether a text matches is asked, so greediness means nothing and is dropped.

use regex::{Error, Regex, RegexBuilder};

/// Largest count of `{m,n}`, as PostgreSQL has it.
const REPETITIONS: u32 = 255;
/// Largest compiled form of a pattern in bytes.
const PROGRAM_BYTES: usize = 1 << 20;

/// How a pattern is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `~`
    Regex,
    /// `~*`
    IRegex,
    /// `SIMILAR TO`
    Similar,
}

/// The pattern, ready to be searched for.
///
/// # Errors
/// Why it is none, in words fit for a client.
pub fn compile(pattern: &str, meaning: Meaning) -> Result<Regex, String> {
    let invalid = |reason: &str| format!("invalid regular expression: {reason}");
    let translated = match meaning {
        Meaning::Regex => Translation::of(pattern, Letters::Ascii),
        Meaning::IRegex => Translation::of(pattern, Letters::Unicode),
        Meaning::Similar => similar(pattern).and_then(|pattern| Translation::of(&pattern, Letters::Ascii)),
    };
    let written = translated.map_err(|error| match error {
        PatternError::Invalid(reason) => invalid(reason),
        PatternError::Unsupported(what) => format!("regular expressions on SQLite have no {what}"),
    })?;
    RegexBuilder::new(&written).size_limit(PROGRAM_BYTES).build().map_err(|error| match error {
        Error::CompiledTooBig(_) => invalid("regular expression is too complex"),
        _ => invalid("it cannot be searched for"),
    })
}

/// Why a pattern is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PatternError {
    /// It is none; PostgreSQL's own words.
    Invalid(&'static str),
    /// It cannot be answered as PostgreSQL would.
    Unsupported(&'static str),
}

/// `SIMILAR TO` as a regular expression, as PostgreSQL makes it: `%` any run, `_` any letter, `\` takes the next sign as
/// the regular expression would.
fn similar(pattern: &str) -> Result<String, PatternError> {
    let mut written = String::from("^(?:");
    let mut signs = pattern.chars().peekable();
    let mut in_brackets = false;
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('"') if !in_brackets => return Err(PatternError::Unsupported("separators (`\\\"`)")),
                Some(escaped) => written.extend(['\\', escaped]),
                None => {}
            },
            ']' if in_brackets => {
                in_brackets = false;
                written.push(']');
            }
            other if in_brackets => written.push(other),
            '[' => {
                in_brackets = true;
                written.push('[');
                written.extend(signs.next_if_eq(&'^'));
                written.extend(signs.next_if_eq(&']'));
            }
            '%' => written.push_str(".*"),
            '_' => written.push('.'),
            '(' => written.push_str("(?:"),
            '.' | '^' | '$' => written.extend(['\\', sign]),
            other => written.push(other),
        }
    }
    written.push_str(")$");
    Ok(written)
}

/// Which letters classes know: with regard to case texts are compared by code point, and PostgreSQL's classes are then
/// ASCII's; without regard to it they are Unicode's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    Ascii,
    Unicode,
}

impl Letters {
    /// Members of a class of the `regex` crate, without brackets.
    fn class(self, name: &str) -> Result<&'static str, PatternError> {
        Ok(match (self, name) {
            (_, "xdigit") => "0-9A-Fa-f",
            (Letters::Ascii, "digit") => "0-9",
            (Letters::Ascii, "alpha") => "A-Za-z",
            (Letters::Ascii, "alnum") => "0-9A-Za-z",
            (Letters::Ascii, "word") => "0-9A-Za-z_",
            (Letters::Ascii, "lower") => "a-z",
            (Letters::Ascii, "upper") => "A-Z",
            (Letters::Ascii, "space") => r"\t-\r ",
            (Letters::Ascii, "blank") => r"\t ",
            (Letters::Ascii, "cntrl") => r"\x{0}-\x{1F}\x{7F}",
            (Letters::Ascii, "graph") => "!-~",
            (Letters::Ascii, "print") => " -~",
            (Letters::Ascii, "punct") => r"!-/:-@\[-`\{-~",
            (Letters::Unicode, "digit") => r"\p{Nd}",
            // Without regard to case, both cases are letters of any case.
            (Letters::Unicode, "alpha" | "lower" | "upper") => r"\p{L}",
            (Letters::Unicode, "alnum") => r"\p{L}\p{Nd}",
            (Letters::Unicode, "word") => r"\p{L}\p{Nd}_",
            (Letters::Unicode, "space") => r"\t-\r\x{1C}-\x{1F}\x{85}\p{Z}",
            (Letters::Unicode, "blank" | "cntrl" | "graph" | "print" | "punct") => {
                return Err(PatternError::Unsupported("class of this name without regard to case"));
            }
            (_, "<" | ">") => return Err(PatternError::Unsupported("`[[:<:]]` and `[[:>:]]`; write `\\m` and `\\M`")),
            _ => return Err(PatternError::Invalid("invalid character class")),
        })
    }

    /// A constraint on where words begin and end.
    fn boundary(self, sign: char) -> String {
        let mark = match sign {
            'm' => r"\b{start}",
            'M' => r"\b{end}",
            'Y' => r"\B",
            _ => r"\b",
        };
        match self {
            Letters::Ascii => format!("(?-u:{mark})"),
            Letters::Unicode => mark.to_owned(),
        }
    }
}

/// What an escape stands for.
enum Escaped {
    /// One letter.
    Letter(char),
    /// Members of a class, and whether it is all but them.
    Class(&'static str, bool),
    /// A place in the text, in the syntax of the `regex` crate.
    Place(String),
}

/// A pattern being read and written.
struct Translation<'p> {
    left: std::iter::Peekable<std::str::Chars<'p>>,
    letters: Letters,
    written: String,
    /// Groups that are open.
    depth: usize,
    /// What was written last can be repeated.
    repeatable: bool,
}

impl Translation<'_> {
    fn of(pattern: &str, letters: Letters) -> Result<String, PatternError> {
        if pattern.starts_with("***") {
            return Err(PatternError::Unsupported("directors (`***`)"));
        }
        let written = if letters == Letters::Unicode { "(?si)" } else { "(?s)" }.to_owned();
        let left = pattern.chars().peekable();
        let mut translation = Translation { left, letters, written, depth: 0, repeatable: false };
        while let Some(sign) = translation.left.next() {
            translation.sign(sign)?;
        }
        match translation.depth {
            0 => Ok(translation.written),
            _ => Err(PatternError::Invalid("parentheses () not balanced")),
        }
    }

    fn sign(&mut self, sign: char) -> Result<(), PatternError> {
        match sign {
            '(' => self.open()?,
            ')' => {
                let unbalanced = PatternError::Invalid("parentheses () not balanced");
                self.depth = self.depth.checked_sub(1).ok_or(unbalanced)?;
                self.atom(")");
            }
            '|' => self.place("|"),
            '^' => self.place(r"\A"),
            '$' => self.place(r"\z"),
            '.' => self.atom("."),
            '[' => self.brackets()?,
            '*' | '+' | '?' => self.repeat(sign.encode_utf8(&mut [0; 4]))?,
            '{' if self.left.peek().is_some_and(char::is_ascii_digit) => {
                let count = self.count()?;
                self.repeat(&count)?;
            }
            '\\' => match self.escape()? {
                Escaped::Letter(letter) => self.letter(letter),
                Escaped::Class(members, false) => self.atom(&format!("[{members}]")),
                Escaped::Class(members, true) => self.atom(&format!("[^{members}]")),
                Escaped::Place(place) => self.place(&place),
            },
            letter => self.letter(letter),
        }
        Ok(())
    }

    fn atom(&mut self, written: &str) {
        self.written.push_str(written);
        self.repeatable = true;
    }

    fn place(&mut self, written: &str) {
        self.written.push_str(written);
        self.repeatable = false;
    }

    fn letter(&mut self, letter: char) {
        push_letter(&mut self.written, letter);
        self.repeatable = true;
    }

    fn open(&mut self) -> Result<(), PatternError> {
        self.depth += 1;
        if self.left.next_if_eq(&'?').is_some() && self.left.next() != Some(':') {
            return Err(PatternError::Unsupported("options, comments and looking ahead or behind (`(?…)`)"));
        }
        self.place("(?:");
        Ok(())
    }

    fn repeat(&mut self, quantifier: &str) -> Result<(), PatternError> {
        if !self.repeatable {
            return Err(PatternError::Invalid("quantifier operand invalid"));
        }
        // Few or many: it matches all the same.
        self.left.next_if_eq(&'?');
        self.place(quantifier);
        Ok(())
    }

    /// `m}`, `m,}` or `m,n}`.
    fn count(&mut self) -> Result<String, PatternError> {
        let least = self.number()?;
        let comma = self.left.next_if_eq(&',').is_some();
        let most = match self.left.peek() {
            Some(digit) if comma && digit.is_ascii_digit() => Some(self.number()?),
            _ => None,
        };
        match self.left.next() {
            Some('}') => {}
            Some(_) => return Err(PatternError::Invalid("invalid repetition count(s)")),
            None => return Err(PatternError::Invalid("braces {} not balanced")),
        }
        match (comma, most) {
            (_, Some(most)) if most < least => Err(PatternError::Invalid("invalid repetition count(s)")),
            (_, Some(most)) => Ok(format!("{{{least},{most}}}")),
            (true, None) => Ok(format!("{{{least},}}")),
            (false, None) => Ok(format!("{{{least}}}")),
        }
    }

    fn number(&mut self) -> Result<u32, PatternError> {
        let mut number = 0;
        while let Some(digit) = self.left.peek().and_then(|sign| sign.to_digit(10)) {
            self.left.next();
            number = number * 10 + digit;
            if number > REPETITIONS {
                return Err(PatternError::Invalid("invalid repetition count(s)"));
            }
        }
        Ok(number)
    }

    fn escape(&mut self) -> Result<Escaped, PatternError> {
        const INVALID: PatternError = PatternError::Invalid("invalid escape \\ sequence");
        let sign = self.left.next().ok_or(INVALID)?;
        Ok(match sign {
            'd' | 'D' => Escaped::Class(self.letters.class("digit")?, sign == 'D'),
            's' | 'S' => Escaped::Class(self.letters.class("space")?, sign == 'S'),
            'w' | 'W' => Escaped::Class(self.letters.class("word")?, sign == 'W'),
            'A' => Escaped::Place(r"\A".to_owned()),
            'Z' => Escaped::Place(r"\z".to_owned()),
            'm' | 'M' | 'y' | 'Y' => Escaped::Place(self.letters.boundary(sign)),
            'a' => Escaped::Letter('\u{7}'),
            'b' => Escaped::Letter('\u{8}'),
            'B' => Escaped::Letter('\\'),
            'e' => Escaped::Letter('\u{1b}'),
            'f' => Escaped::Letter('\u{c}'),
            'n' => Escaped::Letter('\n'),
            'r' => Escaped::Letter('\r'),
            't' => Escaped::Letter('\t'),
            'v' => Escaped::Letter('\u{b}'),
            'c' => {
                let control = self.left.next().ok_or(INVALID)?;
                Escaped::Letter(char::from_u32(control as u32 & 0x1f).ok_or(INVALID)?)
            }
            'u' => Escaped::Letter(self.hexadecimal(4)?),
            'U' => Escaped::Letter(self.hexadecimal(8)?),
            'x' => return Err(PatternError::Unsupported("`\\x`; write `\\uXXXX`")),
            '0'..='9' => return Err(PatternError::Unsupported("back-references and octal escapes")),
            other if other.is_ascii_alphanumeric() => return Err(INVALID),
            other => Escaped::Letter(other),
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<char, PatternError> {
        const INVALID: PatternError = PatternError::Invalid("invalid escape \\ sequence");
        let mut value = 0_u32;
        for _ in 0..digits {
            let digit = self.left.next().and_then(|sign| sign.to_digit(16)).ok_or(INVALID)?;
            value = value << 4 | digit;
        }
        char::from_u32(value).ok_or(INVALID)
    }

    /// `[…]`, the bracket behind us.
    fn brackets(&mut self) -> Result<(), PatternError> {
        const UNBALANCED: PatternError = PatternError::Invalid("brackets [] not balanced");
        let mut set = String::from(if self.left.next_if_eq(&'^').is_some() { "[^" } else { "[" });
        let mut first = true;
        loop {
            let sign = self.left.next().ok_or(UNBALANCED)?;
            if sign == ']' && !first {
                break;
            }
            first = false;
            let start = match self.member(sign, &mut set)? {
                Some(letter) => letter,
                None if self.is_range() => return Err(PatternError::Invalid("invalid character range")),
                None => continue,
            };
            if !self.is_range() {
                push_letter(&mut set, start);
                continue;
            }
            self.left.next();
            let sign = self.left.next().ok_or(UNBALANCED)?;
            let end = self.member(sign, &mut set)?.filter(|end| *end >= start);
            let end = end.ok_or(PatternError::Invalid("invalid character range"))?;
            push_letter(&mut set, start);
            set.push('-');
            push_letter(&mut set, end);
        }
        set.push(']');
        self.atom(&set);
        Ok(())
    }

    /// Whether a `-` follows that is not the last member.
    fn is_range(&self) -> bool {
        let mut next = self.left.clone();
        next.next() == Some('-') && next.next() != Some(']')
    }

    /// A member of a set: a letter that may begin or end a range, or a class that is written.
    fn member(&mut self, sign: char, set: &mut String) -> Result<Option<char>, PatternError> {
        match (sign, self.left.peek()) {
            ('[', Some(':')) => {
                let name = self.named(':')?;
                set.push_str(self.letters.class(&name)?);
                Ok(None)
            }
            ('[', Some(kind @ ('.' | '='))) => {
                let kind = *kind;
                let name = self.named(kind)?;
                let mut letters = name.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => Ok(Some(letter)),
                    _ => Err(PatternError::Unsupported("collating elements by name")),
                }
            }
            ('\\', _) => match self.escape()? {
                Escaped::Letter(letter) => Ok(Some(letter)),
                Escaped::Class(members, negative) => {
                    let complement = if negative { "^" } else { "" };
                    set.push_str(&format!("[{complement}{members}]"));
                    Ok(None)
                }
                Escaped::Place(_) => Err(PatternError::Invalid("invalid escape \\ sequence")),
            },
            (letter, _) => Ok(Some(letter)),
        }
    }

    /// `:alpha:]`, the bracket behind us.
    fn named(&mut self, mark: char) -> Result<String, PatternError> {
        self.left.next();
        let mut name = String::new();
        loop {
            let sign = self.left.next().ok_or(PatternError::Invalid("brackets [] not balanced"))?;
            if sign == mark && self.left.next_if_eq(&']').is_some() {
                return Ok(name);
            }
            name.push(sign);
        }
    }
}

/// A letter that means itself, in a set too.
fn push_letter(written: &mut String, letter: char) {
    if letter.is_ascii_alphanumeric() || !letter.is_ascii() {
        written.push(letter);
    } else {
        written.push_str(&format!("\\x{{{:x}}}", u32::from(letter)));
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, compile};

    fn matches(meaning: Meaning, pattern: &str, text: &str) -> Result<bool, String> {
        compile(pattern, meaning).map(|compiled| compiled.is_match(text))
    }

    /// What `select text ~ pattern` gives on PostgreSQL 15 over text `COLLATE "C"`.
    #[test]
    fn patterns_mean_what_they_mean_in_postgresql() {
        let yes = [
            ("a\nb", "a.b"),
            ("ab", "^a\\yb|b\\y"),
            ("word", "\\mword\\M"),
            ("a{b", "a{b"),
            ("x]y", "[]]"),
            ("a-b", "[a-]-|a[x-]b"),
            ("a.b", "[[.a.]][[=.=]]"),
            ("\u{8}", "[\\b]"),
            ("\\", "\\B"),
            ("aaa", "^a{2,3}?$"),
            ("b", "(a|)b"),
            ("", "()"),
            ("ä", "\\W"),
            ("a", "[^\\d\\s]"),
            ("a", "[\\D]"),
            ("é", "\\u00e9"),
        ];
        for (text, pattern) in yes {
            assert_eq!(matches(Meaning::Regex, pattern, text), Ok(true), "{text:?} ~ {pattern:?}");
        }
        let no = [("a\nb", "a$"), ("a\nb", "^b"), ("words", "\\mword\\M"), ("ä", "\\w"), ("A", "a"), ("ab", "a\\Yc")];
        for (text, pattern) in no {
            assert_eq!(matches(Meaning::Regex, pattern, text), Ok(false), "{text:?} ~ {pattern:?}");
        }
        for (text, pattern) in [("Ä", "ä"), ("ä", "\\w"), ("É", "[é-ë]"), ("ß", "[[:alpha:]]")] {
            assert_eq!(matches(Meaning::IRegex, pattern, text), Ok(true), "{text:?} ~* {pattern:?}");
        }
    }

    #[test]
    fn similar_matches_all_of_the_text() {
        for (text, pattern) in [
            ("abc", "abc"),
            ("abc", "a%"),
            ("abc", "%(b|d)%"),
            ("a.c", "a.c"),
            ("a%", "a\\%"),
            ("a", "[^]b]"),
            ("x", "x\\"),
        ] {
            assert_eq!(matches(Meaning::Similar, pattern, text), Ok(true), "{text:?} similar to {pattern:?}");
        }
        for (text, pattern) in [("abc", "a"), ("abc", "(b|c)%"), ("abc", "a.c"), ("a", "^a"), ("]", "[^]b]")] {
            assert_eq!(matches(Meaning::Similar, pattern, text), Ok(false), "{text:?} similar to {pattern:?}");
        }
    }

    #[test]
    fn what_would_answer_otherwise_is_refused() {
        for pattern in ["(a)\\1", "a(?=b)", "a(?!b)", "(?<=a)b", "(?i)a", "***=a", "\\x41", "[[:<:]]", "[[.hyphen.]]"] {
            let error = matches(Meaning::Regex, pattern, "").unwrap_err();
            assert!(error.starts_with("regular expressions on SQLite have no "), "{pattern:?}: {error}");
        }
        let error = matches(Meaning::Regex, "((a{255}){255}){255}", "").unwrap_err();
        assert_eq!(error, "invalid regular expression: regular expression is too complex");
    }
}
