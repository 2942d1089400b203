import { escaped } from '../charts/chart-svg';
import type { Figure } from './measure';

/** HTML that is whole and may stand as it is. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in HTML: text is escaped. */
export type Part = Html | string | readonly Part[];

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  return typeof part === 'string' ? escaped(part) : part.map(textOf).join('');
}

/** A template whose values are escaped, but for those that are HTML. */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + textOf(values[index] ?? '')).join(''));
}

export const NOTHING = markup``;

/**
 * A number as people read it, with its exact value and its place in the result file.
 *
 * @param version which of the report's versions it is of
 */
export function figure({ value, path }: Figure, words: string, version = 0): Html {
  const of = path === null ? NOTHING : markup` data-version="${String(version)}" data-of="${path}"`;
  return markup`<data value="${String(value)}" ${of}>${words}</data>`;
}

/** A table with a heading row; the first cell of each row names it. */
export function table(
  caption: string,
  columns: readonly Part[],
  rows: readonly (readonly Part[])[],
  { numbers = true, id = '' }: { numbers?: boolean; id?: string } = {},
): Html {
  const kind = numbers ? markup` class="numbers"` : NOTHING;
  const named = id === '' ? NOTHING : markup` id="${id}"`;
  return markup`<div class="table" tabindex="0" role="region" aria-label="${caption}"${named}><table${kind}><caption>${caption}</caption><thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows.map(
    ([head = '', ...cells]) =>
      markup`<tr>
        <th scope="row">${head}</th>
        ${cells.map((cell) => markup`<td>${cell}</td>`)}
      </tr>`,
  )}</tbody></table></div>
`;
}

/** A list of terms and what they mean here. */
export function terms(entries: readonly (readonly [string, Part])[]): Html {
  return markup`<dl>
    ${entries.map(
      ([term, part]) =>
        markup`<div>
          <dt>${term}</dt>
          <dd>${part}</dd>
        </div>`,
    )}
  </dl> `;
}

/** A name of the scenario's own, which may be written in any direction. */
export const named = (name: string): Html => markup`<bdi>${name}</bdi>`;
