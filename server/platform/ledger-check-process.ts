import { checkLedger } from './ledger-check.ts';
import { openSqlite } from './sqlite-file.ts';

/** A program of its own: checks the ledger of the file that it is given, and prints what it found as JSON. */
const file = await openSqlite(process.argv[2] ?? '', 'read');
try {
  process.stdout.write(JSON.stringify(await checkLedger(file)));
} finally {
  await file.close();
}
