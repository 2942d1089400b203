/** Running another program to its end, with its output kept for the person who has to read why it failed. */
import { spawn } from 'node:child_process';

/**
 * @typedef {{ code: number, output: string, stdout: string }} Finished
 */

/**
 * Runs a program without a shell and without stdin. Never throws: a program that cannot be started answers code 127.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number }} [options] `limitMs` ends a program that hangs
 * @returns {Promise<Finished>}
 */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    let stdout = '';
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { limitMs } = options;
    const limit =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            output += `\nstopped after ${limitMs / 1000} s without an end`;
            child.kill('SIGKILL');
          }, limitMs);
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => {
      clearTimeout(limit);
      resolve({ code: 127, output: `${output}${error.message}`, stdout });
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? 1, output, stdout });
    });
  });
}

/**
 * Runs npm with the very npm and Node that started us: the `node` first on PATH may be the one inside node_modules,
 * which an installation is about to remove.
 *
 * @param {string[]} args
 * @param {{ cwd?: string, limitMs?: number }} [options]
 */
export function runNpm(args, options = {}) {
  const env = { ...process.env };
  // npm hands its own flags down in the environment; `npm start --silent` must not silence the reason of a failure,
  // and a production setting would leave out the tools that build Laurel.
  for (const name of ['npm_config_loglevel', 'npm_config_omit', 'npm_config_ignore_scripts', 'NODE_ENV']) {
    delete env[name];
  }
  const node = process.env.npm_node_execpath;
  const npm = process.env.npm_execpath;
  if (node && npm?.endsWith('.js')) {
    return run(node, [npm, ...args], { ...options, env });
  }
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, env });
}

/**
 * The reason in what npm says when it fails: it begins with it and ends with its manual.
 * @param {string} output
 */
export function npmReason(output, count = 15) {
  const errors = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  return errors.length > 0 ? errors.slice(0, count).join('\n') : lastLines(output, count);
}

/**
 * The last lines of a program's output, where the reason of a failure usually is.
 * @param {string} output
 */
export function lastLines(output, count = 15) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}
