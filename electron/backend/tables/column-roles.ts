/** Which column of a table is what, and why. */
import { CustomerEvidence } from './customer-text';
import { readCustomerCell } from './customer-value';
import { DateEvidence } from './date-format';
import { type Message, message } from '../../../shared/words/message';
import { TABLE_ROLES, type TableRole } from '../../../shared/ipc/tables-contract';

export const ROLES = TABLE_ROLES;
export type Role = TableRole;
/** Those of events, which a simulation replays. */
export const EVENT_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'expiry');
/** Those of awards that are imported. */
export const AWARD_ROLES: readonly Role[] = ['customer', 'at', 'time', 'expiry'];

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
      'earneventdateiso',
      'earneventdate',
      'earneddate',
      'earnedon',
      'earnedat',
      'awarddate',
      'awardedon',
      'awardedat',
    ],
    ...['vergabedatum', 'vergebenam', 'verliehenam'],
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
      'txndate',
      'trxdate',
      'trandate',
      'txndt',
      'trxdt',
      'trandt',
      'transdt',
      'orderdt',
      'saledt',
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
    ...['amt', 'totalamt', 'netamt', 'grossamt', 'salesamt', 'transamt', 'transactionamt', 'paymentamt'],
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
  expiry: [
    ...['earnexpiresoniso', 'earnexpireson', 'earnexpiry', 'expireson', 'expiresat', 'expirydate', 'expirationdate'],
    ...['expiry', 'expires', 'expiration', 'validuntil', 'validto', 'validthru', 'enddate', 'endson', 'endsat'],
    ...[
      'ablaufdatum',
      'gultigbis',
      'gueltigbis',
      'ablauf',
      'lauftab',
      'laeuftab',
      'verfallsdatum',
      'verfalltam',
      'endet',
    ],
    ...['dateexpiration', 'expirele', 'fechavencimiento', 'fechacaducidad', 'vence', 'scadenza', 'datascadenza'],
    ...['dataexpiracao', 'vervaldatum', 'geldigtot'],
  ],
};

/** Words for customers and words for what numbers them, whose every order makes a heading: `Nr klienta`, `ID do Cliente`. */
const CUSTOMER_WORDS = [
  ...['customer', 'cust', 'client', 'clients', 'cliente', 'clientes', 'kunde', 'kunden', 'kund', 'kd', 'kunder'],
  ...['debitor', 'debitoren', 'member', 'members', 'membership', 'mitglied', 'mitglieds', 'mitglieder', 'adherent'],
  ...['adherente', 'socio', 'socios', 'klant', 'klanten', 'klient', 'klienta', 'klienci', 'asiakas', 'zakaznik'],
  ...['zakaznika', 'zákazníka', 'ugyfel', 'vasarlo', 'musteri', 'клиент', 'клиента', 'покупатель', 'покупателя'],
  ...['πελατη', 'πελατης', 'العميل', 'عميل', '顾客', '顧客', '会员', '會員', '客户', '客戶', '用户', '고객', '회원'],
  ...['medlem', 'medlems', 'loyalty', 'user', 'shopper', 'subscriber', 'player', 'patron', 'contact', 'guest'],
  ...['household', 'hh', 'consumer', 'buyer'],
];
/** These may be other people, or things: anything more telling comes before them. */
const LESSER_WORDS = ['partner', 'account', 'konto'];
const NUMBER_WORDS = [
  ...['id', 'ids', 'no', 'nos', 'nr', 'num', 'number', 'numbers', 'numero', 'nummer', 'nro', 'n', 'code', 'codigo'],
  ...['codice', 'kod', 'key', 'numer', 'cislo', 'szam', 'szama', 'номер', 'код', 'κωδικος', 'αριθμος', 'رقم', '编号'],
  ...['編號', '番号', '号', '번호', '아이디', 'identifiant', 'identifier', 'identificador', 'identificativo', 'numara'],
  ...['numarasi', 'numero', 'ref', 'reference', 'numeri', 'номера', 'ид'],
];

