// What the window says about how feeds reach the network, in English.
import type { Proxy } from "../ipc/bindings";

export const network = {
  network: {
    title: "Network",
    proxies: { system: "As the system says", none: "None", url: "This one" } satisfies Record<Proxy["kind"], string>,
    use: "Use this proxy",
    saved: "Feeds go through this proxy.",
    hint: "For every feed without a proxy of its own; these are connected anew when it changes. The password goes to the keyring.",
  },
};
