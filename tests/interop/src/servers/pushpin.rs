//! pushpin, which holds the streams of a server behind it, with zurl, through which it asks that server.

use std::process::Command;

use futures_util::FutureExt as _;

use super::{behind_a_line, ours};
use crate::place::{Place, Source, free_port};
use crate::program::Program;
use crate::subject::{Nature, Site, Subject};

pub(super) const SUBJECTS: &[Subject] = &[Subject {
    name: "pushpin",
    parts: &[Source::Apt("pushpin"), Source::Npm("express")],
    start: |place| pushpin(place).boxed(),
    nature: Nature::WHOLE,
}];

async fn pushpin(place: &Place) -> Site {
    let (port, publisher) = (free_port(), free_port());
    let mut site = ours(place, "pushpin-origin", |port| {
        let mut command = place.node("pushpin-origin.js");
        command.env("PORT", port.to_string()).env("PUBLISHER", publisher.to_string());
        command
    })
    .await;
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (at, logs) = (folder.path().display(), place.installed("logs"));
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("there is room for a file");
        folder.path().join(name)
    };
    let zurl = write(
        "zurl.conf",
        &format!(
            "[General]\nin_spec=ipc://{at}/zurl-in\nin_stream_spec=ipc://{at}/zurl-in-stream\n\
             out_spec=ipc://{at}/zurl-out\nin_req_spec=ipc://{at}/zurl-req\nipc_file_mode=660\ndefpolicy=allow\n\
             max_open_requests=100\nbuffer_size=200000\ntimeout=600\nin_hwm=1000\nout_hwm=1000\n"
        ),
    );
    let mut command = Command::new("zurl");
    command.arg(format!("--config={}", zurl.display()));
    let zurl = Program::spawn(&format!("zurl-{port}"), &mut command, &logs);
    write("routes", &format!("* 127.0.0.1:{}\n", site.port()));
    let settings = write(
        "pushpin.conf",
        &format!(
            "[global]\ninclude={{libdir}}/internal.conf\nrundir={at}\nipc_prefix=pushpin-\n\
             [runner]\nservices=condure,pushpin-proxy,pushpin-handler\nhttp_port={port}\nlogdir={at}\n\
             [proxy]\nroutesfile=routes\nzurl_out_specs=ipc://{at}/zurl-in\n\
             zurl_out_stream_specs=ipc://{at}/zurl-in-stream\nzurl_in_specs=ipc://{at}/zurl-out\nsig_key=ours\n\
             [handler]\npush_in_spec=ipc://{at}/push-in\npush_in_sub_specs=ipc://{at}/push-in-sub\n\
             push_in_http_addr=127.0.0.1\npush_in_http_port={publisher}\ncommand_spec=ipc://{at}/command\n\
             message_rate=2500\nmessage_hwm=25000\nmessage_wait=5000\nconnection_subscription_max=20\n"
        ),
    );
    let mut command = Command::new("pushpin");
    command.arg("--config").arg(settings).arg("--merge-output");
    site.programs.push(zurl);
    let pushpin = Program::start(&format!("pushpin-{port}"), &mut command, publisher, &logs).await;
    site.programs.push(pushpin.ends_others());
    Program::listens(port).await;
    site.url = format!("http://127.0.0.1:{port}/events");
    site.folder = Some(folder);
    behind_a_line(site).await
}
