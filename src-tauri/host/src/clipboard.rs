//! The person's clipboard, for what a popup's button copies; the window has a clipboard of its own.

use std::sync::mpsc;
use std::thread;

use tokio::sync::oneshot;

/// A text, and who waits for it to be there.
type Wish = (String, oneshot::Sender<bool>);

/// A way to the clipboard. On X11 a text lives as long as the program that offers it, so one is kept open.
#[derive(Debug)]
pub struct Clipboard(mpsc::Sender<Wish>);

impl Clipboard {
    /// Opens the desktop's clipboard once it is needed, on a thread of its own: a desktop may take its time.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn of_desktop() -> std::io::Result<Self> {
        let (wishes, wanted) = mpsc::channel::<Wish>();
        thread::Builder::new().name("clipboard".into()).spawn(move || {
            let mut clipboard = None;
            for (text, done) in wanted {
                // Who waited may have gone.
                let _ = done.send(write(&mut clipboard, text));
            }
        })?;
        Ok(Self(wishes))
    }

    /// Puts a text there; says whether it is.
    pub async fn write(&self, text: String) -> bool {
        let (done, told) = oneshot::channel();
        self.0.send((text, done)).is_ok() && told.await.unwrap_or(false)
    }
}

fn write(open: &mut Option<arboard::Clipboard>, text: String) -> bool {
    let clipboard = match open {
        Some(clipboard) => Ok(clipboard),
        None => arboard::Clipboard::new().map(|new| open.insert(new)),
    };
    let written = clipboard.and_then(|clipboard| clipboard.set_text(text));
    if let Err(error) = &written {
        tracing::warn!(%error, "the clipboard can't be written");
        // The desktop may have another one by the next time.
        *open = None;
    }
    written.is_ok()
}
