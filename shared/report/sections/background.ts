import { limitInWords } from '../../domain/limit-words';
import { hasCalendar, type LearnedFrom } from '../../simulation/scenario';
import { mainVersion, type Section } from '../context';
import { markup, named, NOTHING, terms, type Html, type Part } from '../html';
import { findingInWords } from '../finding-place';
import type { ReportBadge, ReportVersion } from '../report-model';

/** The limits of each badge in words, version by version where they differ. */
export function limitsSection(section: Section): Html {
  const { report, words } = section;
  const many = report.versions.length > 1;
  const known = report.versions.filter(({ badges }) => badges.some(({ definition }) => definition !== null));
  const listed = known.map((version) => ({
    version,
    lists: version.badges.map((badge) => badgeLimits(section, version, badge)),
  }));
  const first = JSON.stringify(listed[0]?.lists);
  return markup`<section aria-labelledby="limits">
    <h2 id="limits">${words.say('report.limits')}</h2>
    ${
      known.length === 0
        ? markup`<p>${words.say('report.limitsUnknown')}</p>`
        : listed
            // A version with the limits of the first says nothing new.
            .filter(({ lists }, index) => index === 0 || JSON.stringify(lists) !== first)
            .map(({ version, lists }) => markup`${many ? markup`<h3>${named(version.name)}</h3>` : NOTHING}${lists}`)
    }
  </section> `;
}

function badgeLimits({ words }: Section, version: ReportVersion, { name, definition }: ReportBadge): Html {
  const { say, speaker } = words;
  if (definition === null) return NOTHING;
  const zone = version.scenario?.timeZone ?? 'UTC';
  const all = [
    ...definition.customerConstraints.map((limit) => limitInWords(speaker, limit, 'CUSTOMER')),
    ...definition.badgeConstraints.map((limit) => limitInWords(speaker, limit, 'BADGE')),
  ];
  const life = say('report.lives', {
    from: words.dayOf(definition.startOn, zone),
    to: words.dayOf(definition.expiresOn, zone),
  });
  return markup`<h4>${named(name)}</h4>
    <ul>
      ${(all.length === 0 ? [say('report.limitsNone')] : all).map((limit) => markup`<li>${limit}</li>`)}
      <li>${life}</li>
    </ul> `;
}

/** Where the customers are from, and how well that forecasts. */
export function dataSection(section: Section): Html {
  const { words } = section;
  const { scenario } = mainVersion(section);
  if (scenario === null) return NOTHING;
  const { customers, events } = scenario;
  const learned = customers?.learned ?? null;
  const body: Part =
    learned !== null
      ? learnedWords(section, learned)
      : markup`<p>
          ${events === null ? words.say('report.dataTyped') : words.say('report.dataReplay', { file: events.csv })}
        </p>`;
  return markup`<section aria-labelledby="data">
    <h2 id="data">${words.say('report.data')}</h2>
    ${body}
    <p class="soft">${methodReference(section)}</p>
  </section> `;
}

/** Off by so much of what came, a forecast is called good, and fair. */
const GOOD = 0.05;
const FAIR = 0.15;
/** Days that scatter so many times as much as the model's are worth a word. */
const SCATTERED = 1.5;

function learnedWords(section: Section, learned: LearnedFrom): Html {
  const { words } = section;
  const { say } = words;
  const { scenario } = mainVersion(section);
  const zone = scenario?.timeZone ?? 'UTC';
  const { holdOut } = learned;
  const told = say('report.dataLearned', {
    ...{ file: learned.file, events: learned.events, customers: learned.customers },
    ...{ from: words.dayOf(learned.from, zone), to: words.dayOf(learned.to, zone) },
  });
  const held: Part = holdOut === null ? say('report.dataNotHeld') : heldInWords(section, holdOut, zone);
  return markup`<p>${told}</p>
    <p>${held}</p>
    ${learned.segments.map((segment) => {
      const now = scenario?.customers?.segments.find(({ name }) => name === segment.name)?.activity;
      const interval = (of: { value: number; low: number; high: number }, value: number | undefined): Part => {
        const edited = value !== undefined && value !== of.value;
        const words_ = say('report.dataUncertain', {
          ...{ value: words.rate(of.value), low: words.rate(of.low), high: words.rate(of.high) },
        });
        return edited ? markup`${words_} – <strong>${say('report.dataEdited')}</strong>` : words_;
      };
      return markup`<h3>${named(segment.name)}</h3>
        ${terms([
          [say('report.learnedRate'), interval(segment.perWeek, now?.perWeek)],
          [say('report.learnedSpread'), interval(segment.dispersion, now?.dispersion)],
        ])}${segment.scatter < SCATTERED ? NOTHING : markup`<p>${say('report.dataScatter', { times: words.count(segment.scatter) })}</p>`}`;
    })}`;
}

