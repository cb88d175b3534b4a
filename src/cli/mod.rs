//! Arguments and subcommands. Prints results on stdout, problems on stderr.