/** Headings of texts by which customers are known, where no column holds their numbers; the most telling first. */
const TEXT_HEADINGS = [
  ...['customeruniqueid', 'customerkey', 'customercode', 'externalcustomerid', 'externalid', 'externeid', 'idexterne'],
  ...['customeremail', 'emailaddress', 'emailadresse', 'email', 'mail', 'adresseemail', 'correoelectronico', 'correo'],
  ...['cardnumber', 'cardno', 'cardid', 'loyaltycard', 'kartennummer', 'kundenkarte', 'numerocarte', 'numerotarjeta'],
  ...['mobilenumber', 'mobile', 'phonenumber', 'phone', 'msisdn', 'handynummer', 'handy', 'telefonnummer', 'telefon'],
  ...['username', 'login', 'loginname', 'benutzername', 'uuid', 'guid', 'hash'],
];

/** Numbers under such a heading count or name something else: whoever has them for customers must say so. */
const OTHER_THINGS = [
  /^(?:order|invoice|receipt|bill|trans|txn|basket|ticket|voucher|coupon|bestell|rechnung|beleg|bon|auftrag|gutschein)/,
  /^(?:commande|facture|pedido|factura|ordine|fattura|pedidos|bestelling|zamowieni)/,
  /(?:store|shop|filial|branch|market|till|kasse|product|produkt|prodotto|item|artikel|article|sku|ean|gtin|campaign)/,
  /^(?:qty|quantity|quantite|cantidad|quantita|menge|anzahl|aantal|count|visits|besuche|orders)/,
  /(?:points?|puntos?|punkte?|punktestand|punti|balance|saldo|score|credits?|guthaben)$/,
  /(?:zip|zipcode|postal|postalcode|postcode|plz|postleitzahl|codepostal|codigopostal)$/,
  /(?:phone|mobile|msisdn|handy|telefon|telephone|telefono)/,
  /(?:^age|^alter|birth|geburt|^year|^jahr|^month|^monat|^week|^woche|discount|rabatt|^tax|^mwst|^vat)/,
  /^(?:row|line|nr|no|lfdnr|lfd|pos|position|index|zeile|rang|rank|unnamed0)$/,
];

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

/** Where no heading of the list is: as telling as the plain word for a customer, and a little more. */
const COMPOSED_RANK = HEADINGS.customer.indexOf('customer') - 0.5;
const anyOf = (words: readonly string[]): string =>
  [...new Set(words.map(plainHeading))].toSorted((left, right) => right.length - left.length).join('|');
const composed = (people: readonly string[]): RegExp => {
  const [who, what] = [anyOf(people), anyOf(NUMBER_WORDS)];
  return new RegExp(`^(?:(?:${who})(?:${what})|(?:${what})(?:de|do|du|da|del|della|of|the|d|l)?(?:${who}))$`, 'u');
};
const COMPOSED = composed(CUSTOMER_WORDS);
const LESSER = composed(LESSER_WORDS);

/** How telling a heading is of a role; undefined: it says nothing of it. */
function rankOf(role: Role, heading: string): number | undefined {
  const plain = plainHeading(heading);
  const known = RANKS[role].get(plain);
  if (known !== undefined || role !== 'customer') return known;
  if (COMPOSED.test(plain)) return COMPOSED_RANK;
  return LESSER.test(plain) ? HEADINGS.customer.length : undefined;
}

const TEXT_RANKS: ReadonlyMap<string, number> = new Map(TEXT_HEADINGS.map((name, rank) => [name, rank]));

/** Whether a cell reads like the heading of some role. Too short ones are words of any text. */
export function isKnownHeading(cell: string): boolean {
  const plain = plainHeading(cell);
  const isKnown = TEXT_RANKS.has(plain) || ROLES.some((role) => rankOf(role, cell) !== undefined);
  return isKnown && plain.length > 0 && cell.trim().length <= 64;
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
 * @param mayBeTexts customers may be known by texts: who they are is not needed, only to tell them apart
 * @returns a column with its reason, a question where several may be it, or null where none is
 */
export function findRole(
  role: Role,
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
  mayBeTexts = false,
): RoleFinding | RoleQuestion | null {
  return (
    byHeading(role, columns, taken, (heading) => rankOf(role, heading)) ?? byValues(role, columns, taken, mayBeTexts)
  );
}

/** @returns the column whose heading alone says that it is this; null where none does, or several do */
export function headedRole(
  role: Role,
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
): RoleFinding | null {
  const found = byHeading(role, columns, taken, (heading) => rankOf(role, heading));
  return found === null || 'words' in found ? null : found;
}

function byHeading(
  role: Role,
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
  rank: (heading: string) => number | undefined,
): RoleFinding | RoleQuestion | null {
  const ranked = columns.flatMap(({ name }, column) => {
    const telling = name === null || taken.has(column) ? undefined : rank(name);
    return telling === undefined ? [] : [{ column, telling }];
  });
  const best = ranked.reduce((least, { telling }) => Math.min(least, telling), Infinity);
  const named = ranked.filter(({ telling }) => telling === best).map(({ column }) => column);
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
    const plain = new Set(named.map((column) => plainHeading(columns[column]!.name ?? '')));
    if (plain.size > 1) return { role, columns: named, words: message('tables.severalHeadings') };
    return {
      role,
      columns: named,
      words:
        named.length === 2
          ? message('tables.headingTwice', { heading: columns[first!]!.name ?? '' })
          : message('tables.headingStandsOften', { heading: columns[first!]!.name ?? '', times: named.length }),
    };
  }
  return null;
}

