//! An answer as bytes: the head, and the body in its framing and encoding.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::answer::{Answer, Framing, Piece, Then, Version};

/// The URLs that stand in an answer's headers for `{self}`, `{selfpath}` and `{self2}`.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) own: String,
    pub(crate) path: String,
    pub(crate) other: String,
}

impl Places {
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self { own: String::new(), path: String::new(), other: String::new() }
    }

    fn filled_in(&self, text: &str) -> String {
        text.replace("{self}", &self.own).replace("{selfpath}", &self.path).replace("{self2}", &self.other)
    }
}

/// Writes the head of an answer, with the interim answer before it.
pub(crate) fn head(answer: &Answer, places: &Places) -> Vec<u8> {
    let version = match answer.version {
        Version::Http10 => "HTTP/1.0",
        Version::Http11 => "HTTP/1.1",
    };
    let mut head = String::new();
    if let Some(status) = answer.early {
        head += &format!("{version} {status} Early\r\nLink: </style.css>; rel=preload\r\n\r\n");
    }
    head += &format!("{version} {} Scripted\r\n", answer.status);
    for (name, value) in &answer.headers {
        head += &format!("{name}: {}\r\n", places.filled_in(value));
    }
    for (name, value) in implied_headers(answer) {
        if !answer.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name)) {
            head += &format!("{name}: {value}\r\n");
        }
    }
    (head + "\r\n").into_bytes()
}

/// The headers that the framing and encoding need. Each connection carries one answer.
fn implied_headers(answer: &Answer) -> Vec<(&'static str, String)> {
    let mut headers = vec![("Connection", "close".to_owned())];
    if answer.gzip {
        headers.push(("Content-Encoding", "gzip".to_owned()));
    }
    match framing(answer) {
        Framing::Chunked => headers.push(("Transfer-Encoding", "chunked".to_owned())),
        Framing::Length => headers.push(("Content-Length", body_length(answer).to_string())),
        Framing::Close => {}
    }
    headers
}

/// A status that has no body has no framing either.
fn framing(answer: &Answer) -> Framing {
    match answer.status {
        100..=199 | 204 | 205 | 304 => Framing::Close,
        _ => answer.framing,
    }
}

/// The length of the body as it is sent; what follows an answer that is cut off or held counts too.
fn body_length(answer: &Answer) -> usize {
    let mut encoder = Encoder::new(&Answer { framing: Framing::Close, ..answer.clone() });
    let sent: usize = answer.chunks.iter().map(|Piece(bytes)| encoder.encode(bytes).len()).sum();
    sent + match answer.then {
        Then::Eof => encoder.finish().len(),
        Then::Hold | Then::Close | Then::Rst | Then::Nothing => 0,
    }
}

/// Encodes a body piece by piece.
pub(crate) struct Encoder {
    framing: Framing,
    extensions: bool,
    gzip: Option<GzEncoder<Vec<u8>>>,
}

impl Encoder {
    pub(crate) fn new(answer: &Answer) -> Self {
        Self {
            framing: framing(answer),
            extensions: answer.chunk_extensions,
            gzip: answer.gzip.then(|| GzEncoder::new(Vec::new(), Compression::default())),
        }
    }

    /// Encodes one piece, so that a client can decode all of it at once.
    pub(crate) fn encode(&mut self, piece: &[u8]) -> Vec<u8> {
        match &mut self.gzip {
            Some(gzip) => {
                gzip.write_all(piece).and_then(|()| gzip.flush()).expect("writing to memory doesn't fail");
                let packed = std::mem::take(gzip.get_mut());
                self.framed(&packed)
            }
            None => self.framed(piece),
        }
    }

    /// Encodes the clean end of the body.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let trailer = self.gzip.take().map(|gzip| gzip.finish().expect("writing to memory doesn't fail"));
        let mut end = self.framed(&trailer.unwrap_or_default());
        if self.framing == Framing::Chunked {
            end.extend_from_slice(b"0\r\n\r\n");
        }
        end
    }

    fn framed(&self, bytes: &[u8]) -> Vec<u8> {
        match self.framing {
            Framing::Length | Framing::Close => bytes.to_vec(),
            // A chunk of no bytes would be the end.
            Framing::Chunked if bytes.is_empty() => Vec::new(),
            Framing::Chunked => {
                let size = if self.extensions {
                    format!("{:04X};a;name=\"quo;ted\"", bytes.len())
                } else {
                    format!("{:x}", bytes.len())
                };
                [size.as_bytes(), b"\r\n", bytes, b"\r\n"].concat()
            }
        }
    }
}
