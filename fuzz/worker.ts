// Runs inputs one by one as the process that fuzz.ts has started: what ends a process, or never ends, is so seen from outside.
import { checkRefusal } from './oracles/refusal';
import type { CaseEnd } from './fuzzCase';
import { Fault } from './fault';
import { inputOf } from './input';
import type { ReportedFault, WorkerAnswer, WorkerRequest } from './messages';
import { runCase } from './runCase';

/** Memory that no input may take; a process keeps what it has once had. */
const MAX_MEMORY = 1 << 30;

let stray: unknown;
process.on('unhandledRejection', (reason) => (stray ??= reason));
process.on('message', (request: WorkerRequest) => {
  const start = process.cpuUsage();
  void outcomeOf(request).then((outcome) => {
    const { user, system } = process.cpuUsage(start);
    process.send?.({ ...outcome, cpuSeconds: (user + system) / 1e6 } satisfies WorkerAnswer);
  });
});

async function outcomeOf({ input, folder }: WorkerRequest): Promise<{ end: CaseEnd } | { fault: ReportedFault }> {
  stray = undefined;
  try {
    const end = await runCase(inputOf(input), folder);
    if (stray !== undefined) {
      return { fault: { kind: 'unhandled rejection', message: describe(stray) } };
    }
    const memory = process.resourceUsage().maxRSS * 1024;
    return memory > MAX_MEMORY
      ? { fault: { kind: 'takes too much memory', message: `${Math.round(memory / 1e6)} MB` } }
      : { end };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

function faultOf(error: unknown): ReportedFault {
  if (error instanceof Fault) {
    return { kind: error.kind, message: error.message };
  }
  try {
    checkRefusal(error);
    return { kind: 'refused where nothing may be', message: describe(error) };
  } catch (fault) {
    return fault instanceof Fault
      ? { kind: fault.kind, message: fault.message }
      : { kind: 'fault of the fuzzer', message: describe(fault) };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
