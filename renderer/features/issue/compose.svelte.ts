import { MEMBER_CARE } from '../../../shared/domain/badge';
import { SECOND, type Instant } from '../../../shared/domain/instant';
import type { IssueInput, RequestSummary } from '../../../shared/ipc/issuance-contract';
import { UnreadTexts } from '../../components/unread-texts.svelte';
import { BadgeChoice } from './badge-choice.svelte';
import { CustomersForm } from '../../customers/customers.svelte';
import type { Door } from '../../lib/backend';
import { say } from '../../lib/say.svelte';
import type { Message } from '../../../shared/words/message';

export type IssueAction = IssueInput['action'];
type Question = Omit<IssueInput, 'customers' | 'requestId'>;
export type CheckError = { code: number; message: string; advice: Message };

/** A step that would remove what refuses the request; the screen offers it as a button. */
export type Remedy =
  | { kind: 'claim'; ownerType: string; referenceId: string }
  | { kind: 'run-at-start'; at: Instant }
  | { kind: 'event-before-end'; eventDate: Instant }
  | { kind: 'fresh-request-id' }
  | { kind: 'award-instead' }
  | { kind: 'open-badge' };

/** What stands beside the Run button: nothing, something still to be given, or what the org would answer. */
export type Readiness =
  | { state: 'ready'; input: IssueInput; count: number; exact: boolean }
  | { state: 'incomplete'; reason: string };

const CHECK_DELAY_MILLISECONDS = 150;

/** A claim of the badge by its place in the list, or an owner that is typed in. */
export type OwnerChoice = { kind: 'claim'; index: number } | { kind: 'other' };

/**
 * The form of one request: badge, action, customers, owner, clock. It lives as long as the window, so that leaving the
 * screen loses nothing. While it changes it asks `issuance.check` what would refuse the request as a whole.
 */
export class ComposeForm {
  readonly badge: BadgeChoice;
  readonly customers: CustomersForm;

  action = $state<IssueAction>('award');
  owner = $state.raw<OwnerChoice>({ kind: 'other' });
  otherOwnerType = $state('');
  otherReferenceId = $state('');
  /** Clock of the request; null: now. */
  at = $state<Instant | null>(null);
  /** True while a chosen clock is wanted, also before its date can be read. */
  asOf = $state(false);
  eventDate = $state<Instant | null>(null);
  requestId = $state('');
  requestIdTyped = $state(false);

  checkErrors = $state.raw<readonly CheckError[]>([]);
  expiresOn = $state<Instant | null>(null);
  checking = $state(false);
  checkFailure = $state.raw<unknown>(null);
  claiming = $state(false);
  claimFailure = $state.raw<unknown>(null);

  readonly claims = $derived(this.#claims());
  readonly problems = $derived(this.#problems());
  readonly directBadge = $derived(this.#direct());
  readonly ownerType = $derived(this.#ownerType());
  readonly referenceId = $derived(this.#referenceId());
  readonly readiness = $derived(this.#readiness());

  /** What stands typed in its fields and is in none of the values above. */
  readonly unread = new UnreadTexts();

  readonly #door: Door;
  readonly #freshRequestId: () => string;
  #checks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(door: Door, freshRequestId: () => string = () => crypto.randomUUID()) {
    this.#door = door;
    this.#freshRequestId = freshRequestId;
    this.badge = new BadgeChoice(door);
    this.customers = new CustomersForm(door);
    this.requestId = freshRequestId();
  }

  #claims() {
    return this.badge.detail?.claims ?? [];
  }

  #problems() {
    return this.badge.detail?.problems ?? [];
  }

  #direct(): boolean {
    return this.badge.detail?.summary.earnType === 'EARN';
  }

  #ownerType(): string {
    return this.owner.kind === 'claim' ? (this.claims[this.owner.index]?.ownerType ?? '') : this.otherOwnerType;
  }

  #referenceId(): string {
    return this.owner.kind === 'claim'
      ? (this.claims[this.owner.index]?.referenceId ?? '')
      : this.otherReferenceId.trim();
  }

