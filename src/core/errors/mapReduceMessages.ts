/** Why a log cannot be mapped, or rows not be reduced. */
export const MAP_REDUCE_MESSAGES = {
  'no-model-to-map':
    '{path}: no bundled model fits, and --map needs one that all mappers share; give it with --model (train-model makes one).',
  'rows-unknown': '{path} begins with no row of --map; give --reduce what --map wrote, sorted with LC_ALL=C sort.',
  'rows-of-other-model':
    '{path} was mapped with a model that is not bundled ({fingerprint}); give it to --reduce, too, with --model.',
  'rows-unusable': '{path}: {why}; give --reduce what --map wrote, sorted with LC_ALL=C sort.',
} as const;
