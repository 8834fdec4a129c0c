/** What is wrong with a setting, of the command line or the editor, or in a value of a configuration file. */
export const SETTING_MESSAGES = {
  'session-pattern': 'session pattern {pattern}',
  mask: 'mask {pattern}',
  'log-format': 'log format {pattern}',
  'file-pattern': 'file pattern {pattern}',
  'pattern-too-long': 'The {pattern} has {length} characters, and {most} are the most; shorten it.',
  'pattern-invalid':
    'The {pattern} is no valid regular expression ({why}); use RE2 syntax, without look-around and back-references.',
  'pattern-too-large':
    'The {pattern} is too large, for it compiles to {size} instructions, and {most} are the most; use * or + for large repetitions such as {example}.',
  'pattern-backslash':
    'The {pattern} has a backslash; write / between folders, and {example} for a character that stands for itself.',
  'pattern-matches-empty': 'The {pattern} matches the empty text; make at least one character of it required.',
  'log-format-unknown':
    'The log format {format} is not known; give a pattern with <Content>, a regular expression with (?<content>…), or one of {names}.',
  'log-format-without-group':
    'The log format {format} is a regular expression without the group (?<content>…); add one for the message.',
  'log-format-without-content': 'The log format "{format}" must end in <Content>.',
  'log-format-field-twice': 'The log format "{format}" names a field twice.',
  'log-format-fields-touch': 'The log format "{format}" has nothing between <{field}> and the next field.',
  'log-format-unmatched':
    '{path}: no line at its beginning has the format "{format}"; choose another one, or none to have it detected.',
  'encoding-unknown':
    'The encoding {encoding} is not known; give a name of the WHATWG Encoding Standard such as {names}.',
  'time-layout-incomplete': 'The time layout "{layout}" has no "{missing}".',
  'time-range-empty': 'The time range from {since} to {until} is empty; give an end after its beginning.',
  'time-invalid': '"{text}" is no time; give one such as 2025-03-01, 2025-03-01T10:15 or 2025-03-01T10:15:30+01:00.',
  'no-times': 'The records of {path} have no times; scan it without --since and --until.',
  'suppresses-all': `"{template}" would suppress every finding; give some text of the template, or a finding's fingerprint.`,
  'suppresses-nearly-all': `"{template}" would suppress nearly every finding; give a word of at least three letters or digits beside {wildcard}, or a finding's fingerprint.`,
  'threshold-out-of-range': 'The threshold {threshold} is out of range; give {wanted}.',
  'options-contradict': '{options}; give one of them.',
  'setting-wrong': 'The setting logcnn.{key} is {value}; it must be {wanted}.',
} as const;