  #readiness(): Readiness {
    const missing = this.#missing();
    if (missing !== null) return { state: 'incomplete', reason: missing };
    const customers = this.customers.read(this.action === 'awardOne');
    if (!customers.ready) return { state: 'incomplete', reason: customers.reason };
    return {
      state: 'ready',
      count: customers.count,
      exact: customers.exact,
      input: { ...this.question(), customers: customers.source, requestId: this.requestId.trim() },
    };
  }

  /** What `issuance.check` can judge without customers is still incomplete for the reason given; null: it is complete. */
  #missing(): string | null {
    const detail = this.badge.detail;
    if (!detail) return say('issue.chooseBadge');
    const broken = this.problems.length;
    if (broken > 0) return say('issue.mendBadge', { count: broken });
    if (this.unread.reason !== null) return this.unread.reason;
    if (this.asOf && this.at === null) return say('issue.giveDate');
    if (this.ownerType === '') return say('issue.chooseOwner');
    if (this.action !== 'enrol' && this.ownerType !== MEMBER_CARE && this.referenceId === '') {
      return say('issue.giveReference');
    }
    return null;
  }

  /** The request without its customers, as `issuance.check` is asked. */
  question(): Question {
    return {
      badgeId: this.badge.detail?.id ?? '',
      action: this.action,
      owner: { ownerType: this.ownerType, referenceId: this.referenceId },
      at: this.asOf ? this.at : null,
      eventDate: this.eventDate,
    };
  }

  /** Chooses the badge and, where the form still has none that fits it, an action and an owner. */
  async chooseBadge(id: string): Promise<void> {
    const before = this.badge.detail?.id;
    await this.badge.choose(id);
    const detail = this.badge.detail;
    if (!detail) return;
    if (this.directBadge && this.action === 'enrol') this.action = 'award';
    if (before !== detail.id) {
      if (detail.summary.earnType === 'ISSUE_EARN' && detail.summary.issuedCount === 0) this.action = 'enrol';
      this.#ownerForBadge();
    }
  }

  /** Reads the badge again after the screen was away; an owner that is gone gives way to one that is there. */
  async refresh(): Promise<void> {
    await this.badge.refresh();
    if (this.directBadge && this.action === 'enrol') this.action = 'award';
    if (this.owner.kind === 'claim' && this.owner.index >= this.claims.length) this.#ownerForBadge();
    else if (this.owner.kind === 'other' && this.otherReferenceId === '' && this.claims.length > 0)
      this.#ownerForBadge();
  }

  #ownerForBadge(): void {
    if (this.claims.length > 0) {
      this.owner = { kind: 'claim', index: 0 };
      return;
    }
    this.owner = { kind: 'other' };
    this.otherOwnerType = this.badge.detail?.summary.owners[0] ?? '';
    this.otherReferenceId = '';
  }

  setRequestId(text: string): void {
    this.requestId = text;
    this.requestIdTyped = true;
  }

  renewRequestId(): void {
    this.requestId = this.#freshRequestId();
    this.requestIdTyped = false;
  }

  /**
   * An answered request has used its id up, a refused one has not (semantics Q2). An id that a person typed stays, so
   * that a repeat is refused with 809 rather than run by mistake.
   */
  requestAnswered(state: RequestSummary['state']): void {
    if (state === 'answered' && !this.requestIdTyped) this.renewRequestId();
  }

  /** Asks, shortly after the last change, what would refuse the request. Call it from an effect that reads the form. */
  scheduleCheck(): void {
    clearTimeout(this.#timer);
    if (this.#missing() !== null) {
      this.#checks += 1;
      this.checking = false;
      this.checkErrors = [];
      this.expiresOn = null;
      return;
    }
    const question = this.question();
    this.#timer = setTimeout(() => void this.#check(question), CHECK_DELAY_MILLISECONDS);
  }

  async #check(question: Question): Promise<void> {
    const mine = (this.#checks += 1);
    this.checking = true;
    try {
      const answer = await this.#door('issuance.check', question);
      if (mine !== this.#checks) return;
      this.checkErrors = answer.errors;
      this.expiresOn = answer.expiresOn;
      this.checkFailure = null;
    } catch (error) {
      if (mine === this.#checks) this.checkFailure = error;
    } finally {
      if (mine === this.#checks) this.checking = false;
    }
  }

  /** Steps that remove an error of the check, most useful first. `now` only decides whether a badge is not yet live. */
  remediesFor(error: CheckError, now: Instant): readonly Remedy[] {
    const badge = this.badge.detail?.summary;
    if (!badge) return [];
    const clock = (this.asOf ? this.at : null) ?? now;
    switch (error.code) {
      case 810:
        return this.ownerType !== '' && this.referenceId !== ''
          ? [{ kind: 'claim', ownerType: this.ownerType, referenceId: this.referenceId }]
          : [];
      case 801:
        return [{ kind: 'award-instead' }];
      case 809:
        return [{ kind: 'fresh-request-id' }];
      case 1039:
      case 815: {
        if (!badge.active) return [{ kind: 'open-badge' }];
        if (badge.startOn !== null && clock < badge.startOn) return [{ kind: 'run-at-start', at: badge.startOn }];
        if (badge.expiresOn !== null && clock >= badge.expiresOn) {
          return [{ kind: 'event-before-end', eventDate: badge.expiresOn - SECOND }];
        }
        return [{ kind: 'open-badge' }];
      }
      case 816:
        return badge.startOn !== null &&
          badge.expiresOn !== null &&
          this.eventDate !== null &&
          this.eventDate >= badge.expiresOn
          ? [{ kind: 'event-before-end', eventDate: badge.expiresOn - SECOND }]
          : [];
      default:
        return [];
    }
  }

  /** Carries out a remedy that concerns the form; opening the badge is the screen's part. */
  async apply(remedy: Exclude<Remedy, { kind: 'open-badge' }>): Promise<void> {
    switch (remedy.kind) {
      case 'claim':
        await this.#claim(remedy.ownerType, remedy.referenceId);
        return;
      case 'run-at-start':
        this.asOf = true;
        this.at = remedy.at;
        return;
      case 'event-before-end':
        this.eventDate = remedy.eventDate;
        return;
      case 'fresh-request-id':
        this.renewRequestId();
        return;
      case 'award-instead':
        this.action = 'award';
    }
  }

  async #claim(ownerType: string, referenceId: string): Promise<void> {
    const id = this.badge.detail?.id;
    if (id === undefined || this.claiming) return;
    this.claiming = true;
    this.claimFailure = null;
    try {
      const { detail } = await this.#door('badges.claim', { id, ownerType, referenceId });
      this.badge.replace(detail);
      const index = detail.claims.findIndex(
        (claim) => claim.ownerType === ownerType && claim.referenceId === referenceId,
      );
      if (index >= 0) this.owner = { kind: 'claim', index };
    } catch (error) {
      this.claimFailure = error;
    } finally {
      this.claiming = false;
    }
  }

  /**
   * Fills the form from an earlier request: all but its customers, which are not kept, and its id, which is used up.
   * A clock that was chosen then is chosen again.
   */
  async useAgain(request: RequestSummary): Promise<void> {
    await this.badge.choose(request.badgeId);
    this.action = request.action === 'import' ? 'award' : request.action;
    const index = this.claims.findIndex(
      (claim) => claim.ownerType === request.ownerType && claim.referenceId === request.referenceId,
    );
    if (index >= 0) this.owner = { kind: 'claim', index };
    else {
      this.owner = { kind: 'other' };
      this.otherOwnerType = request.ownerType;
      this.otherReferenceId = request.referenceId ?? '';
    }
    const clockChosen = Math.abs(request.processedOn - request.madeOn) > 60 * SECOND;
    this.asOf = clockChosen;
    this.at = clockChosen ? request.processedOn : null;
    const eventChosen = request.eventDate !== null && request.eventDate !== request.processedOn;
    this.eventDate = eventChosen ? request.eventDate : null;
    this.renewRequestId();
  }
}
