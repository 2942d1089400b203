/**
 * Which tests reach which function: every function of a text, and the text's own top level, reports the test that runs
 * it, from whatever process or worker thread it runs in.
 */
import ts from 'typescript';

/** The file that probes append to, and the test that started the process they run in. */
export const PROBES_FILE = 'LAUREL_MUTATION_PROBES';
const PROBES_TEST = 'LAUREL_MUTATION_TEST';

/**
 * @typedef {object} Region
 * @property {number} start
 * @property {number} end
 */

/** @param {ts.Node} node */
function bodyOf(node) {
  return ts.isFunctionLike(node) && 'body' in node && node.body ? /** @type {ts.Node} */ (node.body) : undefined;
}

/**
 * @param {ts.SourceFile} source
 * @returns {ts.Node[]}
 */
function bodies(source) {
  /** @type {ts.Node[]} */
  const found = [];
  /** @param {ts.Node} node */
  const walk = (node) => {
    const body = bodyOf(node);
    if (body) found.push(body);
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

/**
 * The function bodies of a text. Number 0 is the whole text.
 *
 * @param {string} text
 * @returns {Region[]}
 */
export function regionsOf(text) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const inner = bodies(source).map((body) => ({ start: body.getStart(source), end: body.getEnd() }));
  return [{ start: 0, end: text.length }, ...inner];
}

/**
 * The number of the innermost region that holds an offset. A region's own start counts, so that the mutant of a whole
 * body is looked for where that body runs.
 *
 * @param {readonly Region[]} regions
 * @param {number} offset
 */
export function regionAt(regions, offset) {
  let best = 0;
  regions.forEach((region, index) => {
    const size = region.end - region.start;
    const smallest = /** @type {Region} */ (regions[best]);
    if (region.start <= offset && offset < region.end && size <= smallest.end - smallest.start) best = index;
  });
  return best;
}

/**
 * @param {string} text
 * @param {string} file as it is reported
 * @returns {string} the text with probes, on the same lines
 */
export function withProbes(text, file) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  /** @type {{ at: number, insert: string, closes: boolean }[]} */
  const insertions = [{ at: text.length, insert: `\n;__reach(0);${reporter(file)}`, closes: true }];
  bodies(source).forEach((body, index) => {
    const number = String(index + 1);
    const start = body.getStart(source);
    if (ts.isBlock(body)) {
      insertions.push({ at: start + 1, insert: `__reach(${number});`, closes: false });
    } else {
      insertions.push({ at: start, insert: `(__reach(${number}), `, closes: false });
      insertions.push({ at: body.getEnd(), insert: ')', closes: true });
    }
  });
  // From the back; where one body ends as another begins, what closes comes first.
  insertions.sort((one, other) => other.at - one.at || Number(one.closes) - Number(other.closes));
  let result = text;
  for (const { at, insert } of insertions) result = result.slice(0, at) + insert + result.slice(at);
  return result;
}

/** @param {string} file */
function reporter(file) {
  return [
    'function __reach(n) {',
    'const g = globalThis;',
    `const place = g.process?.env?.${PROBES_FILE}; if (!place) return;`,
    `const line = (g.__laurelTest ?? g.process.env.${PROBES_TEST} ?? '') + '\\t${file}\\t' + n + '\\t' + (g.__vitest_worker__ ? 'inside' : 'outside');`,
    'const seen = (g.__laurelReached ??= new Set()); if (seen.has(line)) return; seen.add(line);',
    "g.process.getBuiltinModule('node:fs').appendFileSync(place, line + '\\n');",
    '}',
  ].join(' ');
}
