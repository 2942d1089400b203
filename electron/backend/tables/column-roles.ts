/** Which column of a table is what, and why. */
import { readCustomerCell } from './customer-value';
import { DateEvidence } from './date-format';
import { type Message, message } from '../../../shared/words/message';
import { TABLE_ROLES, type TableRole } from '../../../shared/ipc/tables-contract';

export const ROLES = TABLE_ROLES;
export type Role = TableRole;

/** Headings of each role, the most telling first, without case, blanks and punctuation. */
const HEADINGS: Readonly<Record<Role, readonly string[]>> = {
  customer: [
    ...[
      'customerid',
      'customerids',
      'userid',
      'custid',
      'memberid',
      'clientid',
      'shopperid',
      'householdkey',
      'householdid',
    ],
    ...[
      'customernumber',
      'customerno',
      'customernr',
      'custno',
      'membernumber',
      'memberno',
      'membershipnumber',
      'clientnumber',
    ],
    ...[
      'loyaltyid',
      'loyaltynumber',
      'contactid',
      'accountid',
      'buyerid',
      'consumerid',
      'profileid',
      'personid',
      'guestid',
    ],
    ...[
      'kundennummer',
      'kundennr',
      'kundenid',
      'kundeid',
      'kundnr',
      'mitgliedsnummer',
      'mitgliedsnr',
      'mitgliedid',
      'kontaktid',
    ],
    ...['numeroclient', 'noclient', 'idclient', 'clientid', 'numclient', 'codeclient', 'numeroadherent', 'idadherent'],
    ...['idcliente', 'clienteid', 'numerocliente', 'nocliente', 'codigocliente', 'numcliente', 'codcliente', 'idsocio'],
    ...[
      'codicecliente',
      'numerodelcliente',
      'klantnummer',
      'klantid',
      'klantnr',
      'numerklienta',
      'idklienta',
      'kundnummer',
    ],
    ...['musterino', 'musteriid', '顧客id', '顧客番号', '会員番号', '客户编号', '客户id', '会员号'],
    ...[
      'customer',
      'member',
      'kunde',
      'mitglied',
      'client',
      'cliente',
      'klant',
      'klient',
      'user',
      'household',
      'uid',
      'id',
    ],
  ],
  at: [
    ...['eventdate', 'eventtime', 'eventdatetime', 'eventtimestamp', 'occurredat', 'happenedat'],
    ...[
      'transactiondate',
      'transactiondatetime',
      'transactiontime',
      'transdate',
      'purchasedate',
      'purchasedatetime',
      'purchasetimestamp',
    ],
    ...[
      'orderdate',
      'orderdatetime',
      'ordertimestamp',
      'orderpurchasetimestamp',
      'invoicedate',
      'billdate',
      'saledate',
      'salesdate',
    ],
    ...['bookingdate', 'visitdate', 'activitydate', 'createdat', 'createdon', 'orderedat', 'purchasedat', 'placedat'],
    ...[
      'kaufdatum',
      'bestelldatum',
      'buchungsdatum',
      'belegdatum',
      'rechnungsdatum',
      'transaktionsdatum',
      'zeitpunkt',
      'zeitstempel',
    ],
    ...[
      'datecommande',
      'dateachat',
      'datetransaction',
      'fechacompra',
      'fechapedido',
      'fechatransaccion',
      'datacompra',
      'dataacquisto',
    ],
    ...[
      'timestamp',
      'datetime',
      'date',
      'datum',
      'fecha',
      'data',
      'tarih',
      'day',
      'tag',
      'when',
      'at',
      'ts',
      '日付',
      '日期',
    ],
  ],
  time: ['time', 'transtime', 'timeofday', 'uhrzeit', 'zeit', 'heure', 'hora', 'ora', 'tijd', 'saleshour', 'hour'],
  amount: [
    ...[
      'amount',
      'totalamount',
      'transactionamount',
      'amountpaid',
      'netamount',
      'grossamount',
      'salesvalue',
      'salesamount',
    ],
    ...[
      'ordertotal',
      'ordervalue',
      'total',
      'totalprice',
      'value',
      'revenue',
      'spend',
      'sales',
      'payment',
      'paymentvalue',
      'net',
      'gross',
    ],
    ...[
      'betrag',
      'umsatz',
      'summe',
      'gesamtbetrag',
      'wert',
      'gesamtpreis',
      'montant',
      'montanttotal',
      'importe',
      'valor',
      'valortotal',
    ],
    ...['importo', 'totale', 'bedrag', 'totaal', 'kwota', 'tutar', 'prix', 'preis', 'price', '金額', '金额'],
  ],
  segment: [
    ...[
      'segment',
      'customersegment',
      'tier',
      'tiername',
      'loyaltytier',
      'membershiplevel',
      'cohort',
      'group',
      'customergroup',
    ],
    ...[
      'stufe',
      'kundengruppe',
      'kundensegment',
      'gruppe',
      'niveau',
      'nivel',
      'livello',
      'groupe',
      'grupo',
      'gruppo',
      'status',
    ],
  ],
};

