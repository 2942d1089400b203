import path from 'node:path';
import { parseArgs } from 'node:util';
import { readColour } from '../../shared/art/colour';
import { answersOf } from '../../shared/report/report-html';
import { measureOf, type Measure } from '../../shared/report/measure';
import { MOST_VERSIONS, type Report, type ReportVersion } from '../../shared/report/report-model';
import { readSetting } from '../../shared/simulation/scenario-value';
import { LANGUAGES, message, type Language } from '../../shared/words/message';
import { speakerOf } from '../../shared/words/spoken';
import { Failure } from '../../shared/ipc/errors';
import { version } from '../../package.json';
import { readLogo } from '../backend/report/logo';
import { reportPage } from '../backend/report/page';
import { requireOutput, type KeptFile } from '../disk/output-place';
import { writeWhole } from '../disk/whole-file';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { printPdf, requirePrinter } from './print-pdf';
import { commandLine, picturesBeside, planReport, runReport, type ReportPlan } from './report-versions';
import { ALLOW, ALLOW_HELP, inputsOf, namedBy, settingsFrom, wholeNumber } from './simulate';
import { RULES, RULES_HELP, rulesFrom, rulesKept } from './rules-file';

const HELP = `Writes a report for people who do not have Laurel: the answer in a sentence, what was assumed, pictures, who loses, cost and
risk, limits in words, and how to make it again. One file that needs no network. A badge that a scenario takes from a
file has its picture, where NAME.badge-art.json lies beside NAME.badge.json.

Usage: laurel report RESULT-OR-SCENARIO… --out FILE.html|FILE.pdf [OPTIONS]

  RESULT-OR-SCENARIO   a scenario, *.scenario.json, is run first; a result is what laurel simulate --json or --out, or laurel
                       merge, wrote. Up to six stand side by side, the first in full
  --out FILE           .html: one page, in any browser. .pdf: printed by the Electron runtime, where it is
  --scenario FILE      the scenario of a RESULT, so that its assumptions and limits can be told; its first run is made again
                       and must give the same numbers
  --variant PATH=VALUE the first scenario with this changed stands beside it; may be repeated
  --set PATH=VALUE     change one value of every scenario; may be repeated
  --seed N, --replications N  of all scenarios; default: those of the first
  --title TEXT         default: the scenario's name
  --brand-colour #RRGGBB  of the line at the top and the first colour of the pictures
  --logo FILE          PNG or SVG, at most 500 kB; an SVG that acts or fetches is refused
  --language en|de     default: en
${ALLOW_HELP}
${RULES_HELP}
  --json               what was written, with its answer and figures, as one JSON document

Exit code: 0 done, 1 mistakes in a file, nowhere to print, or cancelled, 2 called wrongly.`;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  out: { type: 'string', completes: 'files' },
  scenario: { type: 'string', completes: 'files' },
  variant: { type: 'string', multiple: true, default: [] as string[] },
  set: { type: 'string', multiple: true, default: [] as string[] },
  seed: { type: 'string' },
  replications: { type: 'string' },
  title: { type: 'string' },
  'brand-colour': { type: 'string' },
  logo: { type: 'string', completes: 'files' },
  language: { type: 'string', default: 'en', completes: LANGUAGES },
  allow: ALLOW,
  rules: RULES,
} as const satisfies CommandOptions;

/** What a report is written as. */
type Format = 'html' | 'pdf';

/** @throws UsageError */
function formatOf(name: string): Format {
  const ending = path.extname(name).toLowerCase();
  if (ending === '.html' || ending === '.htm') return 'html';
  if (ending === '.pdf') return 'pdf';
  throw new UsageError(`--out ${name} can be no report: end it with .html or .pdf.`);
}

