//! A request as it came over the wire.

use std::io;
use std::time::Instant;

use tokio::io::{AsyncReadExt, BufReader};
use tokio::net::TcpStream;

/// The longest request head that is read, in bytes: far more than any client sends.
const LONGEST_HEAD: usize = 64 * 1024;

/// Which of a server's two origins a request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The feed's own.
    Own,
    /// The other one, `{self2}`.
    Other,
}

/// One request that a server received, and what became of its answer.
#[derive(Clone, Debug)]
pub struct Request {
    /// The origin it came to.
    pub origin: Origin,
    /// The sub-path below the feed's path, empty for the feed itself, without the query.
    pub sub: String,
    /// Which request to this sub-path it is, from 1.
    pub n: usize,
    /// The method.
    pub method: String,
    /// The request target, with the query.
    pub target: String,
    /// The headers in order, names in lower case; bytes that are no UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body, by its `Content-Length`.
    pub body: Vec<u8>,
    /// When it was received.
    pub received: Instant,
    /// When each piece of the answer's body was sent.
    pub sent: Vec<Instant>,
    /// When its answer ended, for one that is held when the client closed it.
    pub ended: Option<Instant>,
}

impl Request {
    /// Returns the value of a header, `None` where it is absent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns every value of a header, in order.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Reads the request of a connection.
    ///
    /// # Errors
    ///
    /// Where the connection ends before the request does, or its head is too long or malformed.
    pub(crate) async fn read(socket: &mut TcpStream, origin: Origin) -> io::Result<Self> {
        let mut reader = BufReader::new(socket);
        let head = read_head(&mut reader).await?;
        let received = Instant::now();
        let head = String::from_utf8_lossy(&head);
        let mut lines = head.split("\r\n").take_while(|line| !line.is_empty());
        let mut words = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        let headers: Vec<_> = lines.filter_map(header_line).collect();
        let sub = String::new();
        let mut request = Self {
            origin,
            sub,
            n: 0,
            method,
            target,
            headers,
            body: Vec::new(),
            received,
            sent: Vec::new(),
            ended: None,
        };
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        (&mut reader).take(length).read_to_end(&mut request.body).await?;
        Ok(request)
    }
}

/// Reads up to and with the blank line.
async fn read_head(reader: &mut BufReader<&mut TcpStream>) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() == LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.push(reader.read_u8().await?);
    }
    Ok(head)
}

fn header_line(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    // Only the padding around a value is dropped, so that a tab inside one is seen.
    Some((name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned()))
}
