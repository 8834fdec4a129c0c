import { MAX_BLOCKS, MAX_KEY_BYTES } from '../../core/blocks/blockTable';
import { MAX_EVENTS, type TemplateMiner } from '../../core/templates/templateMiner';

/** What a report says where a log that is judged without labels has more sessions than are told apart. */
export function sessionLimitNotes(refusedKeys: number): string[] {
  return refusedKeys === 0
    ? []
    : [
        `more than ${MAX_BLOCKS} sessions, or ${MAX_KEY_BYTES >> 20} MiB of keys: ${refusedKeys} records of further ones were left out or count as records of no session`,
      ];
}

/** What a report says where a log has more forms of messages than are told apart. */
export function templateLimitNotes(miner: TemplateMiner): string[] {
  return miner.isFull
    ? [`more than ${MAX_EVENTS} forms of messages: further ones were taken for one, \`<*>\`, and are not judged apart`]
    : [];
}
