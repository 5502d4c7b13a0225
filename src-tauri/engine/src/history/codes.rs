//! The numbers that stand in the database for a priority and for a popup's state; never renumbered.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::event::{Presented, Priority};

/// Presented states below this one are not settled; the index `event_unshown` says the same.
pub(super) const SETTLED: i64 = 2;

impl ToSql for Presented {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let code: i64 = match self {
            Self::New => 0,
            Self::Presenting => 1,
            Self::Shown => SETTLED,
            Self::Suppressed => 3,
        };
        Ok(code.into())
    }
}

impl FromSql for Presented {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            0 => Ok(Self::New),
            1 => Ok(Self::Presenting),
            SETTLED => Ok(Self::Shown),
            3 => Ok(Self::Suppressed),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

impl ToSql for Priority {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let code: i64 = match self {
            Self::Min => 0,
            Self::Low => 1,
            Self::Normal => 2,
            Self::High => 3,
            Self::Urgent => 4,
        };
        Ok(code.into())
    }
}

impl FromSql for Priority {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            0 => Ok(Self::Min),
            1 => Ok(Self::Low),
            2 => Ok(Self::Normal),
            3 => Ok(Self::High),
            4 => Ok(Self::Urgent),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}
