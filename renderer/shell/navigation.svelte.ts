import { SCREEN_IDS, type ScreenId } from '../../shared/ipc/screens';

/** What the next screen is to show. */
export interface Subject {
  badgeId: string;
  /** The field of the badge's body to go to, as the rules write it: `ownership.restrictedToOwners`. */
  path?: string;
  /** Several badges that stand for one thing, in their order; the first of them is `badgeId`. */
  together?: { ids: readonly string[]; name: string };
}

const KEY = 'laurel.screen';

/** Which screen is shown. Remembered for the next start. */
class Navigation {
  screen = $state<ScreenId>(remembered());
  #subject = $state.raw<{ screen: ScreenId; subject: Subject } | null>(null);

  go(screen: ScreenId, subject?: Subject): void {
    this.#subject = subject === undefined ? null : { screen, subject };
    this.screen = screen;
    localStorage.setItem(KEY, screen);
  }

  /** What someone asked this screen to show, once: a screen takes it when it is shown. */
  take(screen: ScreenId): Subject | null {
    if (this.#subject?.screen !== screen) return null;
    const { subject } = this.#subject;
    this.#subject = null;
    return subject;
  }
}

function remembered(): ScreenId {
  const stored = localStorage.getItem(KEY);
  return SCREEN_IDS.find((id) => id === stored) ?? 'badges';
}

export const navigation = new Navigation();
