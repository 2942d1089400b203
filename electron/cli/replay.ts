import { createHash } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { isZone } from '../../shared/domain/calendar';
import type { OrgSettings } from '../../shared/domain/settings';
import { fidelityPage } from '../../shared/fidelity/fidelity-page';
import type { CallVerdict, FidelityReport } from '../../shared/fidelity/fidelity-report';
import { answerInWords, reasonInWords, stateInWords, zoneInWords } from '../../shared/fidelity/fidelity-words';
import type { Recording } from '../../shared/fidelity/recording';
import { GATEWAY_SWITCHES, readSwitches } from '../../shared/gateway/switches';
import { inEnglish } from '../../shared/words/english';
import { LANGUAGES, type Language } from '../../shared/words/message';
import { speakerOf } from '../../shared/words/spoken';
import { replay } from '../backend/fidelity/replay/replay';
import { requireOutput } from '../disk/output-place';
import { writeWhole } from '../disk/whole-file';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { readRecordingFile, SOURCES_HELP } from './recording-file';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  switch: {
    type: 'string',
    multiple: true,
    default: [] as string[],
    completes: GATEWAY_SWITCHES.flatMap(({ option, choices }) =>
      (choices ?? ['']).map((value) => `${option}=${value}`),
    ),
  },
  tz: { type: 'string' },
  out: { type: 'string', completes: 'files' },
  language: { type: 'string', default: 'en', completes: LANGUAGES },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const SWITCHES = GATEWAY_SWITCHES.map(({ option, choices, summary }) => {
  const values = choices?.join('|') ?? 'VALUE';
  return `  ${`${option}=${values}`.padEnd(40)} ${summary}`;
}).join('\n');

const HELP = `Plays a recording against a practice org, in memory, that is put into the state with which the recording began, and says of each
answer whether the practice org gives the same: by what it means, not by its letters. Where answers differ, switches are tried,
and those are named under which nothing differs.

Usage: laurel replay RECORDING [--switch NAME=VALUE]… [--tz ZONE] [--out FILE.html] [--json]

  RECORDING       ${SOURCES_HELP}
  --switch NAME=VALUE  set a switch of the practice org before; may be repeated
  --tz ZONE       zone of the org, such as Europe/Berlin (what the dates of its answers tell)
  --out FILE.html the report as one page that needs no network
  --language en|de  of that page; default: en
  --json          the report (laurel/fidelity@1) as one JSON document

Switches:
${SWITCHES}

What cannot be decided is said, with the reason: never guessed. Nothing is sent anywhere.
Exit code: 0 no answer differs, 1 one does, or the recording cannot be read or has no calls, 2 called wrongly.`;

/** @throws UsageError */
function settingsFrom(switches: readonly string[], zone: string | undefined): Partial<OrgSettings> {
  const options: Record<string, string> = {};
  for (const given of switches) {
    const mark = given.indexOf('=');
    const name = mark < 0 ? given : given.slice(0, mark);
    const known = GATEWAY_SWITCHES.find(({ option, key }) => option === name || key === name);
    if (mark < 0 || known === undefined)
      throw new UsageError(
        mark < 0
          ? `--switch needs NAME=VALUE, not ${given}.`
          : `There is no switch ${name}. There are ${GATEWAY_SWITCHES.map(({ option }) => option).join(', ')}.`,
      );
    if (options[known.option] !== undefined) throw new UsageError(`--switch ${known.option} is given twice.`);
    options[known.option] = given.slice(mark + 1);
  }
  if (zone !== undefined && !isZone(zone))
    throw new UsageError(`--tz ${zone} is not a time zone. Write a name such as Europe/Berlin.`);
  try {
    return { ...readSwitches(options), ...(zone === undefined ? {} : { zone }) };
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`${error.message.replace(/^--/, '--switch ')}.`) : error;
  }
}

/** @throws UsageError */
function languageFrom(text: string): Language {
  const language = LANGUAGES.find((known) => known === text);
  if (language === undefined) throw new UsageError(`--language is ${LANGUAGES.join(' or ')}, not ${text}.`);
  return language;
}