function byValues(
  role: Role,
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
  mayBeTexts: boolean,
): RoleFinding | RoleQuestion | null {
  if (role === 'customer') return customersByValues(columns, taken, mayBeTexts);
  if (role === 'at' || role === 'expiry') {
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

function customersByValues(
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
  mayBeTexts: boolean,
): RoleFinding | RoleQuestion | null {
  const role = 'customer';
  const free = columns.map((_, column) => column).filter((column) => !taken.has(column));
  if (columns.length === 1 && free.length === 1) return { column: 0, why: message('tables.onlyColumn') };
  const all = columns.flatMap(({ values }, column) => (share(values, isNumber) > 0.5 ? [column] : []));
  const numbers = all.filter((column) => !taken.has(column));
  const ids = numbers.filter((column) => !isOtherThing(columns[column]!.name));
  if (ids.length === 1)
    return { column: ids[0]!, why: message(all.length === 1 ? 'tables.onlyNumbers' : 'tables.onlyOwnNumbers') };
  if (ids.length > 1) return { role, columns: ids, words: message('tables.severalNumbers') };
  const texts = mayBeTexts ? textsOfCustomers(columns, free) : null;
  if (texts !== null) return texts;
  if (free.length === 0) return null;
  return { role, columns: free, words: message(numbers.length > 0 ? 'tables.otherNumbers' : 'tables.noNumbers') };
}

/** A number that names a customer, or did before it was shortened. */
function isNumber(value: string): boolean {
  const reading = readCustomerCell(value);
  return reading.ok || reading.fault === 'scientific' || reading.fault === 'too-large';
}

/** Whether a heading says that its numbers are no customers. */
function isOtherThing(heading: string | null): boolean {
  if (heading === null) return false;
  const plain = plainHeading(heading);
  return (
    OTHER_THINGS.some((thing) => thing.test(plain)) ||
    ROLES.some((role) => role !== 'customer' && RANKS[role].has(plain))
  );
}

/** The column of texts that customers are known by: by its heading, or because no other is like it. */
function textsOfCustomers(columns: readonly ColumnFacts[], free: readonly number[]): RoleFinding | RoleQuestion | null {
  const role = 'customer';
  const found = free.flatMap((column) => {
    const evidence = new CustomerEvidence();
    for (const value of columns[column]!.values) evidence.add(value);
    return evidence.areTexts ? [{ column, kind: evidence.kind }] : [];
  });
  const others = new Set(columns.map((_, column) => column));
  for (const { column } of found) others.delete(column);
  const headed = byHeading(role, columns, others, (heading) => TEXT_RANKS.get(plainHeading(heading)));
  if (headed !== null) return headed;
  // Names and places are texts, too: only what looks like an id is taken for one without a heading.
  const likely = found.filter(
    ({ column, kind }) =>
      !isOtherThing(columns[column]!.name) &&
      (kind !== 'text' || share(columns[column]!.values, (value) => isTextId(value)) > 0.5),
  );
  const emails = likely.filter(({ kind }) => kind === 'email');
  const [first, ...rest] = emails.length === 1 ? emails : likely;
  if (first === undefined) return null;
  if (rest.length > 0)
    return { role, columns: likely.map(({ column }) => column), words: message('tables.severalTexts') };
  return { column: first.column, why: message(ONLY[first.kind]) };
}

const ONLY = { email: 'tables.onlyEmails', phone: 'tables.onlyPhones', text: 'tables.onlyTexts' } as const;

function isTextId(value: string): boolean {
  const reading = readCustomerCell(value);
  return !reading.ok && reading.fault === 'text-id';
}
