import type { FindingKind } from '../../core/findings/findingKind';

/** How a kind is drawn: an icon of VS Code, and the colour of its theme. */
interface KindIcon {
  icon: string;
  color: string;
}

const ERROR = 'problemsErrorIcon.foreground';
const WARNING = 'problemsWarningIcon.foreground';
const INFORMATION = 'problemsInfoIcon.foreground';

export const KIND_ICONS: Readonly<Record<FindingKind, KindIcon>> = {
  'new-error': { icon: 'error', color: ERROR },
  error: { icon: 'error', color: ERROR },
  'keeps-failing': { icon: 'issue-reopened', color: ERROR },
  burst: { icon: 'pulse', color: WARNING },
  'burst-of-errors': { icon: 'pulse', color: ERROR },
  'burst-of-warnings': { icon: 'pulse', color: WARNING },
  'new-warning': { icon: 'warning', color: WARNING },
  warning: { icon: 'warning', color: WARNING },
  failure: { icon: 'flame', color: WARNING },
  silence: { icon: 'debug-pause', color: WARNING },
  'new-message': { icon: 'sparkle', color: INFORMATION },
  'step-missing': { icon: 'debug-step-over', color: WARNING },
  'unusual-step': { icon: 'question', color: WARNING },
  'unusual-course': { icon: 'arrow-swap', color: INFORMATION },
  'unusual-counts': { icon: 'symbol-numeric', color: INFORMATION },
  'rare-message': { icon: 'info', color: INFORMATION },
  unusual: { icon: 'circle-filled', color: INFORMATION },
  ordinary: { icon: 'circle-outline', color: INFORMATION },
};
