import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  applyPlan,
  requireOrg,
  uncheckedPartners,
  type Applied,
  type AppliedRequest,
} from '../backend/sync/plans/apply-plan';
import { LONGEST_PLAN, readPlan, type PlanFile } from '../backend/sync/plans/plan-file';
import { fileFacts } from '../backend/sync/origin/origin';
import { asksForPartners } from '../backend/sync/plans/folder-side';
import {
  changedPartners,
  FolderPartners,
  readPartnersBeside,
  readPartnersFile,
  requireAbout,
  type FolderTerms,
} from '../backend/sync/plans/partners-file';
import type { Message } from '../../shared/words/message';
import { readRegularText } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { inEnglish } from '../../shared/words/english';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { CLIENT_HELP, CLIENT_OPTIONS } from './client-option';
import { CREDENTIALS_HELP, openToldOrg, toldOrg, type OrgValues, type ToldOrg } from './org-option';
import { plainFailure } from './plain-failure';

const OPTIONS = {
  org: { type: 'string', completes: 'files' },
  workspace: { type: 'string', completes: 'files' },
  ...CLIENT_OPTIONS,
  partners: { type: 'string', completes: 'files' },
  'unchecked-partners': { type: 'boolean', default: false },
  production: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Sends exactly the requests of a plan that laurel plan or the window made, or nothing.

Usage: laurel apply PLAN [--org CONNECTION] [--production NAME] [OPTIONS]

  PLAN              *.plan.json
  --org CONNECTION  where the plan is applied; one that is for another address is refused. Unless given the address that the
                    plan names is where the credentials go, so a script should say it
  --workspace FILE  the workspace whose connection --org names, and in whose Activity the requests are kept
  --partners FILE   the partners of ids that the plan rests on, where they are not in the file that the plan names
  --unchecked-partners  sends a plan all the same whose partners were told in a workspace that is not at hand: nobody knows
                    then whether they still hold
${CLIENT_HELP}
  --production NAME the name of the org, typed: without it nothing is sent to a production org
  --json            what became of each request (laurel/applied@1) as one JSON document

Nothing is sent where a badge that the plan rests on is no longer as it was, a name that it creates is taken now, what an
id of another org is called in this one is said otherwise now, or the plan was edited. Requests that are done already, because an earlier application was interrupted, are not sent again.
${CREDENTIALS_HELP}
Exit code: 0 the org is as the plan wants it, 1 it is not, 2 called wrongly.`;

const OUTCOMES: Readonly<Record<AppliedRequest['outcome'], string>> = {
  done: 'done',
  refused: 'refused',
  unknown: 'unknown',
  skipped: 'not sent',
};

/** `laurel apply`. */
export const applyCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Name one plan.');
    if (values.workspace !== undefined && values.org === undefined)
      throw new UsageError('--workspace needs the name of a connection: --org NAME.');
    const plan = planIn(terminal.cwd, file);
    const changed = changedSince(plan, file, values.partners, terminal.cwd);
    if (changed.length > 0) return tell({ moved: changed }, plan, file, values.json, terminal);
    const told = await orgOf(plan, values, terminal.cwd);
    try {
      requireProduction(plan, told, values.production);
      const work = await openToldOrg(told, terminal);
      try {
        requireOrg(plan, work.connection);
        if (!values['unchecked-partners'] && values.partners === undefined) {
          const unchecked = uncheckedPartners(work.context, work.connection, plan);
          requireChecked(
            file,
            unchecked.filter((planned) => planned.file === null),
          );
        }
        const applied = await applyPlan(work.context, work.connection, work.session, plan, {
          file: await fileFacts(path.resolve(terminal.cwd, file)),
          signal: terminal.signal,
          progress: ({ done, total, current }) => terminal.draw(`${String(done)} of ${String(total)}  ${current}`),
        });
        terminal.draw('');
        return tell(applied, plan, file, values.json, terminal);
      } finally {
        work.close();
      }
    } finally {
      told.close();
    }
  },
};

function planIn(cwd: string, file: string): PlanFile {
  let text: string;
  try {
    text = readRegularText(path.resolve(cwd, file), LONGEST_PLAN);
  } catch (error) {
    throw plainFailure('not-found', `${file} cannot be read: ${reasonOf(error)}. Nothing was sent.`);
  }
  return readPlan(text, file);
}

/**
 * What of the partners that a plan rests on its files say otherwise now.
 *
 * @throws Failure where one of them cannot be read, or is about other orgs
 */
function changedSince(plan: PlanFile, planName: string, named: string | undefined, cwd: string): Message[] {
  const { name, address, kind } = plan.org;
  return (plan.partners ?? []).flatMap((planned) => {
    const file = named ?? (planned.file === null ? null : besidePlan(planName, planned.file));
    if (file === null) return [];
    const partners =
      named === undefined ? readPartnersBeside(cwd, file) : new FolderPartners([readPartnersFile(cwd, file)]);
    requireAbout(partners, file, address);
    const termsOf = (badge: string): FolderTerms | null => partners.termsOf(badge, address, asksForPartners({ kind }));
    return changedPartners([planned], { name, address }, termsOf);
  });
}

/**
 * What a file said was read again; what a workspace was told, only that workspace knows.
 *
 * @throws Failure `conflict`: nothing was sent
 */
function requireChecked(file: string, unchecked: PlanFile['partners'] & {}): void {
  const homes = [...new Set(unchecked.map(({ from }) => from.name))];
  if (homes.length === 0) return;
  throw plainFailure(
    'conflict',
    `${file} rests on partners of ids of ${homes.join(', ')} that were told in a workspace, and nothing here says whether they still hold. Nothing was sent. Name that workspace with --workspace FILE --org NAME, or the partners with --partners FILE, which the window writes under Promote…; --unchecked-partners sends the plan as it was reviewed.`,
  );
}

const besidePlan = (plan: string, file: string): string =>
  path.isAbsolute(file) ? file : path.join(path.dirname(plan), file);

/** The org that the command names, or that of the plan. */
async function orgOf({ org }: PlanFile, values: OrgValues, cwd: string): Promise<ToldOrg> {
  // An address says no name: the plan does.
  if (values.org !== undefined) {
    const told = await toldOrg(values, cwd, 'keep');
    return /^https?:\/\//i.test(values.org) ? { ...told, org: { ...told.org, name: org.name, kind: org.kind } } : told;
  }
  const told = await toldOrg({ ...values, org: org.address, kind: org.kind }, cwd, 'keep');
  return { ...told, org: { ...told.org, name: org.name, timeZone: org.timeZone } };
}

/** @throws Failure `conflict`: nothing was sent */
function requireProduction(plan: PlanFile, { org, connections }: ToldOrg, typed: string | undefined): void {
  const isGuarded = (address: string): boolean =>
    connections.some(({ kind, baseUrl }) => kind === 'production' && baseUrl === address);
  if (plan.org.kind !== 'production' && org.kind !== 'production' && !isGuarded(org.baseUrl)) {
    if (typed === undefined || typed === org.name) return;
    throw new UsageError(`--production names ${typed}, and the org is ${org.name}.`);
  }
  if (typed === org.name) return;
  throw plainFailure(
    'conflict',
    typed === undefined
      ? `${org.name} is a production org: real customers are served by it. Nothing was sent. To send all the same, type its name: --production "${org.name}".`
      : `${org.name} is a production org, and --production names ${typed}. Nothing was sent.`,
  );
}

function tell(applied: Applied, plan: PlanFile, file: string, json: boolean, terminal: Terminal): ExitCode {
  const { org } = plan;
  const results = applied.moved === null ? applied.results : [];
  const ok = applied.moved === null && results.every(({ outcome }) => outcome === 'done');
  if (json) {
    const document = {
      schema: 'laurel/applied@1',
      plan: file,
      org: { name: org.name, address: org.address },
      ok,
      moved: (applied.moved ?? []).map(inEnglish),
      requests: results.map((result, index) => ({
        ...{ badge: result.badgeName, purpose: result.purpose },
        ...{ method: plan.requests[index]?.method, path: plan.requests[index]?.path },
        outcome: result.wasDone ? 'done-before' : result.outcome === 'skipped' ? 'not-sent' : result.outcome,
        message: inEnglish(result.sentence),
        errors: result.errors.map(({ code, message, path: place, advice }) => ({
          ...{ code, message, path: place, advice: advice && inEnglish(advice) },
        })),
      })),
    };
    terminal.document(JSON.stringify(document, null, 2));
  }
  if (applied.moved !== null) {
    terminal.error(
      `What the plan for ${org.name} rests on has moved since it was made. Nothing was sent. Make a new plan.`,
    );
    for (const moved of applied.moved) terminal.error(`  ${inEnglish(moved)}`);
    return 1;
  }
  if (!json) {
    for (const result of results) for (const line of inWords(result)) terminal.out(line);
    terminal.out(inEnglish(applied.sentence));
  }
  return ok ? 0 : 1;
}

function inWords({ badgeName, purpose, outcome, sentence, errors }: AppliedRequest): string[] {
  return [
    `${purpose} “${badgeName}”: ${OUTCOMES[outcome]}. ${inEnglish(sentence)}`,
    ...errors.map(
      ({ code, message, path: place }) => `    ${String(code)}  ${place === null ? '' : `${place}: `}${message}`,
    ),
  ];
}
