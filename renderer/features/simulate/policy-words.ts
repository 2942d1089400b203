import { quotedWords } from '../../../shared/ipc/plain-words';
import { instantPlaceInWords, measureKey, PLACE_WORDS } from '../../../shared/simulation/measure-words';
import { INSTANTS, type LineVerdict, type Verdict } from '../../../shared/simulation/policy-verdict';
import { instantOf } from '../../../shared/domain/instant';
import { formatInstant, formatShare, numberFormat } from '../../lib/format';
import { say, sayMessage } from '../../lib/say.svelte';
import { findingText } from './finding-text';

const LINES = {
  min: 'policies.min',
  max: 'policies.max',
  notBefore: 'policies.notBefore',
  notAfter: 'policies.notAfter',
} as const;
const DAY_SECONDS = 86_400;

type Measured = Extract<Verdict, { kind: 'measure' }>;

export function measureWords(measure: string): string {
  const key = measureKey(measure);
  return key === null ? quotedWords(measure) : say(key);
}

/** To so many digits that what misses a line by a little does not read like it. */
function figure(measure: string, value: number): string {
  if (measure === 'servedShare') return formatShare(value);
  return numberFormat(Math.abs(value) >= 1000 ? { maximumFractionDigits: 1 } : { maximumSignificantDigits: 4 }).format(
    value,
  );
}

const told = (measure: string, value: number | string | null, zone: string): string =>
  value === null
    ? say('policies.neverComes')
    : typeof value === 'number'
      ? figure(measure, value)
      : formatInstant(instantOf(value), zone);

/** What was expected. */
export function expectationWords(verdict: Verdict, zone: string): string {
  if (verdict.kind === 'lint') return say('policies.clean');
  if (verdict.kind === 'mistake') return verdict.path === '' ? say('policies.wholeFile') : quotedWords(verdict.path);
  const { badge, segment, measure, at, lines } = verdict;
  const named = measureWords(measure);
  const placed = at === 'first' ? named : say(PLACE_WORDS[at], { measure: named });
  const subject =
    segment === null
      ? say('policies.measure', { badge, measure: placed })
      : say('policies.measureOf', { badge, segment, measure: placed });
  const wanted = lines.map(({ line, limit }) => say(LINES[line], { limit: told(measure, limit, zone) }));
  return `${subject} ${wanted.join(', ')}`;
}

function marginWords({ measure }: Measured, { line, margin, ok }: LineVerdict): string {
  if (margin === null) return say('policies.tooLate');
  const size = Math.abs(margin);
  if (line === 'min' || line === 'max') {
    const words = { margin: figure(measure, size) };
    return say(ok ? 'policies.spare' : line === 'min' ? 'policies.short' : 'policies.tooMuch', words);
  }
  const days = size / DAY_SECONDS;
  const length =
    days >= 1
      ? say('policies.days', { days: Math.floor(days) })
      : say('policies.hours', { hours: Math.ceil(size / 3600) });
  return say(ok ? 'policies.spare' : line === 'notBefore' ? 'policies.early' : 'policies.late', { margin: length });
}

/** What came, and how far from the line that is. @param runs that it is judged by */
export function verdictWords(verdict: Verdict, zone: string, runs: number): string {
  if (verdict.kind === 'mistake') return findingText(verdict);
  if (verdict.kind === 'lint')
    return verdict.found
      .map((found) => say('policies.found', { path: quotedWords(found.path), said: findingText(found) }))
      .join(' ');
  const { at, measure, value } = verdict;
  const when = typeof value === 'string' ? told(measure, value, zone) : null;
  const placed = INSTANTS.has(measure) ? instantPlaceInWords(at, when, runs) : null;
  const came = placed === null ? told(measure, value, zone) : sayMessage(placed);
  // What never comes is said once.
  const margins = verdict.lines
    .filter(({ margin, ok }) => margin !== null || !ok)
    .map((line) => marginWords(verdict, line));
  return margins.length === 0 ? came : say('policies.cameBy', { came, margins: margins.join(', ') });
}