/** A heading without case, accents, blanks and punctuation. */
function plainHeading(heading: string): string {
  return heading
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const RANKS: Readonly<Record<Role, ReadonlyMap<string, number>>> = Object.fromEntries(
  ROLES.map((role) => [role, new Map(HEADINGS[role].map((name, rank) => [plainHeading(name), rank]))]),
) as unknown as Record<Role, ReadonlyMap<string, number>>;

/** Whether a cell reads like the heading of some role. Too short ones are words of any text. */
export function isKnownHeading(cell: string): boolean {
  const plain = plainHeading(cell);
  return plain.length > 0 && cell.trim().length <= 64 && ROLES.some((role) => RANKS[role].has(plain));
}

/** A column that a role is looked for in. */
export interface ColumnFacts {
  name: string | null;
  values: readonly string[];
}

export interface RoleFinding {
  column: number;
  why: Message;
}

/** Whoever asks must answer: several columns may be it. */
export interface RoleQuestion {
  role: Role;
  columns: readonly number[];
  words: Message;
}

/** @returns a column by its name as a person writes it: `Name`, `Name#2` for the second of that name, `#3` for the third column; -1 */
export function columnNamed(header: readonly string[] | null, columns: number, name: string): number {
  const exact = header?.indexOf(name) ?? -1;
  if (exact >= 0) return exact;
  const place = /^#(\d+)$/.exec(name);
  if (place !== null) {
    const column = Number(place[1]) - 1;
    return column >= 0 && column < columns ? column : -1;
  }
  const nth = /^(.*)#(\d+)$/su.exec(name);
  if (nth !== null && header !== null) {
    const same = header.flatMap((heading, column) => (heading === nth[1] ? [column] : []));
    const found = same[Number(nth[2]) - 1];
    if (found !== undefined) return found;
  }
  const plain = plainHeading(name);
  const alike =
    header?.flatMap((heading, column) => (plain !== '' && plainHeading(heading) === plain ? [column] : [])) ?? [];
  return alike.length === 1 ? alike[0]! : -1;
}

/** A column as options and files name it: by its heading where that is one of a kind. */
export function nameOfColumn(header: readonly string[] | null, column: number): string {
  const name = header?.[column] ?? '';
  if (name === '') return `#${String(column + 1)}`;
  const same = header!.flatMap((heading, place) => (heading === name ? [place] : []));
  return same.length === 1 ? name : `${name}#${String(same.indexOf(column) + 1)}`;
}

const share = (values: readonly string[], holds: (value: string) => boolean): number => {
  const filled = values.filter((value) => value.trim() !== '');
  return filled.length === 0 ? 0 : filled.filter(holds).length / filled.length;
};

/**
 * Finds the column of a role.
 *
 * @param taken columns that have a role already
 * @returns a column with its reason, a question where several may be it, or null where none is
 */
export function findRole(
  role: Role,
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
): RoleFinding | RoleQuestion | null {
  const ranked = columns.flatMap(({ name }, column) => {
    const rank = name === null || taken.has(column) ? undefined : RANKS[role].get(plainHeading(name));
    return rank === undefined ? [] : [{ column, rank }];
  });
  const best = ranked.reduce((least, { rank }) => Math.min(least, rank), Infinity);
  const named = ranked.filter(({ rank }) => rank === best).map(({ column }) => column);
  if (named.length === 1) {
    const column = named[0]!;
    return { column, why: message('tables.itsHeading', { heading: columns[column]!.name ?? '' }) };
  }
  if (named.length > 1) {
    const [first, ...others] = named;
    const isSame = others.every((other) =>
      columns[other]!.values.every((value, row) => value === columns[first!]!.values[row]),
    );
    if (isSame)
      return {
        column: first!,
        why: message('tables.itsHeadingTwice', { heading: columns[first!]!.name ?? '' }),
      };
    return {
      role,
      columns: named,
      words:
        named.length === 2
          ? message('tables.headingTwice', { heading: columns[first!]!.name ?? '' })
          : message('tables.headingStandsOften', { heading: columns[first!]!.name ?? '', times: named.length }),
    };
  }
  return byValues(role, columns, taken);
}

function byValues(
  role: Role,
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
): RoleFinding | RoleQuestion | null {
  if (role === 'customer') {
    const free = columns.map((_, column) => column).filter((column) => !taken.has(column));
    if (columns.length === 1 && free.length === 1) return { column: 0, why: message('tables.onlyColumn') };
    const ids = free.filter((column) => share(columns[column]!.values, (value) => readCustomerCell(value).ok) > 0.5);
    if (ids.length === 1) return { column: ids[0]!, why: message('tables.onlyNumbers') };
    if (ids.length > 1)
      return {
        role,
        columns: ids,
        words: message('tables.severalNumbers'),
      };
    return free.length === 0
      ? null
      : {
          role,
          columns: free,
          words: message('tables.noNumbers'),
        };
  }
  if (role === 'at') {
    const dates = columns.flatMap(({ values }, column) => {
      if (taken.has(column)) return [];
      const evidence = new DateEvidence();
      for (const value of values) evidence.add(value);
      const sure = evidence.civil + evidence.dayFirst + evidence.monthFirst + evidence.either + evidence.milliseconds;
      return sure > (evidence.cells - evidence.empty) / 2 ? [column] : [];
    });
    if (dates.length === 1) return { column: dates[0]!, why: message('tables.onlyDates') };
    if (dates.length > 1) return { role, columns: dates, words: message('tables.severalDates') };
  }
  return null;
}
