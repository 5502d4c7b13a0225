// What lasts as long as an element is in sight.
import type { Attachment } from "svelte/attachments";

/** Begins when the element comes into sight and ends when it leaves it. */
export function whileInSight(begin: () => () => void): Attachment<Element> {
  return (element) => {
    let end: (() => void) | null = null;
    const observer = new IntersectionObserver((entries) => {
      const inSight = entries.at(-1)?.isIntersecting === true;
      if (inSight) end ??= begin();
      else {
        end?.();
        end = null;
      }
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      end?.();
    };
  };
}
