//! Random changes of inputs. Refuses to know: what inputs mean.

/// Numbers that look random (SplitMix64, Steele et al. 2014).
pub struct Chance(u64);

impl Chance {
    /// The row of numbers of a seed.
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A number below `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % (bound.max(1) as u64)) as usize
    }
}

/// Longest piece that is taken out or copied at once, in bytes.
const PIECE: usize = 40;

/// An input with up to five changes: a word put in, a piece taken out or replaced, a piece of another input, another byte.
pub fn changed(chance: &mut Chance, input: &[u8], others: &[Vec<u8>], words: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..1 + chance.below(5) {
        let from = chance.below(bytes.len() + 1);
        let to = (from + chance.below(PIECE)).min(bytes.len());
        match chance.below(6) {
            0 => drop(bytes.drain(from..to)),
            1 | 2 if !words.is_empty() => drop(bytes.splice(from..from, words[chance.below(words.len())].clone())),
            3 if !words.is_empty() => drop(bytes.splice(from..to, words[chance.below(words.len())].clone())),
            4 if !others.is_empty() => {
                let other = &others[chance.below(others.len())];
                let start = chance.below(other.len() + 1);
                let end = (start + chance.below(PIECE)).min(other.len());
                drop(bytes.splice(from..from, other[start..end].iter().copied()));
            }
            _ if from < bytes.len() => bytes[from] ^= 1 << chance.below(8),
            _ => {}
        }
    }
    bytes
}

/// A word of a dictionary as libFuzzer writes it: `\\`, `\"` and `\xAB`.
pub fn word(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'\\', [b'x', high, low, after @ ..]) => {
                let digit = |digit: u8| char::from(digit).to_digit(16).unwrap_or_default() as u8;
                bytes.push(digit(*high) * 16 + digit(*low));
                rest = after;
            }
            (b'\\', [byte, after @ ..]) => {
                bytes.push(*byte);
                rest = after;
            }
            (byte, _) => bytes.push(*byte),
        }
    }
    bytes
}
