// A process that keeps the others from writing a SQLite file for a while. It says when it begins, and when it ended.
import {openDatabase} from './open.mjs';

/** Milliseconds: long enough that it is waited for. */
const WHILE = 300;

const database = await openDatabase(JSON.parse(process.argv[2] ?? ''));
database.exec('BEGIN IMMEDIATE');
process.send?.('held');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WHILE);
const releasedAt = Date.now();
database.exec('COMMIT');
database.close();
process.send?.(releasedAt, () => process.disconnect());
