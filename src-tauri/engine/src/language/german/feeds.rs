//! What is said of feeds: their connections, their keys and what happened to them.

/// English and German.
pub(super) const FEEDS: &[(&str, &str)] = &[
    // What happened to a connection.
    ("dialled, to resume after #{}", "Verbindungsaufbau, um nach #{} fortzusetzen"),
    (
        "dialled again: the machine woke, or the network is back",
        "neuer Verbindungsaufbau: Der Rechner ist aufgewacht, oder das Netz ist wieder da",
    ),
    ("dialled", "Verbindungsaufbau"),
    (
        "the server took the request and hasn't answered yet",
        "der Server hat die Anfrage angenommen und noch nicht geantwortet",
    ),
    ("opened {} ms after the dial", "offen, {} ms nach dem Verbindungsaufbau"),
    ("silent for {}", "still seit {}"),
    ("refused: {}", "abgelehnt: {}"),
    ("ended after {}: {}", "endete nach {}: {}"),
    ("to be dialled at once", "sofortiger Verbindungsaufbau verlangt"),
    ("offline: there is no network", "offline: Es gibt kein Netz"),
    ("waits until {}: {}", "wartet bis {}: {}"),
    ("stopped: {}", "angehalten: {}"),
    (
        "an event of {} bytes was skipped: it is over the limit",
        "ein Ereignis von {} Bytes wurde übersprungen: Es ist größer als erlaubt",
    ),
    ("the reconnection time is {}", "die Zeit bis zum Wiederverbinden beträgt {}"),
    (
        "The server's proxy seems to hold events back. Turn its response buffering off for this path: proxy_buffering off in nginx, or the header X-Accel-Buffering: no from the server.",
        "Der Proxy des Servers hält anscheinend Ereignisse zurück. Seine Pufferung von Antworten für diesen Pfad abschalten: proxy_buffering off in nginx, oder die Kopfzeile X-Accel-Buffering: no vom Server.",
    ),
    ("events pass at once again", "Ereignisse kommen wieder sofort durch"),
    ("1 event may be missing", "1 Ereignis kann fehlen"),
    ("{} events may be missing", "{} Ereignisse können fehlen"),
    ("events may be missing", "Ereignisse können fehlen"),
    (
        "left: paused, switched off, changed, or Tidings ended",
        "verlassen: angehalten, ausgeschaltet, geändert, oder Tidings wurde beendet",
    ),
    ("a fault of the program's own", "ein Fehler des Programms selbst"),
    // Why a connection isn't there.
    (
        "{} It has said so {} times; it may not be a feed, or the network wants a sign-in.",
        "{} Das hat er schon {}-mal gesagt; vielleicht ist es kein Feed, oder das Netz verlangt eine Anmeldung.",
    ),
    ("The server ended the stream.", "Der Server hat den Datenstrom beendet."),
    (
        "Nothing came for {} s, not even a sign of life.",
        "{} s lang kam nichts, nicht einmal ein Lebenszeichen.",
    ),
    (
        "Nothing came for {} s, not even the start of an answer. If a proxy holds it back, turn its buffering off for this path (in nginx: proxy_buffering off, or X-Accel-Buffering: no from the server).",
        "{} s lang kam nichts, nicht einmal der Anfang einer Antwort. Hält ein Proxy sie zurück, dessen Pufferung für diesen Pfad abschalten (in nginx: proxy_buffering off, oder X-Accel-Buffering: no vom Server).",
    ),
    (
        "The name of the server could not be found. Check the address and the network.",
        "Der Name des Servers war nicht zu finden. Adresse und Netz prüfen.",
    ),
    (
        "The server did not accept the connection within 15 s.",
        "Der Server hat die Verbindung nicht binnen 15 s angenommen.",
    ),
    (
        "The server refused the connection: nothing listens at that address and port.",
        "Der Server hat die Verbindung abgelehnt: Unter dieser Adresse und diesem Port antwortet nichts.",
    ),
    ("The server broke the connection off.", "Der Server hat die Verbindung abgebrochen."),
    ("The network can't reach the server.", "Der Server ist über das Netz nicht erreichbar."),
    (
        "The proxy did not let the connection through. Check its address and sign-in, here or in the settings of the system.",
        "Der Proxy hat die Verbindung nicht durchgelassen. Seine Adresse und Anmeldung prüfen, hier oder in den Einstellungen des Systems.",
    ),
    ("The server's headers are too long.", "Die Kopfzeilen des Servers sind zu lang."),
    (
        "The server does not speak HTTP at that address and port. Check both, and whether it should be https.",
        "Unter dieser Adresse und diesem Port spricht der Server kein HTTP. Beides prüfen, und ob es https sein muss.",
    ),
    (
        "The server closed the connection without an answer.",
        "Der Server hat die Verbindung ohne Antwort geschlossen.",
    ),
    ("The connection ended in the middle of the answer.", "Die Verbindung endete mitten in der Antwort."),
    ("The connection could not be made.", "Die Verbindung kam nicht zustande."),
    (
        "The answer is damaged: it breaks the rules of HTTP.",
        "Die Antwort ist beschädigt: Sie verletzt die Regeln von HTTP.",
    ),
    ("The answer's compression is damaged.", "Die Komprimierung der Antwort ist beschädigt."),
    ("The connection broke.", "Die Verbindung ist abgerissen."),
    ("The stream could not be read.", "Der Datenstrom war nicht lesbar."),
    ("The request's body can't be sent twice.", "Der Inhalt der Anfrage kann nicht zweimal gesendet werden."),
    (
        "The proxy or certificates of this feed can't be used: {}.",
        "Proxy oder Zertifikate dieses Feeds sind nicht verwendbar: {}.",
    ),
    (
        "The server is busy and named a time to come back. ({})",
        "Der Server ist ausgelastet und hat eine Zeit für den nächsten Versuch genannt. ({})",
    ),
    ("The server asks not to connect again. ({})", "Der Server bittet, nicht wieder zu verbinden. ({})"),
    (
        "The server wants a sign-in, or did not accept the one given. ({})",
        "Der Server verlangt eine Anmeldung oder hat die angegebene nicht angenommen. ({})",
    ),
    (
        "The server does not allow this sign-in to read the feed. ({})",
        "Der Server erlaubt dieser Anmeldung nicht, den Feed zu lesen. ({})",
    ),
    ("The proxy wants a sign-in. ({})", "Der Proxy verlangt eine Anmeldung. ({})"),
    (
        "The server says this feed is gone for good. ({})",
        "Der Server sagt, dass es diesen Feed endgültig nicht mehr gibt. ({})",
    ),
    (
        "There is no feed at this address. Check the path. ({})",
        "Unter dieser Adresse gibt es keinen Feed. Den Pfad prüfen. ({})",
    ),
    ("The server asks to try again. ({})", "Der Server bittet um einen neuen Versuch. ({})"),
    ("The server has a fault of its own. ({})", "Der Server hat selbst einen Fehler. ({})"),
    ("The server does not accept the request. ({})", "Der Server nimmt die Anfrage nicht an. ({})"),
    (
        "The server does not accept the request. It may want a client certificate. (400 Bad Request)",
        "Der Server nimmt die Anfrage nicht an. Vielleicht verlangt er ein Client-Zertifikat. (400 Bad Request)",
    ),
    (
        "The server answered, but not with a feed. ({})",
        "Der Server hat geantwortet, aber nicht mit einem Feed. ({})",
    ),
    (
        "The server answered without saying what it sends; a feed says “text/event-stream”.",
        "Der Server hat geantwortet, ohne zu sagen, was er sendet; ein Feed sagt „text/event-stream“.",
    ),
    (
        "The server answered with a web page, not a stream of events. Check the address, or sign in to the network first.",
        "Der Server hat mit einer Webseite geantwortet, nicht mit einem Ereignisstrom. Die Adresse prüfen oder sich zuerst im Netz anmelden.",
    ),
    (
        "The server answered with JSON, not a stream of events. Check the address.",
        "Der Server hat mit JSON geantwortet, nicht mit einem Ereignisstrom. Die Adresse prüfen.",
    ),
    (
        "The server answered with “{}”, not a stream of events (text/event-stream).",
        "Der Server hat mit „{}“ geantwortet, nicht mit einem Ereignisstrom (text/event-stream).",
    ),
    ("The server redirects ({}) without saying where.", "Der Server leitet um ({}), ohne zu sagen, wohin."),
    ("The server redirects in circles (over {} times).", "Der Server leitet im Kreis um (über {}-mal)."),
    (
        "The server redirects to something that is not a web address.",
        "Der Server leitet auf etwas um, das keine Webadresse ist.",
    ),
    (
        "The server redirects to another site, {}. If you trust it, use its address for this feed.",
        "Der Server leitet auf eine andere Website um, {}. Ist sie vertrauenswürdig, ihre Adresse für diesen Feed verwenden.",
    ),
    (
        "This computer allows Tidings no more open connections{}. Turn feeds off, or raise the limit of open files (ulimit -n).",
        "Dieser Rechner erlaubt Tidings keine weiteren offenen Verbindungen{}. Feeds ausschalten oder die Grenze offener Dateien erhöhen (ulimit -n).",
    ),
    (" (limit {})", " (Grenze {})"),
    (
        "Tidings met a fault of its own while reading this feed, and starts it again.",
        "Beim Lesen dieses Feeds trat ein Fehler von Tidings selbst auf; der Feed wird neu gestartet.",
    ),
    (
        "Firebase says that the sign-in has expired or was revoked. Enter a current one.",
        "Firebase sagt, dass die Anmeldung abgelaufen ist oder widerrufen wurde. Eine gültige eingeben.",
    ),
    (
        "Firebase says that this sign-in may not read here any more. Enter another one, or change the database's rules.",
        "Firebase sagt, dass diese Anmeldung hier nicht mehr lesen darf. Eine andere eingeben oder die Regeln der Datenbank ändern.",
    ),
    // TLS.
    (
        "The server wants a client certificate. Give this feed one, with its key.",
        "Der Server verlangt ein Client-Zertifikat. Dem Feed eines mit seinem Schlüssel geben.",
    ),
    (
        "The server did not accept this feed's client certificate, or that it has none. Ask its operator for a valid one.",
        "Der Server hat das Client-Zertifikat dieses Feeds nicht angenommen, oder dass er keines hat. Beim Betreiber um ein gültiges bitten.",
    ),
    (
        "The server refused the secure connection (TLS). It may want a client certificate.",
        "Der Server hat die sichere Verbindung (TLS) abgelehnt. Vielleicht verlangt er ein Client-Zertifikat.",
    ),
    (
        "The secure connection (TLS) broke off, or was damaged on its way.",
        "Die sichere Verbindung (TLS) ist abgebrochen oder wurde unterwegs beschädigt.",
    ),
    (
        "The server and this computer could not agree on a secure connection (TLS). Is it https at all?",
        "Server und Rechner konnten sich auf keine sichere Verbindung (TLS) einigen. Ist es überhaupt https?",
    ),
    (
        "The server's certificate is not acceptable. Its operator must replace it.",
        "Das Zertifikat des Servers ist nicht annehmbar. Der Betreiber muss es ersetzen.",
    ),
    (
        "The server signed its certificate itself, so nobody vouches for it. Ask its operator for its key's fingerprint; if it is {}, pin that for this feed.",
        "Der Server hat sein Zertifikat selbst unterschrieben, also bürgt niemand dafür. Beim Betreiber nach dem Fingerabdruck des Schlüssels fragen; ist es {}, diesen für den Feed festlegen.",
    ),
    (
        "The server's key is not the one pinned for this feed. Pinned is {}, but it showed {}. If its operator confirms the change, pin that key, else somebody may be listening in.",
        "Der Schlüssel des Servers ist nicht der für diesen Feed festgelegte. Festgelegt ist {}, gezeigt hat er {}. Bestätigt der Betreiber die Änderung, diesen Schlüssel festlegen; sonst hört vielleicht jemand mit.",
    ),
    (
        "The server's certificate has expired. Its operator must renew it; check this computer's clock too.",
        "Das Zertifikat des Servers ist abgelaufen. Der Betreiber muss es erneuern; auch die Uhr dieses Rechners prüfen.",
    ),
    (
        "The server's certificate is not valid yet. Check this computer's clock.",
        "Das Zertifikat des Servers gilt noch nicht. Die Uhr dieses Rechners prüfen.",
    ),
    (
        "The server's certificate comes from an authority this computer does not know, such as a company's own. Give this feed that authority's certificate, or pin the server's key ({}) if its operator confirms it.",
        "Das Zertifikat des Servers kommt von einer Zertifizierungsstelle, die dieser Rechner nicht kennt, etwa der einer Firma. Dem Feed deren Zertifikat geben, oder den Schlüssel des Servers ({}) festlegen, wenn der Betreiber ihn bestätigt.",
    ),
    (
        "The server's certificate is for another name. Check the address.",
        "Das Zertifikat des Servers gilt für einen anderen Namen. Die Adresse prüfen.",
    ),
    (
        "The server's certificate was revoked. Its operator must replace it.",
        "Das Zertifikat des Servers wurde widerrufen. Der Betreiber muss es ersetzen.",
    ),
    ("none that can be read", "keiner, der lesbar ist"),
    // What a test of an address says.
    (
        "The server took the request and hasn't answered yet. Some do so with their first event.",
        "Der Server hat die Anfrage angenommen und noch nicht geantwortet. Manche tun das erst mit dem ersten Ereignis.",
    ),
    ("It is open, and waiting for its first event.", "Er ist offen und wartet auf das erste Ereignis."),
    (
        "It is a stream of events, and ended without any.",
        "Es ist ein Ereignisstrom, und er endete ohne Ereignis.",
    ),
    ("It works: one event came.", "Es funktioniert: Ein Ereignis kam."),
    ("It works: {} events came.", "Es funktioniert: {} Ereignisse kamen."),
    // Where events may be missing.
    ("Events may be missing between {} and {}.", "Zwischen {} und {} können Ereignisse fehlen."),
    ("By the numbers of its events, 1 never came.", "Nach den Nummern der Ereignisse ist 1 nie angekommen."),
    (
        "By the numbers of its events, {} never came.",
        "Nach den Nummern der Ereignisse sind {} nie angekommen.",
    ),
    (
        "The feed was away, and its server gave no id to resume from.",
        "Der Feed war weg, und sein Server hat keine ID zum Fortsetzen gegeben.",
    ),
    (
        "The feed was away, and its server no longer has what came meanwhile.",
        "Der Feed war weg, und sein Server hat nicht mehr, was inzwischen kam.",
    ),
];
