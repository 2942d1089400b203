/** ES2026 `JSON.rawJSON`, present in every runtime Laurel has (Chromium ≥ 114, Node ≥ 22), not yet in TypeScript's library. */
interface JSON {
  rawJSON(text: string): unknown;
}
