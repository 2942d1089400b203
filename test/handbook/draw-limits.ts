/**
 * The drawings of the handbook's page about limits: the same tries under each kind of limit, judged by the rules. The
 * files in `docs/handbook/pictures` are held to them by a test and written anew by `npm run handbook`.
 */
import { openAward } from '../../shared/domain/award';
import { decideClaim } from '../../shared/domain/claims';
import { DAY, HOUR, type Instant } from '../../shared/domain/instant';
import { MemoryOrg } from '../../shared/domain/memory-org';
import { readBadge } from '../../shared/domain/read-badge';
import { badgeLimit, type BadgeBody } from '../../shared/domain/templates';
import type { HandbookLanguage } from './handbook-files';
import { badgeBody } from '../domain/badge-bodies';

/** A Monday; nothing but the weekdays of the drawing depends on it. */
const START: Instant = Date.UTC(2027, 2, 1) * 1000;
const DAYS = 14;
/** Days after the start on which somebody tries, at noon. */
const TRIES = [0, 2, 4, 6, 7, 8, 10, 12];

interface Drawing {
  file: string;
  limit: BadgeBody;
  /** Bands of days, the last not included, that are drawn behind the tries. */
  bands: (refused: readonly number[]) => readonly (readonly [number, number])[];
  words: Record<HandbookLanguage, string>;
}

const DRAWINGS: readonly Drawing[] = [
  {
    file: 'limit-in-all.svg',
    limit: badgeLimit.inAll(3),
    bands: () => [[0, DAYS]],
    words: { en: '3 awards in all', de: '3 Vergaben insgesamt' },
  },
  {
    file: 'limit-fixed-window.svg',
    limit: badgeLimit.perCycle(2, { durationType: 'WEEKS', startDayOfTheWeek: 'MONDAY' }),
    bands: () => [
      [0, 7],
      [7, DAYS],
    ],
    words: { en: '2 awards in each week from Monday', de: '2 Vergaben in jeder Woche ab Montag' },
  },
  {
    file: 'limit-rolling-window.svg',
    limit: badgeLimit.inTheLast(2, 7, 'DAYS'),
    // What the last refused try looks back on.
    bands: (refused) => refused.slice(-1).map((day) => [Math.max(0, day + 0.5 - 7), day + 0.5] as const),
    words: {
      en: '2 awards in any 7 days; shaded: what the last refused try looks back on',
      de: '2 Vergaben in je 7 Tagen; getönt: worauf der letzte abgelehnte Versuch zurückblickt',
    },
  },
];

const LEGEND: Record<HandbookLanguage, { awarded: string; refused: string }> = {
  en: { awarded: 'awarded', refused: 'refused: the limit is reached' },
  de: { awarded: 'vergeben', refused: 'abgelehnt: Die Obergrenze ist erreicht' },
};

/** Which of the tries the rules allow under a limit. */
function allowedTries(limit: BadgeBody): boolean[] {
  const { definition } = readBadge(
    badgeBody({
      startOn: START / 1_000_000,
      expiresOn: (START + 365 * DAY) / 1_000_000,
      badgeConstraints: [limit],
    }),
  );
  if (definition === null) throw new Error('The drawn badge cannot be read.');
  const org = new MemoryOrg();
  let badge = org.addBadge(definition, START);
  const claim = decideClaim(badge, 'Loyalty', '626');
  if (claim.ok) badge = org.setClaims(badge, claim.claims);
  return TRIES.map((day, index) => {
    const at = START + day * DAY + 12 * HOUR;
    const triggeredBy = { ownerType: 'Loyalty', referenceId: '626' };
    const input = { badgeMetaId: badge.id, requestId: String(index), triggeredBy, eventDate: null };
    const opening = openAward(org, input, 'earn', 'given', at, { add: () => true });
    if (!opening.ok) throw new Error(`The drawn badge refuses: ${String(opening.errors[0]?.code)}.`);
    opening.run.begin();
    return opening.run.award(1).ok;
  });
}

const COLUMN = 42;
const LEFT = 16;
const WIDTH = LEFT * 2 + COLUMN * DAYS;
const xOf = (day: number): number => LEFT + day * COLUMN;

function tryMark(day: number, allowed: boolean): string {
  const x = xOf(day + 0.5);
  return allowed
    ? `<circle cx="${String(x)}" cy="70" r="11" fill="#0f6b45"/><path d="M${String(x - 5)} 70l4 4 7-8" fill="none" stroke="#fff" stroke-width="2.5"/>`
    : `<rect x="${String(x - 10)}" y="60" width="20" height="20" rx="3" fill="#fff" stroke="#b3261e" stroke-width="2"/><path d="M${String(x - 4)} 66l8 8m0-8l-8 8" stroke="#b3261e" stroke-width="2.5"/>`;
}

function draw({ limit, bands, words }: Drawing, language: HandbookLanguage): string {
  const allowed = allowedTries(limit);
  const refused = TRIES.filter((_, index) => allowed[index] === false);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const days = Array.from({ length: DAYS }, (_, day) => {
    const name = weekday.format((START + day * DAY) / 1000).replace('.', '');
    return `<text x="${String(xOf(day + 0.5))}" y="36" text-anchor="middle" fill="#55605a">${name}</text>`;
  });
  const shades = bands(refused).map(
    ([from, to]) =>
      `<rect x="${String(xOf(from) + 2)}" y="46" width="${String((to - from) * COLUMN - 4)}" height="48" rx="8" fill="#dff0e6" stroke="#8fc3a6"/>`,
  );
  const { awarded, refused: refusedWord } = LEGEND[language];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} 128" width="${String(WIDTH)}" height="128" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="${String(WIDTH)}" height="128" fill="#fff"/>`,
    `<text x="${String(LEFT)}" y="18" fill="#1c2420" font-weight="600">${words[language]}</text>`,
    ...days,
    ...shades,
    ...TRIES.map((day, index) => tryMark(day, allowed[index] === true)),
    `<g transform="translate(-8 43)">${tryMark(0, true)}</g>`,
    `<text x="48" y="118" fill="#1c2420">${awarded}</text>`,
    `<g transform="translate(${String(5 * COLUMN - 24)} 43)">${tryMark(0, false)}</g>`,
    `<text x="${String(5 * COLUMN + 32)}" y="118" fill="#1c2420">${refusedWord}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

/** Every drawing of a language, by the name of its file. */
export function limitDrawings(language: HandbookLanguage): Map<string, string> {
  return new Map(DRAWINGS.map((drawing) => [drawing.file, draw(drawing, language)]));
}
