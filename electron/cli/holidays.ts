import { parseArgs } from 'node:util';
import type { CalendarDate } from '../../shared/domain/calendar';
import { COUNTRY_CODES, countryOf } from '../../shared/holidays/countries';
import { FIRST_YEAR, holidaysIn, LAST_YEAR } from '../../shared/holidays/holidays';
import { dateText } from '../../shared/simulation/timeline';
import { LANGUAGES } from '../../shared/words/message';
import { speakerOf } from '../../shared/words/spoken';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { dayFrom } from './day-option';

const HELP = `The public holidays that hold in a whole country, by the laws of today: nothing is asked of any network. Days of single regions and
days proclaimed for one year are not among them. With --factor they come as entries for the calendar of a scenario.

Usage: laurel holidays COUNTRY --from DAY --to DAY [--factor N] [--language en|de] [--json]

  COUNTRY           its code: ${COUNTRY_CODES.slice(0, 20).join(' ')}
                    ${COUNTRY_CODES.slice(20).join(' ')}
                    GB: England and Wales. CH: what all cantons have. CA, US: federal law. IN: the three national days
  --from DAY        first day, as 2026-12-24
  --to DAY          last day, included
  --factor N        how many times as often customers come on these days; 0: closed
  --language en|de  of the names; default: en
  --json            one JSON document

Exit code: 0 told, 1 there is none in these days, 2 called wrongly.`;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  factor: { type: 'string' },
  language: { type: 'string', default: 'en', completes: LANGUAGES },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

/** @throws UsageError */
function neededDay(text: string | undefined, option: string): CalendarDate {
  if (text === undefined) throw new UsageError(`Say ${option} DAY, such as 2026-12-24.`);
  return dayFrom(text, option);
}

/** @throws UsageError */
function factorFrom(text: string | undefined): number | null {
  if (text === undefined) return null;
  const factor = Number(text);
  if (text.trim() === '' || !Number.isFinite(factor) || factor < 0)
    throw new UsageError(`--factor must be a number from 0 up, not ${text}.`);
  return factor;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [code] = positionals;
  if (code === undefined || positionals.length > 1) throw new UsageError('Name one country by its code, such as DE.');
  const country = countryOf(code);
  if (country === undefined)
    throw new UsageError(`The holidays of ${code} are not known; those of ${COUNTRY_CODES.join(', ')} are.`);
  const [from, to] = [neededDay(values.from, '--from'), neededDay(values.to, '--to')];
  if (to < from) throw new UsageError('--to must not be before --from.');
  const factor = factorFrom(values.factor);
  const language = LANGUAGES.find((known) => known === values.language);
  if (language === undefined) throw new UsageError(`--language is ${LANGUAGES.join(' or ')}, not ${values.language}.`);
  const { say } = await speakerOf(language);
  const days = holidaysIn(country, from, to).map(({ date, name, isInLieu }) => {
    const holiday = say(name);
    return {
      ...{ day: dateText(date), holiday: name.slice('holidays.'.length), inLieu: isInLieu },
      name: isInLieu ? say('calendar.inLieu', { holiday }) : holiday,
    };
  });
  const calendar = factor === null ? null : days.map(({ day, name }) => ({ from: day, factor, name }));
  if (values.json)
    terminal.document(
      JSON.stringify(
        {
          ...{ schema: 'laurel/holidays@1', country, from: values.from, to: values.to },
          ...{ knownFrom: `${String(FIRST_YEAR)}-01-01`, knownTo: `${String(LAST_YEAR)}-12-31`, days, calendar },
        },
        null,
        2,
      ),
    );
  else if (calendar !== null) terminal.document(JSON.stringify({ calendar }, null, 2));
  else for (const { day, name } of days) terminal.out(`${day}  ${name}`);
  const unknown = dateText(from) < String(FIRST_YEAR) || dateText(to) > `${String(LAST_YEAR)}-12-31`;
  if (unknown) terminal.error(`Holidays are known for ${String(FIRST_YEAR)} to ${String(LAST_YEAR)} only.`);
  if (days.length === 0) terminal.error('There is no public holiday in these days.');
  return days.length === 0 ? 1 : 0;
}

/** `laurel holidays`. */
export const holidaysCommand: Command = { options: OPTIONS, operands: COUNTRY_CODES, help: HELP, run };
