/** What is wrong with a configuration file. */
export const CONFIG_MESSAGES = {
  'config-no-json': '{path} is no valid JSON ({why}); correct it.',
  'config-key-unknown': '{path}: the key {key} is not known; the keys are {keys}.',
  'config-key-renamed': '{path}: the key "{key}" is now called "{today}"; rename it.',
  'config-no-object': '{path}: it must be one object, {example} for example.',
  'config-value-wrong': '{path}: "{key}" is {value}; it must be {wanted}.',
  'config-value-unusable': '{path}: "{key}" cannot be used: {why}',
  'config-contradiction': '{path}: {keys}; take one of them out.',
} as const;
