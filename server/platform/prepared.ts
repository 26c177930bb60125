import type { Knex } from 'knex';

/** What the driver makes of a statement once, to be run again and again. */
interface Statement {
  run(bindings: readonly unknown[], done: (error: Error | null) => void): void;
  reset(done: () => void): void;
  finalize(done: () => void): void;
}
/** A connection as the driver has it. */
interface Connection {
  prepare(sql: string, done: (error: Error | null) => void): Statement;
}
/** What knex 3.3 has of a database, as far as it is used here. */
interface KnexClient {
  acquireConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): Promise<void>;
  destroyRawConnection(connection: Connection): Promise<void>;
  emit(event: 'query-response' | 'query-error', told: unknown, query: { readonly sql: string }): void;
}

const prepared = new WeakMap<Connection, Map<string, Statement>>();

/**
 * Runs one statement as a commit of its own, prepared once for each connection. By knex, the way of a statement takes as long as
 * SQLite needs for ten rows of it. Whoever listens to the queries of `database` hears of this one too.
 */
export async function runPrepared(
  database: Knex,
  sql: string,
  bindings: readonly (string | number)[],
): Promise<void> {
  const client = database.client as KnexClient;
  const connection = await client.acquireConnection();
  try {
    await run(preparedOn(connection).get(sql) ?? (await prepare(connection, sql)), bindings);
    client.emit('query-response', undefined, { sql });
  } catch (error) {
    client.emit('query-error', error, { sql });
    throw error;
  } finally {
    void client.releaseConnection(connection);
  }
}

/** Lets statements go before their connection: SQLite does not close one that still has any. */
export function finalizeAtClose(database: Knex): void {
  const client = database.client as KnexClient;
  const destroy = client.destroyRawConnection.bind(client);
  client.destroyRawConnection = async (connection) => {
    const own = preparedOn(connection);
    await Promise.all(
      [...own.values()].map((statement) => new Promise<void>((done) => statement.finalize(done))),
    );
    own.clear();
    await destroy(connection);
  };
}

function preparedOn(connection: Connection): Map<string, Statement> {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const fresh = new Map<string, Statement>();
  prepared.set(connection, fresh);
  return fresh;
}

function prepare(connection: Connection, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement = connection.prepare(sql, (error) => {
      if (error !== null) {
        reject(error);
        return;
      }
      preparedOn(connection).set(sql, statement);
      resolve(statement);
    });
  });
}

function run(statement: Statement, bindings: readonly (string | number)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    statement.run(bindings, (error) => {
      if (error === null) resolve();
      // One that gave up waiting for a lock counts as running until it is reset, and as long as it does no other can commit.
      else statement.reset(() => reject(error));
    });
  });
}
