import { drawPicture, escaped, legendOf, type ChartPalette, type ChartPicture } from '../../charts/chart-svg';
import { DASHES } from '../../charts/chart-data';
import type { Section } from '../context';
import { Html, markup, NOTHING, table } from '../html';
import type { ReportChart } from './pictures';

/** Colours of the page, which has them for light, dark and paper. */
const PAGE: ChartPalette = {
  series: { 1: 'var(--s1)', 2: 'var(--s2)', 3: 'var(--s3)', 4: 'var(--s4)', 5: 'var(--s5)', 6: 'var(--s6)' },
  ...{ text: 'var(--soft)', textStrong: 'var(--ink)', grid: 'var(--line)', ground: 'var(--ground)' },
  limit: 'var(--limit)',
};
const WIDE = 720;
/** Of a phone: a picture that shrinks would have letters that nobody reads. */
const NARROW = 340;

/** Charts of a report: each is drawn where it stands, and its table goes to the end, where one can look it up. */
export class Charts {
  readonly #section: Section;
  readonly #charts: { id: string; chart: ReportChart }[] = [];

  constructor(section: Section) {
    this.#section = section;
  }

  /** @param tabled where the numbers stand beside it already */
  draw(chart: ReportChart, tabled = false): Html {
    const { words } = this.#section;
    const id = `picture-${String(this.#charts.length + 1)}`;
    if (!tabled) this.#charts.push({ id, chart });
    return markup`<figure>
      <figcaption>
        <h4>${chart.title}</h4>
        ${chart.note === '' ? NOTHING : markup`<p class="soft">${chart.note}</p>`}
      </figcaption>
      ${legend(chart.picture)}${picture(chart, WIDE, 'wide', words.say('report.picture', { title: chart.title }))}${picture(chart, NARROW, 'narrow', words.say('report.picture', { title: chart.title }))}${
        tabled ? NOTHING : markup`<p class="look"><a href="#${id}">${words.say('report.numbersOf')}</a></p>`
      }
    </figure> `;
  }

  /** The tables of all that was drawn. */
  tables(): Html {
    return markup`${this.#charts.map(({ id, chart }) => table(chart.title, chart.columns, chart.rows, { id }))}`;
  }

  get areAny(): boolean {
    return this.#charts.length > 0;
  }
}

function picture({ picture: drawn }: ReportChart, width: number, kind: string, label: string): Html {
  const { inside, height } = drawPicture(drawn, width, PAGE);
  return new Html(
    `<svg class="${kind}" role="img" aria-label="${escaped(label)}" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}">${inside}</svg>`,
  );
}

function legend(of: ChartPicture): Html {
  const entries = legendOf(of);
  if (entries.length < 2) return NOTHING;
  return markup`<ul class="legend">
    ${entries.map(({ label, colour, shape }) => {
      const drawn =
        shape === 'block'
          ? `<rect width="12" height="10" rx="2" fill="var(--s${String(colour)})"/>`
          : `<line x1="0" x2="28" y1="5" y2="5" stroke="var(--s${String(colour)})" stroke-width="2"${shape === 'dashes' ? ` stroke-dasharray="${DASHES[colour]}"` : ''}/>`;
      return markup`<li>
        ${new Html(`<svg aria-hidden="true" width="${shape === 'block' ? '12' : '28'}" height="10">${drawn}</svg>`)}<bdi
          >${label}</bdi
        >
      </li>`;
    })}
  </ul> `;
}
