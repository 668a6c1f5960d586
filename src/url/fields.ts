import {hasLoneSurrogate, isPlain} from './http-build-query.js';
import {toList} from './lists.js';

/** A messenger of ChatApp: those seen with the vendor suggest themselves in an editor; more exist, so that any text passes. */
export type MessengerType =
  | 'grWhatsApp'
  | 'caWhatsApp'
  | 'telegram'
  | 'telegramBot'
  | 'vkontakte'
  | 'avito'
  | 'instagram'
  | 'facebook'
  | 'email'
  | (string & {});

/**
 * What ChatApp Dialog's URL can say. All fields are optional; `undefined`, `null` and `''` are left out.
 * Numbers must be safe integers.
 * @see https://dialogs.pro The vendor's page "Embedding messengers in the developer's own system" is the specification.
 */
export interface DialogFields {
  /** Access token of ChatApp's API (`api[access_token]`): opens the Dialog without a login form. Secret. Must be live at the time of opening. */
  accessToken?: string | null | undefined;
  /** Number of the channel, called license or line (`api[license_id]`). Filters the list of licenses. */
  licenseId?: string | number | null | undefined;
  /** Messenger, for example `grWhatsApp` (`api[messenger_type]`). Filters the list of messengers. */
  messengerType?: MessengerType | null | undefined;
  /** Domain of the CRM (`api[crm_domain]`). Required, with `employeeExtCode`, for authorization under a specific employee. */
  crmDomain?: string | null | undefined;
  /** The employee's id in the CRM (`api[employee_ext_code]`). Required, with `crmDomain`, for authorization under a specific employee. */
  employeeExtCode?: string | number | null | undefined;
  /** The customer's phones (`crm[phones][i]`): a filter of dialogs. Formatting is taken away; digits are never added or dropped. */
  phones?: readonly (string | number)[] | null | undefined;
  /** Chat ids such as `79999999999@c.us` (`crm[dialogIds][i]`): a filter of dialogs, passed as they are. */
  dialogIds?: readonly (string | number)[] | null | undefined;
}

/** Name of a field of {@link DialogFields}. */
export type DialogFieldName = keyof DialogFields;

type Fail = (problem: string) => never;

interface FieldSpec {
  /** A list of values; every list is a filter of dialogs and stands in the query's `crm` array, other fields in `api`. */
  list?: true;
  /** Brings a value to the form the Dialog understands, or fails with what is wrong. */
  clean?: (value: string, fail: Fail) => string;
}

/**
 * The one table of fields, in the order of the vendor's `$fields` array.
 * Attribute and parameter follow from the name: see {@link toAttribute} and {@link FIELD_ENTRIES}.
 */
export const FIELDS = {
  accessToken: {},
  licenseId: {},
  messengerType: {},
  crmDomain: {},
  employeeExtCode: {},
  phones: {list: true, clean: cleanPhone},
  dialogIds: {list: true},
} satisfies Record<DialogFieldName, FieldSpec>;

/** Whether only one of CRM domain and employee code is set. The vendor's page requires both to sign in an employee. */
export const isEmployeeIncomplete = ({crmDomain, employeeExtCode}: DialogFields): boolean =>
  !crmDomain !== !employeeExtCode;

/** Spread over fields, takes away who signs in and leaves what is shown: for links to colleagues. */
export const ANONYMOUS = {accessToken: null, crmDomain: null, employeeExtCode: null} satisfies DialogFields;

/** A property's attribute, by the custom of HTML and its frameworks: `licenseId` is `license-id`. */
export const toAttribute = (property: string, separator = '-'): string =>
  property.replace(/[A-Z]/g, (letter) => separator + letter.toLowerCase());

/** The table's rows, in the vendor's order, each with its parameter as the vendor spells it: `api[license_id]`, but `crm[dialogIds]`. */
export const FIELD_ENTRIES = Object.entries<FieldSpec>(FIELDS).map(
  ([name, spec]) =>
    [name, spec, spec.list ? `crm[${name}]` : `api[${toAttribute(name, '_')}]`] as [DialogFieldName, FieldSpec, string],
);

/** A field (or the base URL) cannot be used. Neither the message nor a property holds the value: phones are personal, tokens secret. */
export class DialogFieldError extends TypeError {
  override name = 'DialogFieldError';
  /** The field at fault: a name of `DialogFields`, `'baseUrl'`, or a name that is no field. */
  declare readonly field: string;
  /** Position in a list, from 0. */
  declare readonly index: number | undefined;

  constructor(field: string, problem: string, index?: number) {
    super(`${field}${index == null ? '' : `[${index}]`}: ${problem}`);
    this.field = field;
    this.index = index;
  }
}

/**
 * The fields' query parameters in the vendor's order, values checked and cleaned.
 * @param without  fields to leave out, by their names
 * @throws DialogFieldError
 */
