import { writeJson } from '../domain/json';

/** The bytes of a scenario file: two-space indent, fields in the order they have, numbers as they were written, a newline at the end. */
export function serialiseScenario(body: unknown): string {
  return `${writeJson(body, 2)}\n`;
}
