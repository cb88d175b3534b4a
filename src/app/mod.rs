//! The window as a program: session, jobs, dialogs, settings. Drains the actions of the panels at the end of the frame.
