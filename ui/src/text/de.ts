// Every sentence of the window, in German.
//
// Words that stay the same everywhere: feed – Feed · event – Ereignis · popup, notification – Benachrichtigung ·
// history – Verlauf · rule – Regel · dashboard – Übersicht · tile – Kachel · health – Zustand · gap – Lücke ·
// template – Vorlage · key – Schlüssel · keyring – Schlüsselbund · authority – Zertifizierungsstelle · pinned – festgelegt ·
// sign-in – Anmeldung · secret – Geheimnis · header – Kopfzeile · star – Stern · mute – stummschalten ·
// quiet hours – Ruhezeit · kept search – gespeicherte Suche · tray – Infobereich · live – live.
// Nobody is addressed: what is to be done is said in the infinitive. An ellipsis has a space before it.
import type { FeedState, Reason } from "../ipc/bindings";
import { allowed } from "./de.allowed";
import { adding } from "./de.adding";
import { bursts } from "./de.bursts";
import { dashboard } from "./de.dashboard";
import { demo } from "./de.demo";
import { finding } from "./de.finding";
import { health } from "./de.health";
import { icons } from "./de.icons";
import { counted, number, quoted, times } from "./de.numbers";
import { network } from "./de.network";
import { rules } from "./de.rules";
import { searches } from "./de.searches";
import { settings } from "./de.settings";
import { templates } from "./de.templates";
import { palette } from "./de.palette";
import { tree } from "./de.tree";
import { wishes } from "./de.wishes";
import { works } from "./de.works";
import type { english } from "./en";
import { said } from "./said";
import type { Same } from "./same";
import { span } from "./time";

function nextTry(begin: string, untilMs: number, nowMs: number): string {
  return untilMs - nowMs <= 0 ? "Neuer Versuch läuft" : `${begin} in ${span(untilMs - nowMs)}`;
}

const NEEDS: Record<Reason["code"], string> = {
  signIn: "Braucht Anmeldung",
  key: "Nicht vertrauenswürdig",
  keyring: "Braucht den Schlüsselbund",
  other: "Braucht Hilfe",
};

