//! What is said of what people enter: feeds, headers, certificates, rules, templates, searches and lists.

/// English and German.
pub(super) const FIELDS: &[(&str, &str)] = &[
    // Feeds.
    (
        "The name holds a control character. Type it again.",
        "Der Name enthält ein Steuerzeichen. Erneut eingeben.",
    ),
    ("The name is longer than {} characters. Shorten it.", "Der Name ist länger als {} Zeichen. Kürzen."),
    (
        "That is not a web address. It begins with https:// or http://.",
        "Das ist keine Webadresse. Sie beginnt mit https:// oder http://.",
    ),
    (
        "Feeds are read over https:// or http://, not “{}:”.",
        "Feeds werden über https:// oder http:// gelesen, nicht über „{}:“.",
    ),
    ("Enter the user name.", "Den Benutzernamen eingeben."),
    (
        "A user name can't hold a colon or a control character.",
        "Ein Benutzername kann weder Doppelpunkt noch Steuerzeichen enthalten.",
    ),
    (
        "A token is one word of letters, digits and signs, without spaces.",
        "Ein Token ist ein Wort aus Buchstaben, Ziffern und Zeichen, ohne Leerzeichen.",
    ),
    ("Enter the value of the address's parameter {}.", "Den Wert des Parameters {} der Adresse eingeben."),
    ("the password", "Das Passwort"),
    ("the token", "Das Token"),
    ("the value of {}", "Den Wert von {}"),
    ("the client certificate's key", "Den Schlüssel des Client-Zertifikats"),
    ("the proxy's password", "Das Passwort am Proxy"),
    ("No more than {} headers.", "Höchstens {} Kopfzeilen."),
    ("The header {} is there twice. Leave one out.", "Die Kopfzeile {} ist doppelt. Eine weglassen."),
    (
        "“{}” is not a header name: use letters, digits and hyphens.",
        "„{}“ ist kein Name für eine Kopfzeile: Buchstaben, Ziffern und Bindestriche verwenden.",
    ),
    (
        "The header {} is set by Tidings itself; leave it out.",
        "Die Kopfzeile {} setzt Tidings selbst; weglassen.",
    ),
    (
        "The value of {} holds a line break or a control character.",
        "Der Wert von {} enthält einen Zeilenumbruch oder ein Steuerzeichen.",
    ),
    (
        "The sign-in sets the header authorization already. Use one of the two.",
        "Die Anmeldung setzt die Kopfzeile authorization schon. Nur eine von beiden verwenden.",
    ),
    ("The address has {} twice. Leave one out.", "{} steht doppelt in der Adresse. Einmal weglassen."),
    (
        "Over http:// everybody in that network can read this feed's secrets. Use https://, or agree to it.",
        "Über http:// können alle in diesem Netz die Geheimnisse des Feeds lesen. https:// verwenden oder zustimmen.",
    ),
    (
        "Over http:// everybody on the way can read this feed's secrets. Use https://, or take the secrets out.",
        "Über http:// können alle auf dem Weg die Geheimnisse des Feeds lesen. https:// verwenden oder die Geheimnisse entfernen.",
    ),
    (
        "A parameter of the address needs a name without control characters.",
        "Ein Parameter der Adresse braucht einen Namen ohne Steuerzeichen.",
    ),
    ("The parameter {} is there twice. Leave one out.", "Der Parameter {} ist doppelt. Einen weglassen."),
    (
        "The address holds a user and password too. Take them out of it.",
        "Auch die Adresse enthält Benutzer und Passwort. Dort herausnehmen.",
    ),
    ("Its address is none that can be dialled.", "Die Adresse ist keine, zu der verbunden werden kann."),
    (
        "Its address holds a secret. Add it by its address instead.",
        "Die Adresse enthält ein Geheimnis. Den Feed stattdessen über seine Adresse hinzufügen.",
    ),
    (
        "Enter a single emoji, such as 🔔, or choose a picture.",
        "Ein einzelnes Emoji eingeben, etwa 🔔, oder ein Bild wählen.",
    ),
    (
        "{} is neither PEM nor the path of a file of PEM that can be read.",
        "{} ist weder PEM noch der Pfad einer lesbaren PEM-Datei.",
    ),
    ("The authority's certificate", "Das Zertifikat der Zertifizierungsstelle"),
    ("The client certificate", "Das Client-Zertifikat"),
    ("The client certificate's key", "Der Schlüssel des Client-Zertifikats"),
    ("{} is {} to {} seconds.", "{} beträgt {} bis {} Sekunden."),
    ("The silence time", "Die Zeit der Stille"),
    ("The longest wait", "Die längste Pause"),
    ("The body is longer than {} KiB.", "Der Inhalt ist länger als {} KiB."),
    ("“{}” is not an HTTP method.", "„{}“ ist keine HTTP-Methode."),
    ("{} brings no stream. Use GET or POST.", "{} bringt keinen Datenstrom. GET oder POST verwenden."),
    (
        "A GET has no body. Use POST, or take the body out.",
        "Ein GET hat keinen Inhalt. POST verwenden oder den Inhalt entfernen.",
    ),
    (
        "The proxy's user name can't hold a colon.",
        "Der Benutzername am Proxy kann keinen Doppelpunkt enthalten.",
    ),
    (
        "That is not a key's fingerprint. It reads sha256/ and 44 letters, as the connection's fault shows it.",
        "Das ist kein Fingerabdruck eines Schlüssels. Er lautet sha256/ und 44 Zeichen, wie ihn der Fehler der Verbindung zeigt.",
    ),
    (
        "The authority's certificate can't be read. It is PEM: a text from BEGIN CERTIFICATE to END CERTIFICATE.",
        "Das Zertifikat der Zertifizierungsstelle ist nicht lesbar. Es ist PEM: ein Text von BEGIN CERTIFICATE bis END CERTIFICATE.",
    ),
    (
        "The authority's certificate is damaged. Copy it again.",
        "Das Zertifikat der Zertifizierungsstelle ist beschädigt. Erneut kopieren.",
    ),
    (
        "The client certificate can't be read. It is PEM: a text from BEGIN CERTIFICATE to END CERTIFICATE.",
        "Das Client-Zertifikat ist nicht lesbar. Es ist PEM: ein Text von BEGIN CERTIFICATE bis END CERTIFICATE.",
    ),
    (
        "The client certificate's key can't be read. It is PEM, and must not be locked with a passphrase.",
        "Der Schlüssel des Client-Zertifikats ist nicht lesbar. Er ist PEM und darf nicht mit einer Passphrase gesperrt sein.",
    ),
    (
        "The client certificate and the key don't belong together. Give the key it was made with.",
        "Client-Zertifikat und Schlüssel gehören nicht zusammen. Den Schlüssel angeben, mit dem es gemacht wurde.",
    ),
    (
        "That is not a proxy's address. It begins with http://, https://, socks5:// or socks5h:// and names a host.",
        "Das ist keine Adresse eines Proxys. Sie beginnt mit http://, https://, socks5:// oder socks5h:// und nennt einen Rechner.",
    ),
    // Pictures.
    (
        "The picture is too large: at most {} by {} pixels and 16 MiB are taken.",
        "Das Bild ist zu groß: Höchstens {} mal {} Pixel und 16 MiB gehen.",
    ),
    (
        "The file is no picture that can be read. PNG, JPEG and WebP are taken.",
        "Die Datei ist kein lesbares Bild. PNG, JPEG und WebP gehen.",
    ),
    ("The picture can't be kept: {}.", "Das Bild kann nicht aufbewahrt werden: {}."),
    ("This picture is gone. Choose it again.", "Dieses Bild ist weg. Erneut wählen."),
    // Rules and quiet hours.
    (
        "No event matters both so much and so little. Swap the two priorities.",
        "Kein Ereignis ist zugleich so wichtig und so unwichtig. Die beiden Prioritäten tauschen.",
    ),
    (
        "A sound is a name such as message-new-instant, or none; not a file.",
        "Ein Klang ist ein Name wie message-new-instant, oder none; keine Datei.",
    ),
    ("The expression is too large. Make it simpler.", "Der Ausdruck ist zu groß. Vereinfachen."),
    (
        "The expression can't be read: {}. A sign that means itself needs a \\ before it.",
        "Der Ausdruck ist nicht lesbar: {}. Ein Zeichen, das sich selbst meint, braucht ein \\ davor.",
    ),
    ("{} is no number. Write one such as 12.5.", "{} ist keine Zahl. Eine wie 12.5 schreiben."),
    (
        "The path is empty. Write the names on the way to the value, as in order.items[0].price.",
        "Der Pfad ist leer. Die Namen auf dem Weg zum Wert schreiben, wie in order.items[0].price.",
    ),
    (
        "The path is wrong from {} on. Write it as in order.items[0].price or [\"a name\"].x.",
        "Der Pfad ist ab {} falsch. Schreiben wie in order.items[0].price oder [\"ein Name\"].x.",
    ),
    ("The path has more than {} steps.", "Der Pfad hat mehr als {} Schritte."),
    ("Rule {}, {}: {}", "Regel {}, {}: {}"),
    (
        "There are more than {} rules; the rest is not asked. Remove some.",
        "Es gibt mehr als {} Regeln; die übrigen werden nicht geprüft. Einige entfernen.",
    ),
    (
        "Quiet hours begin and end at a time like 22:00.",
        "Die Ruhezeit beginnt und endet zu einer Uhrzeit wie 22:00.",
    ),
    ("Hours begin and end at a time like 22:00.", "Zeiten beginnen und enden zu einer Uhrzeit wie 22:00."),
    // The dashboard.
    (
        "The dashboard holds at most {} tiles. Remove one first.",
        "Die Übersicht fasst höchstens {} Kacheln. Zuerst eine entfernen.",
    ),
    ("Give the tile a name.", "Der Kachel einen Namen geben."),
    // Templates.
    ("{} (line {}, column {})", "{} (Zeile {}, Spalte {})"),
    ("this asks for more than a computer can count", "das verlangt mehr, als ein Rechner zählen kann"),
    ("a template has at most {} characters", "eine Vorlage hat höchstens {} Zeichen"),
    ("this takes too many steps", "das braucht zu viele Schritte"),
    ("{% {} %} is not for templates; if and for are", "{% {} %} gibt es in Vorlagen nicht, nur if und for"),
    (
        "* is not for templates; write number | times(100)",
        "* gibt es in Vorlagen nicht; zahl | times(100) schreiben",
    ),
    ("there is no filter {}; there are {}", "es gibt keinen Filter {}; es gibt {}"),
    ("replace needs a text to look for", "replace braucht einen Text, nach dem gesucht wird"),
    (
        "replace would make more text than can be shown",
        "replace würde mehr Text machen, als gezeigt werden kann",
    ),
    ("{} needs a number, and {} is none", "{} braucht eine Zahl, und {} ist keine"),
    ("date needs a time, and {} is none", "date braucht eine Zeit, und {} ist keine"),
    (
        "date can't write {}; use signs such as %d, %b, %H and %M",
        "date kann {} nicht schreiben; Zeichen wie %d, %b, %H und %M verwenden",
    ),
    // Searches.
    ("A search holds at most {} characters.", "Eine Suche fasst höchstens {} Zeichen."),
    ("Leave some words out.", "Einige Wörter weglassen."),
    ("A search holds at most {} words and filters.", "Eine Suche fasst höchstens {} Wörter und Filter."),
    ("Leave some out.", "Einige weglassen."),
    ("“{}:” has no value.", "„{}:“ hat keinen Wert."),
    ("There is no filter “{}:”.", "Es gibt keinen Filter „{}:“."),
    (
        "To look for that text, put it in quotation marks.",
        "Um nach diesem Text zu suchen, ihn in Anführungszeichen setzen.",
    ),
    (
        "This contradicts an earlier filter, so nothing can be found.",
        "Das widerspricht einem früheren Filter, also ist nichts zu finden.",
    ),
    ("Leave one of them out.", "Einen davon weglassen."),
    ("The most alike is feed:{}.", "Am ähnlichsten ist feed:{}."),
    ("There are no feeds yet.", "Es gibt noch keine Feeds."),
    ("No feed is called “{}”.", "Kein Feed heißt „{}“."),
    ("“{}:” doesn't know “{}”.", "„{}:“ kennt „{}“ nicht."),
    ("“{}” is no date and no span of time.", "„{}“ ist weder Datum noch Zeitspanne."),
    (
        "Write a date like 2026-11-21, a time like 2026-11-21T14:30, today, yesterday, or a span like 30m, 2h, 3d or 1w.",
        "Ein Datum wie 2026-11-21 schreiben, eine Zeit wie 2026-11-21T14:30, today, yesterday oder eine Spanne wie 30m, 2h, 3d oder 1w.",
    ),
    ("Write {}.", "{} schreiben."),
    ("is:unread, is:read or is:starred", "is:unread, is:read oder is:starred"),
    (
        "priority:min, low, normal, high, urgent, or high+ for high and more",
        "priority:min, low, normal, high, urgent, oder high+ für hoch und darüber",
    ),
    ("feed:name, or feed:\"a longer name\"", "feed:name, oder feed:\"ein längerer Name\""),
    ("before:2026-11-21 or before:3d", "before:2026-11-21 oder before:3d"),
    ("after:2026-11-21 or after:2h", "after:2026-11-21 oder after:2h"),
    (
        "More than 100 searches can't be kept. Remove one first.",
        "Mehr als 100 Suchen lassen sich nicht speichern. Zuerst eine entfernen.",
    ),
    (
        "A search that is kept needs a name and something to search for.",
        "Eine gespeicherte Suche braucht einen Namen und etwas zu suchen.",
    ),
    // Lists of feeds.
    (
        "No feeds were found in it. A list has one address a line; a backup of ntfy's Android app, its client.yml and settings exported from Tidings are read too.",
        "Darin wurden keine Feeds gefunden. Eine Liste hat eine Adresse je Zeile; auch eine Sicherung der Android-App von ntfy, deren client.yml und aus Tidings exportierte Einstellungen gehen.",
    ),
    ("It is too long for a list of feeds.", "Das ist zu lang für eine Liste von Feeds."),
    ("It holds more than {} feeds. Split it.", "Darin sind mehr als {} Feeds. Teilen."),
    ("It looks like {} and can't be read: {}", "Es sieht aus wie {} und ist nicht lesbar: {}"),
    ("a client.yml of ntfy", "eine client.yml von ntfy"),
    ("a backup of the ntfy app", "eine Sicherung der ntfy-App"),
    ("settings of Tidings", "Einstellungen von Tidings"),
    ("it is not as expected.", "Sie ist nicht wie erwartet."),
    ("line {}, column {} is not as expected.", "Zeile {}, Spalte {} ist nicht wie erwartet."),
    ("its mark is another one.", "Das Kennzeichen ist ein anderes."),
    ("its conditions and its command", "die Bedingungen und der Befehl"),
    ("its conditions; a rule can do that", "die Bedingungen; das kann eine Regel"),
    ("its command", "der Befehl"),
    ("its least priority; a rule can do that", "die niedrigste Priorität; das kann eine Regel"),
    // What takes its place in other sentences comes last: it fits where nothing else does.
    ("Enter {}.", "{} eingeben."),
];
