/** What files about something that a person named are called, without ending: letters, digits and hyphens, in a shell as well. @param otherwise where it has none */
export function fileNameOf(name: string, otherwise = 'simulation'): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return words === '' ? otherwise : words;
}
