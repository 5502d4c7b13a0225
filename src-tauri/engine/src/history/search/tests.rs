//! Finding, against real databases.
