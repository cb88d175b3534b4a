//! The framing of a journal: each entry behind its length and checksum, so that a torn end is told from a whole entry.
//!
//! ```text
//! #00000042 9f86d081884c7d65 ⏎
//! Change(label: "Delete …", …)   ⏎       42 bytes, whose XXH3 (64 bits) stands before them
//! ```
//!
//! The frame is text, so that what a crash left can be read and copied out with any editor.

use twox_hash::XxHash3_64;

/// Bytes of a frame's head: `#`, eight hexadecimal digits of the length, a space, sixteen of the checksum, a line end.
const HEAD: usize = 1 + 8 + 1 + 16 + 1;

/// Appends a payload in its frame. Nothing is appended where the payload is longer than a frame can say.
pub(super) fn push(out: &mut Vec<u8>, payload: &str) {
    let Ok(length) = u32::try_from(payload.len()) else { return };
    let checksum = XxHash3_64::oneshot(payload.as_bytes());
    out.extend_from_slice(format!("#{length:08x} {checksum:016x}\n").as_bytes());
    out.extend_from_slice(payload.as_bytes());
    out.push(b'\n');
}

/// The payloads of the frames at the start of a text; with the bytes behind the last whole frame.
pub(super) fn split(mut bytes: &[u8]) -> (Vec<&str>, usize) {
    let mut payloads = Vec::new();
    // A crash tears the last frame; a fault of the disk may spoil one before. What follows a spoilt frame rests on a change that
    // is not known, so it ends there either way.
    while let Some((payload, rest)) = first(bytes) {
        payloads.push(payload);
        bytes = rest;
    }
    (payloads, bytes.len())
}

fn first(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let head = std::str::from_utf8(head).ok()?.strip_prefix('#')?.strip_suffix('\n')?;
    let (length, checksum) = head.split_once(' ')?;
    let length = usize::try_from(u32::from_str_radix(length, 16).ok()?).ok()?;
    let checksum = u64::from_str_radix(checksum, 16).ok()?;
    let (payload, rest) = rest.split_at_checked(length)?;
    let rest = rest.strip_prefix(b"\n")?;
    let payload = std::str::from_utf8(payload).ok()?;
    (XxHash3_64::oneshot(payload.as_bytes()) == checksum).then_some((payload, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_torn_or_spoilt_journal_gives_the_frames_before_the_damage(
            payloads in prop::collection::vec(".{0,40}", 0..6),
            at in any::<prop::sample::Index>(),
            is_cut in any::<bool>(),
        ) {
            let (mut bytes, mut ends) = (Vec::new(), vec![0]);
            for payload in &payloads {
                push(&mut bytes, payload);
                ends.push(bytes.len());
            }
            let whole: Vec<&str> = payloads.iter().map(String::as_str).collect();
            prop_assert_eq!(split(&bytes), (whole.clone(), 0));
            if bytes.is_empty() {
                return Ok(());
            }
            let at = at.index(bytes.len());
            if is_cut {
                bytes.truncate(at);
            } else {
                bytes[at] ^= 0x20;
            }
            let kept = ends.iter().filter(|end| **end <= at).count() - 1;
            let (found, rest) = split(&bytes);
            // Hexadecimal digits may be written in either case: such a frame says what it said.
            let same = !is_cut && split(&bytes).0 == whole;
            prop_assert!(same || found == whole[..kept], "{found:?}");
            prop_assert!(same || rest == bytes.len() - ends[kept]);
        }
    }
}
