//! What a table holds as one number: the sum of the SHA-256 of its rows' canonical lines, so that the order of rows
//! does not matter and equal rows count as often as they are there. Refuses to know databases.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::ndjson;
use super::shape::{Row, Shape};

/// Count and sum of a table's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// How many rows.
    pub rows: u64,
    sum: [u64; 4],
    line: Vec<u8>,
}

impl Digest {
    /// Adds a row that has all columns.
    pub fn add(&mut self, shape: &Shape, row: &Row) {
        self.line.clear();
        let mut line = std::mem::take(&mut self.line);
        ndjson::write(&mut line, shape, row);
        self.add_line(&line);
        line.clear();
        self.line = line;
    }

    /// Adds a row by its canonical line, with its line end.
    pub fn add_line(&mut self, line: &[u8]) {
        self.rows += 1;
        let hash = Sha256::digest(line);
        let mut carry = false;
        for (limb, bytes) in self.sum.iter_mut().zip(hash.chunks_exact(8)) {
            let addend = u64::from_le_bytes(bytes.try_into().unwrap_or_default());
            let (sum, first) = limb.overflowing_add(addend);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            (*limb, carry) = (sum, first || second);
        }
    }

    /// What [`Digest::hex`] has written.
    pub fn from_parts(rows: u64, hex: &str) -> Option<Digest> {
        let mut digest = Digest { rows, ..Digest::default() };
        for (index, limb) in digest.sum.iter_mut().enumerate() {
            *limb = u64::from_str_radix(hex.get(index * 16..index * 16 + 16)?, 16).ok()?;
        }
        (hex.len() == 64).then_some(digest)
    }

    /// The sum in hexadecimal digits.
    pub fn hex(&self) -> String {
        self.sum.iter().map(|limb| format!("{limb:016x}")).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} rows, {}", self.rows, self.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    fn of(lines: &[&str]) -> String {
        let mut digest = Digest::default();
        lines.iter().for_each(|line| digest.add_line(line.as_bytes()));
        digest.to_string()
    }

    #[test]
    fn order_does_not_matter_and_equal_rows_do() {
        assert_eq!(of(&["a", "b", "c"]), of(&["c", "a", "b"]));
        assert_ne!(of(&["a"]), of(&["b"]));
        assert_ne!(of(&["a", "a"]), of(&["b", "b"]));
        assert_ne!(of(&["a", "a"]), of(&[]));
    }
}
