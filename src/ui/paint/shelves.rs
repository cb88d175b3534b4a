//! Where bitmaps lie in a texture: in rows ("shelves") from left to right, each as high as its highest bitmap.
//!
//! The heights of letters of a size are much alike, so that little is left over ("shelf best height fit", Jylänki, "A Thousand
//! Ways to Pack the Bin", 2010). Nothing is ever taken out: who has no more room starts over.

/// Heights of shelves are multiples of this, so that one serves glyphs of nearly its height.
const STEP: u32 = 4;

/// Pixels left free right of and below a bitmap, in which a sampler that rounds finds nothing.
const GAP: u32 = 1;

/// Room in a texture.
///
/// ```text
///  ┌───────────────┐
///  │▒▒ ▒▒▒ ▒▒ ▒    │ shelf: top, height, end
///  ├───────────────┤
///  │▓▓▓▓ ▓▓        │
///  ├───────────────┤ bottom
///  └───────────────┘ size
/// ```
#[derive(Debug, Default)]
pub(super) struct Shelves {
    /// Width and height of the texture.
    pub size: [u32; 2],
    shelves: Vec<Shelf>,
    bottom: u32,
}

#[derive(Debug)]
struct Shelf {
    top: u32,
    height: u32,
    /// Where the next bitmap begins.
    end: u32,
}

impl Shelves {
    pub fn new(size: [u32; 2]) -> Self {
        Self { size, shelves: Vec::new(), bottom: 0 }
    }

    /// Room for a bitmap: its left and top, or none where there is no more.
    pub fn place(&mut self, [width, height]: [u32; 2]) -> Option<[u32; 2]> {
        let (width, height) = (width.checked_add(GAP)?, height.checked_add(GAP)?);
        let has_room = |shelf: &&mut Shelf| shelf.height >= height && self.size[0].saturating_sub(shelf.end) >= width;
        let best = self.shelves.iter_mut().filter(has_room).min_by_key(|shelf| shelf.height);
        // A shelf of twice the height would waste half of itself, while there is room for one of its own.
        let wanted = height.next_multiple_of(STEP);
        let has_ground = self.size[1].saturating_sub(self.bottom) >= wanted && self.size[0] >= width;
        if let Some(shelf) = best
            && (shelf.height <= wanted + STEP || !has_ground)
        {
            let place = [shelf.end, shelf.top];
            shelf.end += width;
            return Some(place);
        }
        has_ground.then(|| {
            let top = self.bottom;
            self.bottom += wanted;
            self.shelves.push(Shelf { top, height: wanted, end: width });
            [0, top]
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_two_overlap_and_none_hangs_over(sizes in prop::collection::vec([0_u32..40, 0_u32..40], 0..200)) {
            let mut shelves = Shelves::new([128, 96]);
            let mut taken = vec![false; 128 * 96];
            for [width, height] in sizes {
                let Some([left, top]) = shelves.place([width, height]) else { continue };
                prop_assert!(left + width <= 128 && top + height <= 96);
                for (x, y) in (left..left + width).flat_map(|x| (top..top + height).map(move |y| (x, y))) {
                    let was_taken = std::mem::replace(&mut taken[(y * 128 + x) as usize], true);
                    prop_assert!(!was_taken, "{x} {y}");
                }
            }
        }
    }

    #[test]
    fn letters_of_a_size_leave_little_over() {
        let mut shelves = Shelves::new([256, 256]);
        let letters = (0..).map(|at: u32| [5 + at * 7 % 5, 7 + at * 5 % 6]);
        let placed: u32 = letters.map_while(|size| shelves.place(size).map(|_| size[0] * size[1])).sum();
        assert!(placed > 256 * 256 / 2, "{placed}");
    }

    #[test]
    fn what_is_larger_than_the_texture_has_no_place() {
        let mut shelves = Shelves::new([16, 16]);
        for size in [[17, 1], [1, 17], [u32::MAX, 1], [1, u32::MAX], [u32::MAX, u32::MAX]] {
            assert_eq!(shelves.place(size), None);
        }
    }
}
