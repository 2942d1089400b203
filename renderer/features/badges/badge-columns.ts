import type { DraftSortName } from './listing.svelte';
import type { BadgeColumn } from '../../../shared/ipc/views-contract';
import { say } from '../../lib/say.svelte';

/** A column of the table of badges. */
interface ColumnLook {
  title: () => string;
  /** Pixels at least; what is left is shared among columns that `grow`. */
  width: number;
  grow?: boolean;
  align?: 'end';
  sort?: DraftSortName;
}

/** Every column beside the name. */
export const COLUMN_LOOKS: Readonly<Record<BadgeColumn, ColumnLook>> = {
  status: { title: () => say('badges.status'), width: 150, sort: 'status' },
  earnType: { title: () => say('badges.type'), width: 90, sort: 'earnType' },
  startOn: { title: () => say('badges.orderStart'), width: 100, sort: 'startOn' },
  expiresOn: { title: () => say('badges.orderEnd'), width: 100, sort: 'expiresOn' },
  customerLimit: { title: () => say('views.customerLimit'), width: 130, grow: true, sort: 'customerLimit' },
  badgeLimit: { title: () => say('views.badgeLimit'), width: 130, grow: true, sort: 'badgeLimit' },
  owner: { title: () => say('badges.owner'), width: 110, grow: true, sort: 'owner' },
  group: { title: () => say('views.group'), width: 110, sort: 'group' },
  rank: { title: () => say('badges.rank'), width: 64, align: 'end', sort: 'rank' },
  tag: { title: () => say('views.tags'), width: 110, grow: true, sort: 'tag' },
  changedOn: { title: () => say('badges.orderChanged'), width: 110, sort: 'changedOn' },
  state: { title: () => say('views.state'), width: 110, sort: 'state' },
  claims: { title: () => say('views.claims'), width: 74, align: 'end' },
  enrolled: { title: () => say('views.enrolled'), width: 84, align: 'end' },
  awarded: { title: () => say('views.awarded'), width: 84, align: 'end' },
  description: { title: () => say('badges.description'), width: 180, grow: true },
  id: { title: () => say('views.id'), width: 210 },
};
