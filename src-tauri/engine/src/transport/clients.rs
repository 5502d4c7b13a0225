//! The HTTP clients: one for all feeds without settings of their own, few for the others.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::Client;

use super::route::{Proxy, Route};
use super::{CONNECT_DEADLINE, tls};

/// A dead peer is noticed by the operating system within a few of these where no byte is due for long.
const TCP_KEEPALIVE: Duration = Duration::from_secs(30);
/// Beyond so many routes the one that rested longest is made anew when it is needed: a client costs a few hundred KB.
const MOST: usize = 32;

/// Clients by route.
#[derive(Debug)]
pub(super) struct Clients {
    plain: Client,
    /// The one used last is the last.
    others: Mutex<Vec<(Arc<Route>, Client)>>,
}

impl Clients {
    pub(super) fn new() -> Result<Self, String> {
        Ok(Self { plain: build(&Route::default())?, others: Mutex::default() })
    }

    /// Gives the client of a route, made where there is none yet.
    pub(super) fn of(&self, route: &Arc<Route>) -> Result<Client, String> {
        if **route == Route::default() {
            return Ok(self.plain.clone());
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let client = match others.iter().position(|(known, _)| known == route) {
            Some(at) => others.remove(at).1,
            None => build(route)?,
        };
        if others.len() >= MOST {
            others.remove(0);
        }
        others.push((Arc::clone(route), client.clone()));
        Ok(client)
    }
}

/// Makes a client.
///
/// HTTP/1.1 only: over HTTP/2 a server's stream limit starves the other feeds of that origin silently. No pool: a
/// stream's socket is never fit for another request. Redirects are followed by [`Hop`](super::redirect::Hop) alone.
fn build(route: &Route) -> Result<Client, String> {
    let builder = Client::builder()
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .pool_max_idle_per_host(0)
        .connect_timeout(CONNECT_DEADLINE)
        .tcp_keepalive(TCP_KEEPALIVE)
        .tcp_nodelay(true)
        .user_agent(concat!("Tidings/", env!("CARGO_PKG_VERSION")))
        .use_preconfigured_tls(tls::config(route).map_err(|error| error.to_string())?);
    let told = |error: reqwest::Error| error.without_url().to_string();
    let builder = match &route.proxy {
        Proxy::System => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Url(url) => builder.proxy(reqwest::Proxy::all(url.clone()).map_err(told)?),
    };
    builder.build().map_err(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::RouteParts;

    fn route(n: usize) -> Arc<Route> {
        let proxy = Proxy::at(&format!("http://proxy{n}.test"), None).unwrap();
        Arc::new(Route::new(&RouteParts { proxy, ..RouteParts::default() }).unwrap())
    }

    fn held(clients: &Clients) -> Vec<Arc<Route>> {
        clients.others.lock().unwrap().iter().map(|(route, _)| Arc::clone(route)).collect()
    }

    #[test]
    fn plain_feeds_share_one_client_and_equal_routes_another() {
        let clients = Clients::new().unwrap();
        for _ in 0..1000 {
            clients.of(&Arc::default()).unwrap();
        }
        assert_eq!(held(&clients), []);
        for _ in 0..3 {
            clients.of(&route(1)).unwrap();
        }
        assert_eq!(held(&clients), [route(1)]);
    }

    #[test]
    fn keeps_the_clients_that_are_in_use_and_no_more_than_a_few() {
        let clients = Clients::new().unwrap();
        for n in 0..MOST + 5 {
            clients.of(&route(n)).unwrap();
            clients.of(&route(0)).unwrap();
        }
        let held = held(&clients);
        assert!(held.len() == MOST && held.contains(&route(0)) && !held.contains(&route(1)));
    }
}
