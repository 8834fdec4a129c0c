import { join } from 'node:path';

/** Where the bundled models are. */
export const MODELS = join(__dirname, '..', '..', 'models');
