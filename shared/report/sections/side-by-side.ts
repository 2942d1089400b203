import type { BarRow, SeriesColour } from '../../charts/chart-data';
import { answeredBadges, mainVersion, numberOf, spreadOf, type Section } from '../context';
import { figure, markup, named, NOTHING, table, type Html, type Part } from '../html';
import type { Measure } from '../measure';
import type { ReportBadge, ReportVersion } from '../report-model';
import { answerInWords } from './answer';
import type { Charts } from './chart-figure';
import { barPicture } from './pictures';

const COLOURS: readonly SeriesColour[] = [1, 2, 3, 4, 5, 6];

/** A, B, C …, which stand where there is no room for a name. */
const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** The versions beside each other; nothing where there is one. */
export function sideBySideSection(section: Section, charts: Charts): Html {
  const { report, words } = section;
  if (report.versions.length === 1) return NOTHING;
  const [main] = report.versions;
  return markup`<section aria-labelledby="side">
    <h2 id="side">${words.say('report.sideBySide')}</h2>
    <p class="soft">${words.say(report.sameDraws ? 'report.sideBySideNote' : 'report.sideBySideApart')}</p>
    <ol class="versions">
      ${report.versions.map(
        (version, index) =>
          markup`<li>
            <strong>${letterOf(index)}</strong> <bdi>${version.name}</bdi>${
              version.changes.length === 0
                ? NOTHING
                : markup` <span class="soft"
                    >${words.say('report.changed', { changes: version.changes.join(', ') })}</span
                  >`
            }
          </li>`,
      )}
    </ol>
    ${answeredBadges(main).map((badge) => badgeBeside(section, badge, charts))}
  </section> `;
}

interface Beside {
  version: ReportVersion;
  index: number;
  /** Null: the version does not have the badge, or nobody can get it there. */
  badge: ReportBadge | null;
}

function badgeBeside(section: Section, main: ReportBadge, charts: Charts): Html {
  const { report, words } = section;
  const { say } = words;
  const all = report.versions.map((version, index): Beside => ({
    ...{ version, index },
    badge: answeredBadges(version).find(({ key }) => key === main.key) ?? null,
  }));
  const count = (value: number): string => words.count(value);
  const currency = mainVersion(section).result.badges[main.key]?.cost?.currency ?? null;
  const rows: [string, string[], (value: number) => string][] = [
    [say('report.served'), ['customersAwarded'], count],
    [say('report.turnedAway'), ['customersTurnedAway'], count],
    [say('report.awards'), ['awarded'], count],
    ...(currency === null
      ? []
      : [
          [say('report.cost'), ['cost', 'expected'], (value: number) => words.money(value, currency)] as [
            string,
            string[],
            (value: number) => string,
          ],
        ]),
  ];
  const cells = rows.map(([label, path, said]): Part[] => [
    label,
    ...all.map((beside) => cell(section, all, beside, path, said)),
  ]);
  const title = say('report.sideTitle', { name: main.name });
  const picture = barPicture(
    words,
    all.map(({ index }) => ({ id: letterOf(index), label: letterOf(index), colour: COLOURS[index % 6] ?? 1 })),
    rows.slice(0, 3).map(([label, path]): BarRow => ({
      ...{ id: label, label },
      values: all.map(({ version, badge }) => (badge === null ? 0 : numberOf(version, badge, ...path).value)),
    })),
    true,
  );
  return markup`<h3>${named(main.name)}</h3>
    <ul class="answers">
      ${all.map(
        ({ version, index, badge }) =>
          markup`<li>
            <strong>${letterOf(index)}</strong> ${
              badge === null ? missing(section, version, main) : answerInWords(section, version, badge)
            }
          </li>`,
      )}
    </ul>
    ${table(title, [say('report.version'), ...all.map(({ index }) => letterOf(index))], cells)}
    ${charts.draw({ title, note: '', picture, columns: [], rows: [] }, true)} ${people(section, main)}`;
}

/** Why a version has no figures of a badge. */
function missing(section: Section, version: ReportVersion, { key }: ReportBadge): string {
  const badge = version.badges.find((candidate) => candidate.key === key);
  return badge === undefined ? section.words.say('report.notThere') : answerInWords(section, version, badge);
}

function cell(
  section: Section,
  all: readonly Beside[],
  { version, index, badge }: Beside,
  path: readonly string[],
  said: (value: number) => string,
): Part {
  const { words } = section;
  if (badge === null) return '–';
  const measure = numberOf(version, badge, ...path);
  const first = all[0];
  const of = first?.badge ?? null;
  const main: Measure | null = first === undefined || of === null ? null : numberOf(first.version, of, ...path);
  const by = main === null || index === 0 ? null : measure.value - main.value;
  const against =
    by === null
      ? NOTHING
      : markup`<span class="soft"
          >${
            by === 0
              ? words.say('report.noDifference')
              : words.say('report.difference', { signed: words.signed(by, said(by)), first: letterOf(0) })
          }</span
        >`;
  const spread = spreadOf(section, measure, said, index);
  return markup`${figure(measure, said(measure.value), index)}${spread === NOTHING ? NOTHING : markup`<span class="soft">${spread}</span>`}${against}`;
}

function people({ report, words }: Section, main: ReportBadge): Html {
  const rows = report.people.filter(({ badge }) => badge === main.key);
  if (rows.length === 0) return NOTHING;
  return markup`<ul>${rows.map(({ variant, winners, losers }) => {
    const version = letterOf(report.versions.findIndex(({ name }) => name === variant));
    return markup`<li>${words.say('report.peopleBetter', { version, winners, losers, name: main.name })}</li>`;
  })}</ul>`;
}
