import { pictureAddress } from '../../art/picture-address';
import { exhaustionOf } from '../../simulation/exhaustion';
import { knownKey, measureKey, PLACE_WORDS, unseenOften } from '../../simulation/measure-words';
import { answeredBadges, mainVersion, numberOf, spreadOf, zoneOf, type Section } from '../context';
import { figure, markup, named, NOTHING, type Html, type Part } from '../html';
import type { ReportBadge, ReportVersion } from '../report-model';
import { methodReference } from './background';

/** The answer in a sentence, and the figures people look for first. */
export function answerSection(section: Section): Html {
  const { words } = section;
  const { say } = words;
  const version = mainVersion(section);
  const { replications } = version.result;
  return markup`<section aria-labelledby="answer">
    <h2 id="answer">${say('report.answer')}</h2>
    ${version.badges.map((badge) => badgeAnswer(section, version, badge))}
    <p class="soft">
      ${say('report.howToRead')}
      ${
        answeredBadges(version).length === 0
          ? ''
          : replications === 1
            ? say('report.ofOneRun')
            : say('report.ofRuns', { runs: replications })
      }
      ${methodReference(section)}
    </p>${knownInWords(section, version)}
  </section> `;
}

/** How well the number is known for which so many runs were made. */
function knownInWords({ words }: Section, version: ReportVersion): Html {
  const { known, replications } = version.result;
  if (known === undefined) return NOTHING;
  const { say } = words;
  const badge = version.badges.find(({ key }) => key === known.badge)?.name ?? known.badge;
  const currency = version.result.badges[known.badge]?.cost?.currency ?? '';
  const told = (value: number | string | null): string => {
    if (value === null) return say('policies.neverComes');
    if (typeof value === 'string') return words.dayOf(value, zoneOf(version));
    if (known.measure === 'servedShare') return words.share(value);
    return known.measure.startsWith('cost.') ? words.money(value, currency) : words.count(value);
  };
  const key = measureKey(known.measure);
  const sentence = words.speaker.sayMessage({
    key: knownKey(known),
    values: {
      measure: say(PLACE_WORDS[known.at], { measure: key === null ? known.measure : say(key) }),
      ...{
        low: told(known.low),
        high: told(known.high),
        confidence: words.share(known.confidence),
        runs: replications,
        often: unseenOften(replications),
      },
    },
  });
  return markup`<p class="soft">${named(badge)}: ${sentence}</p> `;
}

function badgeAnswer(section: Section, version: ReportVersion, badge: ReportBadge): Html {
  const { words } = section;
  const head = version.badges.length > 1 ? markup`<h3>${named(badge.name)}</h3>` : NOTHING;
  const answer = markup`<p class="answer" dir="auto">${answerInWords(section, version, badge)}</p>`;
  const svg = section.report.pictures.get(badge.key);
  const sentence = markup`${head}
    ${
      svg === undefined
        ? answer
        : markup`<div class="pictured"><img class="picture" alt="" src="${pictureAddress(svg)}" />${answer}</div>`
    } `;
  if (badge.nobody !== null || version.result.badges[badge.key] === undefined) return sentence;
  const served = numberOf(version, badge, 'customersAwarded');
  const away = numberOf(version, badge, 'customersTurnedAway');
  const awards = numberOf(version, badge, 'awarded');
  const tried = served.value + away.value;
  const share = (part: number): Part =>
    tried === 0 ? '' : words.say('report.ofThoseWhoTry', { share: words.share(part / tried) });
  const count = (value: number): string => words.count(value);
  const { cost } = version.result.badges[badge.key]!;
  const money = (value: number): string => words.money(value, cost?.currency ?? '');
  const expected = numberOf(version, badge, 'cost', 'expected');
  const boxes: [string, Html, Part, Part][] = [
    [
      words.say('report.served'),
      figure(served, count(served.value)),
      share(served.value),
      spreadOf(section, served, count),
    ],
    [
      words.say('report.turnedAway'),
      figure(away, count(away.value)),
      share(away.value),
      spreadOf(section, away, count),
    ],
    [words.say('report.awards'), figure(awards, count(awards.value)), '', spreadOf(section, awards, count)],
    ...(cost === null
      ? []
      : [
          [
            words.say('report.cost'),
            figure(expected, money(expected.value)),
            '',
            spreadOf(section, expected, (value) => words.amount(value)),
          ] satisfies [string, Html, Part, Part],
        ]),
    ...capBox(section, version, badge),
  ];
  return markup`${sentence}
    <dl class="figures">
      ${boxes.map(
        ([term, value, ...details]) =>
          markup`<div>
            <dt>${term}</dt>
            <dd>
              <strong>${value}</strong>${details
                .filter((detail) => detail !== '' && detail !== NOTHING)
                .map((detail) => markup`<span>${detail}</span>`)}
            </dd>
          </div>`,
      )}
    </dl> `;
}

function capBox(section: Section, version: ReportVersion, badge: ReportBadge): [string, Html, Part, Part][] {
  const { words } = section;
  const answer = exhaustionOf(version.result, badge.key);
  if (answer === null || (badge.cap === null && (version.scenario !== null || answer.p50 === null))) return [];
  const title = words.say('report.capUsedUp');
  if (answer.p50 === null) return [[title, markup`${words.say('report.capNever')}`, '', '']];
  const zone = zoneOf(version);
  const day = (at: string | null): string => (at === null ? '' : words.dayOf(at, zone));
  const spread =
    version.result.replications === 1 || day(answer.p10) === day(answer.p90)
      ? ''
      : words.say('report.spread', { low: day(answer.p10), high: day(answer.p90) });
  const never =
    version.result.replications > 1 && answer.never > 0
      ? words.say('report.capInShare', { share: words.share(1 - answer.never) })
      : '';
  return [[title, markup`${day(answer.p50)}`, spread, never]];
}

/** The answer of one badge as a text. */
export function answerInWords({ words }: Pick<Section, 'words'>, version: ReportVersion, badge: ReportBadge): string {
  if (badge.nobody !== null) return words.kept(badge.nobody);
  const told = words.kept(badge.sentence);
  const about = isCapUnsaid(version, badge) ? capInWords({ words }, version, badge) : '';
  return [about, told].filter((part) => part !== '').join(' ') || words.say('report.nothingKnown');
}

/** Where the runs themselves are not at hand, the sentence that is kept says nothing of the cap. */
const isCapUnsaid = ({ result, scenario }: ReportVersion, { key, sentence }: ReportBadge): boolean =>
  scenario === null || (!sentence.startsWith('The cap') && exhaustionOf(result, key)?.p50 !== null);

/** When the cap is used up, where only the result knows of it. */
function capInWords({ words }: Pick<Section, 'words'>, version: ReportVersion, badge: ReportBadge): string {
  const answer = exhaustionOf(version.result, badge.key);
  const middle = answer?.p50 ?? null;
  if (answer === null || middle === null) return '';
  const day = words.dayOf(middle, zoneOf(version));
  const runs = version.result.replications;
  if (runs === 1) return words.say('report.capOnce', { day });
  const ever = Math.round((1 - answer.never) * runs);
  return ever === runs ? words.say('report.capBandAll', { day }) : words.say('report.capBand', { ever, runs, day });
}
