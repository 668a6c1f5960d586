/** How a conversation is shown. A change of it reloads nothing. */
export interface Manner {
  /** Whether to wait until the element is in view. */
  isLazy: boolean;
  /** Milliseconds until a load is overdue, which leaves the frame alone; `0` for never. */
  loadTimeout: number;
  /** How many conversations stay parked besides the shown one. */
  keepAlive: number;
  /** The frame's accessible name. */
  label: string;
  /** Whether to ask the base URL's origin, at each opening, if it is there. */
  probe: boolean;
}

export const DEFAULT_LABEL = 'ChatApp Dialog';
export const DEFAULT_LOAD_TIMEOUT = 30_000;

export const isSameManner = (one: Manner, other: Manner): boolean =>
  (Object.keys(one) as (keyof Manner)[]).every((key) => one[key] === other[key]);

/** Of an element whose inputs were not read yet. */
export const DEFAULT_MANNER: Manner = {
  isLazy: false,
  loadTimeout: DEFAULT_LOAD_TIMEOUT,
  keepAlive: 0,
  label: DEFAULT_LABEL,
  probe: false,
};

/** The element's presentation inputs, as the page set them. */
export type MannerInputs = Readonly<
  Partial<Record<'loading' | 'loadTimeout' | 'keepAlive' | 'label' | 'probe', unknown>>
>;

/**
 * Reads how to show a conversation. Never throws: an input that cannot be used counts as not set, and is reported.
 * @param report  hears what is wrong, with which attribute and what to do
 */
export function mannerOf(read: () => MannerInputs, report: (problem: string) => void): Manner {
  const {loading, loadTimeout, keepAlive, label, probe} = tryToRead(read, report);
  const timeout = numberOf(loadTimeout);
  const count = numberOf(keepAlive);
  const isTimeout = timeout >= 0;
  const isCount = Number.isSafeInteger(count) && count >= 0;
  const isLoading = loading == null || loading === '' || loading === 'eager' || loading === 'lazy';
  const isLabel = label == null || typeof label === 'string';
  if (!isLoading) report('loading: use "eager" or "lazy".');
  if (!isTimeout && isSet(loadTimeout)) report('load-timeout: pass milliseconds, or 0 for no limit.');
  if (!isCount && isSet(keepAlive)) report('keep-alive: pass how many conversations to keep, 0 or more.');
  if (!isLabel) report('label: pass a string.');
  return {
    isLazy: loading === 'lazy',
    loadTimeout: isTimeout ? timeout : DEFAULT_LOAD_TIMEOUT,
    keepAlive: isCount ? count : 0,
    label: isLabel && label ? label : DEFAULT_LABEL,
    probe: !!probe,
  };
}

const isSet = (value: unknown): boolean => value != null && value !== '';

/** A number, also as the text of an attribute, which some frameworks set as a property; otherwise NaN. */
const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() ? Number(value) : NaN;

function tryToRead(read: () => MannerInputs, report: (problem: string) => void): MannerInputs {
  try {
    const {loading, loadTimeout, keepAlive, label, probe} = read();
    return {loading, loadTimeout, keepAlive, label, probe};
  } catch {
    report('a property of the element cannot be read.');
    return {};
  }
}
