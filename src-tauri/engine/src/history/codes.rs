//! What stands in the database for a priority, a popup's state and what decided about it; never renumbered.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Null, ToSql, ToSqlOutput, ValueRef};

use crate::event::{Presented, Priority, Trace};

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

impl ToSql for Trace {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        if *self == Self::default() {
            return Ok(Null.into());
        }
        let json = serde_json::to_string(self);
        Ok(json.map_err(|cause| rusqlite::Error::ToSqlConversionFailure(cause.into()))?.into())
    }
}

impl FromSql for Trace {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map_err(|cause| FromSqlError::Other(cause.into()))
    }
}
