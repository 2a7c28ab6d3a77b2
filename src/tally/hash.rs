//! A hash that is the same on every machine and in every version, so that results may rest on it.

/// Collects parts of a key; FNV-1a with the finishing steps of SplitMix64.
///
/// Not for secrets: it only has to spread.
#[derive(Clone, Copy, Debug)]
pub struct StableHash(u64);

impl Default for StableHash {
    fn default() -> Self {
        StableHash(0xcbf2_9ce4_8422_2325)
    }
}

impl StableHash {
    /// A hash that differs with the key given.
    pub fn keyed(key: u64) -> Self {
        StableHash::default().number(key)
    }

    /// Adds a text; `ab` + `c` and `a` + `bc` differ.
    pub fn text(self, text: &str) -> Self {
        let hash = text.bytes().fold(self.0, Self::step);
        StableHash(Self::step(hash, 0xFF))
    }

    /// Adds a part by its own hash: for parts that come again and again.
    pub fn part(self, hash: u64) -> Self {
        StableHash((self.0.rotate_left(29) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// Adds a number.
    pub fn number(self, number: u64) -> Self {
        StableHash(number.to_le_bytes().iter().fold(self.0, |hash, &byte| Self::step(hash, byte)))
    }

    fn step(hash: u64, byte: u8) -> u64 {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }

    /// The hash of everything added.
    pub fn finish(self) -> u64 {
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_never_changes() {
        assert_eq!(StableHash::default().text("war").finish(), 0xa6e8_dac8_2287_70d7);
    }

    #[test]
    fn where_one_part_ends_matters() {
        let hash = |a: &str, b: &str| StableHash::default().text(a).text(b).finish();
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
        let parts = |one: u64, two: u64| StableHash::default().part(one).part(two).finish();
        assert_ne!(parts(1, 2), parts(2, 1));
    }
}
