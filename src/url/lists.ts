/** An array, text or number as a list; the array is a copy. Another value is given back. */
export function toList(value: unknown): unknown {
  if (typeof value === 'string') return parseList(value);
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? Array.from<unknown>(value) : value;
}

/** Texts that were parsed lately. An element reads its lists several times per update. */
const parsedTexts = new Map<string, string | readonly string[]>();
const MOST_PARSED_TEXTS = 8;

/**
 * A text as a list: a JSON array (its numbers keep all their digits) or items parted by commas, semicolons or new lines.
 * What starts like a JSON array but is none is given back as it is; `fieldParameters` refuses it.
 */
export function parseList(text: string): string | string[] {
  let parsed = parsedTexts.get(text);
  if (parsed === undefined) {
    parsed = /^\s*\[/.test(text) ? parseJsonList(text) : splitList(text);
    if (parsedTexts.size === MOST_PARSED_TEXTS) parsedTexts.clear();
    parsedTexts.set(text, parsed);
  }
  // A copy, because the page may change the array that it gets.
  return typeof parsed === 'string' ? parsed : [...parsed];
}

const splitList = (text: string): string[] =>
  text
    .split(/[,;\n\r]/)
    .map((item) => item.trim())
    .filter(Boolean);

/** Each alternative takes all it can and never gives anything back, also where a string does not end: linear time. */
const JSON_STRING_OR_NUMBER = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?\d[\d.eE+-]*/g;

function parseJsonList(text: string): string | string[] {
  try {
    // Integers are quoted before parsing: JSON.parse would round a long one.
    return JSON.parse(text.replace(JSON_STRING_OR_NUMBER, (token) => (/^-?\d+$/.test(token) ? `"${token}"` : token)));
  } catch {
    return text;
  }
}
