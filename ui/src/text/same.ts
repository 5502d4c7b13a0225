// The shape that every language fills: as English has it, whatever the words.

/** The same sentences in other words: a missing or a further one is a fault when compiling. */
export type Same<T> = T extends (...given: infer G) => infer R
  ? (...given: G) => Same<R>
  : T extends string
    ? string
    : T extends object
      ? { [K in keyof T]: Same<T[K]> }
      : T;
