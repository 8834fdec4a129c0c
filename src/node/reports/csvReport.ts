import { csvRows } from '../tables/csvRows';
import type { Report, ReportSource } from './reportSource';
import { COLUMNS, columnsOf } from './textReport';

/** One row a finding, with a header; the totals are left out since CSV knows no comments. */
export async function* csvReport({ findings }: ReportSource): Report {
  yield csvRows([COLUMNS]);
  for await (const batch of findings) {
    yield csvRows(batch.map(columnsOf));
  }
}
