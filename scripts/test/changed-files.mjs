/** Which files differ from the main branch, by git. */
import { run } from '../bootstrap/run.mjs';

/**
 * The text files below `folder` that were changed, added or not yet committed since its branch left `main`; on `main`
 * itself, since the last commit. Those that were removed are not among them.
 *
 * @param {string} folder
 * @returns {Promise<string[] | undefined>} paths from `folder`; undefined where git cannot tell
 */
export async function changedFiles(folder) {
  const git = (/** @type {string[]} */ ...args) => run('git', args, { cwd: folder });
  let base = '';
  for (const branch of ['origin/main', 'main']) {
    const found = await git('merge-base', 'HEAD', branch);
    if (found.code === 0) {
      base = found.stdout.trim();
      break;
    }
  }
  const answers = await Promise.all([
    git('diff', '--name-only', '--relative', '-z', '--diff-filter=d', base || 'HEAD'),
    git('ls-files', '--others', '--exclude-standard', '-z'),
  ]);
  if (answers.some(({ code }) => code !== 0)) {
    return undefined;
  }
  return [...new Set(answers.flatMap(({ stdout }) => stdout.split('\0')).filter(Boolean))].sort();
}
