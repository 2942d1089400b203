/** Bytes of a suggested name at most: file systems take 255, and a person may want to add to it. */
const MOST_BYTES = 200;
/** What Windows takes for a device, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
/** An ending of one or two parts, as of `x.plan.json`. */
const ENDING = /(?:\.[\w-]{1,16}){1,2}$/;
// oxlint-disable-next-line no-control-regex -- these are what no file system takes in a name, or what turns it around
const UNFIT = /[\u0000-\u001f\u007f<>:"/\\|?*\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The longest beginning of a text that has no more than so many bytes, and ends with a whole letter. */
function beginning(text: string, bytes: number): string {
  let length = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += Buffer.byteLength(segment);
    if (length > bytes) break;
    kept += segment;
  }
  return kept;
}

/**
 * The name that a save dialog proposes. A suggestion comes from the page and from what people named: it may name a file
 * but no folder, no device, and nothing that is longer than file systems take; its ending stays.
 */
export function suggestedName(suggested: string): string {
  const clean = suggested
    .replace(UNFIT, '-')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  const [ending = ''] = ENDING.exec(clean) ?? [];
  const stem = beginning(
    clean.slice(0, clean.length - ending.length),
    MOST_BYTES - Buffer.byteLength(ending),
  ).trimEnd();
  const name = `${stem}${ending}`.replace(DEVICE, '$&-');
  if (name === '') return 'laurel.csv';
  return stem === '' ? `laurel${ending}` : name;
}
