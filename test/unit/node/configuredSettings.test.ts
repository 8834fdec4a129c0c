import assert from 'node:assert/strict';
import { configuredSettings } from '../../../src/node/configuredSettings';
import { InputError } from '../../../src/node/inputError';
import { parseConfig, type ScanConfig } from '../../../src/node/scanConfig';

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
      [{ masks: 'x' }, /"masks" is "x"; it must be a list of regular expressions\.$/],
      [{ masks: [7] }, /"masks" is \[7\]; it must be a list/],
      [{ masks: ['('] }, /"masks" cannot be used: The mask "\(" is no valid regular expression/],
      [{ sessionKey: 'x*' }, /"sessionKey" cannot be used: .* matches the empty text/],
      [
        { logFormat: 'nothing' },
        /"logFormat" cannot be used: The log format "nothing" is not known; give .* spring-boot/,
      ],
      [{ suppress: ['<*>'] }, /"suppress" cannot be used: .* would suppress every finding/],
      [{ model: 'm', logFormat: 'hdfs' }, /"model" and "logFormat" contradict each other; take one of them out\.$/],
      [{ model: 'm', baseline: 'good.log' }, /"model" and "baseline" contradict each other; take one of them out\.$/],
      [
        { baseline: [7] },
        /"baseline" is \[7\]; it must be the path of a log believed good, or a list of such paths\.$/,
      ],
      [{ maxFindings: 1.5 }, /"maxFindings" is 1\.5; it must be a whole number/],
      [[], /it must be one object/],
      ['{"threshold": }', /is no valid JSON/],
    ];
    for (const [content, message] of faults) {
      assert.throws(
        () => parseConfig(typeof content === 'string' ? content : JSON.stringify(content), PATH),
        (error) => error instanceof InputError && error.message.startsWith(PATH) && message.test(error.message),
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
    assert.deepEqual(configuredSettings('/logs/a.log', {}, config).settings.baselines, good);
    const ofGood = configuredSettings('/logs/good.log', {}, config).settings;
    assert.deepEqual(ofGood.baselines, good.slice(1));
    assert.match(ofGood.notes!.join('\n'), /names this log as a good one; it was not judged against itself/);
    const only = configuredSettings('/logs/good.log', {}, loaded({ baseline: 'good.log' })).settings;
    assert.equal(only.baselines, undefined);
  });

  it('gives good logs, or a model, that the user gives the word before those of the file', () => {
    const given = configuredSettings('/logs/a.log', { baselines: ['/b.log'] }, loaded({ baseline: 'good.log' }));
    assert.deepEqual(given.settings.baselines, ['/b.log']);
    const good = configuredSettings('/logs/a.log', { baselines: ['/b.log'] }, loaded({ model: 'm' }));
    assert.equal(good.settings.modelPath, undefined);
    const model = configuredSettings('/logs/a.log', { modelPath: '/m' }, loaded({ baseline: 'good.log' }));
    assert.equal(model.settings.baselines, undefined);
  });

  it('reads no good logs that a folder names that is not trusted', () => {
    const { settings } = configuredSettings('/logs/a.log', {}, loaded({ baseline: 'good.log' }), false);
    assert.equal(settings.baselines, undefined);
    assert.match(settings.notes!.join('\n'), /not used, since the workspace is not trusted: baseline of/);
  });

  it('gives what the user gives the word before the file, key by key', () => {
    const { settings, maximumFindings } = configuredSettings(
      '/logs/a.log',
      { threshold: 0, sessionPattern: undefined, maximumFindings: 5 },
      loaded({ threshold: 0.9, sessionKey: 'job-\\d+', maxFindings: 7 }),
    );
    assert.deepEqual([settings.threshold, settings.sessionPattern, maximumFindings], [0, 'job-\\d+', 5]);
    assert.deepEqual(settings.notes, [`configuration: ${PATH} (sessionKey)`]);
  });

  it('takes out what contradicts a model or format that the user gives', () => {
    const format = configuredSettings('/logs/a.log', { logFormat: 'hdfs' }, loaded({ model: 'm' }));
    assert.equal(format.settings.modelPath, undefined);
    const detected = configuredSettings('/logs/a.log', { logFormat: '' }, loaded({ logFormat: 'hdfs' }));
    assert.equal(detected.settings.logFormat, undefined);
    const model = configuredSettings(
      '/logs/a.log',
      { modelPath: '/m' },
      loaded({ logFormat: 'hdfs', unsupervised: true }),
    );
    assert.deepEqual([model.settings.logFormat, model.settings.unsupervised], [undefined, undefined]);
  });

  it('lets a folder that is not trusted name no model, and says so', () => {
    const { settings } = configuredSettings('/logs/a.log', {}, loaded({ model: 'm', threshold: 0.1 }), false);
    assert.deepEqual([settings.modelPath, settings.threshold], [undefined, 0.1]);
    assert.match(settings.notes!.join('\n'), /not used, since the workspace is not trusted: model of logcnn\.config/);
  });

  it('tells by which pattern a log is excluded', () => {
    const config = loaded({ exclude: ['*.old.log'] });
    assert.equal(configuredSettings('/logs/sub/a.old.log', {}, config).excludedBy, '*.old.log');
    assert.equal(configuredSettings('/logs/a.log', {}, config).excludedBy, undefined);
    assert.equal(configuredSettings(undefined, {}, config).excludedBy, undefined);
  });
});
