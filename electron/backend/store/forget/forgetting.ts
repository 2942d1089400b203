import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { backupPlaces } from '../../../../db/backups/place';
import { backupsHolding, resolvePerson, sweepWorkspace, type ForgetOrder } from '../../../../db/forget/forget';
import type { SettingsStore } from '../../../../db/workspace/settings';
import { mistakeInPerson, personOf, type Person } from '../../../../shared/fidelity/without-person';
import { Failure } from '../../../../shared/ipc/errors';
import type { ForgetLook, Forgotten } from '../../../../shared/ipc/forget-contract';
import type { JobContext } from '../../../../shared/ipc/contract';
import { message, type MessageKey } from '../../../../shared/words/message';

/** What forgetting needs of the workspace. */
export interface ForgetSide {
  /** Absolute real path. */
  workspaceFile: string;
  settings: Pick<SettingsStore, 'kept' | 'keep'>;
  /** Takes a customer out of the saved states of the practice org. @returns rows in which they stood */
  states(person: Person, erases: boolean): Promise<number>;
}

type Watch = Pick<JobContext<'forget.look'>, 'signal' | 'progress'>;

/** Where a customer stands, with nothing changed. @throws Failure `cancelled`, `database` */
export async function lookForCustomer(side: ForgetSide, customer: string, watch: Watch): Promise<ForgetLook> {
  return (await goThrough(side, customer, false, watch)).look;
}

/**
 * Erases a customer from everything that the workspace keeps but its backups, which are named. Enrolments and awards stay,
 * and count, under a number that stands for nobody.
 *
 * @throws Failure `conflict` while a live job that is not over names the customer: nothing is erased; `cancelled` and
 *   `database`: what was erased before stays erased, and the rest is found by the next time
 */
export async function forgetCustomer(side: ForgetSide, customer: string, watch: Watch): Promise<Forgotten> {
  const { look, standIn } = await goThrough(side, customer, true, watch);
  return { ...look, standIn };
}

const MISTAKES = {
  'no-id': 'forget.noId',
  word: 'forget.aWord',
  short: 'forget.tooShort',
} as const satisfies Record<NonNullable<ReturnType<typeof mistakeInPerson>>, MessageKey>;

async function goThrough(
  side: ForgetSide,
  customer: string,
  erases: boolean,
  { signal, progress }: Watch,
): Promise<{ look: ForgetLook; standIn: number }> {
  const { workspaceFile, settings } = side;
  const mistake = mistakeInPerson(customer);
  if (mistake !== null) throw new Failure('invalid-input', message(MISTAKES[mistake], { typed: customer.trim() }));
  const before = z.int().min(0).safeParse(settings.kept('forgotten')).data ?? 0;
  const standIn = -(before + 1);
  const person = await resolvePerson(workspaceFile, personOf(customer, standIn));
  const pause: ForgetOrder['pause'] = async (report) => {
    progress(report);
    await turn();
    if (signal.aborted) throw new Failure('cancelled', message(erases ? 'forget.stopped' : 'forget.lookStopped'));
  };
  // Noted first: a stand-in that was given once is never given to somebody else.
  if (erases) settings.keep('forgotten', before + 1);
  const order = { workspaceFile, person, erases, pause };
  const { found, openJobs } = await sweepWorkspace(order);
  const [open] = openJobs;
  if (erases && open !== undefined)
    throw new Failure('conflict', message('forget.openJob', { badge: open.badge, org: open.connection }));
  const states = await side.states(person, erases);
  const typed = customer.trim().toLowerCase();
  const also = [...person.ids, ...person.identifiers].filter((each) => each.toLowerCase() !== typed);
  const look: ForgetLook = {
    also,
    found: states > 0 ? [...found, { kind: 'states', rows: states }] : found,
    openJobs,
    backups: await backupsHolding(order),
    away: backupPlaces(order.workspaceFile).away,
  };
  return { look, standIn };
}