function heldInWords({ words }: Section, held: NonNullable<LearnedFrom['holdOut']>, zone: string): string {
  const { say } = words;
  const { forecast, actual, error, naiveError, naiveDaysBack } = held;
  const parts = [say('report.dataHeld', { day: words.dayOf(held.from, zone), forecast: Math.round(forecast), actual })];
  if (error !== null) {
    const off = Math.abs(error);
    const facts = { error: words.share(off) };
    parts.push(
      off <= GOOD
        ? say('report.dataGood', facts)
        : off <= FAIR
          ? say('report.dataFair', facts)
          : say('report.dataPoor', facts),
    );
    if (naiveError !== null) {
      parts.push(say('report.dataNaive', { days: naiveDaysBack, error: words.share(Math.abs(naiveError)) }));
      if (Math.abs(naiveError) < off) parts.push(say('report.dataNaiveBetter'));
    }
  }
  return parts.join(' ');
}

/** What contradicts itself in the scenario. */
export function contradictionsSection(section: Section): Html {
  const { words } = section;
  const { say } = words;
  const version = mainVersion(section);
  const { findings, scenario } = version;
  const body: Part =
    scenario === null
      ? markup`<p>${say('report.contradictionsUnknown')}</p>`
      : findings.length === 0
        ? markup`<p>${say('report.contradictionsNone')}</p>`
        : markup`<ul>
            ${findings.map((found) => {
              const { place, said } = findingInWords(words, version, found);
              return markup`<li><strong>${named(`${place}:`)}</strong> ${said}</li>`;
            })}
          </ul>`;
  return markup`<section aria-labelledby="contradictions">
    <h2 id="contradictions">${say('report.contradictions')}</h2>
    ${body}
  </section> `;
}

/** Headings of docs/methods.md, which is in English, under which what this report says is reckoned. A test holds them to that page. */
export const METHOD_SECTIONS = {
  customers: 'Who acts, and when',
  earns: 'What earns',
  runs: 'Runs and their spread',
  known: 'How many runs',
  checked: 'How it was checked',
  left: 'What is not modelled',
} as const;

function methodSections(section: Section): string {
  const { result, scenario } = mainVersion(section);
  const { customers, earns, runs, known, checked, left } = METHOD_SECTIONS;
  const isReplay = (scenario?.events ?? null) !== null;
  const all = [
    ...(isReplay ? [] : [customers]),
    earns,
    ...(result.replications > 1 ? [runs] : []),
    ...(result.known === undefined ? [] : [known]),
    checked,
    left,
  ];
  return all.map((heading) => section.words.say('report.methodSection', { heading })).join(', ');
}

/** Leads to where a report says how it was reckoned: within its page, which needs no network. */
export const methodReference = ({ words }: Pick<Section, 'words'>): Html =>
  markup`<a href="#method">${words.say('report.method')}</a>`;

/** How it was made, and the lines that make it again. */
export function againSection(section: Section): Html {
  const { report, words } = section;
  const { say } = words;
  const { result, scenario } = mainVersion(section);
  const withCalendar = scenario !== null && hasCalendar(scenario);
  const ofCustomers = withCalendar ? 'calendar.reportMethod' : 'report.methodWords';
  const hasHours = (scenario?.customers?.segments ?? []).some(({ activity }) => activity.hours);
  const methodKey = (scenario?.events ?? null) === null ? ofCustomers : 'report.methodReplay';
  return markup`<section aria-labelledby="again">
    <h2 id="again">${say('report.again')}</h2>
    ${terms([
      [say('report.engine'), result.engine],
      [say('report.seed'), String(result.seed)],
      [say('report.runs'), words.count(result.replications)],
      [say('report.events'), words.count(result.events.total)],
    ])}
    <p>${say('report.againWords')}${report.savesFirst ? ` ${say('report.againSave')}` : ''}</p>
    <pre tabindex="0">${report.commands.join('\n')}</pre>
    <h3 id="method">${say('report.method')}</h3>
    <p>${say(methodKey)}${hasHours ? ` ${say('calendar.reportHoursMethod')}` : ''}</p>
    <p>${say('report.methodLink', { sections: methodSections(section) })}</p>
  </section> `;
}
