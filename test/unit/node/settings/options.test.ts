import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { flagOf, type Option } from '../../../../src/node/settings/option';
import { formerNamesOf, SCAN_OPTION_NAMES, SCAN_OPTIONS } from '../../../../src/node/settings/options';
import { assertGoldenPart } from '../../../support/golden';
import { markdownTable } from '../../../support/markdownTable';

interface Property {
  type: string | string[];
  default: unknown;
  minimum?: number;
  maximum?: number;
  markdownDescription: string;
}

const options: [string, Option][] = Object.entries(SCAN_OPTIONS);
const settings = options.filter(([, { setting }]) => setting !== undefined);

describe('the table of options', () => {
  it('has one name for each, and none that another one once had', () => {
    const names = [...SCAN_OPTION_NAMES, ...SCAN_OPTION_NAMES.flatMap(formerNamesOf)];
    assert.equal(new Set(names).size, names.length);
  });

  it('says of each in one sentence what it is, and excludes only what there is', () => {
    for (const [name, { help, excludes = {} }] of options) {
      assert.match(help, /^[A-Z][^.]*[^.\s](\.onnx[^.]*\.json[^.]*)?$/, name);
      Object.keys(excludes).forEach((other) => assert.ok(other in SCAN_OPTIONS, other));
    }
  });

  it('is what the manifest says of the settings', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Record<string, Property> } };
    };
    const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const { properties } = contributes.configuration;
    // These say how findings are shown, and not how a log is scanned.
    const ofDisplay = ['severity', 'problems', 'inlineReasons'].map((name) => `logcnn.${name}`);
    const ofScans = Object.keys(properties).filter((key) => !ofDisplay.includes(key));
    assert.deepEqual(ofScans.sort(), settings.map(([name]) => `logcnn.${name}`).sort());
    for (const [name, option] of settings) {
      const { type, default: usual, minimum, maximum, markdownDescription } = properties[`logcnn.${name}`];
      const { setting } = option;
      const plain = option.kind !== 'number' ? 'string' : option.isWhole ? 'integer' : 'number';
      assert.deepEqual(type, setting!.default === null ? [plain, 'null'] : plain, name);
      assert.equal(usual, setting!.default, name);
      const range = option.kind === 'number' ? { ...option, ...setting } : undefined;
      assert.deepEqual([minimum, maximum], [range?.minimum, range?.maximum], name);
      assert.equal(markdownDescription, `%setting.${name}%`);
      assert.ok(texts[`setting.${name}`].startsWith(`${option.help}. `), name);
    }
  });

  it('is the table of the documentation', () => {
    const code = (text: string): string => `\`${text}\``;
    assertGoldenPart(
      'docs/CONFIGURATION.md',
      'options',
      markdownTable(
        ['key', 'flag', 'setting of the editor', 'what it is'],
        options.map(([name, { kind, help, setting }]) => [
          code(name),
          name === 'exclude' ? '' : code(flagOf(name)) + (kind === 'list' ? '¹' : ''),
          setting === undefined ? (name === 'baseline' ? '²' : '') : code(`logcnn.${name}`),
          `${help}.`,
        ]),
      ),
    );
  });

  it('is the table of whose word counts', () => {
    const words = { used: 'used', lowering: 'only if below the usual one', 'left out': 'left out' };
    assertGoldenPart(
      'docs/CONFIGURATION.md',
      'trust',
      markdownTable(
        ['key', 'found, not named', 'why not in a workspace that is not trusted'],
        Object.entries(SCAN_OPTIONS).map(([name, { config }]) => [`\`${name}\``, words[config.ifFound], config.harm]),
      ),
    );
  });
});
