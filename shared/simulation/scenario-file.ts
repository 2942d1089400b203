/** The bytes of a scenario file: two-space indent, fields in the order they have, a newline at the end. */
export function serialiseScenario(body: unknown): string {
  return `${JSON.stringify(body, null, 2)}\n`;
}
