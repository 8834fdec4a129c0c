import * as z from 'zod';
import { UserError } from '../errors/userError';

/** The only version of profile.json that this program reads and writes. */
export const PROFILE_VERSION = 1;

/** Words and literal texts of all templates: what a matcher of them needs of memory grows with these. */
const MAX_TEMPLATE_PARTS = 1 << 21;

const finite = z.number();
const count = z.number().int().nonnegative();
const positive = z.number().int().positive();

const templateSchema = z.object({
  /** Event id, unique within the profile. */
  id: z.string().min(1).max(64),
  /** Literal text with `<*>` for the variable parts. */
  template: z.string().min(1).max(16_384),
});

/** See ImageSpec. */
const featuresSchema = z.object({
  /** Events per sliding window. */
  window: positive.max(1024),
  /** Longest event sequence that is shown at full resolution; longer ones are shrunk along time. */
  maximumLength: positive.max(65_536),
  /** Rows of the image that show windows. */
  rows: positive.max(65_536),
  /** Rows below them that repeat the counts of the whole block. */
  countRows: count.max(1024),
  /** Inverse document frequency of each event of the vocabulary, in its order. */
  idf: z.array(finite).min(1).max(65_536),
});

/** How the events of normal blocks look, for explanations: one entry per event of the vocabulary. */
const usualSchema = z.object({
  /** Share of the normal training blocks that contain the event, 0…1. */
  normalShare: z.array(finite.min(0).max(1)),
  /** Share of the anomalous training blocks that contain the event, 0…1. */
  anomalousShare: z.array(finite.min(0).max(1)),
  /** The largest number of occurrences in 99.9 % of the normal training blocks. */
  normalMaximum: z.array(count),
});

const profileSchema = z.object({
  version: z.literal(PROFILE_VERSION),
  /** Short name of the model, for example `hdfs`. */
  name: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, ".", "_" and "-" only'),
  /** SHA-256 of model.onnx, in hexadecimal: the weights say nothing about whether they are those of this profile. */
  networkSha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits only'),
  /** How a record begins. */
  format: z.object({
    /** The header in LogPAI's notation, `<Date> <Time> <Level> <Component>: <Content>`; see HeaderFormat. */
    header: z.string().min(1).max(1024),
    /** Form of the record's time; see TimeLayout. */
    time: z.string().min(1).max(64).optional(),
  }),
  /** Regular expression that finds the session keys in a message. */
  sessionKey: z.string().min(1).max(1024),
  /**
   * How an event's template is found: `wildcard` matches the templates as patterns in which `<*>` stands for any text,
   * `drain` by token with the frozen Drain tree.
   */
  matching: z.enum(['wildcard', 'drain']),
  /** Frozen templates; an unmatched message is the event "unknown". */
  templates: z.array(templateSchema).min(1).max(65_534),
  /** Event ids that are the image's columns, in order. Events outside are known but not looked at by the network. */
  vocabulary: z.array(z.string()).min(2).max(65_534),
  features: featuresSchema,
  usual: usualSchema,
  /** Score from which a block is anomalous. */
  threshold: finite.min(0).max(1),
  /** Where the model comes from: program version, data, split, seed, figures. For people and for `evaluate-model`. */
  training: z.record(z.string(), z.unknown()),
});

/** Everything but the weights that the pipeline needs, so that scanning equals training. The content of profile.json. */
export type Profile = z.infer<typeof profileSchema>;

/**
 * Validates the parsed content of a profile.json.
 * @param value the parsed JSON
 * @param source how to call the file in messages
 * @throws UserError if the version is unknown or a field is missing, of the wrong type or inconsistent
 */
export function parseProfile(value: unknown, source: string): Profile {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version === 'number' && version !== PROFILE_VERSION) {
    throw new UserError('profile-version', { path: source, version, wanted: PROFILE_VERSION });
  }
  if (version === PROFILE_VERSION && !Object.hasOwn(value as object, 'networkSha256')) {
    throw new UserError('profile-without-network', { path: source });
  }
  const result = profileSchema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    const place = issue.path.length > 0 ? `field ${issue.path.join('.')}: ` : '';
    throw new UserError('profile-invalid', { path: source, why: `${place}${issue.message}` });
  }
  const profile = result.data;
  const fault = inconsistency(profile);
  if (fault !== undefined) {
    throw new UserError('profile-contradiction', { path: source, why: fault });
  }
  return profile;
}

/** What a schema cannot say: the parts must fit each other. */
function inconsistency(profile: Profile): string | undefined {
  const { features, usual, vocabulary, templates } = profile;
  const ids = new Set(templates.map((t) => t.id));
  if (ids.size !== templates.length) {
    return 'two templates have the same id';
  }
  const parts = templates.reduce((sum, { template }) => sum + template.split(/[ \t]+|<\*>/).length, 0);
  if (parts > MAX_TEMPLATE_PARTS) {
    return `its templates have ${parts} words, and ${MAX_TEMPLATE_PARTS} are the most`;
  }
  if (new Set(vocabulary).size !== vocabulary.length) {
    return 'the vocabulary names an event twice';
  }
  const stranger = vocabulary.find((id) => !ids.has(id));
  if (stranger !== undefined) {
    return `the vocabulary names event ${stranger}, which has no template`;
  }
  for (const [name, list] of Object.entries({ 'features.idf': features.idf, ...usual })) {
    if (list.length !== vocabulary.length) {
      return `${name} has ${list.length} entries for ${vocabulary.length} events`;
    }
  }
  return undefined;
}
