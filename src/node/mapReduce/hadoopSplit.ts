import type { MappedInput } from '../../core/mapReduce/mapScan';

/** Names of the variable in which Hadoop Streaming tells a mapper where its split of the file begins. */
const SPLIT_STARTS = ['mapreduce_map_input_start', 'map_input_start'];

/**
 * What the environment says of a map's input: in a mapper of Hadoop Streaming it is a split of a file, whose offset is
 * known but not its line numbers; anywhere else it is taken for the whole log.
 */
export function mappedInput(environment: Readonly<Record<string, string | undefined>>): MappedInput {
  const start = SPLIT_STARTS.map((name) => environment[name]).find((value) => value !== undefined);
  return start !== undefined && /^\d{1,15}$/.test(start)
    ? { offset: Number(start), whole: false }
    : { offset: 0, whole: true };
}
