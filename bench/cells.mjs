// Which rows a column takes.

/** @typedef {import('./columns/index.mjs').Column} Column */
/** @typedef {import('./rows/index.mjs').Row} Row */

/**
 * Why a column does not take a row.
 * @param {Column} column
 * @param {Row} row
 * @param {{isQuick: boolean, columns: Column[], rows: Row[]}} run
 */
export function absence(column, row, {isQuick, columns, rows}) {
  const reason = inapplicability(column, row);
  if (reason || !isQuick) return reason;
  // A quick run takes each column in the first row that it applies to, and each row in the first column that drives it.
  const isFirstRow = rows.find((other) => !inapplicability(column, other)) === row;
  const isFirstColumn = columns.find((other) => drives(other, row)) === column;
  return isFirstRow || isFirstColumn ? undefined : 'left out: a quick run';
}

/** @param {Column} column @param {Row} row */
function inapplicability(column, row) {
  if (row.without?.[column.id]) return row.without[column.id];
  if (!row.embed && !['bytes', 'evaluation'].includes(column.id)) return 'no embed';
  if (column.only && !column.only.includes(row.name)) return column.why;
  return undefined;
}

/** Whether a column does with a row all that the row can: an embed is mounted. @param {Column} column @param {Row} row */
function drives(column, row) {
  return !column.isStatic && !inapplicability(column, row) && !(row.embed && column.id === 'evaluation');
}
