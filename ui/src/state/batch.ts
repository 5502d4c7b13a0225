// Collects what comes in quick succession and hands it on once a frame.

/** Longest wait for a frame, because a hidden window draws none. */
const FRAME_MAX_MS = 250;

/** Gives a function that takes items and calls `flush` with all of them, in order, at most once a frame. */
export function batch<T>(flush: (items: T[]) => void): (item: T) => void {
  let items: T[] = [];
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run() {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    const taken = items;
    items = [];
    flush(taken);
  }

  return (item) => {
    items.push(item);
    if (items.length > 1) return;
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, FRAME_MAX_MS);
  };
}
