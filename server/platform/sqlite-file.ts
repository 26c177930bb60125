import sqlite3 from 'sqlite3';

/** One connection to a SQLite file, for what is done to files as such: locks, copies, checks. */
export interface SqliteFile {
  run(sql: string, ...values: readonly unknown[]): Promise<void>;
  all<Row>(sql: string, ...values: readonly unknown[]): Promise<Row[]>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/**
 * @param how `make` where there is none, `write` or `read` what is there
 * @param patience milliseconds to wait for others
 */
export async function openSqlite(
  file: string,
  how: 'make' | 'write' | 'read',
  patience = 10_000,
): Promise<SqliteFile> {
  const mode =
    how === 'read'
      ? sqlite3.OPEN_READONLY
      : sqlite3.OPEN_READWRITE | (how === 'make' ? sqlite3.OPEN_CREATE : 0);
  const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, mode, (error) =>
      error === null ? resolve(opened) : reject(error),
    );
  });
  connection.configure('busyTimeout', patience);
  let closed: Promise<void> | undefined;
  return {
    run: (sql, ...values) =>
      new Promise((resolve, reject) => {
        connection.run(sql, values, (error: Error | null) => (error === null ? resolve() : reject(error)));
      }),
    all: <Row>(sql: string, ...values: readonly unknown[]) =>
      new Promise<Row[]>((resolve, reject) => {
        connection.all<Row>(sql, values, (error, rows) => (error === null ? resolve(rows) : reject(error)));
      }),
    close: () =>
      (closed ??= new Promise((resolve, reject) => {
        connection.close((error) => (error === null ? resolve() : reject(error)));
      })),
  };
}
