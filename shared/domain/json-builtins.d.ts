/**
 * ES2026 `JSON.rawJSON` and the source text that a reviver is handed, present in every runtime Laurel has (Chromium ≥ 114,
 * Node ≥ 22), not yet in TypeScript's library.
 */
interface JSON {
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (this: object, key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
}
