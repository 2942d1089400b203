export const tableFiles = {
  none: '{name} cannot be read: no file with rows is there. Files that begin with a point or an underscore do not count.',
  tooMany: 'There are more than {most} files below {folder}. Name fewer with a pattern, such as 2025-*.csv.',
  leadsOut: '{name} is a link to a file outside its folder, which is not read. Put the file itself there.',
  mixed:
    '{name} holds files of several kinds, which make no one table: {first} and {other}. Name those of one kind with a pattern, such as *.parquet.',
  workbooks: '{name} holds several Excel workbooks. Choose one of them, or save them as CSV.',
  headerMissing:
    '{file} has no header, and other files of the table have one. Give every file the same header, or leave this one out with a pattern.',
  otherColumns:
    '{file} has no column of {first}, so that the two make no one table. Leave it out with a pattern, such as 2025-*.csv.',
  otherWidth: '{file} has another number of columns than {first}, and neither has a header.',
  lacks: '{file} has no {columns}: those cells are empty there',
  nested: '{column} holds lists or structures, which are no single value: its cells are taken for empty',
  unclosed: '{file}: {count, plural, one {a quote} other {# quotes}} opened and never closed, read as characters',
  encrypted: '{name} is an encrypted Parquet file. Export the table without encryption.',
  brokenParquet:
    '{name} is a Parquet file that cannot be read: it is damaged or was not written to its end. Export it again.',
  groupsTooLarge:
    '{name} is a Parquet file whose row groups do not fit the memory. Export it with smaller row groups, or as CSV.',
  noParquetReader: 'Parquet files cannot be read on this computer: {reason}. Export the table as CSV.',
  diskFull: '{name} could not be read: the disk is full. Free some space, and try again.',
  noRoom:
    'Reading it takes {needed} GB for a while in {folder}, where {free} GB are free. Free some space there, or set TMPDIR to a folder with more.',
} as const;
