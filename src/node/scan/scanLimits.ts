import { MAX_BLOCKS } from '../../core/blocks/blockTable';
import { MAX_EVENTS, type TemplateMiner } from '../../core/templates/templateMiner';

/** What a report says where a log has more sessions than are told apart. */
export function sessionLimitNotes(refusedKeys: number, whatBecame: string): string[] {
  return refusedKeys === 0
    ? []
    : [`more than ${MAX_BLOCKS} sessions, or a gigabyte of keys: ${refusedKeys} records of further ones ${whatBecame}`];
}

/** What a report says where a log has more forms of messages than are told apart. */
export function templateLimitNotes(miner: TemplateMiner): string[] {
  return miner.isFull
    ? [`more than ${MAX_EVENTS} forms of messages: further ones were taken for one, \`<*>\`, and are not judged apart`]
    : [];
}