export function fieldParameters(fields: DialogFields, without: DialogFields = {}): [string, string][] {
  if (!isPlain(fields)) throw new DialogFieldError('fields', 'pass a plain object.');
  // A misspelt filter must not open all chats.
  const unknown = unknownNames(fields)[0];
  if (unknown !== undefined) throw new DialogFieldError(unknown, `${unknown} is no field.`);
  // Own properties only: a script may have extended Object.prototype.
  return FIELD_ENTRIES.filter(([name]) => Object.hasOwn(fields, name) && !Object.hasOwn(without, name)).flatMap(
    ([name, spec, parameter]) => readField(name, () => parametersOf(name, spec, parameter, fields[name])),
  );
}

/** Names of an object that are no fields, symbols as texts. Names that a loop would not show do not count. */
export const unknownNames = (fields: object): string[] =>
  Reflect.ownKeys(fields)
    .filter((name) => !Object.hasOwn(FIELDS, name) && Object.prototype.propertyIsEnumerable.call(fields, name))
    .map(String);

function parametersOf(
  name: DialogFieldName,
  {list, clean}: FieldSpec,
  parameter: string,
  value: unknown,
): [string, string][] {
  if (value == null) return [];
  const values = list ? value : value === '' ? [] : [value];
  if (!Array.isArray(values)) throw new DialogFieldError(name, 'pass an array or its JSON.');
  // Array.from also visits the holes of a sparse array.
  return Array.from(values, (item: unknown, index): [string, string] => [
    list ? `${parameter}[${index}]` : parameter,
    toText(item, name, list && index, clean),
  ]);
}

/** What templates and frameworks make of a value that is missing, or of one that is no text. */
const MISBOUND = /^(null|none|nil|undefined|nan|true|false|0)$|^\[object |\{|=>/i;

function toText(value: unknown, field: DialogFieldName, index?: number, clean?: FieldSpec['clean']): string {
  const fail: Fail = (problem) => {
    throw new DialogFieldError(field, problem, index);
  };
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    fail('the number is not a safe integer. Pass it as a string.');
  }
  if (typeof value !== 'string' && typeof value !== 'number') fail('pass a string or an integer.');
  const text = String(value);
  if (!text.trim()) fail('the value is empty.');
  if (hasLoneSurrogate(text)) fail('the text has a lone surrogate.');
  if (MISBOUND.test(text.trim())) fail('the template is not filled in. Set the attribute or property later.');
  // A few digits alone, as most phones come, need none: Unicode's classes take several times as long.
  return clean && (text.length > LONGEST_PHONE || /\D/.test(text)) ? clean(text, fail) : text;
}

/** E.164's limit, in digits. */
const LONGEST_PHONE = 15;

/**
 * A phone without its formatting: white space, `( ) - .`, Unicode dashes and invisible marks go, one leading `+` too,
 * and decimal digits of other scripts become ASCII. Digits are never added, dropped or guessed:
 * CRMs pass the last 10 on purpose, and the Dialog filters by what it gets.
 */
function cleanPhone(text: string, fail: Fail): string {
  const bare = text.replace(/[\s().\p{Dash}\p{Cf}]/gu, '').replace(/(?!\d)\p{Nd}/gu, (digit) => {
    // Unicode keeps each script's digits together, 0 to 9, so that the distance to the run's start tells the digit.
    const code = digit.codePointAt(0)!;
    let before = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(--before)));
    return String((code - before - 1) % 10);
  });
  // A number that a spreadsheet or a float has been through would get a digit more.
  if (/\d{9}\.0$/.test(text)) fail('the phone is a number with a decimal point. Pass it as a string.');
  const [, digits] = /^\+?(\d+)$/.exec(bare) ?? [];
  if (!digits) return fail('not a phone number. Use digits, spaces, ( ) - . and one leading + only.');
  if (digits.length > LONGEST_PHONE) {
    fail(`the phone has more than ${LONGEST_PHONE} digits. Separate phones by commas, semicolons or line breaks.`);
  }
  return digits;
}

/**
 * Fields as a page may set them: each list may also be the text of an attribute, or a single number. Reads each list once
 * and copies it. What is not a list stays as it is, and {@link fieldParameters} refuses it.
 * @throws DialogFieldError if a value cannot be read
 */
export function readLists(fields: Readonly<Record<string, unknown>>): DialogFields {
  // Without a prototype, because a script may have extended Object.prototype.
  const read = Object.assign(Object.create(null) as Record<string, unknown>, fields);
  for (const [name, {list}] of FIELD_ENTRIES) {
    if (list && Object.hasOwn(read, name)) read[name] = readField(name, () => toList(read[name]));
  }
  return read;
}

/** Whether filters are given and all of them are empty: this customer has none, which must not open all chats. */
export function hasOnlyEmptyFilters(fields: DialogFields): boolean {
  const lists = FIELD_ENTRIES.flatMap(([name, {list}]) => (list && fields[name] != null ? [fields[name]] : []));
  return lists.length > 0 && lists.every((list) => (list as readonly unknown[]).length === 0);
}

/** Reads a field. A getter or a proxy of the page may throw, and its error may quote a value. */
function readField<T>(name: DialogFieldName, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw isFieldError(cause) ? cause : new DialogFieldError(name, 'the value cannot be read.');
  }
}

/** A page can throw what throws again when it is asked what it is, for example a revoked proxy. */
function isFieldError(cause: unknown): boolean {
  try {
    return cause instanceof DialogFieldError;
  } catch {
    return false;
  }
}
