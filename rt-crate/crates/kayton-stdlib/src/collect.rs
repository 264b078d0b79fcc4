//! Results under construction, which are freed when an error ends their making.

use kayton_abi::{KayVal, List, Owned, Res};

/// A list under construction.
pub struct Collected(Owned);

impl Collected {
    /// Nothing yet.
    pub fn new() -> Collected {
        Collected(Owned::new(List::empty()))
    }

    /// Adds an owned value.
    ///
    /// # Errors
    /// `out of memory limit`.
    #[inline]
    pub fn push(&mut self, value: KayVal) -> Res<()> {
        self.0.value_mut().unique::<List>()?.push(value)
    }

    /// The number of values so far.
    pub fn len(&self) -> usize {
        self.0.get::<List>().map_or(0, List::len)
    }

    /// The list, owned.
    pub fn finish(self) -> KayVal {
        self.0.take()
    }
}

/// A list of owned values.
///
/// # Errors
/// `out of memory limit`.
pub fn list_of(values: impl Iterator<Item = KayVal>) -> Res<KayVal> {
    let mut list = Collected::new();
    for value in values {
        list.push(value)?;
    }
    Ok(list.finish())
}
