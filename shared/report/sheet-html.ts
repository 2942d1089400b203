import type { Speaker } from '../words/speaker';
import type { TimelineDrawing } from './badge-timeline';
import { markup, NOTHING, table, terms, type Html, type Part } from './html';
import { pictureAddress } from '../art/picture-address';
import { reportStyle } from './report-style';
import { wholePage } from './whole-page';

/** One badge as it is handed over; all of it in words of the sheet's language. */
export interface SheetBadge {
  name: string;
  description: string | null;
  /** What it says, field by field. */
  fields: readonly (readonly [name: string, value: string])[];
  /** Its art in each state. */
  pictures: readonly { name: string; svg: string }[];
  timeline: { drawing: TimelineDrawing; at: number; start: string; end: string; moment: string } | null;
  limits: readonly string[];
  /** What becomes of an example customer, day by day. */
  example: readonly (readonly [at: string, outcome: string])[];
  claims: readonly string[];
  /** What is wrong with it. */
  problems: readonly string[];
  json: string;
  /** Empty where what stands there can be sent to no org. */
  commands: string;
}

const STYLE = `.art{display:flex;flex-wrap:wrap;gap:20px;margin:0 0 18px;padding:0;list-style:none}
.art img{display:block;width:128px;height:128px}
.art li{color:var(--soft);font-size:13px;text-align:center}
.badge+.badge{margin-top:56px;padding-top:8px;border-top:6px solid var(--brand)}
.badge>h2:first-child{margin-top:24px;border:0;font-size:26px}
.lanes{margin:0 0 12px;padding:0;list-style:none}
.lanes li{margin:0 0 10px}
.lanes svg{display:block;width:100%;height:12px;margin:3px 0;border-radius:3px;background:var(--raised)}
.life,.total{fill:var(--s1)}.enrolment{fill:var(--s3)}.award{fill:var(--s2)}.fixed,.rolling{fill:var(--s5)}
.past{opacity:.45}.moment{fill:var(--ink)}
.ends{display:flex;justify-content:space-between;color:var(--soft);font-size:13px}
.problems{color:var(--limit)}
@media print{.badge+.badge{break-before:page;margin-top:0;border-top-width:4px}.art img{width:104px;height:104px}.lanes li,.art{break-inside:avoid}.lanes svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}pre{break-inside:auto}}
`;

const WIDTH = 1_000;

function lanes({ drawing, at, start, end, moment }: NonNullable<SheetBadge['timeline']>, speaker: Speaker): Html {
  const { from, to } = drawing;
  const x = (instant: number): number => Math.round(((instant - from) / (to - from)) * WIDTH);
  const bars = (lane: TimelineDrawing['lanes'][number]): Part[] =>
    lane.bars.map((bar) => {
      const [left, right] = [x(bar.from), x(bar.to)];
      const gap = lane.kind === 'fixed' && !lane.dense ? 2 : 0;
      const kind = bar.current ? lane.kind : `${lane.kind} past`;
      return markup`<rect class="${kind}" x="${String(left)}" y="0" width="${String(Math.max(2, right - left - gap))}" height="12"/>`;
    });
  return markup`<p>${speaker.say('sheet.moment', { moment })}</p><ul class="lanes">${drawing.lanes.map(
    (lane) =>
      markup`<li>${lane.sentence}<svg viewBox="0 0 ${String(WIDTH)} 12" preserveAspectRatio="none" role="img" aria-label="${lane.label}">${bars(lane)}<rect class="moment" x="${String(Math.min(WIDTH - 3, x(at)))}" y="0" width="3" height="12"/></svg></li>`,
  )}</ul><p class="ends"><span>${start}</span><span>${end}</span></p>`;
}

function section(badge: SheetBadge, speaker: Speaker, isOnly: boolean): Html {
  const { say } = speaker;
  const heading = isOnly ? NOTHING : markup`<h2 dir="auto">${badge.name}</h2>`;
  const title = (text: string): Html => (isOnly ? markup`<h2>${text}</h2>` : markup`<h3>${text}</h3>`);
  const list = (items: readonly string[], none: string): Html =>
    items.length === 0 ? markup`<p>${none}</p>` : markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
  const picture = ({ name, svg }: SheetBadge['pictures'][number]): Html =>
    markup`<li><img alt="" src="${pictureAddress(svg)}"/>${name}</li>`;
  return markup`<article class="badge">${heading}
    ${badge.description === null ? NOTHING : markup`<p class="answer" dir="auto">${badge.description}</p>`}
    ${badge.pictures.length === 0 ? NOTHING : markup`<ul class="art">${badge.pictures.map(picture)}</ul>`}
    ${
      badge.problems.length === 0
        ? NOTHING
        : markup`<section class="problems">${title(say('sheet.problems'))}${list(badge.problems, '')}</section>`
    }
    ${badge.fields.length === 0 ? NOTHING : markup`<section>${title(say('sheet.inWords'))}${terms(badge.fields)}</section>`}
    ${
      badge.timeline === null
        ? NOTHING
        : markup`<section>${title(say('sheet.timeline'))}${lanes(badge.timeline, speaker)}</section>`
    }
    ${
      badge.fields.length === 0
        ? NOTHING
        : markup`<section>${title(say('sheet.limits'))}${list(badge.limits, say('sheet.noLimits'))}${table(
            say('sheet.example'),
            [say('sheet.when'), say('sheet.outcome')],
            badge.example,
            { numbers: false },
          )}</section>`
    }
    <section>${title(say('sheet.claims'))}${list(badge.claims, say('sheet.noClaims'))}</section>
    <section>${title(say('sheet.json'))}<pre><code>${badge.json}</code></pre></section>
    ${
      badge.commands === ''
        ? NOTHING
        : markup`<section>${title(say('sheet.commands'))}<p>${say('sheet.commandsHint')}</p><pre><code>${badge.commands}</code></pre></section>`
    }
  </article>`;
}

/**
 * What is handed over of badges, as one page that needs neither a network nor Laurel.
 *
 * @param digest SHA-256 of a text in base64
 */
export function sheetHtml(
  badges: readonly SheetBadge[],
  appVersion: string,
  speaker: Speaker,
  digest: (text: string) => string,
): string {
  const [only, another] = badges;
  const isOnly = another === undefined;
  const title = isOnly ? (only?.name ?? '') : speaker.say('sheet.titleMany', { count: badges.length });
  const parts = {
    ...{ title, kicker: speaker.say('sheet.kicker'), style: `${reportStyle(null)}${STYLE}`, logo: null, appVersion },
    body: markup`${badges.map((badge) => section(badge, speaker, isOnly))}`,
  };
  return wholePage(parts, speaker, digest);
}
