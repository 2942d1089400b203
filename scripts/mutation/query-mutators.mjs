/** Mutants of queries that are built with drizzle: its comparisons, its orders and the parts of a query. */

/** @type {Readonly<Record<string, readonly string[]>>} */
const OTHER_FUNCTIONS = {
  and: ['or'],
  or: ['and'],
  eq: ['ne'],
  ne: ['eq'],
  gt: ['gte', 'lte'],
  gte: ['gt', 'lt'],
  lt: ['lte', 'gte'],
  lte: ['lt', 'gt'],
  isNull: ['isNotNull'],
  isNotNull: ['isNull'],
  inArray: ['notInArray'],
  notInArray: ['inArray'],
  exists: ['notExists'],
  notExists: ['exists'],
  asc: ['desc'],
  desc: ['asc'],
  max: ['min'],
  min: ['max'],
};

/** @type {Readonly<Record<string, string>>} */
const OTHER_METHODS = { leftJoin: 'innerJoin', union: 'unionAll', unionAll: 'union' };

/** Parts without which a query still runs, and gives more or in another order. */
const LEFT_OUT = new Set(['where', 'orderBy', 'limit', 'offset', 'groupBy', 'having']);

/**
 * A query's function may be one that the file does not import, so the mutant brings its import along.
 *
 * @param {string} name of a function that is called
 * @returns {{ replacement: string, appended: string }[]}
 */
export function otherQueryFunctions(name) {
  const others = Object.hasOwn(OTHER_FUNCTIONS, name) ? (OTHER_FUNCTIONS[name] ?? []) : [];
  return others.map((other) => ({
    replacement: `${other}$`,
    appended: `\nimport { ${other} as ${other}$ } from 'drizzle-orm';\n`,
  }));
}

/** @param {string} name of a method that is called */
export const otherQueryMethod = (name) => (Object.hasOwn(OTHER_METHODS, name) ? OTHER_METHODS[name] : undefined);

/** @param {string} name of a method that is called */
export const isLeftOutOfQueries = (name) => LEFT_OUT.has(name);
