/** Of a text that stands in an address: as it is where it cannot be read. */
export function fromAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The same of a form, which writes a space as `+`. */
export const fromForm = (text: string): string => fromAddress(text.replaceAll('+', '%20'));
