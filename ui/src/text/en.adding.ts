// What the window says about adding a feed from what was pasted or dropped, in English.
import { counted } from "./en.numbers";

export const adding = {
  curl: {
    unfinished: "The command ends inside a quotation. Paste all of it.",
    needsShell: (what: string) => `The command takes ${what} from a shell. Put its value there and paste it again.`,
    insecure: "The command has -k, which turns the check of the server off. Tidings always checks. Leave it out: a key that nobody vouches for can be compared and trusted afterwards.",
    file: (option: string) => `The command reads a file at ${option}. Put what is in it there and paste it again.`,
    unknown: (option: string) => `${option} can’t be taken over. Leave it out and paste the command again.`,
    noValue: (option: string) => `The command ends where ${option} should have a value. Paste all of it.`,
    noUrl: "The command names no address.",
    twoUrls: "The command names two addresses. A feed has one.",
    method: (method: string) => `The command sends ${method}, which opens no stream. Use GET, POST, PUT or PATCH.`,
    taken: (parts: string[]) => (parts.length === 0 ? "Taken from the command." : `Taken from the command: ${parts.join(", ")}.`),
    left: (options: string[]) => `Left out: ${options.join(", ")}.`,
    parts: {
      token: "token",
      password: "user name and password",
      headers: (count: number) => counted(count, "header", "headers"),
      method: (method: string) => `method ${method}`,
      body: "body",
      proxy: "proxy",
    },
  },
  least: {
    label: "From priority",
    all: "all events",
    above: (priority: string) => `${priority} or higher`,
    failed: (why: string) => `The feed was added, but all its events pop up: ${why}`,
  },
  popup: (feed: string) => `Tidings · ${feed}`,
};
