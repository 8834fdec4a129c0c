import type { EventTemplate } from '../../events/eventLog';
import { typesOfSignature } from '../../input/stackTrace';
import { isErrorDiagnostic } from '../lexicon/errorDiagnostic';
import { isKernelAlarm } from '../lexicon/kernelAlarm';
import { saysOutcome, saysPassed } from '../lexicon/outcome';
import { severityLogOdds } from '../lexicon/severityLogOdds';

/** Beyond these log odds the words of a message say no more. */
export const LEAST_ODDS = -4;
const MOST_ODDS = 5;

/** How grave the records of a template are by themselves, whatever else the log has. */
export interface TemplateGravity {
  /** Log odds that an author would log such words as an error, clipped. */
  odds: number;
  /** Whether it merely says with which outcome something has ended, or that it passed. */
  isOutcome: boolean;
  /** Whether its records call themselves errors, by their level or by a form that compilers or the kernel give to errors. */
  isError: boolean;
  /** Whether it is a stack trace. */
  isTrace: boolean;
}

/** How grave a template is. */
export function templateGravity({ text, severity }: EventTemplate): TemplateGravity {
  const types = typesOfSignature(text);
  return {
    odds: Math.max(LEAST_ODDS, Math.min(MOST_ODDS, severityLogOdds(types ?? text))),
    isOutcome: saysOutcome(text) || saysPassed(text),
    isError: severity === 'error' || isErrorDiagnostic(text) || isKernelAlarm(text),
    isTrace: types !== undefined,
  };
}
