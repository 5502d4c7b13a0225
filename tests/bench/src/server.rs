//! The server that everything is measured against: threads and blocking writes, cheaper than any client.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tidings_gauge::now_ns;

/// What a page of the socket's buffer takes in one write.
const WRITE: usize = 64 * 1024;
/// A thread here has no deep calls, and there can be a thousand.
const STACK: usize = 128 * 1024;
/// More often than any silence limit.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

const HEAD: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
const TEXT: &str = "The quick brown fox jumps over the lazy dog. ";

/// Opens for all that are held.
#[derive(Debug, Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn open(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let closed = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.opened.wait_while(closed, |open| !*open));
    }
}

/// What a stream is to hold, from the query of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    events: u64,
    /// Bytes of each event's data.
    size: usize,
    /// Microseconds between two events; without, as fast as they are taken.
    every_us: u64,
    /// Microseconds before the first.
    after_us: u64,
}

/// Serves until it is killed; prints its port first.
///
/// # Errors
///
/// If there is no port to listen on.
#[expect(clippy::print_stdout, reason = "the port is read by the program that started it")]
pub(crate) fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    io::stdout().flush()?;
    let gate = Arc::new(Gate::default());
    for link in listener.incoming() {
        let (link, gate) = (link?, Arc::clone(&gate));
        // A client that goes away ends its answer.
        thread::Builder::new().stack_size(STACK).spawn(move || drop(answer(link, &gate)))?;
    }
    Ok(())
}

fn answer(mut link: TcpStream, gate: &Gate) -> io::Result<()> {
    link.set_nodelay(true)?;
    let mut lines = BufReader::new(link.try_clone()?);
    let mut request = String::new();
    lines.read_line(&mut request)?;
    let mut header = String::from("-");
    while !header.trim().is_empty() {
        header.clear();
        lines.read_line(&mut header)?;
    }
    let target = request.split(' ').nth(1).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let wanted = Wanted::read(query);
    if path == "/go" {
        gate.open();
        return link.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    }
    let ready = if path == "/held" { encoded(wanted, true) } else { Vec::new() };
    link.write_all(HEAD)?;
    match path {
        "/flood" => flood(&mut link, wanted)?,
        "/held" => {
            gate.wait();
            link.write_all(&ready)?;
        }
        "/beat" => {
            gate.wait();
            beat(&mut link, wanted)?;
        }
        _ => {}
    }
    idle(link, lines)
}

impl Wanted {
    fn read(query: &str) -> Self {
        let value = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(found, _)| *found == name).and_then(|(_, value)| value.parse().ok())
        };
        Self {
            events: value("events").unwrap_or(0),
            size: value("size").and_then(|size| usize::try_from(size).ok()).unwrap_or(100),
            every_us: value("every_us").unwrap_or(0),
            after_us: value("after_us").unwrap_or(0),
        }
    }
}

/// An event's data, `size` bytes long where it has room for its beginning.
fn data(beginning: &str, size: usize) -> String {
    let filling = TEXT.chars().cycle().take(size.saturating_sub(beginning.len()));
    beginning.chars().chain(filling).collect()
}

fn encoded(wanted: Wanted, with_ids: bool) -> Vec<u8> {
    let event = |number| {
        let id = if with_ids { format!("id: {number}\n") } else { String::new() };
        format!("{id}data: {}\n\n", data(&format!("Number {number}: "), wanted.size))
    };
    (1..=wanted.events).flat_map(|number| event(number).into_bytes()).collect()
}

/// The same few events again and again: what is measured is reading them.
fn flood(link: &mut TcpStream, wanted: Wanted) -> io::Result<()> {
    let events = (WRITE / wanted.size).max(1) as u64;
    let page = encoded(Wanted { events, ..wanted }, false);
    for _ in 0..wanted.events / events {
        link.write_all(&page)?;
    }
    link.write_all(&encoded(Wanted { events: wanted.events % events, ..wanted }, false))
}

/// Events at a steady pace, each with the time at which it is written.
#[expect(clippy::disallowed_methods, reason = "a thread that does nothing else, and nothing cancels it")]
fn beat(link: &mut TcpStream, wanted: Wanted) -> io::Result<()> {
    let mut due = Instant::now() + Duration::from_micros(wanted.after_us);
    for number in 1..=wanted.events {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let data = data(&format!("{} ", stamp(now_ns())), wanted.size);
        link.write_all(format!("id: {number}\ndata: {data}\n\n").as_bytes())?;
        due += Duration::from_micros(wanted.every_us);
    }
    Ok(())
}

fn stamp(at_ns: u64) -> String {
    format!("sent@{at_ns}")
}

/// Reads when an event was written from any text that holds its beginning.
pub(crate) fn sent_ns(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once("sent@")?;
    let end = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// Keeps the stream open with a comment now and then until the client goes.
fn idle(mut link: TcpStream, mut lines: BufReader<TcpStream>) -> io::Result<()> {
    link.set_read_timeout(Some(KEEP_ALIVE))?;
    loop {
        match lines.read(&mut [0; 1]) {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                link.write_all(b":\n")?;
            }
            Ok(1..) => {}
            Ok(0) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_says_what_is_wanted() {
        let wanted = Wanted { events: 3, size: 10_000, every_us: 0, after_us: 7 };
        assert_eq!(Wanted::read("events=3&size=10000&after_us=7"), wanted);
        assert_eq!(Wanted::read("").size, 100);
    }

    #[test]
    fn data_is_as_long_as_wanted() {
        assert_eq!(data("Number 7: ", 100).len(), 100);
        let two = Wanted { events: 2, size: 12, every_us: 0, after_us: 0 };
        let text = String::from_utf8(encoded(two, true)).unwrap();
        assert_eq!(text, "id: 1\ndata: Number 1: Th\n\nid: 2\ndata: Number 2: Th\n\n");
    }

    #[test]
    fn the_time_of_writing_is_read_out_of_any_text() {
        assert_eq!(sent_ns(&format!("Feed\n{} The quick", stamp(42))), Some(42));
        assert_eq!(sent_ns(&stamp(7)), Some(7));
        assert_eq!(sent_ns("sent by nobody"), None);
    }
}
