/**
 * What the set-up says. One line a step with its time, on stderr, so that the output of `npm run laurel -- … --json`
 * stays clean; a failure says what happened and what to do.
 */

/** A failure that a person can act on. */
export class SetupError extends Error {
  /**
   * @param {string} happened What happened, in one sentence.
   * @param {string} remedy What to do now.
   * @param {string} [detail] Output of the program that failed, shown indented below.
   */
  constructor(happened, remedy, detail) {
    super(happened);
    this.name = 'SetupError';
    this.remedy = remedy;
    this.detail = detail;
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {number} since milliseconds of `performance.now()` */
function secondsSince(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Runs one step and reports it in one line. A step that had nothing to do returns undefined and stays silent.
 *
 * @param {string} title
 * @param {() => Promise<string | undefined>} work answers with what it did, or undefined when nothing was to do
 */
export async function step(title, work) {
  const started = performance.now();
  let outcome;
  try {
    outcome = await work();
  } catch (error) {
    say(`laurel set-up: ${title}: failed (${secondsSince(started)})`);
    throw error;
  }
  if (outcome !== undefined) {
    say(`laurel set-up: ${title}: ${outcome} (${secondsSince(started)})`);
  }
}

/** @param {unknown} error */
export function explain(error) {
  if (error instanceof SetupError) {
    say('');
    say(`What happened: ${error.message}`);
    if (error.detail) {
      say(
        error.detail
          .trimEnd()
          .split('\n')
          .map((line) => `    ${line}`)
          .join('\n'),
      );
    }
    say(`What to do:    ${error.remedy}`);
    return;
  }
  say('');
  say('What happened: the set-up met an error it does not know.');
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  say('What to do:    run the command again; if it stays, delete the folder .laurel and try once more.');
}
