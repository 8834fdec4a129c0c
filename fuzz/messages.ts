import type { CaseEnd } from './fuzzCase';
import type { InputName } from './input';

/** What a worker is told: to run one input. It is told the next when it has answered. */
export interface WorkerRequest {
  input: InputName;
  /** A folder that the worker may make and must remove. */
  folder: string;
}

/** A broken promise, as it is told and counted. */
export interface ReportedFault {
  kind: string;
  message: string;
}

/** What a worker answers, and what the input took. */
export type WorkerAnswer = ({ end: CaseEnd } | { fault: ReportedFault }) & { cpuSeconds: number };
