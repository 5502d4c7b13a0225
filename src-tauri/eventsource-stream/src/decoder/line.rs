//! One line of a stream, which may come in parts: its field name, and the way of its value into the block.

use super::block::Block;

/// The length of the longest field names, `event` and `retry`, in bytes.
const LONGEST_NAME: usize = 5;

/// What a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Data,
    Type,
    Id,
    Retry,
    /// A comment, or a field the standard doesn't name.
    Ignored,
}

impl Field {
    /// Names are compared byte for byte; a comment's is empty.
    fn named(name: &[u8]) -> Self {
        match name {
            b"data" => Self::Data,
            b"event" => Self::Type,
            b"id" => Self::Id,
            b"retry" => Self::Retry,
            _ => Self::Ignored,
        }
    }

    #[inline]
    fn begin(self, block: &mut Block) {
        match self {
            Self::Data => block.begin_data(),
            Self::Type => block.begin_type(),
            Self::Id => block.begin_id(),
            Self::Retry => block.begin_retry(),
            Self::Ignored => {}
        }
    }

    #[inline]
    fn push(self, value: &[u8], block: &mut Block) {
        match self {
            Self::Data => block.push_data(value),
            Self::Type => block.push_type(value),
            Self::Id => block.push_id(value),
            Self::Retry => block.push_retry(value),
            Self::Ignored => {}
        }
    }

    /// Splits a whole line into its field and the value, with the space that may begin it.
    #[inline]
    fn split(line: &[u8]) -> (Self, &[u8]) {
        match line {
            [b'd', b'a', b't', b'a', b':', value @ ..] => (Self::Data, value),
            [b'i', b'd', b':', value @ ..] => (Self::Id, value),
            [b'e', b'v', b'e', b'n', b't', b':', value @ ..] => (Self::Type, value),
            [b'r', b'e', b't', b'r', b'y', b':', value @ ..] => (Self::Retry, value),
            // A name alone, or one the standard doesn't name.
            _ => (Self::named(line), &[]),
        }
    }
}

/// The line being read.
///
/// As soon as its field name is complete its value goes straight into the block, so a line is never held.
#[derive(Default)]
pub(super) struct Line {
    /// The bytes of a field name that isn't complete yet.
    name: [u8; LONGEST_NAME],
    name_len: usize,
    /// `None` until the name is complete.
    field: Option<Field>,
    /// The value may still begin with the one space that isn't part of it.
    may_drop_space: bool,
}

impl Line {
    /// Whether parts of a line have been taken and its end hasn't.
    #[inline]
    pub(super) fn is_begun(&self) -> bool {
        self.field.is_some() || self.name_len > 0
    }

    /// Takes a whole line at once, which is quicker than in parts; returns what it held, `None` for a blank line.
    #[inline]
    pub(super) fn take(line: &[u8], block: &mut Block) -> Option<Field> {
        if line.is_empty() {
            return None;
        }
        let (field, value) = Field::split(line);
        field.begin(block);
        field.push(value.strip_prefix(b" ").unwrap_or(value), block);
        Some(field)
    }

    /// Takes the next part of the line, without its terminator.
    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8], block: &mut Block) {
        let (field, mut value) = match self.field {
            Some(field) => (field, bytes),
            None => match self.read_name(bytes) {
                Some((field, value)) => {
                    self.begin(field, block);
                    (field, value)
                }
                None => return,
            },
        };
        let Some(&first) = value.first() else { return };
        if self.may_drop_space {
            self.may_drop_space = false;
            if first == b' ' {
                value = &value[1..];
            }
        }
        field.push(value, block);
    }

    /// Ends the line and makes ready for the next one; returns what it held, `None` for a blank line.
    pub(super) fn end(&mut self, block: &mut Block) -> Option<Field> {
        let field = match self.field.take() {
            Some(field) => field,
            None if self.name_len == 0 => return None,
            None => {
                let field = Field::named(&self.name[..self.name_len]);
                self.begin(field, block);
                self.field = None;
                field
            }
        };
        self.name_len = 0;
        Some(field)
    }

    /// Reads on to the end of the field name; returns the field and what follows the colon.
    fn read_name<'a>(&mut self, bytes: &'a [u8]) -> Option<(Field, &'a [u8])> {
        let room = LONGEST_NAME - self.name_len;
        let window = &bytes[..bytes.len().min(room + 1)];
        match window.iter().position(|&byte| byte == b':') {
            Some(colon) if self.name_len == 0 => Some((Field::named(&bytes[..colon]), &bytes[colon + 1..])),
            Some(colon) => {
                self.hold_name(&bytes[..colon]);
                Some((Field::named(&self.name[..self.name_len]), &bytes[colon + 1..]))
            }
            None if bytes.len() > room => Some((Field::Ignored, &[])),
            None => {
                self.hold_name(bytes);
                None
            }
        }
    }

    /// Holds a part of a name, which the caller has seen to fit.
    fn hold_name(&mut self, part: &[u8]) {
        let end = self.name_len + part.len();
        self.name[self.name_len..end].copy_from_slice(part);
        self.name_len = end;
    }

    #[inline]
    fn begin(&mut self, field: Field, block: &mut Block) {
        self.field = Some(field);
        self.may_drop_space = true;
        field.begin(block);
    }
}
