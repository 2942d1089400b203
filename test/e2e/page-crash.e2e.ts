import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { electronPath, runtimeArguments } from '../../scripts/runtime-path.mjs';
import { expect, testOfOwnStart as test } from './app';

const repository = path.resolve(import.meta.dirname, '..', '..');

/** Asks the page through the runtime's debugging port, and lets go of it again. */
async function askPage(port: string, expression: string): Promise<unknown> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const target = targets.find((entry) => entry.type === 'page');
  if (!target) return undefined;
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  try {
    return await new Promise<unknown>((resolve, reject) => {
      socket.onopen = () =>
        socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }));
      socket.onmessage = (event) => {
        const answer = JSON.parse(String(event.data)) as { id?: number; result?: { result?: { value?: unknown } } };
        if (answer.id === 1) resolve(answer.result?.result?.value);
      };
      socket.onerror = () => reject(new Error('The page cannot be asked now.'));
      socket.onclose = () => resolve(undefined);
    });
  } finally {
    socket.close();
  }
}

/** The processes that draw pages for this app, by their command lines. */
function rendererPids(userData: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes('--type=renderer') && command.includes(`--user-data-dir=${userData}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

// Without Playwright, which holds on to a page that has crashed and keeps its successor from starting.
test('a page that crashes is loaded again once; then a plain page offers the way back', async ({ userData }) => {
  test.skip(process.platform !== 'linux', 'finds the page’s process in /proc');
  const { executable } = await electronPath();
  const child = spawn(executable, [...runtimeArguments(), '--remote-debugging-port=0', repository], {
    env: { ...process.env, LAUREL_USER_DATA: userData },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  try {
    await expect.poll(() => output).toContain('laurel: ready\n');
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(output)?.[1] ?? '';
    const page = () => askPage(port, '`${location.href} ${document.body.innerText}`').catch(() => undefined);
    const crash = async (times: number) => {
      for (const pid of rendererPids(userData)) process.kill(pid, 'SIGKILL');
      await expect.poll(() => output.split('laurel: the page stopped').length - 1).toBe(times);
    };

    await crash(1);
    await expect.poll(page).toMatch(/^app:\/\/ui\/index\.html .*\S/s);

    await crash(2);
    await expect.poll(page).toMatch(/^app:\/\/ui\/recovery\.html .*Everything that was saved is safe/s);

    await askPage(port, 'document.querySelector("a").click()');
    await expect.poll(page).toMatch(/^app:\/\/ui\/index\.html .*\S/s);
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  expect(child.exitCode).toBe(0);
});
