import type { Input } from '../../../shared/ipc/contract';
import type { KeptDraft } from '../../../shared/ipc/form-draft';
import type { LiveJobView } from '../../../shared/ipc/sync-contract';
import type { TakeBackAction, TakeBackDraft, TakeBackLook } from '../../../shared/ipc/take-back-contract';
import type { Door } from '../../lib/backend';
import { say } from '../../lib/say.svelte';
import { LookedForm, type LookOptions, type StartWith } from './looked-form.svelte';

type Source = Input<'liveJobs.lookBack'>['source'];

/** A take-back as a person sets it up: what is revoked is shown before anything is sent. */
export class TakeBackForm extends LookedForm<TakeBackLook, TakeBackDraft> {
  /** The job whose gifts are taken back; null: what a file names is. */
  job = $state.raw<TakeBackDraft['job']>(null);
  /** Part of a customer id; empty: everybody. */
  customer = $state('');
  action = $state<TakeBackAction>('revoke-award');
  names = $state<'records' | 'customers'>('records');
  readonly #door: Door;

  /** What is asked for; null: not said whole yet. */
  readonly source = $derived.by<Source | null>(() => {
    const { job, badge, file, action, names } = this;
    if (job !== null) return { kind: 'job', jobId: job.id, customer: this.customer.trim() };
    if (badge === null || file === null) return null;
    return { kind: 'file', token: file.token, names, action, remoteBadgeId: badge.remoteId };
  });

  constructor(door: Door, connectionId: number) {
    // What is wrong is mended first: behind other jobs it waits only where that is chosen.
    super(door, connectionId, false);
    this.#door = door;
  }

  get draft(): TakeBackDraft {
    const { isOpen, job, customer, action, names, badge, file, begin } = this;
    return {
      ...{ isOpen, job, customer, action, names, badge, file },
      ...(begin.kept === undefined ? {} : { begin: begin.kept }),
    };
  }

  get isBegun(): boolean {
    const { job, customer, badge, file, begin } = this;
    return (job !== null && customer !== '') || badge !== null || file !== null || begin.kept !== undefined;
  }

  /** Shows the form for what a job gave. @param customer what the rows of the job were searched for */
  openFor({ id, badgeName }: LiveJobView, customer: string): void {
    if (this.job?.id !== id || customer !== '') this.customer = customer;
    this.job = { id, badgeName };
    this.#openAnew();
  }

  /** Shows the form for what a file names. */
  openForFile(): void {
    this.job = null;
    this.#openAnew();
  }

  #openAnew(): void {
    this.typedName = '';
    this.show(true);
    void this.ask();
  }

  choose(action: TakeBackAction): Promise<void> {
    this.action = action;
    return this.ask();
  }

  nameBy(names: 'records' | 'customers'): Promise<void> {
    this.names = names;
    return this.ask();
  }

  find(customer: string): Promise<void> {
    this.customer = customer;
    return this.ask();
  }

  protected readDraft(): Promise<KeptDraft<TakeBackDraft> | null> {
    return this.#door('liveJobs.takeBackDraft', { connectionId: this.connectionId });
  }

  protected writeDraft(draft: TakeBackDraft | null): Promise<null> {
    return this.#door('liveJobs.keepTakeBackDraft', { connectionId: this.connectionId, draft });
  }

  protected fill(draft: TakeBackDraft | null): void {
    this.job = draft?.job ?? null;
    this.customer = draft?.customer ?? '';
    this.action = draft?.action ?? 'revoke-award';
    this.names = draft?.names ?? 'records';
  }

  protected lookAt(options: LookOptions): Promise<TakeBackLook> | null {
    const { source, connectionId } = this;
    return source && this.#door('liveJobs.lookBack', { connectionId, source }, options);
  }

  protected missing(): string | null {
    if (this.job === null && this.badge === null) return say('takeBack.chooseBadge');
    if (this.job === null && this.file === null) return say('takeBack.chooseFile');
    if (this.look === null) return say('lookAhead.notLookedYet');
    return this.look.records === 0 ? say('takeBack.nothing') : null;
  }

  protected send(look: TakeBackLook, given: StartWith<TakeBackDraft>): Promise<LiveJobView> | null {
    const { source, connectionId } = this;
    return source && this.#door('liveJobs.takeBack', { connectionId, source, seen: look.seen, ...given });
  }
}
