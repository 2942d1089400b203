import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../electron/cli/command';
import { COMMANDS } from '../../electron/cli/commands';
import { GATEWAY_SWITCHES } from '../../shared/gateway/switches';
import { repositoryFiles, textOf } from '../architecture/repository-files';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess } from './command-line';

const isBashHere = process.platform !== 'win32';

/** What bash offers for the last word of a line, by its own machinery for programmable completion. */
function offered(script: string, cwd: string, ...words: string[]): string[] {
  const run = [
    'source "$1"; shift',
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}',
    // The function that `complete` says is laurel's.
    'eval "$(complete -p laurel | sed -E \'s/.*-F ([^ ]+) .*/\\1/\')"',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const file = path.join(cwd, 'completions.bash');
  writeFileSync(file, script);
  const out = execFileSync('bash', ['--norc', '--noprofile', '-c', run, 'bash', file, ...words], { cwd });
  return out.toString().split('\n').filter(Boolean);
}

let commands: { name: string; command: Command }[];
beforeAll(async () => {
  commands = await Promise.all(COMMANDS.map(async ({ name, load }) => ({ name, command: await load() })));
});

const scriptOf = async (shell: string): Promise<string> => (await askInProcess('.', 'completions', shell)).out;

describe('laurel completions', () => {
  it.runIf(isBashHere)(
    'lets bash complete every command and every option that is parsed, and nothing else',
    async () => {
      const script = await scriptOf('bash');
      const cwd = temporaryFolder();
      const names = COMMANDS.map(({ name }) => name);
      expect(offered(script, cwd, 'laurel', '').sort()).toEqual([...names, 'help', '--help', '--version'].sort());
      expect(offered(script, cwd, 'laurel', 'sim')).toEqual(['simulate']);
      for (const { name, command } of commands) {
        const options = Object.keys(command.options).map((option) => `--${option}`);
        expect(offered(script, cwd, 'laurel', name, '--').sort()).toEqual([...options, '--help'].sort());
      }
    },
  );

  it.runIf(isBashHere)('offers values: words, files with a space in their name, folders', async () => {
    const script = await scriptOf('bash');
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'spring time.scenario.json'), '{}');
    mkdirSync(path.join(cwd, 'folder'));
    expect(offered(script, cwd, 'laurel', 'issue', '--action', '')).toEqual(['enrol', 'award']);
    expect(offered(script, cwd, 'laurel', 'issue', '--action', 'a')).toEqual(['award']);
    expect(offered(script, cwd, 'laurel', 'issue', '--action', '=', 'e')).toEqual(['enrol']);
    expect(offered(script, cwd, 'laurel', 'issue', '--action', '=')).toEqual(['enrol', 'award']);
    expect(offered(script, cwd, 'laurel', 'simulate', 'spring')).toEqual(['spring time.scenario.json']);
    expect(offered(script, cwd, 'laurel', 'simulate', '--out', 'fol')).toEqual(['folder']);
    expect(offered(script, cwd, 'laurel', 'mcp', '--root', '')).toEqual(['folder']);
    expect(offered(script, cwd, 'laurel', 'simulate', '--seed', '')).toEqual([]);
    expect(offered(script, cwd, 'laurel', 'completions', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered(script, cwd, 'laurel', 'badges', '')).toEqual(['export', 'import']);
    expect(offered(script, cwd, 'laurel', 'badges', 'import', 'spring')).toEqual(['spring time.scenario.json']);
    expect(offered(script, cwd, 'laurel', 'folder', '')).toEqual(['status', 'sync']);
    expect(offered(script, cwd, 'laurel', 'folder', 'sync', '')).toEqual(['folder']);
    expect(offered(script, cwd, 'laurel', 'replay', 'a.json', '--switch', 'weekly')).toEqual(
      GATEWAY_SWITCHES.find(({ option }) => option === 'weekly-cycles')?.choices?.map(
        (each) => `weekly-cycles=${each}`,
      ),
    );
    const choice = GATEWAY_SWITCHES.find(({ choices }) => choices !== null);
    expect(offered(script, cwd, 'laurel', 'gateway', `--${choice?.option ?? ''}`, '')).toEqual(choice?.choices);
  });

  it('names every command and option to zsh and fish', async () => {
    const [zsh, fish] = [await scriptOf('zsh'), await scriptOf('fish')];
    for (const { name, command } of commands) {
      const line = zsh.split('\n').find((each) => each.startsWith(`    ${name}) `));
      for (const option of Object.keys(command.options)) {
        expect(line).toContain(`--${option}`);
        expect(fish).toContain(`'__fish_seen_subcommand_from ${name}' -l ${option}`);
      }
    }
  });

  it.runIf(hasProgram('zsh'))('is read by zsh', async () => {
    execFileSync('zsh', ['-n', '-c', await scriptOf('zsh')]);
  });
  it.runIf(hasProgram('fish'))('is read by fish', async () => {
    execFileSync('fish', ['--no-execute', '-c', await scriptOf('fish')]);
  });

  it.each([[[]], [['powershell']], [['bash', 'zsh']]])('is called wrongly with %j', async (args) => {
    const end = await askInProcess('.', 'completions', ...args);
    expect([end.code, end.error]).toEqual([2, expect.stringContaining('bash, zsh, fish')]);
  });
});

describe('the table of options', () => {
  it('is the one that each command is parsed with', () => {
    const calls = repositoryFiles()
      .filter((file) => /^electron\/cli\/.*\.ts$/.test(file))
      .flatMap((file) => [...textOf(file).matchAll(/parseArgs\(\{[^}]*\}\)/g)].map(([call]) => `${file}: ${call}`));
    expect(calls.length).toBeGreaterThan(15);
    expect(calls.filter((call) => !/\boptions: ([A-Z]+_)?OPTIONS\b/.test(call))).toEqual([]);
  });

  it('has --json for every command, and is one that node reads', () => {
    for (const { name, command } of commands) {
      expect([name, command.options['json']?.type]).toEqual([name, 'boolean']);
      expect(parseArgs({ args: ['--json'], options: command.options }).values['json']).toBe(true);
    }
  });
});

function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
