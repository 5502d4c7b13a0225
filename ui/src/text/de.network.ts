// What the window says about how feeds reach the network, in German.
import type { network as english } from "./en.network";
import type { Same } from "./same";

export const network: Same<typeof english> = {
  network: {
    title: "Netzwerk",
    proxies: { system: "Wie im System eingestellt", none: "Keiner", url: "Dieser" },
    use: "Diesen Proxy verwenden",
    saved: "Feeds werden über diesen Proxy gelesen.",
    hint: "Für alle Feeds ohne eigenen Proxy; bei einer Änderung werden sie neu verbunden. Das Passwort kommt in den Schlüsselbund.",
  },
};
