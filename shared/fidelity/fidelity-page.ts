import { SECOND } from '../domain/instant';
import { ENDPOINT_WORDS, type EndpointName } from '../gateway/endpoint-words';
import { markup, NOTHING, table, type Html, type Part } from '../report/html';
import { reportStyle } from '../report/report-style';
import { wholePage } from '../report/whole-page';
import { message } from '../words/message';
import type { Speaker } from '../words/speaker';
import { CLOCK_TOLERANCE } from './compare-answers';
import type { CallVerdict, EndpointReport, FidelityReport } from './fidelity-report';
import {
  answerInWords,
  importInWords,
  reasonInWords,
  stateInWords,
  switchesInWords,
  zoneInWords,
} from './fidelity-words';
import { ruleInWords } from '../gateway/switch-words';
import type { Recording } from './recording';

/** Calls whose differences stand on the page. */
const MOST_CALLS = 50;

/** What a page is made of. */
export interface FidelityPage {
  report: FidelityReport;
  recording: Pick<Recording, 'source' | 'replaced' | 'leftOut'>;
  appVersion: string;
}

/** An endpoint as people call it. */
function endpointInWords(endpoint: string | null, speaker: Speaker): string {
  if (endpoint === null) return speaker.say('fidelity.otherCalls');
  return speaker.say(ENDPOINT_WORDS[endpoint as EndpointName]);
}

class Page {
  readonly #page: FidelityPage;
  readonly #speaker: Speaker;

  constructor(page: FidelityPage, speaker: Speaker) {
    this.#page = page;
    this.#speaker = speaker;
  }

  body(): Html {
    const { report } = this.#page;
    const [answer, ...more] = answerInWords(report).map((said) => this.#speaker.sayMessage(said));
    return markup`<section aria-label="${this.#speaker.say('fidelity.title')}">
        <p class="answer">${answer ?? ''}</p>
        ${more.map((sentence) => markup`<p>${sentence}</p>`)}
      </section>
      ${this.#endpoints()}${this.#rules()}${this.#differences()}${this.#about()}`;
  }

  #section(id: string, heading: string, body: Part): Html {
    return markup`<section aria-labelledby="${id}">
        <h2 id="${id}">${heading}</h2>
        ${body}
      </section> `;
  }

  #endpoints(): Html {
    const { say } = this.#speaker;
    const { endpoints } = this.#page.report;
    if (endpoints.length === 0) return NOTHING;
    const columns = [
      ...[say('fidelity.columnEndpoint'), say('fidelity.columnSame'), say('fidelity.columnDifferent')],
      ...[say('fidelity.columnUndecidable'), say('fidelity.columnWhy')],
    ];
    const rows = endpoints.map((each) => [
      endpointInWords(each.endpoint, this.#speaker),
      ...[each.same, each.different, each.undecidable].map((count) => this.#speaker.say('fidelity.count', { count })),
      this.#why(each),
    ]);
    return this.#section(
      'endpoints',
      say('fidelity.endpoints'),
      table(say('fidelity.endpoints'), columns, rows, { numbers: false }),
    );
  }

  #why({ example, reasons }: EndpointReport): Part {
    const { say, sayMessage } = this.#speaker;
    const shown = example === null ? [] : [this.#example(example)];
    return [
      ...shown,
      ...reasons.map(
        ({ reason, count }) =>
          markup`<span class="soft">${say('fidelity.reasonCount', { count, reason: sayMessage(reasonInWords(reason)) })}</span>`,
      ),
    ];
  }

  #example({ call, differences: [difference] }: CallVerdict): Part {
    if (difference === undefined) return '';
    const nothing = this.#speaker.say('fidelity.isAbsent');
    const { path, recorded, practice } = difference;
    return this.#speaker.say('fidelity.example', {
      ...{ call, path, recorded: recorded ?? nothing, practice: practice ?? nothing },
    });
  }

  #rules(): Html {
    const { say, sayMessage } = this.#speaker;
    const columns = [say('fidelity.columnRule'), say('fidelity.columnValue'), say('fidelity.columnState')];
    const rows = this.#page.report.switches.map((each) => [
      markup`${sayMessage(ruleInWords(each.option))} <span class="soft">${each.option}</span>`,
      markup`<code>${each.value}</code>`,
      sayMessage(stateInWords(each)),
    ]);
    return this.#section(
      'rules',
      say('fidelity.rules'),
      table(say('fidelity.rules'), columns, rows, { numbers: false }),
    );
  }

  #differences(): Html {
    const { say } = this.#speaker;
    const differing = this.#page.report.calls.filter(({ verdict }) => verdict === 'different');
    if (differing.length === 0) return NOTHING;
    const nothing = say('fidelity.isAbsent');
    const columns = [
      ...[say('fidelity.columnCall'), say('fidelity.columnEndpoint'), say('fidelity.columnPlace')],
      ...[say('fidelity.columnRecorded'), say('fidelity.columnPractice')],
    ];
    const rows = differing
      .slice(0, MOST_CALLS)
      .flatMap(({ call, method, path: target, at, differences }) =>
        differences
          .slice(0, 3)
          .map(({ path, recorded, practice }) => [
            String(call),
            markup`<code>${method} ${target}</code> <span class="soft">${at}</span>`,
            markup`<code>${path}</code>`,
            markup`<code>${recorded ?? nothing}</code>`,
            markup`<code>${practice ?? nothing}</code>`,
          ]),
      );
    const left = differing.length - MOST_CALLS;
    return this.#section('differences', say('fidelity.differences'), [
      table(say('fidelity.differences'), columns, rows, { numbers: false }),
      left > 0 ? markup`<p>${say('fidelity.moreDifferent', { count: left })}</p>` : NOTHING,
    ]);
  }

  #about(): Html {
    const { say, sayMessage } = this.#speaker;
    const { recording, report } = this.#page;
    const program = recording.source.program ?? recording.source.kind;
    const lines = [
      say('fidelity.recordedBy', { program, calls: report.counts.calls }),
      sayMessage(zoneInWords(report)),
      ...importInWords(recording).map((said) => `${sayMessage(said)}.`),
      ...(report.settings.length === 0
        ? []
        : [sayMessage(message('fidelity.switchesUsed', { switches: switchesInWords(report.settings) }))]),
    ];
    return this.#section('about', say('fidelity.about'), [
      markup`<p>${say('fidelity.aboutText', { seconds: CLOCK_TOLERANCE / SECOND })}</p>`,
      markup`<ul>
        ${lines.map((line) => markup`<li>${line}</li>`)}
      </ul> `,
    ]);
  }
}

/**
 * A fidelity report as one HTML page that needs neither a network nor a script.
 *
 * @param digest SHA-256 of a text in base64: the page's policy lets its very style in
 */
export function fidelityPage(page: FidelityPage, speaker: Speaker, digest: (text: string) => string): string {
  const { say } = speaker;
  return wholePage(
    {
      ...{ title: say('fidelity.title'), kicker: say('fidelity.kicker'), style: reportStyle(null) },
      ...{ body: new Page(page, speaker).body(), logo: null, appVersion: page.appVersion },
    },
    speaker,
    digest,
  );
}
