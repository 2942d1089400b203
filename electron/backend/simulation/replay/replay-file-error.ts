/** The file cannot be replayed at all: a column is missing, or its lines cannot be told apart. For people. */
export class ReplayFileError extends Error {}
