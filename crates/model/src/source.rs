//! Where something was written: files of the model folder and places in them.

/// A file of the model folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path, as diagnostics show it (`schema/tasks.graphql`).
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A place in a file: bytes `start..end` of the source with index `file`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Index of the source among those given to `compile`.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The place from the start of this one to the end of `other` (same file).
    pub const fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start, end: other.end }
    }
}

/// Line and column of a byte offset, both counted from 1; columns in characters.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        assert_eq!(line_and_column("ab\ncd", 0), (1, 1));
        assert_eq!(line_and_column("ab\ncd", 4), (2, 2));
        assert_eq!(line_and_column("# é\nx", 5), (2, 1));
        assert_eq!(line_and_column("é!", 2), (1, 2));
    }
}
