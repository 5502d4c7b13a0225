// A command that was not done, as everything in the window meets it: code, field and a sentence for people.
import { said, text } from "../text";
import type { Failure } from "./bindings";

const CODES: readonly string[] = ["invalid", "gone", "keyring", "storage", "stopped"] satisfies Failure["code"][];

/** Tells whether a thrown thing is a failure of the contract. */
export function isFailure(thrown: unknown): thrown is Failure {
  if (typeof thrown !== "object" || thrown === null) return false;
  const { code, message } = thrown as Record<string, unknown>;
  return typeof message === "string" && typeof code === "string" && CODES.includes(code);
}

/** Turns whatever was thrown into a failure, so that a fault of the bridge reads like every other one. */
export function failureOf(thrown: unknown): Failure {
  if (isFailure(thrown)) return { ...thrown, message: said(thrown.message) };
  const detail = thrown instanceof Error ? thrown.message : typeof thrown === "string" ? thrown : "";
  return { code: "storage", field: null, message: text.failure.unexpected(detail) };
}
