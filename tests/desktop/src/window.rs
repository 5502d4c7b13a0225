//! The app's window, driven from outside through WebDriver.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::desktop::{Desktop, program};
use crate::hand::Hand;
use crate::process::Process;
use crate::profile::Profile;
use crate::trouble::Trouble;
use crate::wait::until;

/// What the driver takes at most to listen; a machine at full load takes its time.
const DRIVER_LIMIT: Duration = Duration::from_secs(20);

/// What the page takes at most to show what it has been told.
pub(crate) const PAGE_LIMIT: Duration = Duration::from_secs(20);

/// Calls a command of the app as its own page does and hands over what comes back, or `{"failure": …}`.
const CALL: &str = "const done = arguments[2]; \
    window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]) \
        .then((value) => done({ value }), (failure) => done({ failure }));";

/// The app, started by its driver, and its window.
#[derive(Debug)]
pub struct Window {
    client: Client,
    driver: Process,
}

impl Window {
    /// Starts the app on a profile and waits for its page.
    ///
    /// # Errors
    /// The app or the driver is missing, or no window came.
    pub async fn open(desktop: &Desktop, profile: &Profile) -> Result<Self, Trouble> {
        Self::open_with(desktop, profile, &[]).await
    }

    /// Starts the app on a profile with further arguments and waits for its page.
    ///
    /// # Errors
    /// The app or the driver is missing, or no window came.
    pub async fn open_with(
        desktop: &Desktop,
        profile: &Profile,
        arguments: &[&str],
    ) -> Result<Self, Trouble> {
        let folder = profile.folder().display().to_string();
        let own = [&["--profile", &folder], arguments].concat();
        let program = program()?;
        let [port, native] = free_ports().map_err(Trouble::refused("finding free ports"))?;
        let (above, below) = (port.to_string(), native.to_string());
        let arguments = ["--port", &above, "--native-port", &below];
        let driver = Process::start(&desktop.session, "tauri-driver", &arguments)?;
        // The one starts the other and doesn't wait for it.
        for port in [port, native] {
            let listens = async || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok();
            until("the window's driver listens", DRIVER_LIMIT, listens).await?;
        }
        let options = json!({ "application": program, "args": own });
        let wanted = Capabilities::from_iter([("tauri:options".to_owned(), options)]);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{port}")).await?;
        Ok(Self { client, driver })
    }

    /// Gives the driver's client, for whatever else a test does with the page.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Gives a hand to use the page with.
    pub fn hand(&self) -> Hand<'_> {
        Hand::new(&self.client)
    }

    /// Calls one of the app's commands as its page does.
    ///
    /// # Errors
    /// The command failed; its answer is given.
    pub async fn call(&self, command: &str, arguments: Value) -> Result<Value, Trouble> {
        let mut answer = self.client.execute_async(CALL, vec![command.into(), arguments]).await?;
        match answer.get("failure") {
            None => Ok(answer["value"].take()),
            Some(failure) => Err(Trouble::Failed { program: command.to_owned(), said: failure.to_string() }),
        }
    }

    /// Gives the text of the page.
    ///
    /// # Errors
    /// There is no page.
    pub async fn text(&self) -> Result<String, Trouble> {
        let text = self.client.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Gives the text of the first element a CSS selector finds.
    ///
    /// # Errors
    /// It finds none.
    pub async fn part(&self, selector: &str) -> Result<String, Trouble> {
        Ok(self.client.find(fantoccini::Locator::Css(selector)).await?.text().await?)
    }

    /// Waits until the page shows a text.
    ///
    /// # Errors
    /// It doesn't; what it shows is given.
    pub async fn shows(&self, text: &str) -> Result<(), Trouble> {
        let shown = async || self.text().await.is_ok_and(|shown| shown.contains(text)).then_some(());
        if until("the text", PAGE_LIMIT, shown).await.is_ok() {
            return Ok(());
        }
        let shown = self.text().await?;
        Err(Trouble::NotInTime {
            what: format!("the window shows \"{text}\", not\n{shown}"),
            limit: PAGE_LIMIT,
        })
    }

    /// Turns to a window that was opened after the first was closed.
    ///
    /// # Errors
    /// None was.
    pub async fn reopened(&self) -> Result<(), Trouble> {
        let handle = async || self.client.windows().await.ok()?.pop();
        let handle = until("the window is open again", PAGE_LIMIT, handle).await?;
        Ok(self.client.switch_to_window(handle).await?)
    }

    /// Ends the session, and with it the app.
    ///
    /// # Errors
    /// The driver refuses.
    pub async fn close(self) -> Result<(), Trouble> {
        let closed = self.client.close().await;
        drop(self.driver);
        Ok(closed?)
    }
}

/// Finds two ports nobody listens on.
fn free_ports() -> std::io::Result<[u16; 2]> {
    let bound = [TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?];
    Ok([bound[0].local_addr()?.port(), bound[1].local_addr()?.port()])
}
