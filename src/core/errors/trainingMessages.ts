/** Why a model cannot be trained or evaluated with some sessions. */
export const TRAINING_MESSAGES = {
  'sessions-too-large':
    'The sessions make images of {height} × {width}, for which a network would have {weights} weights, more than the {most} that are run.',
  'sessions-too-uniform': 'The sessions hold {events} different events, too few for a network, which needs {least}.',
  'sessions-of-one-kind': 'There is no {kind} session to learn from; both normal and anomalous ones are needed.',
  'sessions-unusable': '{source} cannot be trained with: {why}',
  'event-without-template': 'The sequences hold event {event}, which has no template; add it to the templates.',
  'sessions-too-few':
    '{path} has {count} labelled sessions, too few to split; give more, or --train with a CSV for the baselines to learn from.',
  'no-block-labelled': 'None of the {count} blocks of {log} has a label in {labels}; give the labels of this log.',
} as const;
