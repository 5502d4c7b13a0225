// A body, certificate or key: what is stored is kept, replaced or removed, and never shown.
import { text } from "../text";

/** As much as the engine reads of a file; a bundle of every public authority has half of it. */
const LARGEST_BYTES = 512 * 1024;
/** How PEM begins (RFC 7468). */
const BEGIN = "-----BEGIN";

/** What is shown of it: that something is stored, that it will go, or a field to put something in. */
type Mode = "kept" | "removed" | "entered";

export class Stored {
  mode = $state<Mode>("entered");
  /** What was pasted or read from a file. */
  value = $state("");
  /** The file it was read from. */
  file = $state("");
  readonly stored: boolean;

  constructor(stored: boolean) {
    this.stored = stored;
    if (stored) this.mode = "kept";
  }

  /** Whether there will be something once it is saved. */
  get set(): boolean {
    return this.mode !== "removed" && (this.stored || this.value.trim() !== "");
  }

  show(mode: Mode): void {
    this.mode = mode;
    this.value = "";
    this.file = "";
  }

  /** Reads a file of PEM; gives what is wrong with it, or null. */
  async read(file: File): Promise<string | null> {
    if (file.size > LARGEST_BYTES) return text.advanced.fileTooLarge(file.name, LARGEST_BYTES / 1024);
    let content: string;
    try {
      content = await file.text();
    } catch {
      return text.advanced.fileUnreadable(file.name);
    }
    if (!content.includes(BEGIN)) return text.advanced.fileNotPem(file.name);
    this.value = content;
    this.file = file.name;
    return null;
  }

  /** Null keeps what is stored, an empty text is none. */
  draft(): string | null {
    if (this.mode === "removed") return "";
    return this.value.trim() === "" && this.stored ? null : this.value;
  }
}
