/** Parquet files as other programs write them: made by DuckDB itself. */
import { DuckDBInstance } from '@duckdb/node-api';

/** Writes what a query gives as a Parquet file. @param options of COPY beside the format */
export async function writeParquet(file: string, query: string, options = ''): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'America/New_York'");
    await connection.run(`COPY (${query}) TO '${file.replaceAll("'", "''")}' (FORMAT parquet${options})`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
