import type { EventLog } from '../detectors/labelFree/eventLog';

/** Physical lines of a block where a log has no sessions; of a source among others as many records. */
export const WINDOW_LINES = 20;

/**
 * The sequences and blocks of a stream: what each source writes is a sequence, and windows of it are blocks, none empty.
 * @param lines first physical line of each record, ascending
 * @param sources number of each record's source
 * @param sourceCount 1 if they are not told apart
 */
export function streamWindows(
  lines: Uint32Array,
  sources: Uint32Array,
  sourceCount: number,
): Pick<EventLog, 'sequences' | 'sequenceCount' | 'blocks' | 'blockCount'> {
  const isApart = sourceCount > 1;
  const places = isApart ? placesInSources(sources, sourceCount) : lines;
  const blocks = new Uint32Array(lines.length);
  /** Per source the place of its last window, and the window's number. */
  const lastPlace = new Int32Array(sourceCount).fill(-1);
  const lastBlock = new Uint32Array(sourceCount);
  let blockCount = 0;
  for (let entry = 0; entry < lines.length; entry++) {
    const source = isApart ? sources[entry] : 0;
    const place = Math.floor((places[entry] - 1) / WINDOW_LINES);
    if (place !== lastPlace[source]) {
      lastPlace[source] = place;
      lastBlock[source] = blockCount++;
    }
    blocks[entry] = lastBlock[source];
  }
  const sequences = isApart ? sources : new Uint32Array(lines.length);
  return { sequences, sequenceCount: sourceCount, blocks, blockCount };
}

/** Which record of its source each is, from 1 on. */
function placesInSources(sources: Uint32Array, sourceCount: number): Uint32Array {
  const counts = new Uint32Array(sourceCount);
  return sources.map((source) => ++counts[source]);
}