function isAlike({ counts }: FidelityReport): boolean {
  return counts.different === 0 && counts.calls > 0;
}

function documentOf(report: FidelityReport, recording: Recording, out: string | null): object {
  const { counts, endpoints, switches, explanation, settings, zone, zoneFrom, calls } = report;
  return {
    ...{ schema: 'laurel/fidelity@1', same: isAlike(report), answer: answerInWords(report).map(inEnglish) },
    ...{ counts, source: recording.source, replaced: recording.replaced, leftOut: recording.leftOut },
    ...{ settings, timeZone: zone, timeZoneFrom: zoneFrom, explanation },
    switches: switches.map((each) => ({ ...each, words: inEnglish(stateInWords(each)) })),
    endpoints: endpoints.map(({ reasons, ...each }) => ({
      ...each,
      reasons: reasons.map(({ reason, count }) => ({ reason, count, words: inEnglish(reasonInWords(reason)) })),
    })),
    ...{ calls, written: out },
  };
}

function exampleLine({ call, method, path: target, differences: [difference] }: CallVerdict): string {
  if (difference === undefined) return '';
  const { path: place, recorded, practice } = difference;
  return `    call ${String(call)}, ${method} ${target}: ${place} was ${recorded ?? 'nothing'}, the practice org says ${practice ?? 'nothing'}`;
}

function tell(report: FidelityReport, terminal: Terminal): void {
  for (const line of answerInWords(report)) terminal.out(inEnglish(line));
  if (report.counts.calls === 0) return;
  if (report.zoneFrom !== 'default') terminal.out(inEnglish(zoneInWords(report)));
  terminal.out('');
  for (const { endpoint, same, different, undecidable, example, reasons } of report.endpoints) {
    const counts = [
      ...(same > 0 ? [`${same.toLocaleString('en')} same`] : []),
      ...(different > 0 ? [`${different.toLocaleString('en')} different`] : []),
      ...(undecidable > 0 ? [`${undecidable.toLocaleString('en')} not decidable`] : []),
    ];
    terminal.out(`  ${(endpoint ?? 'other calls').padEnd(22)} ${counts.join(', ')}`);
    if (example !== null) terminal.out(exampleLine(example));
    for (const { reason, count } of reasons)
      terminal.out(`    ${count.toLocaleString('en')} not decidable: ${inEnglish(reasonInWords(reason))}`);
  }
  terminal.out('');
  for (const each of report.switches)
    terminal.out(`  ${`${each.option}=${each.value}`.padEnd(36)} ${inEnglish(stateInWords(each))}`);
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('Name one recording.');
  const { out } = values;
  const settings = settingsFrom(values.switch, values.tz);
  const language = languageFrom(values.language);
  if (out !== undefined) {
    if (!/\.html?$/i.test(out)) throw new UsageError(`--out ${out} can be no report: end it with .html.`);
    const keep = [{ path: path.resolve(terminal.cwd, file), what: 'the recording that is read' }];
    requireOutput(path.resolve(terminal.cwd, out), out, keep, 'Nothing was written.');
  }
  const recording = readRecordingFile(terminal.cwd, file);
  const report = await replay(recording, {
    ...{ settings, signal: terminal.signal },
    progress: (doing, done) =>
      terminal.draw(
        doing === 'playing'
          ? `Playing ${done.toLocaleString('en')} of ${recording.calls.length.toLocaleString('en')} calls …`
          : `Trying switches: ${done.toLocaleString('en')} …`,
      ),
  });
  terminal.draw('');
  if (out !== undefined) {
    const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
    const page = fidelityPage({ report, recording, appVersion: version }, await speakerOf(language), digest);
    await writeWhole(path.resolve(terminal.cwd, out), page, { name: out });
  }
  if (values.json) terminal.document(JSON.stringify(documentOf(report, recording, out ?? null), null, 2));
  else {
    tell(report, terminal);
    if (out !== undefined) terminal.out(`${out} was written.`);
  }
  return isAlike(report) ? 0 : 1;
}

/** `laurel replay`. */
export const replayCommand: Command = { options: OPTIONS, help: HELP, run };
