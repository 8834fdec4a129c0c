import { stringify } from 'csv-stringify/sync';
import type { Report, ReportSource } from './report';
import { COLUMNS, columnsOf } from './textReport';

/** One row a finding, with a header; the totals are left out since CSV knows no comments. */
export async function* csvReport({ findings }: ReportSource): Report {
  yield stringify([[...COLUMNS]]);
  for await (const batch of findings) {
    yield stringify(batch.map(columnsOf));
  }
}
