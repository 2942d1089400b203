/**
 * Reads a JSON text of the file. One that cannot be read, in a file that was damaged or edited by hand, must not keep
 * everything beside it from being seen: it stays in the file as it is.
 */
export function jsonOr<T>(text: string, otherwise: T, fits: (value: unknown) => boolean = () => true): T {
  try {
    const value = JSON.parse(text) as unknown;
    return fits(value) ? (value as T) : otherwise;
  } catch {
    return otherwise;
  }
}

export const isList = (value: unknown): boolean => Array.isArray(value);
export const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'number');
export const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
export const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
