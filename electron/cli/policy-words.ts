import type { PolicyReport } from '../backend/simulation/policies';
import { instantPlaceInWords } from '../../shared/simulation/measure-words';
import { INSTANTS, type LineVerdict, type Verdict } from '../../shared/simulation/policy-verdict';
import { inEnglish } from '../../shared/words/english';

const DAY_SECONDS = 86_400;

/** To four digits that count, because a board's line is a round number and what misses it by a little must show. */
const figure = (value: number): string =>
  value.toLocaleString('en', Math.abs(value) >= 1000 ? { maximumFractionDigits: 1 } : { maximumSignificantDigits: 4 });

const SIGNS = { min: '≥', max: '≤', notBefore: 'not before', notAfter: 'not after' } as const;

/** `1,790 to spare`, `12 days too early`. */
function marginInWords({ line, margin, ok }: LineVerdict): string {
  if (margin === null) return 'too late';
  const isDated = line === 'notBefore' || line === 'notAfter';
  const size = Math.abs(margin);
  if (!isDated) return ok ? `${figure(size)} to spare` : `${figure(size)} ${line === 'min' ? 'short' : 'too much'}`;
  const days = size / DAY_SECONDS;
  const length = days >= 1 ? `${figure(days)} days` : `${figure(size / 3600)} hours`;
  return ok ? `${length} to spare` : `${length} too ${line === 'notBefore' ? 'early' : 'late'}`;
}

const told = (value: number | string | null): string =>
  value === null ? 'never' : typeof value === 'number' ? figure(value) : value;

const PLACES = { p10: 'P10 ', p50: 'P50 ', p90: 'P90 ', mean: 'mean ', first: '' } as const;

/** What was expected, without what came: the name of a test. */
function expectationInWords(verdict: Verdict): string {
  if (verdict.kind === 'lint') return 'no contradiction found';
  if (verdict.kind === 'mistake') return verdict.path;
  const { badge, segment, measure, at, lines } = verdict;
  const wanted = lines.map(({ line, limit }) => `${SIGNS[line]} ${told(limit)}`).join(', ');
  return `${badge}${segment === null ? '' : ` · ${segment}`}: ${PLACES[at]}${measure} ${wanted}`;
}

/** What came, and how far from the line. */
function verdictInWords(verdict: Verdict, runs: number): string {
  if (verdict.kind === 'mistake') return verdict.message;
  if (verdict.kind === 'lint') {
    return verdict.found.length === 0
      ? 'nothing was found'
      : verdict.found.map(({ code, path, message }) => `${path}: ${message} [${code}]`).join('; ');
  }
  const { at, measure, value } = verdict;
  const when = typeof value === 'string' ? value : null;
  const placed = INSTANTS.has(measure) ? instantPlaceInWords(at, when, runs) : null;
  const came = placed === null ? told(value) : inEnglish(placed);
  // What never comes is said once.
  const margins = verdict.lines.filter(({ margin, ok }) => margin !== null || !ok).map(marginInWords);
  return margins.length === 0 ? came : `${came} (${margins.join(', ')})`;
}

/** A policy's lines on standard output. */
export function policyLines({ file, run, mistakes, verdicts }: PolicyReport): string[] {
  const head =
    run === null
      ? `${file}: could not be judged`
      : `${file}: ${run.scenario}, ${run.replications === 1 ? '1 run' : `${run.replications} runs`}, seed ${run.seed}`;
  return [
    head,
    ...mistakes.map((mistake) => {
      const place = mistake.path === '' ? 'the whole file' : mistake.path;
      return `  MISTAKE  ${mistake.file === file ? '' : `${mistake.file}: `}${place}: ${mistake.message}`;
    }),
    ...verdicts.map((verdict) => {
      const word = verdict.kind === 'mistake' ? 'MISTAKE' : verdict.ok ? 'ok     ' : 'BROKEN ';
      return `  ${word}  ${expectationInWords(verdict)}: ${verdictInWords(verdict, run?.replications ?? 1)}`;
    }),
  ];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** Text inside an attribute; characters that XML 1.0 has no way to hold are replaced. */
const attribute = (text: string): string =>
  text
    .replaceAll(FORBIDDEN, '\ufffd')
    .replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign]!)
    .replaceAll('\n', '&#10;');

/** The reports as a JUnit file, as the build servers read it: a suite for each policy, a case for each expectation. */
export function junitOf(reports: readonly PolicyReport[]): string {
  const suites = reports.map(({ file, run, mistakes, verdicts }) => {
    const cases = [
      ...mistakes.map(({ path, message }) => ({ name: path === '' ? 'the whole file' : path, error: message })),
      ...verdicts.map((verdict) => ({
        name: expectationInWords(verdict),
        ...(verdict.kind === 'mistake' ? { error: verdict.message } : {}),
        ...(verdict.kind !== 'mistake' && !verdict.ok
          ? { failure: verdictInWords(verdict, run?.replications ?? 1) }
          : {}),
      })),
    ];
    const failures = cases.filter((one) => 'failure' in one).length;
    const errors = cases.filter((one) => 'error' in one).length;
    const properties =
      run === null
        ? ''
        : `    <properties>\n${Object.entries(run)
            .map(([name, value]) => `      <property name="${name}" value="${attribute(String(value))}"/>\n`)
            .join('')}    </properties>\n`;
    const lines = cases.map((one) => {
      const open = `    <testcase classname="${attribute(file)}" name="${attribute(one.name)}"`;
      if ('error' in one) return `${open}>\n      <error message="${attribute(one.error)}"/>\n    </testcase>\n`;
      if ('failure' in one) return `${open}>\n      <failure message="${attribute(one.failure)}"/>\n    </testcase>\n`;
      return `${open}/>\n`;
    });
    const head = `tests="${String(cases.length)}" failures="${String(failures)}" errors="${String(errors)}"`;
    return {
      counts: { tests: cases.length, failures, errors },
      xml: `  <testsuite name="${attribute(file)}" ${head}>\n${properties}${lines.join('')}  </testsuite>\n`,
    };
  });
  const sum = (of: 'tests' | 'failures' | 'errors'): string =>
    String(suites.reduce((total, { counts }) => total + counts[of], 0));
  const head = `tests="${sum('tests')}" failures="${sum('failures')}" errors="${sum('errors')}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="laurel" ${head}>\n${suites.map(({ xml }) => xml).join('')}</testsuites>\n`;
}
