import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerAnswer, WorkerRequest } from './messages';

/** Resident memory from which a process is ended, before it takes the machine with it. */
const MOST_MEMORY = 2 ** 31;
/** How often a running process is looked at, in milliseconds. */
const LOOK_INTERVAL = 500;
/** Inputs after which a new process is begun: memory that one input leaves behind is not held against the next. */
const INPUTS_OF_A_PROCESS = 400;

/** Runs inputs in a process of its own, and in another one when that was ended by an input. */
export class WorkerProcess {
  private child: ChildProcess | undefined;
  private inputs = 0;

  /**
   * @param program the bundled worker.ts
   * @param hangSeconds after which an input counts as one that never ends
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
    const start = performance.now();
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
        const seconds = (performance.now() - start) / 1000;
        if (seconds > this.hangSeconds) {
          finish(broken('does not end', `no answer for ${Math.round(seconds)} s`), true);
        } else if (residentMemory(child.pid) > MOST_MEMORY) {
          finish(broken('takes too much memory', `more than ${MOST_MEMORY / 1e9} GB`), true);
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

/** In bytes, where the system tells. */
function residentMemory(pid: number | undefined): number {
  try {
    return Number(readFileSync(join('/proc', String(pid), 'statm'), 'utf8').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}
