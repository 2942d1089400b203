/** What files about something that a person named are called, without ending: letters, digits and hyphens, in a shell as well. */
export function fileNameOf(name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return words === '' ? 'simulation' : words;
}
