import { readFile } from 'node:fs/promises';
import path from 'node:path';
import asc from 'assemblyscript/asc';

const source = 'shared/simulation/assembly/draw-block.ts';
export const drawnCodeFile = 'shared/simulation/drawn-code.ts';

/**
 * The module of the draws, compiled from its source by the pinned compiler, as a file of TypeScript.
 *
 * @param {string} root of the repository
 * @returns {Promise<string>}
 */
export async function compiledDraws(root) {
  /** @type {Uint8Array[]} */
  const written = [];
  const { error, stderr } = await asc.main(
    [source, '-O3', '--noAssert', '--noExportMemory', '--runtime', 'stub', '--importMemory', '--outFile', 'draws.wasm'],
    {
      readFile: (name, base) => readFile(path.resolve(root, base, name), 'utf8').catch(() => null),
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') written.push(contents);
      },
      listFiles: () => [],
    },
  );
  const [bytes] = written;
  if (error !== null || bytes === undefined) throw new Error(`The draws do not compile: ${stderr.toString()}`);
  const rows = [];
  for (let at = 0; at < bytes.length; at += 28) rows.push(`  ${[...bytes.subarray(at, at + 28)].join(', ')},`);
  return `/** \`assembly/draw-block.ts\` as WebAssembly. Made by \`npm run engine\`; a test holds it to its source. */
// oxfmt-ignore
export const DRAWN_CODE: readonly number[] = [
${rows.join('\n')}
];
`;
}
