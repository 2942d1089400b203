/**
 * `npm run db:generate -- KIND VERB_NOUN [--custom]`: makes the next migration of the workspace or of an org file from its
 * schema; with --custom an empty one, for a change of what rows say.
 * `npm run db:check`: whether schemas, migrations and their snapshots agree.
 * `npm run db:fixture`: makes the database of each schema that has none yet, and notes what is stored in which form.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { modulesFolder, root } from './bootstrap/places.mjs';
import { explain, say, SetupError } from './bootstrap/report.mjs';
import { run } from './bootstrap/run.mjs';
import { runTypeScript } from './build/run-typescript.mjs';

const kinds = ['workspace', 'org'];
const fixtures = 'test/fixtures/databases';

/** @param {string} kind */
const migrationsOf = (kind) =>
  readdirSync(path.join(root, 'db/migrations', kind))
    .filter((name) => name.endsWith('.sql'))
    .sort();

/**
 * Runs a tool of node_modules under the pinned Node and shows what it says.
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {string} [kind] whose schema drizzle-kit is to read
 */
async function tool(script, args, kind) {
  const env = kind === undefined ? process.env : { ...process.env, DATABASE: kind };
  const { code, output } = await run(nodePath(), [path.join(modulesFolder, script), ...args], { cwd: root, env });
  return { code, output };
}

/** @param {string[]} args */
async function generate([kind = '', name = '', ...options]) {
  if (!kinds.includes(kind)) {
    throw new SetupError(
      `a migration is of ${kinds.join(' or ')}, not of “${kind}”.`,
      'run: npm run db:generate -- workspace VERB_NOUN',
    );
  }
  if (!/^[a-z]+(?:_[a-z0-9]+)+$/.test(name)) {
    throw new SetupError(
      `a migration is called after what it does, as add_tags is; “${name}” is not.`,
      `run: npm run db:generate -- ${kind} VERB_NOUN`,
    );
  }
  const unknown = options.filter((option) => option !== '--custom');
  if (unknown.length > 0) {
    throw new SetupError(`there is no option ${unknown.join(' ')}.`, 'the one option is --custom.');
  }
  const before = new Set(migrationsOf(kind));
  const { code, output } = await tool('drizzle-kit/bin.cjs', ['generate', '--name', name, ...options], kind);
  if (code !== 0) {
    throw new SetupError(
      'drizzle-kit could not make the migration.',
      'mend what it says. Where it asks whether something was renamed, make two migrations: one adds, one takes away.',
      output,
    );
  }
  const made = migrationsOf(kind).filter((file) => !before.has(file));
  if (made.length === 0) {
    say(`The schema of the ${kind} asks for nothing new, so that no migration was made.`);
    return;
  }
  for (const file of made) say(`made db/migrations/${kind}/${file}`);
  say('Read it, keep what rows hold, and run npm run db:fixture and npm run db:check.');
}

async function check() {
  for (const kind of kinds) {
    const { code, output } = await tool('drizzle-kit/bin.cjs', ['check'], kind);
    if (code !== 0) {
      throw new SetupError(
        `the snapshots of the ${kind}'s migrations do not follow each other.`,
        `mend db/migrations/${kind}/meta, or take back the migration and make it again.`,
        output,
      );
    }
  }
  const { code, output } = await tool('vitest/vitest.mjs', ['run', '--project', 'node', 'test/db/schema.test.ts']);
  if (code !== 0) {
    throw new SetupError(
      'the schema and the migrations disagree.',
      'run npm run db:generate for a schema that was changed; a migration that was edited must still make the schema.',
      output,
    );
  }
  say('Schemas, migrations and snapshots of the workspace and the org agree.');
}

async function makeFixtures() {
  for (const kind of kinds) {
    const version = String(migrationsOf(kind).length).padStart(4, '0');
    if (existsSync(path.join(root, fixtures, `v${version}-${kind}.sqlite`))) {
      say(`version ${Number(version)} of the ${kind} has its database`);
    } else if ((await runTypeScript(`${fixtures}/make-${kind}.ts`, [])) !== 0) {
      process.exitCode = 1;
      return;
    }
  }
  process.exitCode = await runTypeScript(`${fixtures}/lock-formats.ts`, []);
}

const [command, ...args] = process.argv.slice(2);
try {
  if (command === 'generate') await generate(args);
  else if (command === 'check') await check();
  else if (command === 'fixture') await makeFixtures();
  else throw new SetupError('no command was named.', 'npm run db:generate, db:check or db:fixture.');
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
