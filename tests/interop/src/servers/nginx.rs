//! nginx with nchan: a server of events made of settings alone.

use futures_util::FutureExt as _;

use crate::line::Line;
use crate::place::{Place, Source, free_port};
use crate::program::Nginx;
use crate::subject::{Control, Nature, Site, Subject};

pub(super) const SUBJECTS: &[Subject] = &[Subject {
    name: "nginx with nchan",
    parts: &[Source::Apt("nginx"), Source::Apt("libnginx-mod-nchan")],
    start: |place| nchan(place).boxed(),
    nature: Nature::WHOLE,
}];

async fn nchan(place: &Place) -> Site {
    let port = free_port();
    let server = format!(
        "listen 127.0.0.1:{port}; nchan_channel_id builds;
         location /events {{ nchan_subscriber eventsource; nchan_eventsource_ping_interval 4; }}
         location /publish {{ nchan_publisher; nchan_message_buffer_length 1000; nchan_message_timeout 1h; }}"
    );
    let (program, folder) = Nginx::start(place, port, &server, &[]).await.into_parts();
    let line = Line::to(port).await;
    Site {
        url: format!("http://127.0.0.1:{}/events", line.port()),
        control: Control::Nchan { url: format!("http://127.0.0.1:{port}/publish"), line },
        programs: vec![program],
        folder: Some(folder),
    }
}
