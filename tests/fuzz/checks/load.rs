//! What is read in pieces is what is read whole, and what was read can be written and read again.

use std::path::Path;

use annalist::model::Header;
use annalist::store::{self, LoadError};

pub fn check(bytes: &[u8]) {
    let streamed = store::load_from(Path::new("input"), bytes);
    let text = match (str::from_utf8(bytes), &streamed) {
        (Ok(text), Ok(_)) => text,
        // Binary files are told by their noughts.
        (Ok(text), Err(LoadError::NotUtf8 { .. })) if text.contains('\0') => return,
        (Err(_), Err(LoadError::NotUtf8 { .. })) => return,
        (_, streamed) => panic!("{streamed:?}"),
    };
    let whole = store::read(text.to_owned());
    if let Ok(streamed) = streamed {
        let read = streamed.read;
        assert_eq!(streamed.stamp.length, bytes.len() as u64);
        assert_eq!(read.text.text(), text);
        assert!(read.timeline == whole.timeline, "in pieces it says something else");
        assert_eq!(read.diagnostics, whole.diagnostics);
        assert_eq!((read.text.is_writable(), read.unread), (whole.text.is_writable(), whole.unread));
    }

    // Of another version of the format no more is promised than that its faults are told.
    if whole.timeline.header().format != Header::FORMAT {
        return;
    }
    // What could be read, damaged or not, is a timeline that a new file can hold.
    let written = store::to_ron(&whole.timeline);
    let again = store::read(written.clone());
    assert!(again.text.is_writable(), "{:?}\n{written}", again.diagnostics);
    assert!(again.timeline == whole.timeline, "written and read again it says something else:\n{written}");
    assert_eq!(store::formatted(&written).as_ref(), Some(&written), "a new file is in the one style");
}