export const german: Same<typeof english> = {
  language: "de",
  direction: "ltr",
  times,
  count: (count) => number.format(count),
  app: "Tidings",

  window: {
    failed: "Tidings konnte seinen Kern nicht starten.",
    outside: "Diese Seite ist das Fenster der Anwendung Tidings. In einem Browser tut sie nichts.",
    title: (unread) => (unread > 0 ? `Tidings (${number.format(unread)} ungelesen)` : "Tidings"),
    back: "Zurück",
    cancel: "Abbrechen",
    close: "Schließen",
    dismiss: "Schließen",
    tryAgain: "Erneut versuchen",
  },

  feeds: {
    pane: "Feeds",
    all: "Alle Feeds",
    add: "Feed hinzufügen",
    pauseAll: "Alle anhalten",
    resumeAll: "Alle fortsetzen",
    pausedNote: "Alles ist angehalten. Feeds sind nicht verbunden.",
    actions: (name) => `Aktionen für ${name}`,
    spoken: (name, state, muted, unread) =>
      [name, state, muted, unread > 0 ? counted(unread, "ungelesenes Ereignis", "ungelesene Ereignisse") : null].filter((part) => part !== null).join(", "),
    edit: "Bearbeiten …",
    enable: "Einschalten",
    disable: "Ausschalten",
    reconnect: "Jetzt neu verbinden",
    markRead: "Alle als gelesen markieren",
    keep: "Wie viel behalten wird …",
    kept: (name) => `Wie viel von ${name} behalten wird`,
    clear: "Verlauf leeren",
    remove: "Entfernen …",
    editSignIn: "Anmeldung bearbeiten",
    reviewKey: "Schlüssel prüfen …",
    onlyThisSession: "Nur für diese Sitzung verwenden",
    muted: "Keine Benachrichtigungen",
    removed: (name) => `${quoted(name)} entfernt.`,
  },

  state: {
    brief(state: FeedState, nowMs: number): string {
      switch (state.kind) {
        case "connecting":
          return "Verbindet …";
        case "live":
          return "Live";
        case "offline":
          return "Offline";
        case "waiting":
          return nextTry("Wieder", state.untilMs, nowMs);
        case "needsPerson":
          return NEEDS[state.why.code];
        case "stoppedByServer":
          return "Vom Server beendet";
        case "paused":
          return "Angehalten";
        case "disabled":
          return "Aus";
      }
    },
    full(state: FeedState, nowMs: number): string {
      switch (state.kind) {
        case "connecting":
          return "Verbindet …";
        case "live":
          return `Live seit ${times.since(state.sinceMs, nowMs)}`;
        case "offline":
          return "Offline – verbindet, sobald dieser Rechner ein Netz hat";
        case "waiting":
          return `${nextTry("Nächster Versuch", state.untilMs, nowMs)} – ${said(state.why.message)}`;
        case "needsPerson":
          return said(state.why.message);
        case "stoppedByServer":
          return `Vom Server beendet – ${said(state.why.message)}`;
        case "paused":
          return "Mit allen anderen angehalten";
        case "disabled":
          return "Ausgeschaltet";
      }
    },
    summary(live: number, wanted: number): string {
      if (wanted === 0) return "Kein Feed ist eingeschaltet";
      return live === wanted ? counted(live, "Feed live", "Feeds live") : `${number.format(live)} von ${counted(wanted, "Feed", "Feeds")} live`;
    },
  },

  history: {
    pane: "Verlauf",
    list: "Ereignisse, neueste zuerst",
    markAllRead: "Alle gelesen",
    newEvents: (count) => `${number.format(count)} neu`,
    newest: "Neueste",
    showNewest: "Zu den neuesten Ereignissen",
    showNew: (count) => `${counted(count, "neues Ereignis", "neue Ereignisse")} zeigen`,
    unread: "Ungelesen",
    noneYet: "Noch keine Ereignisse",
    noneYetHint: (popups) => (popups ? "Was dieser Feed sendet, erscheint hier und als Benachrichtigung." : "Was dieser Feed sendet, erscheint hier."),
    noneYetAll: "Was die Feeds senden, erscheint hier und als Benachrichtigung.",
    loading: "Ältere Ereignisse werden geladen …",
    full: "Noch Älteres findet die Suche.",
    retry: "Ältere Ereignisse laden",
    end: "Nichts Älteres",
    actions: "Mehr zu dieser Liste",
    starred: "Mit Stern",
    untitled: "Ohne Titel",
    updates: (count, open) => (open ? `${number.format(count)}+ Änderungen` : counted(count, "Änderung", "Änderungen")),
    together: (count, open) => (open ? `${number.format(count)}+ Ereignisse` : counted(count, "Ereignis", "Ereignisse")),
    folded: "eingeklappt",
    unfolded: "ausgeklappt",
    fold: "Änderungen einklappen",
    unfold: "Jede Änderung zeigen",
  },

  ...allowed,
  ...adding,
  ...finding,
  ...searches,
  ...palette,
  ...tree,
  ...bursts,
  ...demo,
  ...health,
  ...icons,
  ...network,
  ...settings,
  ...wishes,
  ...works,
  ...rules,
  ...templates,
  dashboard,

  event: {
    pane: "Ereignis",
    actions: "Was es anbietet",
    none: "Nichts ausgewählt",
    noneHint: "Ein Ereignis auswählen, um es hier zu lesen.",
    openLink: (host) => `${host} öffnen`,
    action: (label, host) => `${label} (${host})`,
    markRead: "Als gelesen markieren",
    markUnread: "Als ungelesen markieren",
    star: "Stern",
    starred: "Stern gesetzt.",
    unstarred: "Stern entfernt.",
    delete: "Löschen",
    details: "Details",
    feed: "Feed",
    group: "Gruppe",
    findGroup: "Nach der Gruppe suchen",
    type: "Ereignistyp",
    lastEventId: "Letzte Ereignis-ID",
    noId: "Keine",
    priority: "Priorität",
    data: "Daten",
    asSent: "Wie gesendet",
    form: "Wie die Daten gezeigt werden",
    copy: "Daten kopieren",
    copied: "Kopiert.",
    copyFailed: "Die Zwischenablage war nicht erreichbar.",
    noData: "Dieses Ereignis hat keine Daten.",
    showAll: (characters) => `Alle ${counted(characters, "Zeichen", "Zeichen")} zeigen`,
  },

  priority: {
    min: "Niedrigste",
    low: "Niedrig",
    normal: "Normal",
    high: "Hoch",
    urgent: "Dringend",
  },

  form: {
    addTitle: "Feed hinzufügen",
    editTitle: (name) => `${name} bearbeiten`,
    url: "Adresse (URL)",
    urlPlaceholder: "https://example.com/events",
    urlNeeded: "Die Adresse des Feeds eingeben.",
    name: "Name",
    nameHint: "Bleibt er leer, heißt der Feed wie sein Rechner.",
    signIn: "Anmeldung",
    none: "Keine",
    basic: "Benutzername und Passwort",
    bearer: "Token",
    parameter: "Geheimnis in der URL",
    username: "Benutzername",
    password: "Passwort",
    token: "Bearer-Token",
    parameterName: "Parameter",
    parameterPlaceholder: "access_token",
    parameterValue: "Wert des Parameters",
    parameterNameNeeded: "Den Namen des Parameters eingeben, wie in ?access_token=….",
    parameterValueNeeded: "Den Wert des Parameters eingeben.",
    secretSet: "Gesetzt – ersetzbar",
    secretMissing: "Fehlt – erneut eingeben",
    show: "Zeigen",
    hide: "Verbergen",
    showOf: (name) => `${name} zeigen`,
    hideOf: (name) => `${name} verbergen`,
    headers: "Weitere Kopfzeilen der Anfrage",
    headerName: "Name der Kopfzeile",
    headerValue: "Wert",
    headerNameOf: (index) => `Name von Kopfzeile ${index}`,
    headerValueOf: (index) => `Wert von Kopfzeile ${index}`,
    addHeader: "Kopfzeile hinzufügen",
    removeHeader: (name, index) => `Kopfzeile ${name === "" ? index : name} entfernen`,
    headerNameNeeded: "Eine Kopfzeile braucht einen Namen.",
    headerValueNeeded: (name) => `Den Wert von ${name} eingeben.`,
    notify: "Benachrichtigungen für diesen Feed zeigen",
    secretsHint: "Passwörter, Token, Schlüssel und Werte von Kopfzeilen kommen in den Schlüsselbund und werden nie wieder gezeigt.",
    sessionHint: "Passwörter, Token, Schlüssel und Werte von Kopfzeilen bleiben im Speicher, bis Tidings beendet wird.",
    plainHttp: "Diese Geheimnisse im eigenen Netz unverschlüsselt senden, wo andere sie lesen könnten",
    test: "Diese URL testen",
    testing: "Wird getestet …",
    verdict: {
      open: "Es funktioniert",
      waiting: "Verbunden, noch nichts gesendet",
      notAStream: "Kein Ereignisstrom",
      signIn: "Anmeldung nötig",
      untrusted: "Nicht vertrauenswürdig",
      failed: "Keine Verbindung",
    },
    recognised: (name) => `Erkannt: ${name}`,
    firstEvents: "Erste Ereignisse, wie Benachrichtigungen sie zeigen würden",
    add: "Feed hinzufügen",
    save: "Speichern",
    keepForSession: "Nur für diese Sitzung behalten",
  },

  advanced: {
    title: "Erweitert",
    set: {
      authority: "eigene Zertifizierungsstelle",
      pin: "festgelegter Schlüssel",
      clientCertificate: "Client-Zertifikat",
      proxy: "eigener Proxy",
      noProxy: "kein Proxy",
      times: "eigene Zeiten",
    },
    request: "Anfrage",
    method: "Methode",
    body: "Inhalt",
    trust: "Vertrauen und Identität",
    authority: "Zertifikat der Zertifizierungsstelle",
    pin: "Festgelegter Schlüssel",
    clientCertificate: "Client-Zertifikat",
    clientKey: "Schlüssel des Client-Zertifikats",
    proxy: "Proxy",
    proxies: { system: "Wie in den Einstellungen", none: "Keiner", url: "Dieser" },
    proxyUrl: "Adresse des Proxys",
    proxyUsername: "Benutzername am Proxy",
    proxyPassword: "Passwort am Proxy",
    times: "Geduld",
    silence: "Neu verbinden bei Stille von",
    longestWait: "Längste Pause zwischen Versuchen",
    seconds: "Sekunden",
    usual: { silence: "90", longestWait: "300" },
    hint: {
      body: "Wird mit jeder Verbindung gesendet. Er steht in der Einstellungsdatei und wird nicht wieder gezeigt.",
      authority: "Für Server, deren Zertifikat die eigene Firma oder man selbst unterschrieben hat. PEM, zusätzlich zu den Zertifizierungsstellen, die dieser Rechner kennt.",
      pin: "Der Fingerabdruck des einzigen Schlüssels, den dieser Server haben darf. Er genügt für sich, wer auch immer das Zertifikat unterschrieben hat. Bleibt er leer, entscheiden die Zertifizierungsstellen.",
      clientCertificate: "Für Server, die fragen, wer man ist (mutual TLS). PEM, mit seiner Kette.",
      clientKey: "PEM ohne Passphrase. Er kommt in den Schlüsselbund und wird nie wieder gezeigt.",
      proxy: "Eine Adresse mit http, https, socks5 oder socks5h; mit socks5h löst der Proxy auch Namen auf.",
      silence: "15 bis 3600 Sekunden. Bleibt es leer: 90, bis Tidings gelernt hat, wie oft dieser Server ein Lebenszeichen sendet.",
      longestWait: "10 bis 3600 Sekunden. Nach Fehlern wachsen die Pausen bis dahin; bleibt es leer, bis 300.",
    },
    secondsNeeded: "Eine ganze Zahl von Sekunden eingeben oder leer lassen.",
    kept: "Behalten",
    replace: "Ersetzen",
    replaceOf: (label) => `${label} ersetzen`,
    remove: "Entfernen",
    removeOf: (label) => `${label} entfernen`,
    removed: "Verschwindet beim Speichern",
    keep: "Behalten, was gesetzt ist",
    keepOf: (label) => `Behalten, was gesetzt ist: ${label}`,
    choose: "Datei wählen …",
    chooseOf: (label) => `Datei wählen … für ${label}`,
    pemPlaceholder: "PEM hier einfügen: -----BEGIN …",
    readFrom: (file) => `Gelesen aus ${file}`,
    fileTooLarge: (file, kib) => `${file} ist größer als ${number.format(kib)} KiB, also kein Zertifikat oder Schlüssel. Eine andere Datei wählen.`,
    fileUnreadable: (file) => `${file} konnte nicht gelesen werden. Erneut wählen oder den Text einfügen.`,
    fileNotPem: (file) => `${file} enthält kein PEM, die Textform, die mit -----BEGIN anfängt. Zuerst umwandeln, etwa mit openssl.`,
  },

  key: {
    unknown: "Keine Zertifizierungsstelle, die dieser Rechner kennt, bürgt für diesen Server. Bei einem eigenen Server oder einem der Firma kann das so sein, ebenso aber bei einem, den jemand dazwischengeschaltet hat. Es wurde nichts an ihn gesendet.",
    changed: "Der Schlüssel des Servers ist nicht der für diesen Feed festgelegte. Der Betreiber kann ihn geändert haben, oder jemand sitzt dazwischen. Es wurde nichts an ihn gesendet.",
    show: "Fingerabdruck des Schlüssels zeigen",
    showBoth: "Fingerabdrücke vergleichen",
    shown: "Der Schlüssel, den der Server zeigte (SHA-256)",
    shownInstead: "Der stattdessen gezeigte Schlüssel (SHA-256)",
    pinned: "Der festgelegte Schlüssel (SHA-256)",
    compare: "Zeichen für Zeichen mit dem vergleichen, was der Betreiber des Servers auf anderem Weg mitteilt.",
    how: "Wo der Betreiber ihn findet",
    trust: "Er ist derselbe: diesem Schlüssel vertrauen",
    trustOther: "Die Änderung stimmt: stattdessen diesem Schlüssel vertrauen",
    means: "Legt ihn fest: Dieser Feed nimmt dann diesen Schlüssel und keinen anderen.",
  },

  remove: {
    title: (name) => `${quoted(name)} entfernen?`,
    events: "Alle seine gespeicherten Ereignisse werden gelöscht",
    unread: (count) => `Alle seine gespeicherten Ereignisse werden gelöscht, ${number.format(count)} davon ungelesen`,
    secrets: "auch seine Passwörter, Token und Werte von Kopfzeilen",
    sentence: (events, secrets) => `${events}${secrets === null ? "" : `, ${secrets}`}. Das lässt sich nicht rückgängig machen.`,
    confirm: "Feed entfernen",
  },

  welcome: {
    title: "Von jedem Feed hören",
    sentence: "Tidings macht aus Server-Sent Events Benachrichtigungen und bewahrt sie in einem Verlauf auf.",
    url: "URL eines Feeds einfügen",
    go: "Weiter",
  },

  problems: {
    pane: "Störungen",
    part: {
      settings: "Einstellungen",
      keyring: "Schlüsselbund",
      history: "Verlauf",
      notifications: "Benachrichtigungen",
    },
  },

  failure: {
    unexpected: (detail) => (detail === "" ? "Etwas Unerwartetes ist schiefgegangen." : `Etwas Unerwartetes ist schiefgegangen: ${detail}`),
  },
};
