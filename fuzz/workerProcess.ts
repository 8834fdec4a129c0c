import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerAnswer, WorkerRequest } from './messages';

/** Resident memory from which a process is ended, before it takes the machine with it. */
const MAX_MEMORY = 2 ** 31;
/** How often a running process is looked at, in milliseconds. */
const LOOK_INTERVAL = 500;
/** Clock ticks a second, as Linux tells times of processes on all its usual platforms. */
const CLOCK_TICKS = 100;
/** Inputs after which a new process is begun: memory that one input leaves behind is not held against the next. */
const INPUTS_OF_A_PROCESS = 400;

/** Runs inputs in a process of its own, and in another one when that was ended by an input. */
export class WorkerProcess {
  private child: ChildProcess | undefined;
  private inputs = 0;

  /**
   * @param program the bundled worker.ts
   * @param hangSeconds of processor time, or of idleness, after which an input counts as one that never ends
   */
  constructor(
    private readonly program: string,
    private readonly hangSeconds: number,
  ) {}

  /** Runs an input; a process that ends, hangs or takes too much memory is a fault of this input. */
  async run(request: WorkerRequest): Promise<WorkerAnswer> {
    if (this.inputs++ % INPUTS_OF_A_PROCESS === 0) {
      this.end();
    }
    const child = (this.child ??= fork(this.program, {
      execArgv: ['--enable-source-maps', '--max-old-space-size=1024'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A group of its own, so that what it has started ends with it.
      detached: true,
    }));
    let errors = '';
    const listen = (text: Buffer): void => {
      errors = `${errors}${text.toString()}`.slice(-2000);
    };
    child.stderr?.on('data', listen);
    const hang = new HangWatch(child.pid, this.hangSeconds);
    const broken = (kind: string, message: string): WorkerAnswer => ({ fault: { kind, message }, cpuSeconds: 0 });
    return new Promise((resolve) => {
      const finish = (answer: WorkerAnswer, isOver: boolean): void => {
        clearInterval(watch);
        child.off('message', onMessage).off('exit', onExit);
        child.stderr?.off('data', listen);
        if (isOver) {
          this.end();
        }
        resolve(answer);
      };
      const onMessage = (answer: WorkerAnswer): void => finish(answer, 'fault' in answer);
      const onExit = (code: number | null, signal: string | null): void => {
        this.child = undefined;
        finish(broken('ends the process', `${signal ?? `exit code ${code}`} ${errors}`), false);
      };
      const watch = setInterval(() => {
        if (hang.isOver()) {
          finish(broken('does not end', `worked or waited for ${this.hangSeconds} s without an answer`), true);
        } else if (residentMemory(child.pid) > MAX_MEMORY) {
          finish(broken('takes too much memory', `more than ${MAX_MEMORY / 1e9} GB`), true);
        }
      }, LOOK_INTERVAL);
      child.on('message', onMessage).on('exit', onExit);
      child.send(request);
    });
  }

  /** Ends the process and all that it has started. */
  end(): void {
    const { child } = this;
    this.child = undefined;
    if (child?.pid === undefined) {
      return;
    }
    child.removeAllListeners();
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/**
 * Tells when a process hangs: it has worked for so long, or done nothing for so long. On a machine that others keep busy an
 * input may take any time by the clock.
 */
class HangWatch {
  private readonly worked: number;
  private last: number;
  private lastWork = performance.now();

  constructor(
    private readonly pid: number | undefined,
    private readonly seconds: number,
  ) {
    this.worked = this.last = processorSeconds(pid);
  }

  isOver(): boolean {
    const now = performance.now();
    const worked = processorSeconds(this.pid);
    if (worked > this.last) {
      this.last = worked;
      this.lastWork = now;
    }
    return worked - this.worked > this.seconds || now - this.lastWork > 1000 * this.seconds;
  }
}

/** Processor time of a process in seconds, where the system tells; 0 elsewhere. */
function processorSeconds(pid: number | undefined): number {
  try {
    // The name in brackets may hold blanks; behind it the 12th and 13th fields are clock ticks in user and system mode.
    const stat = readFileSync(join('/proc', String(pid), 'stat'), 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
  } catch {
    return 0;
  }
}

/** In bytes, where the system tells. */
function residentMemory(pid: number | undefined): number {
  try {
    return Number(readFileSync(join('/proc', String(pid), 'statm'), 'utf8').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}