/** @throws UsageError */
function languageFrom(text: string): Language {
  const language = LANGUAGES.find((known) => known === text);
  if (language === undefined) throw new UsageError(`--language is ${LANGUAGES.join(' or ')}, not ${text}.`);
  return language;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  if (positionals.length === 0) throw new UsageError('Name a scenario or a result.');
  const { out } = values;
  if (out === undefined) throw new UsageError('Say where the report goes: --out report.html, or report.pdf.');
  const format = formatOf(out);
  const language = languageFrom(values.language);
  const brandColour = values['brand-colour'] === undefined ? null : readColour(values['brand-colour']);
  if (values['brand-colour'] !== undefined && brandColour === null)
    throw new UsageError(`--brand-colour is written as #1a7f50, not ${values['brand-colour']}.`);
  for (const text of values.variant)
    if (readSetting(text) === null) throw new UsageError(`--variant needs PATH=VALUE, not ${text}.`);
  if (positionals.length + values.variant.length > MOST_VERSIONS)
    throw new UsageError(`At most ${String(MOST_VERSIONS)} versions stand side by side.`);
  const named = namedBy(values.allow, terminal.cwd);
  const order = {
    ...{ files: positionals, variants: values.variant, sets: values.set, scenario: values.scenario ?? null, named },
    seed: wholeNumber('seed', values.seed, -Infinity),
    replications: wholeNumber('replications', values.replications, 1),
    settings: settingsFrom(values.set, undefined, undefined),
    rules: rulesFrom(values.rules, terminal.cwd),
  };
  const plan = planReport(order, terminal);
  if (plan === null) return 1;
  const target = path.resolve(terminal.cwd, out);
  const read = [...inputs(plan, values.logo, terminal.cwd, named), ...rulesKept(values.rules, terminal.cwd)];
  requireOutput(target, out, read, 'Nothing was written.');
  const logo = values.logo === undefined ? null : readLogo(path.resolve(terminal.cwd, values.logo), values.logo);
  if (format === 'pdf') requirePrinter(`${out.replace(/\.pdf$/i, '')}.html`);
  const made = await runReport(plan, order, terminal);
  if (made === null) return 1;
  const report: Report = {
    ...{ title: values.title ?? null, versions: made.versions, sameDraws: made.sameDraws, people: made.people },
    ...{ appVersion: version, brandColour, logo, savesFirst: false },
    pictures: await picturesBeside(plan, named, terminal),
    commands: [...made.commands, commandLine(['laurel', 'report', ...args.filter((arg) => arg !== '--json')])],
  };
  const page = await reportPage(report, language);
  const bytes = format === 'html' ? Buffer.from(page, 'utf8') : await printPdf(page, terminal.signal);
  if (terminal.signal.aborted) throw new Failure('cancelled', message('system.exportCancelled'));
  await writeWhole(target, bytes, { name: out });
  const answers = answersOf(report, await speakerOf(language));
  if (values.json)
    terminal.document(JSON.stringify(inJson(report, { out, format, bytes: bytes.length, language, answers }), null, 2));
  else for (const line of [...answers, `${out} was written.`]) terminal.out(line);
  return 0;
}

function inputs(
  plan: ReportPlan,
  logo: string | undefined,
  cwd: string,
  named: ReturnType<typeof namedBy>,
): KeptFile[] {
  return [
    ...plan.scenarios.flatMap((file) => inputsOf(cwd, file, named)),
    ...plan.results.map((file) => ({ path: path.resolve(cwd, file), what: 'a result that is read' })),
    ...(logo === undefined ? [] : [{ path: path.resolve(cwd, logo), what: 'the logo' }]),
  ];
}

const MEASURES = {
  attempts: ['attempts'],
  awarded: ['awarded'],
  customersAwarded: ['customersAwarded'],
  customersTurnedAway: ['customersTurnedAway'],
  cost: ['cost', 'expected'],
} as const;

/** `laurel/report@1`. */
function inJson(
  report: Report,
  { out, answers, ...written }: { out: string; format: Format; bytes: number; language: Language; answers: string[] },
): unknown {
  return {
    schema: 'laurel/report@1',
    ...{ written: out, ...written },
    answer: answers.join(' '),
    versions: report.versions.map((of) => ({
      ...{ name: of.name, changes: of.changes, engine: of.result.engine, seed: of.result.seed },
      replications: of.result.replications,
      badges: Object.fromEntries(of.badges.map((badge) => [badge.key, badgeInJson(of, badge)])),
    })),
  };
}

function badgeInJson(of: ReportVersion, { key, name, nobody, cap }: ReportVersion['badges'][number]): unknown {
  const { result } = of;
  const figures = Object.entries(MEASURES).flatMap(([measure, place]) =>
    measure === 'cost' && result.badges[key]?.cost === null
      ? []
      : [[measure, inFigures(measureOf(result, key, place))]],
  );
  return {
    ...{ name, nobody, cap },
    figures: nobody === null ? (Object.fromEntries(figures) as unknown) : null,
    exhaustedAt: result.bands?.[key]?.exhaustedAt ?? result.badges[key]?.exhaustedAt ?? null,
  };
}

const inFigures = ({ value, low, middle, high }: Measure): unknown =>
  low === null ? { value } : { value, p10: low.value, p50: middle?.value, p90: high?.value };

/** `laurel report`. */
export const reportCommand: Command = { options: OPTIONS, help: HELP, run };
