import type { Handlers } from '../../../../shared/ipc/contract';
import type { BadgeView, ShownAs } from '../../../../shared/ipc/views-contract';
import type { BackendContext } from '../../context';
import { KeptViews } from './kept-views';

/** Handlers of `badgeViews.*`: views of the badge list that are kept under names. */
export function badgeViewsHandlers({
  workspace,
  now,
}: BackendContext): Pick<Handlers, Extract<keyof Handlers, `badgeViews.${string}`>> {
  const kept = new KeptViews(workspace.settings, workspace.list);
  const all = (): { views: readonly BadgeView[]; shownAs: ShownAs } => ({
    ...{ views: kept.list(now()), shownAs: kept.shownAs() },
  });
  return {
    'badgeViews.list': all,
    'badgeViews.keep': ({ name, replace, place, ...shown }) => {
      kept.keep(name, shown, { replace, place });
      return all();
    },
    'badgeViews.showAs': (shown) => {
      kept.showAs(shown);
      return null;
    },
    'badgeViews.rename': ({ from, to }) => {
      kept.rename(from, to);
      return all();
    },
    'badgeViews.remove': ({ name }) => {
      kept.remove(name);
      return all();
    },
  };
}
