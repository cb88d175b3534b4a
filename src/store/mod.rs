//! The timeline as a file: RON text read with spans, written by splicing only what changed.
//!
//! Owns reading, placing problems in the text, saving. Never lays out or draws.
