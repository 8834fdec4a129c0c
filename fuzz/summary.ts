import type { TestReport } from '../test/harness/report';
import { commandOf, type InputName } from './input';
import type { ReportedFault, WorkerAnswer } from './messages';

/** A fault and the input that has shown it. */
export interface FoundFault extends ReportedFault {
  input: InputName;
  target: string;
}

/** What became of the inputs of a target, and what they took. */
interface Counts {
  accepted: number;
  refused: number;
  failed: number;
  cpuSeconds: number;
}

/** Counts what became of the inputs of a run. */
export class Summary {
  readonly faults: FoundFault[] = [];
  private readonly byTarget = new Map<string, Counts>();

  /** @returns the fault, if there was one */
  add(input: InputName, target: string, answer: WorkerAnswer): FoundFault | undefined {
    const counts = this.byTarget.get(target) ?? { accepted: 0, refused: 0, failed: 0, cpuSeconds: 0 };
    this.byTarget.set(target, counts);
    counts.cpuSeconds += answer.cpuSeconds;
    if ('fault' in answer) {
      counts.failed++;
      const fault = { ...answer.fault, input, target };
      this.faults.push(fault);
      return fault;
    }
    counts[answer.end]++;
    return undefined;
  }

  get total(): number {
    return [...this.byTarget.values()].reduce(
      (sum, { accepted, refused, failed }) => sum + accepted + refused + failed,
      0,
    );
  }

  /** What became of the inputs by target, then each kind of fault with the command for its first input, then the sum. */
  toString(): string {
    const targets = [...this.byTarget].sort().map(([name, { accepted, refused, failed, cpuSeconds }]) => {
      const mean = (1000 * cpuSeconds) / (accepted + refused + failed);
      const cells = [`${accepted} accepted`, `${refused} refused`, `${failed} failed`, `${mean.toFixed(0)} ms each`];
      return `  ${name.padEnd(12)}${cells.map((cell) => cell.padStart(16)).join('')}`;
    });
    const kinds = this.kinds().map(([kind, faults]) => {
      const [first] = faults;
      return [
        `\n${faults.length} × ${kind}`,
        `    ${commandOf(first.input)}`,
        `    ${first.message.slice(0, 600).replaceAll('\n', '\n    ')}`,
      ].join('\n');
    });
    return [...targets, ...kinds, '', `${this.total - this.faults.length} passed, ${this.faults.length} failed`].join(
      '\n',
    );
  }

  /** The same for the runner of the tests: each target is a test, each kind of fault in it a failure. */
  testReport(): TestReport {
    const failures = this.kinds().map(([kind, [first, ...others]]) => ({
      title: kind,
      message: `${first.message.slice(0, 600)}\n${commandOf(first.input)}${others.length === 0 ? '' : ` and ${others.length} more`}`,
    }));
    const passed = [...this.byTarget.values()].filter(({ failed }) => failed === 0).length;
    return { passed, failed: failures.length, skipped: 0, failures };
  }

  private kinds(): [kind: string, faults: FoundFault[]][] {
    const kinds = new Map<string, FoundFault[]>();
    for (const fault of this.faults) {
      const kind = `${fault.target}: ${fault.kind}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), fault]);
    }
    return [...kinds].sort((a, b) => b[1].length - a[1].length);
  }
}
