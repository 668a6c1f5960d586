// A process that keeps the others from writing a SQLite file. It says when it has begun. At the next message, it goes on for a
// while, and says when it ended.
import {once} from 'node:events';
import {openDatabase} from './open.mjs';

/** Milliseconds: long enough that it is waited for, and shorter than the 2 s for which sqliteStore() waits. */
const WHILE = 300;

const database = await openDatabase(JSON.parse(process.argv[2] ?? ''));
database.exec('BEGIN IMMEDIATE');
process.send?.('held');
await once(process, 'message');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WHILE);
const releasedAt = Date.now();
database.exec('COMMIT');
database.close();
process.send?.(releasedAt, () => process.disconnect());
