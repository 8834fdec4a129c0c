import * as z from 'zod';
import { plainHelp, type Option } from './option';
import { SCAN_OPTIONS, type ScanOptionName, type ScanOptionValues } from './options';

const text = z.string().trim().min(1);

/** What the content of logcnn.config.json must be, by the table of options. */
export const configSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(SCAN_OPTIONS).map(([name, option]) => [
      name,
      valueSchema(option)
        .describe(`${plainHelp(option)}.`)
        .optional(),
    ]),
  ),
) as unknown as z.ZodType<ScanOptionValues>;

/** The same as a JSON Schema, with which editors complete and check the file. */
export function configJsonSchema(): object {
  return {
    ...z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }),
    title: 'LogCNN configuration',
    description: 'How the logs of this folder are scanned for anomalies.',
    allOf: Object.entries<Option>(SCAN_OPTIONS).flatMap(([name, { excludes = {} }]) =>
      Object.keys(excludes).map((other) => ({ not: bothGiven(name, other as ScanOptionName) })),
    ),
  };
}

function bothGiven(name: string, other: ScanOptionName): object {
  const isSwitch = SCAN_OPTIONS[other].kind === 'switch';
  return { required: [name, other], ...(isSwitch ? { properties: { [other]: { const: true } } } : {}) };
}

function valueSchema(option: Option): z.ZodType {
  switch (option.kind) {
    case 'switch':
      return z.boolean();
    case 'number': {
      const number = z.number().min(option.minimum).max(option.maximum);
      return option.isWhole ? number.int() : number;
    }
    case 'text':
      return text;
    case 'list':
      return z.union([text.transform((single) => [single]), z.array(text)]);
  }
}
