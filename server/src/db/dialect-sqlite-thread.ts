/** The thread of one read that takes long: reads, answers, ends. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { AsideRead } from './dialect-sqlite-aside.ts';

const { path, text, parameters } = workerData as AsideRead;
const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
parentPort?.postMessage(database.prepare(text).all(...(parameters as SQLInputValue[])));
database.close();
