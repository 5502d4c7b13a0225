//! The item in the tray, as the StatusNotifierItem specification of freedesktop.org has it: no toolkit, no window.

use std::sync::Arc;

use ksni::menu::{MenuItem, StandardItem};
use ksni::{Category, Handle, Icon, OfflineReason, Status, ToolTip, Tray, TrayMethods as _};
use tidings_engine::engine::MuteFor;
use tidings_engine::id::EventId;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Mark, Recent, TrayModel};
use crate::host::Goodbye;
use crate::host::Host;

/// Puts an item into the tray for as long as the host runs, and gives the way to draw it; `show` brings the window.
///
/// Where there is no tray the item waits for one: trays come and go with desktops' shells.
pub fn draw(
    host: &Arc<Host>,
    show: impl Fn() + Send + Sync + 'static,
) -> impl Fn(TrayModel) + Send + 'static {
    let (drawn, wanted) = watch::channel(None::<TrayModel>);
    let item = Item { host: Arc::clone(host), show: Box::new(show), model: None, pictures: Pictures::read() };
    host.run(keep(item, host.ending().clone(), wanted));
    move |model| drop(drawn.send_replace(Some(model)))
}

/// Keeps the item in the tray until the host ends.
async fn keep(item: Item, ending: CancellationToken, mut wanted: watch::Receiver<Option<TrayModel>>) {
    let handle = match spawn(item).await {
        Ok(handle) => handle,
        Err(error) => return tracing::warn!(%error, "there is no tray"),
    };
    while tokio::select! {
        biased;
        () = ending.cancelled() => false,
        changed = wanted.changed() => changed.is_ok(),
    } {
        let model = wanted.borrow_and_update().clone();
        handle.update(|item| item.model = model).await;
    }
    handle.shutdown().await;
}

async fn spawn(item: Item) -> Result<Handle<Item>, ksni::Error> {
    // A name of its own on the bus is refused to sandboxed programs, and nobody needs it.
    item.host.set_in_tray(true);
    item.disable_dbus_name(true).assume_sni_available(true).spawn().await
}

struct Item {
    host: Arc<Host>,
    show: Box<dyn Fn() + Send + Sync>,
    model: Option<TrayModel>,
    pictures: Pictures,
}

impl Tray for Item {
    fn id(&self) -> String {
        "tidings".to_owned()
    }

    fn category(&self) -> Category {
        Category::Communications
    }

    fn title(&self) -> String {
        "Tidings".to_owned()
    }

    fn status(&self) -> Status {
        match self.mark() {
            Mark::Attention => Status::NeedsAttention,
            Mark::Paused | Mark::Offline | Mark::Unread | Mark::Idle => Status::Active,
        }
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        vec![self.pictures.of(self.mark()).clone()]
    }

    fn attention_icon_pixmap(&self) -> Vec<Icon> {
        vec![self.pictures.attention.clone()]
    }

    fn tool_tip(&self) -> ToolTip {
        let description = self.model.as_ref().map(|model| model.status.clone()).unwrap_or_default();
        ToolTip { title: "Tidings".to_owned(), description, ..ToolTip::default() }
    }

    fn activate(&mut self, _: i32, _: i32) {
        self.open(None);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let Some(model) = &self.model else { return Vec::new() };
        let language = model.language;
        let mut menu: Vec<MenuItem<Self>> = vec![
            StandardItem { label: plain(&model.status), enabled: false, ..StandardItem::default() }.into(),
            MenuItem::Separator,
        ];
        menu.extend(model.recent.iter().map(recent));
        if !model.recent.is_empty() {
            menu.push(MenuItem::Separator);
        }
        let (paused, muted) = (model.paused, model.is_muted());
        menu.extend([
            choice(language.open_window(), |item| item.open(None)),
            choice(language.mute_all(muted), move |item| item.mute(!muted)),
            choice(language.pause(paused), move |item| item.pause(!paused)),
            MenuItem::Separator,
            choice(language.quit(), |item| item.host.finish(Goodbye::Quit)),
        ]);
        menu
    }

    fn watcher_online(&self) {
        self.host.set_in_tray(true);
    }

    fn watcher_offline(&self, _: OfflineReason) -> bool {
        self.host.set_in_tray(false);
        // It may come back.
        true
    }
}

impl Item {
    fn mark(&self) -> Mark {
        self.model.as_ref().map_or(Mark::Idle, |model| model.mark)
    }

    fn open(&self, event: Option<EventId>) {
        self.host.open(event);
        (self.show)();
    }

    fn pause(&self, paused: bool) {
        let host = Arc::clone(&self.host);
        self.host.run(async move {
            if let Err(error) = host.engine().pause(paused).await {
                tracing::warn!(%error, "pausing from the tray failed");
            }
        });
    }

    fn mute(&self, muted: bool) {
        let host = Arc::clone(&self.host);
        let span = if muted { MuteFor::Hour } else { MuteFor::Nothing };
        self.host.run(async move {
            if let Err(error) = host.engine().mute(None, span).await {
                tracing::warn!(%error, "muting from the tray failed");
            }
        });
    }
}

fn choice(label: &str, chosen: impl Fn(&mut Item) + Send + 'static) -> MenuItem<Item> {
    StandardItem { label: plain(label), activate: Box::new(chosen), ..StandardItem::default() }.into()
}

fn recent(event: &Recent) -> MenuItem<Item> {
    let id = event.id;
    choice(&event.title, move |item| item.open(Some(id)))
}

/// A label as it is: an underscore alone would mark the next letter as a key to press.
fn plain(text: &str) -> String {
    text.replace('_', "__")
}

/// A picture for each mark.
struct Pictures {
    idle: Icon,
    unread: Icon,
    offline: Icon,
    paused: Icon,
    attention: Icon,
}

impl Pictures {
    fn read() -> Self {
        Self {
            idle: picture(include_bytes!("../../../../icons/tray-idle@2x.png")),
            unread: picture(include_bytes!("../../../../icons/tray-unread@2x.png")),
            offline: picture(include_bytes!("../../../../icons/tray-offline@2x.png")),
            paused: picture(include_bytes!("../../../../icons/tray-paused@2x.png")),
            attention: picture(include_bytes!("../../../../icons/tray-attention@2x.png")),
        }
    }

    fn of(&self, mark: Mark) -> &Icon {
        match mark {
            Mark::Idle => &self.idle,
            Mark::Unread => &self.unread,
            Mark::Offline => &self.offline,
            Mark::Paused => &self.paused,
            Mark::Attention => &self.attention,
        }
    }
}

/// Turns a PNG into what the specification wants: ARGB, the most significant byte first.
fn picture(png: &[u8]) -> Icon {
    let decoded = image::load_from_memory_with_format(png, image::ImageFormat::Png);
    let pixels = decoded.expect("icons/render writes PNG files").into_rgba8();
    let side = |pixels: u32| i32::try_from(pixels).expect("icons are small");
    let (width, height) = (side(pixels.width()), side(pixels.height()));
    let mut data = pixels.into_raw();
    data.chunks_exact_mut(4).for_each(|pixel| pixel.rotate_right(1));
    Icon { width, height, data }
}
