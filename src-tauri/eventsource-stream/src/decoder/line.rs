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
    /// Takes the next part of the line, without its terminator.
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
        match field {
            Field::Data => block.push_data(value),
            Field::Type => block.push_type(value),
            Field::Id => block.push_id(value),
            Field::Retry => block.push_retry(value),
            Field::Ignored => {}
        }
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

    fn begin(&mut self, field: Field, block: &mut Block) {
        self.field = Some(field);
        self.may_drop_space = true;
        match field {
            Field::Data => block.begin_data(),
            Field::Type => block.begin_type(),
            Field::Id => block.begin_id(),
            Field::Retry => block.begin_retry(),
            Field::Ignored => {}
        }
    }
}
