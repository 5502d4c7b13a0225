//! What is said of the program itself: its history, its settings, the keyring and popups.

/// English and German.
pub(super) const PROGRAM: &[(&str, &str)] = &[
    // The history.
    (
        "The history {} was written by a newer version of Tidings. Update Tidings to open it; nothing in it was changed.",
        "Der Verlauf {} wurde von einer neueren Version von Tidings geschrieben. Zum Öffnen Tidings aktualisieren; nichts darin wurde geändert.",
    ),
    (
        "The history {} was written by an older version of Tidings. Start Tidings once: it brings it up to date.",
        "Der Verlauf {} wurde von einer älteren Version von Tidings geschrieben. Tidings einmal starten: Es bringt ihn auf den neuesten Stand.",
    ),
    ("The history in {} can't be used: {}", "Der Verlauf in {} ist nicht verwendbar: {}"),
    ("The history is closed.", "Der Verlauf ist geschlossen."),
    (
        "The history is damaged. Restart Tidings: it will keep the damaged file, start a fresh one and save what can be read.",
        "Der Verlauf ist beschädigt. Tidings neu starten: Es behält die beschädigte Datei, fängt eine neue an und rettet, was lesbar ist.",
    ),
    ("The disk is full.", "Der Datenträger ist voll."),
    (
        "the disk is full. Free some space and start Tidings again.",
        "Der Datenträger ist voll. Platz schaffen und Tidings neu starten.",
    ),
    ("Another program holds the history.", "Ein anderes Programm hält den Verlauf fest."),
    ("The history can't be written to.", "In den Verlauf kann nicht geschrieben werden."),
    ("The disk failed: {}.", "Der Datenträger hat versagt: {}."),
    ("The history failed: {}.", "Fehler im Verlauf: {}."),
    (
        "The history was upgraded without a copy of the one before: {}.",
        "Der Verlauf wurde ohne Kopie des vorigen aktualisiert: {}.",
    ),
    (
        "The history was damaged, so a fresh one was started. The damaged one is kept as {}; what can be read in it is being saved.",
        "Der Verlauf war beschädigt, also wurde ein neuer angefangen. Der beschädigte bleibt als {} erhalten; was darin lesbar ist, wird gerettet.",
    ),
    (
        "The history was damaged. A fresh one was started; no event of the damaged one, kept as {}, could be saved.",
        "Der Verlauf war beschädigt. Ein neuer wurde angefangen; aus dem beschädigten, erhalten als {}, ließ sich kein Ereignis retten.",
    ),
    (
        "The history was damaged. A fresh one was started; 1 event of the damaged one, kept as {}, was saved.",
        "Der Verlauf war beschädigt. Ein neuer wurde angefangen; aus dem beschädigten, erhalten als {}, wurde 1 Ereignis gerettet.",
    ),
    (
        "The history was damaged. A fresh one was started; {} events of the damaged one, kept as {}, were saved.",
        "Der Verlauf war beschädigt. Ein neuer wurde angefangen; es wurden {} Ereignisse aus dem beschädigten, erhalten als {}, gerettet.",
    ),
    ("This event is no longer in the history.", "Dieses Ereignis ist nicht mehr im Verlauf."),
    (
        "These are too many events at once. Choose at most 5,000.",
        "Das sind zu viele Ereignisse auf einmal. Höchstens 5000 auswählen.",
    ),
    (
        "It is too late to undo this: the events are gone.",
        "Zum Rückgängigmachen ist es zu spät: Die Ereignisse sind weg.",
    ),
    ("This feed was removed.", "Dieser Feed wurde entfernt."),
    ("This event has no link that can be opened.", "Dieses Ereignis hat keinen Link, der sich öffnen lässt."),
    ("No browser could be started to open this link.", "Für diesen Link ließ sich kein Browser starten."),
    ("That is over already.", "Das ist schon vorbei."),
    // The demo and the network.
    (
        "The demo can't be served: {}. Remove it, or start Tidings again.",
        "Die Demo lässt sich nicht bereitstellen: {}. Sie entfernen oder Tidings neu starten.",
    ),
    (
        "The demo isn't served. Start Tidings again.",
        "Die Demo wird nicht bereitgestellt. Tidings neu starten.",
    ),
    (
        "The password of the proxy is missing. Enter it in the settings, under Network.",
        "Das Passwort des Proxys fehlt. In den Einstellungen unter „Netzwerk“ eingeben.",
    ),
    // Files.
    ("{} can't be written: {}.", "{} kann nicht geschrieben werden: {}."),
    ("The list could not be read.", "Die Liste war nicht lesbar."),
    ("The file can't be written: {}.", "Die Datei kann nicht geschrieben werden: {}."),
    ("The file can't be read: {}.", "Die Datei ist nicht lesbar: {}."),
    (
        "Line {} is no event of a Tidings export: {}. Nothing from there on was imported.",
        "Zeile {} ist kein Ereignis eines Exports von Tidings: {}. Von da an wurde nichts importiert.",
    ),
    ("reading broke off", "das Lesen brach ab"),
    ("it is too long", "sie ist zu lang"),
    // Settings.
    (
        "{}, line {}, column {}: {}. Mend the file and start Tidings again; nothing was changed in it.",
        "{}, Zeile {}, Spalte {}: {}. Die Datei in Ordnung bringen und Tidings neu starten; nichts darin wurde geändert.",
    ),
    (
        "{} was written by a newer Tidings (version {}, this one knows {}). Update Tidings; nothing was changed in it.",
        "{} wurde von einem neueren Tidings geschrieben (Version {}, dieses kennt {}). Tidings aktualisieren; nichts darin wurde geändert.",
    ),
    (
        "{} was edited while Tidings was running. Start Tidings again to use the edit; nothing was changed in it.",
        "{} wurde bearbeitet, während Tidings lief. Damit das gilt, Tidings neu starten; nichts darin wurde geändert.",
    ),
    (
        "{} is missing, so the last good settings, {}, are in use.",
        "{} fehlt, also gelten die letzten guten Einstellungen, {}.",
    ),
    (
        "{} Until then the last good settings, {}, are in use; delete {} to keep them.",
        "{} Bis dahin gelten die letzten guten Einstellungen, {}; um sie zu behalten, {} löschen.",
    ),
    ("{} can't be read: {}.", "{} ist nicht lesbar: {}."),
    ("this is not UTF-8 text", "das ist kein UTF-8-Text"),
    // The keyring.
    (
        "No keyring service answers on this desktop. Start one (GNOME Keyring, KWallet, KeePassXC) and try again, or keep the secret for this session only.",
        "Auf diesem Desktop antwortet kein Schlüsselbund. Einen starten (GNOME Keyring, KWallet, KeePassXC) und erneut versuchen, oder das Geheimnis nur für diese Sitzung behalten.",
    ),
    (
        "The keyring is locked. Unlock it and try again, or keep the secret for this session only.",
        "Der Schlüsselbund ist gesperrt. Entsperren und erneut versuchen, oder das Geheimnis nur für diese Sitzung behalten.",
    ),
    (
        "The keyring does not answer. It may be waiting for its password; try again, or keep the secret for this session only.",
        "Der Schlüsselbund antwortet nicht. Vielleicht wartet er auf sein Passwort; erneut versuchen oder das Geheimnis nur für diese Sitzung behalten.",
    ),
    (
        "The keyring's entry for this feed is damaged. Enter the secret again.",
        "Der Eintrag dieses Feeds im Schlüsselbund ist beschädigt. Das Geheimnis erneut eingeben.",
    ),
    (
        "The sign-in of this feed is incomplete. Enter it.",
        "Die Anmeldung dieses Feeds ist unvollständig. Eingeben.",
    ),
    (
        "Waiting for the keyring. If it asks for its password, enter it.",
        "Wartet auf den Schlüsselbund. Fragt er nach seinem Passwort, es eingeben.",
    ),
    // Popups.
    (
        "Popups can't be shown: there is no D-Bus session. Start Tidings from the desktop session.",
        "Benachrichtigungen sind nicht möglich: Es gibt keine D-Bus-Sitzung. Tidings aus der Sitzung des Desktops starten.",
    ),
    (
        "Popups can't be shown: no notification service is running. Install or start one, such as dunst.",
        "Benachrichtigungen sind nicht möglich: Es läuft kein Benachrichtigungsdienst. Einen installieren oder starten, etwa dunst.",
    ),
    (
        "Popups can't be shown: the notification service doesn't answer. Restarting it may help.",
        "Benachrichtigungen sind nicht möglich: Der Benachrichtigungsdienst antwortet nicht. Ein Neustart des Dienstes kann helfen.",
    ),
    (
        "Popups can't be shown: the notification service refused one: {}",
        "Benachrichtigungen sind nicht möglich: Der Benachrichtigungsdienst hat eine abgelehnt: {}",
    ),
    ("The notification service answers: {}.", "Der Benachrichtigungsdienst antwortet: {}."),
    ("It took the test notification.", "Er hat die Testbenachrichtigung angenommen."),
    (
        "Another test is still on its way. Try again in a few seconds.",
        "Ein anderer Test ist noch unterwegs. In ein paar Sekunden erneut versuchen.",
    ),
    (
        "The desktop holds popups back: “do not disturb” is on. Turn it off in the desktop's notification settings.",
        "Der Desktop hält Benachrichtigungen zurück: „Nicht stören“ ist eingeschaltet. In den Benachrichtigungseinstellungen des Desktops ausschalten.",
    ),
    (
        "If you saw no popup, look whether “do not disturb” is on in the desktop's notification settings.",
        "Ist keine Benachrichtigung erschienen, in den Benachrichtigungseinstellungen des Desktops nachsehen, ob „Nicht stören“ eingeschaltet ist.",
    ),
    (
        "Events raise no popups at present: everything is muted until {}. Unmute it to be told.",
        "Derzeit gibt es keine Benachrichtigungen: Alles ist bis {} stummgeschaltet. Die Stummschaltung aufheben, um benachrichtigt zu werden.",
    ),
    (
        "Events raise no popups at present: everything is muted. Unmute it to be told.",
        "Derzeit gibt es keine Benachrichtigungen: Alles ist stummgeschaltet. Die Stummschaltung aufheben, um benachrichtigt zu werden.",
    ),
    (
        "Quiet hours hold popups back until {}; then one popup sums them up.",
        "Die Ruhezeit hält Benachrichtigungen bis {} zurück; dann fasst eine sie zusammen.",
    ),
    (
        "It shows titles only; open an event in the window to read it.",
        "Er zeigt nur Titel; zum Lesen ein Ereignis im Fenster öffnen.",
    ),
    (
        "It has no clicks and buttons; open events in the window instead.",
        "Er kennt weder Klicks noch Knöpfe; Ereignisse stattdessen im Fenster öffnen.",
    ),
    (
        "It plays no sounds that a program chooses; a rule's sound has no effect.",
        "Er spielt keine Klänge, die ein Programm wählt; der Klang einer Regel wirkt nicht.",
    ),
    (
        "It keeps no list of past popups; the history does.",
        "Er führt keine Liste vergangener Benachrichtigungen; der Verlauf tut es.",
    ),
    // Starting at login, and the clipboard.
    (
        "Whether Tidings starts at login can't be seen: {}.",
        "Ob Tidings beim Anmelden startet, ist nicht festzustellen: {}.",
    ),
    (
        "A profile of its own doesn't start at login. Start it from a place of your own.",
        "Ein eigenes Profil startet nicht beim Anmelden. Es anderswo starten lassen.",
    ),
    ("Starting at login can't be changed: {}.", "Das Starten beim Anmelden kann nicht geändert werden: {}."),
    // The engine in a program of its own.
    (
        "The part of Tidings that runs in the background has ended. It is started again.",
        "Der Teil von Tidings, der im Hintergrund läuft, ist beendet. Er wird wieder gestartet.",
    ),
    (
        "Tidings couldn't say its answer. Please report this.",
        "Tidings konnte seine Antwort nicht sagen. Bitte melden.",
    ),
    (
        "Tidings gave an answer that can't be meant. Please report this.",
        "Tidings gab eine Antwort, die nicht gemeint sein kann. Bitte melden.",
    ),
];
