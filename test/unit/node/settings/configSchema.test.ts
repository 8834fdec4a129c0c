import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { configJsonSchema } from '../../../../src/node/settings/configSchema';
import { SCAN_OPTION_NAMES } from '../../../../src/node/settings/options';
import { assertGolden } from '../../../support/golden';

const FILE = 'schemas/logcnn.config.schema.json';

describe('the JSON Schema of logcnn.config.json', () => {
  it('is the file that editors are given', () => {
    assertGolden(FILE, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { jsonValidation: object[] };
    };
    assert.deepEqual(contributes.jsonValidation, [{ fileMatch: 'logcnn.config.json', url: `./${FILE}` }]);
  });

  it('has every key, explains it, and takes no other', () => {
    const { properties, additionalProperties, required } = configJsonSchema() as {
      properties: Record<string, { description: string }>;
      additionalProperties: boolean;
      required?: string[];
    };
    assert.deepEqual(Object.keys(properties), SCAN_OPTION_NAMES);
    assert.deepEqual([additionalProperties, required], [false, undefined]);
    for (const { description } of Object.values(properties)) {
      assert.match(description, /^[A-Z].*\.$/);
    }
  });
});
