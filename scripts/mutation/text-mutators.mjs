/** Mutants inside a text that is a program of its own: SQL and regular expressions. */

/** @type {readonly (readonly [RegExp, string])[]} */
const SQL_CHANGES = [
  [/ AND (?!\w+ (?:PRECEDING|FOLLOWING))/, ' OR '],
  [/ OR (?!ABORT|FAIL|IGNORE|REPLACE|ROLLBACK)/, ' AND '],
  [/ >= /, ' > '],
  [/ <= /, ' < '],
  [/ > /, ' >= '],
  [/ < /, ' <= '],
  [/ = (?=\?|[@:$]|\w+\.)/, ' <> '],
  [/ IS NOT NULL/, ' IS NULL'],
  [/ IS NULL/, ' IS NOT NULL'],
  [/ DESC\b/, ' ASC'],
  [/ NOT IN /, ' IN '],
  [/ NOT EXISTS/, ' EXISTS'],
  [/\bLEFT JOIN\b/, 'JOIN'],
  [/\bUNION ALL\b/, 'UNION'],
  [/\bDISTINCT /, ''],
  [/\bmax\(/i, 'min('],
  [/\bmin\(/i, 'max('],
  [/ \+ /, ' - '],
  [/ - /, ' + '],
  [/ LIMIT 1\b/, ' LIMIT 2'],
];

/**
 * @param {string} code of a literal, quotes included
 * @returns {string[] | undefined} undefined where it is no SQL
 */
export function sqlMutants(code) {
  if (!/\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WHERE|ORDER BY)\b/.test(code)) return undefined;
  return sqlPartMutants(code);
}

/**
 * @param {string} code of a literal that is SQL or a part of it
 * @returns {string[]}
 */
export function sqlPartMutants(code) {
  return SQL_CHANGES.flatMap(([pattern, replacement]) => {
    const every = new RegExp(pattern.source, `${pattern.flags}g`);
    return [...code.matchAll(every)].map(
      (found) => code.slice(0, found.index) + replacement + code.slice(found.index + found[0].length),
    );
  });
}

/** @type {readonly (readonly [RegExp, string])[]} */
const REGEX_CHANGES = [
  [/^\/\^/, '/'],
  [/\$(?=\/[a-z]*$)/, ''],
  [/\\d/, '\\D'],
  [/\\s/, '\\S'],
  [/\[(?!\^)/, '[^'],
  [/\[\^/, '['],
  [/(?<=[\])\w])\+/, ''],
  [/(?<=[\])\w])\*/, ''],
];

/**
 * @param {string} code of a literal, slashes included
 * @returns {string[]} those that are still regular expressions
 */
export function regexMutants(code) {
  return REGEX_CHANGES.map(([pattern, replacement]) => code.replace(pattern, () => replacement)).filter((mutant) => {
    if (mutant === code) return false;
    try {
      const end = mutant.lastIndexOf('/');
      return new RegExp(mutant.slice(1, end), mutant.slice(end + 1)) instanceof RegExp;
    } catch {
      return false;
    }
  });
}
