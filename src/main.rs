//! The `annalist` program: the command line, and the window when no subcommand is given.

fn main() {}
