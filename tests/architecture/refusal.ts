import pg from 'pg';

/** The code and message with which PostgreSQL refuses a statement; 'accepted' when it does not. Nothing of it stays. */
export async function refusalOf(pool: pg.Pool, statement: string): Promise<string> {
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN');
    await connection.query(statement);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return `${error.code ?? ''} ${error.message}`;
  } finally {
    await connection.query('ROLLBACK');
    connection.release();
  }
}
