/** German dates that are said relative to now, in the English words that are read. */

const UNITS: readonly [RegExp, string][] = [
  [/^minuten?$/, 'minute'],
  [/^stunden?$/, 'hour'],
  [/^tag(e|en|es|s)?$/, 'day'],
  [/^wochen?$/, 'week'],
  [/^monat(e|en|es|s)?$/, 'month'],
  [/^quartal(e|en|es|s)?$/, 'quarter'],
  [/^jahr(e|en|es|s)?$/, 'year'],
];

const NUMBERS: Readonly<Record<string, string>> = {
  ein: 'one',
  eine: 'one',
  einem: 'one',
  einer: 'one',
  zwei: 'two',
  drei: 'three',
  vier: 'four',
  fünf: 'five',
  sechs: 'six',
  sieben: 'seven',
  acht: 'eight',
  neun: 'nine',
  zehn: 'ten',
  elf: 'eleven',
  zwölf: 'twelve',
};

const DAYS: Readonly<Record<string, string>> = {
  jetzt: 'now',
  heute: 'today',
  morgen: 'tomorrow',
  gestern: 'yesterday',
};

const WEEKDAYS: Readonly<Record<string, string>> = {
  montag: 'monday',
  dienstag: 'tuesday',
  mittwoch: 'wednesday',
  donnerstag: 'thursday',
  freitag: 'friday',
  samstag: 'saturday',
  sonnabend: 'saturday',
  sonntag: 'sunday',
};

const unitNamed = (word: string): string | undefined => UNITS.find(([pattern]) => pattern.test(word))?.[1];
const numberNamed = (word: string): string | undefined => (/^\d+$/.test(word) ? word : NUMBERS[word]);

function whichNamed(word: string | undefined): string {
  if (word?.startsWith('nächst') === true) return 'next';
  return word?.startsWith('letzt') === true || word?.startsWith('vorig') === true ? 'last' : 'this';
}

/**
 * `in 3 Monaten` as `in 3 month`, `Ende des nächsten Quartals` as `end of next quarter`.
 *
 * @param words in small letters, one blank between them
 * @returns undefined: it is not said like that
 */
export function englishOfGerman(words: string): string | undefined {
  if (Object.hasOwn(DAYS, words)) return DAYS[words];
  const [, day = '', hour = '', minute = '00'] =
    /^(heute|morgen|gestern) (?:um )?(\d{1,2})(?::(\d\d)(?: uhr)?| uhr)$/.exec(words) ?? [];
  if (day !== '') return `${String(DAYS[day])} ${hour}:${minute}`;
  const [, preposition, count = '', span = ''] = /^(in|vor) (\S+) (\S+)$/.exec(words) ?? [];
  const number = numberNamed(count);
  const length = unitNamed(span);
  if (number !== undefined && length !== undefined)
    return preposition === 'in' ? `in ${number} ${length}` : `${number} ${length} ago`;
  const bound =
    /^(anfang|beginn|ende) (?:(?:des|der|dieses|dieser) )?((?:nächst|letzt|vorig)e[nr] )?(\S+)$/.exec(words) ?? [];
  const unit = unitNamed(bound[3] ?? '');
  if (unit !== undefined) return `${bound[1] === 'ende' ? 'end' : 'start'} of ${whichNamed(bound[2])} ${unit}`;
  const weekday = WEEKDAYS[/^nächste[nr]? (\S+)$/.exec(words)?.[1] ?? ''];
  return weekday === undefined ? undefined : `next ${weekday}`;
}
