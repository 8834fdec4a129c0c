import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import {
  configuredSettings,
  type ConfiguredSettings,
  type GivenSettings,
} from '../../../../src/node/settings/configuredSettings';
import { parseConfig, type ScanConfig } from '../../../../src/node/settings/scanConfig';

const PATH = '/logs/logcnn.config.json';
const loaded = (config: object): { path: string; config: ScanConfig } => ({
  path: PATH,
  config: parseConfig(JSON.stringify(config), PATH),
});

describe('parseConfig', () => {
  it('refuses what it does not know or cannot use, with file, key and remedy', () => {
    const faults: [object | string, RegExp][] = [
      [{ treshold: 0.5 }, /the key "treshold" is not known; the keys are logFormat, /],
      [{ threshold: 2 }, /"threshold" is 2; it must be a number from 0 to 1\.$/],
      [{ mask: 7 }, /"mask" is 7; it must be a regular expression, or a list of them\.$/],
      [{ mask: [7] }, /"mask" is \[7\]; it must be a regular expression, or/],
      [{ masks: ['x'] }, /the key "masks" is now called "mask"; rename it\.$/],
      [{ sessionPattern: 'x' }, /the key "sessionPattern" is now called "sessionKey"; rename it\.$/],
      [{ maximumFindings: 7 }, /the key "maximumFindings" is now called "maxFindings"; rename it\.$/],
      [{ mask: ['('] }, /"mask" cannot be used: The mask "\(" is no valid regular expression/],
      [{ sessionKey: 'x*' }, /"sessionKey" cannot be used: .* matches the empty text/],
      [
        { logFormat: 'nothing' },
        /"logFormat" cannot be used: The log format "nothing" is not known; give .* spring-boot/,
      ],
      [{ suppress: ['<*>'] }, /"suppress" cannot be used: .* would suppress every finding/],
      [
        { model: 'm', logFormat: 'hdfs' },
        /"logFormat" and "model" contradict each other, for a model reads its own format; take one of them out\.$/,
      ],
      [
        { model: 'm', baseline: 'good.log' },
        /"baseline" and "model" contradict each other, for a model has .* what is normal; take one of them out\.$/,
      ],
      [
        { baseline: [7] },
        /"baseline" is \[7\]; it must be the path of a log believed good, or a list of such paths\.$/,
      ],
      [{ maxFindings: 1.5 }, /"maxFindings" is 1\.5; it must be a whole number/],
      [[], /it must be one object/],
      ['{"threshold": }', /is no valid JSON/],
      [`{"mask": ${'['.repeat(500_000)}${']'.repeat(500_000)}}`, /"mask" is \[…\]; it must be a regular expression/],
      [`${'['.repeat(500_000)}${']'.repeat(500_000)}`, /it must be one object/],
      [{ model: { a: 'b' } }, /"model" is …; it must be the path/],
      [{ ['k'.repeat(999)]: 1 }, /the key "k{59}… is not known/],
    ];
    for (const [content, message] of faults) {
      assert.throws(
        () => parseConfig(typeof content === 'string' ? content : JSON.stringify(content), PATH),
        (error) => error instanceof UserError && error.message.startsWith(PATH) && message.test(error.message),
        JSON.stringify(content),
      );
    }
  });

  it('starts a relative model path at the folder of the file', () => {
    assert.equal(loaded({ model: 'models/own' }).config.model, '/logs/models/own');
    assert.equal(loaded({ model: '/models/own' }).config.model, '/models/own');
  });
});

describe('configuredSettings', () => {
  it('judges a log against the good logs of the file, of which it may be one itself', () => {
    const config = loaded({ baseline: ['good.log', 'runs/last.log', '/archive/best.log'] });
    const good = ['/logs/good.log', '/logs/runs/last.log', '/archive/best.log'];
    assert.deepEqual(configuredSettings('/logs/a.log', {}, config).settings.baseline, good);
    const ofGood = configuredSettings('/logs/good.log', {}, config).settings;
    assert.deepEqual(ofGood.baseline, good.slice(1));
    assert.match(ofGood.notes!.join('\n'), /names this log as a good one; it was not judged against itself/);
    const only = configuredSettings('/logs/good.log', {}, loaded({ baseline: 'good.log' })).settings;
    assert.equal(only.baseline, undefined);
  });

  it('gives good logs, or a model, that the user gives the word before those of the file', () => {
    const given = configuredSettings('/logs/a.log', { baseline: ['/b.log'] }, loaded({ baseline: 'good.log' }));
    assert.deepEqual(given.settings.baseline, ['/b.log']);
    const good = configuredSettings('/logs/a.log', { baseline: ['/b.log'] }, loaded({ model: 'm' }));
    assert.equal(good.settings.model, undefined);
    const model = configuredSettings('/logs/a.log', { model: '/m' }, loaded({ baseline: 'good.log' }));
    assert.equal(model.settings.baseline, undefined);
  });

  it('gives what the user gives the word before the file, key by key', () => {
    const { settings, maxFindings } = configuredSettings(
      '/logs/a.log',
      { threshold: 0, sessionKey: undefined, maxFindings: 5 },
      loaded({ threshold: 0.9, sessionKey: 'job-\\d+', maxFindings: 7 }),
    );
    assert.deepEqual([settings.threshold, settings.sessionKey, maxFindings], [0, 'job-\\d+', 5]);
    assert.deepEqual(settings.notes, [`configuration: ${PATH} (sessionKey)`]);
  });

  it('takes out what contradicts a model or format that the user gives', () => {
    const format = configuredSettings('/logs/a.log', { logFormat: 'hdfs' }, loaded({ model: 'm' }));
    assert.equal(format.settings.model, undefined);
    const detected = configuredSettings('/logs/a.log', { logFormat: '' }, loaded({ logFormat: 'hdfs' }));
    assert.equal(detected.settings.logFormat, undefined);
    const model = configuredSettings('/logs/a.log', { model: '/m' }, loaded({ logFormat: 'hdfs', unsupervised: true }));
    assert.deepEqual([model.settings.logFormat, model.settings.unsupervised], [undefined, undefined]);
  });

  describe('of a file that was found and not named', () => {
    const found = (config: object, given: GivenSettings = {}): ConfiguredSettings =>
      configuredSettings('/logs/a.log', given, {
        ...loaded(config),
        foundBy: { why: 'without --config', remedy: () => '' },
      });
    const everything = {
      threshold: 0.9,
      maxFindings: 1,
      mask: ['x+'],
      sessionKey: 'job-\\d+',
      suppress: ['order <*>'],
      unsupervised: true,
      exclude: ['*.log'],
      baseline: 'good.log',
      logFormat: 'hdfs',
    };

    it('takes how the log is read, and nothing that hides findings or names files', () => {
      const { settings, notice, ...rest } = found(everything);
      assert.deepEqual(rest, { maxFindings: undefined, excludedBy: undefined });
      const used = 'logFormat, sessionKey, mask, unsupervised, threshold if below the usual one';
      const leftOut = 'not used without --config: maxFindings, suppress, exclude, baseline';
      assert.deepEqual(settings, {
        logFormat: 'hdfs',
        sessionKey: 'job-\\d+',
        mask: ['x+'],
        unsupervised: true,
        threshold: undefined,
        lowerThreshold: 0.9,
        suppressedBy: undefined,
        notes: [`configuration: ${PATH} (${used})`, `${leftOut} of logcnn.config.json`],
      });
      assert.equal(notice, `${PATH} sets ${used}; ${leftOut}`);
    });

    it('names no model', () => {
      const { settings, notice } = found({ model: 'm' });
      assert.equal(settings.model, undefined);
      assert.equal(notice, `${PATH} not used without --config: model`);
    });

    it('tells nothing where it makes no difference', () => {
      assert.equal(found({}).notice, undefined);
      assert.equal(found({ threshold: 0.9, suppress: ['x'] }, { threshold: 0.1, suppress: ['y'] }).notice, undefined);
      assert.equal(found({ threshold: 0.9 }, { threshold: 0.1 }).settings.lowerThreshold, undefined);
    });

    it('is used as a whole once it is named', () => {
      const { settings, maxFindings, excludedBy, notice } = configuredSettings('/logs/a.log', {}, loaded(everything));
      assert.deepEqual(
        [settings.threshold, settings.suppress, settings.baseline, maxFindings, excludedBy],
        [0.9, ['order <*>'], ['/logs/good.log'], 1, '*.log'],
      );
      assert.equal(notice, undefined);
    });
  });

  it('tells by which pattern a log is excluded', () => {
    const config = loaded({ exclude: ['*.old.log'] });
    assert.equal(configuredSettings('/logs/sub/a.old.log', {}, config).excludedBy, '*.old.log');
    assert.equal(configuredSettings('/logs/a.log', {}, config).excludedBy, undefined);
    assert.equal(configuredSettings(undefined, {}, config).excludedBy, undefined);
  });
});
