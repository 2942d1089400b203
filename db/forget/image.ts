import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { WithoutPerson, type Person } from '../../shared/fidelity/without-person';
import type { ImageCell, ImageTable, OrgImage } from '../org/org-image';
import { ORG_PLACES, type Holding } from './columns';

/** Where a customer stands in an image of an org, and the image without them; rows stay but for those of the roster. */
export function imageWithout(image: OrgImage, person: Person): { image: OrgImage; rows: number } {
  const without = new WithoutPerson(person);
  let rows = 0;
  const tables = image.tables.map((table): ImageTable => {
    const place = ORG_PLACES.find(({ table: each }) => getTableConfig(each).name === table.name);
    if (!place) return table;
    const holdings = table.columns.map((name) => {
      const [column] = Object.entries(place.all).find(([, each]) => each.name === name) ?? [];
      return column === undefined ? undefined : place.columns[column];
    });
    const isRoster = holdings.some((holding) => holding?.as === 'name');
    const kept = table.rows.flatMap((row): (readonly ImageCell[])[] => {
      const other = row.map((cell, index) => cellWithout(cell, holdings[index]?.as, without, person));
      if (other.every((cell, index) => cell === row[index])) return [row];
      rows += 1;
      return isRoster ? [] : [other];
    });
    return { ...table, rows: kept };
  });
  return { image: { ...image, tables }, rows };
}

function cellWithout(
  cell: ImageCell,
  as: Holding['as'] | undefined,
  without: WithoutPerson,
  person: Person,
): ImageCell {
  if (as === undefined || as === 'chunk' || cell === null) return cell;
  if (as === 'id') return typeof cell === 'number' && without.isCustomer(cell) ? person.standIn : cell;
  if (typeof cell !== 'string') return cell;
  return without.in(cell, as === 'name' ? 'line' : as);
}
