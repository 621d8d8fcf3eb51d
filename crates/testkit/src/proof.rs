//! How much a long proof does: `scripts/prove --seed N --share 1/20`.

/// The seed of its random inputs.
pub fn seed() -> u64 {
    std::env::var("PURLIN_PROVE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

/// That part of a whole which the share names, at least one.
pub fn part_of(whole: u64) -> u64 {
    let share = std::env::var("PURLIN_PROVE_SHARE").unwrap_or_default();
    let (part, parts) = share.split_once('/').unwrap_or((&share, "1"));
    let (part, parts): (u64, u64) = (part.parse().unwrap_or(1), parts.parse().unwrap_or(1));
    (whole * part / parts.max(1)).max(1)
}
