import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { readScanOptions, readSeverity, type SettingsScope } from '../../../../src/extension/base/settings';

type Values = Record<string, { globalValue?: unknown; workspaceValue?: unknown; workspaceFolderValue?: unknown }>;

const DEFAULTS: Record<string, unknown> = {
  threshold: null,
  maxFindings: 5000,
  severity: 'warning',
  sessionKey: '',
  logFormat: '',
  encoding: '',
  model: '',
};

function scope(values: Values, rest: Partial<SettingsScope> = {}): SettingsScope {
  return {
    source: { inspect: (key) => ({ defaultValue: DEFAULTS[key], ...values[key] }) },
    isTrusted: true,
    folder: '/ws',
    ...rest,
  };
}

describe('readScanOptions', () => {
  it('leaves everything to the configuration and the model by default', () => {
    assert.deepEqual(readScanOptions(scope({})), { isTrusted: true, workspaceFolder: '/ws' });
    assert.deepEqual(readScanOptions(scope({}, { folder: undefined })), { isTrusted: true });
    const own = readScanOptions(scope({ maxFindings: { globalValue: 5000 } }));
    assert.equal(own.maxFindings, 5000);
    assert.equal(readScanOptions(scope({ encoding: { workspaceValue: ' koi8-r ' } })).encoding, 'koi8-r');
  });

  it('takes the format that was chosen for the file before all else', () => {
    const values: Values = { logFormat: { workspaceValue: 'hdfs' }, model: { globalValue: '/own' } };
    assert.equal(readScanOptions(scope(values)).logFormat, 'hdfs');
    const chosen = readScanOptions(scope(values, { chosenFormat: 'spark' }));
    assert.deepEqual([chosen.logFormat, chosen.model], ['spark', undefined]);
    const detected = readScanOptions(scope(values, { chosenFormat: '' }));
    assert.deepEqual([detected.logFormat, detected.model], ['', '/own']);
  });

  it('takes the good logs that were chosen for the file before a model for all', () => {
    const values: Values = { model: { globalValue: '/own' }, logFormat: { globalValue: 'spark' } };
    const { baseline, model, logFormat } = readScanOptions(scope(values, { goodLogs: ['/good.log'] }));
    assert.deepEqual([baseline, model, logFormat], [['/good.log'], undefined, 'spark']);
    assert.equal(readScanOptions(scope(values)).baseline, undefined);
  });

  it('takes the value of the folder before that of the workspace and of the user', () => {
    const pattern = { globalValue: 'user', workspaceValue: 'workspace', workspaceFolderValue: 'folder' };
    assert.equal(readScanOptions(scope({ sessionKey: pattern })).sessionKey, 'folder');
    assert.equal(
      readScanOptions(scope({ sessionKey: { ...pattern, workspaceFolderValue: undefined } })).sessionKey,
      'workspace',
    );
  });

  it('uses no setting of a workspace that is not trusted, but those of the user', () => {
    const values: Values = {
      sessionKey: { workspaceValue: '(a+)+', globalValue: 'task_\\d+' },
      model: { workspaceFolderValue: '/evil/model' },
      logFormat: { workspaceValue: 'syslog', globalValue: 'hdfs' },
      threshold: { workspaceValue: 1 },
      maxFindings: { workspaceFolderValue: 1 },
    };
    assert.deepEqual(readScanOptions(scope(values, { isTrusted: false })), {
      isTrusted: false,
      workspaceFolder: '/ws',
      logFormat: 'hdfs',
      sessionKey: 'task_\\d+',
    });
    assert.equal(readScanOptions(scope(values)).model, '/evil/model');
  });

  it('starts a relative model path at the workspace folder', () => {
    const values: Values = { model: { workspaceValue: 'models/own' } };
    assert.equal(readScanOptions(scope(values)).model, '/ws/models/own');
    assert.throws(() => readScanOptions(scope(values, { folder: undefined })), /absolute path/);
  });

  it('keeps a threshold of 0', () => {
    assert.equal(readScanOptions(scope({ threshold: { globalValue: 0 } })).threshold, 0);
  });

  it('names the setting, its value and the remedy where a value cannot be used', () => {
    const wrong: [string, unknown, RegExp][] = [
      ['threshold', 1.5, /^The setting logcnn\.threshold is 1\.5; it must be a number from 0 to 1/],
      ['threshold', 'high', /"high"/],
      ['maxFindings', 0, /logcnn\.maxFindings is 0; it must be a whole number from 1/],
      ['maxFindings', 2.5, /2\.5/],
      ['model', 7, /logcnn\.model is 7; it must be a text/],
    ];
    for (const [key, globalValue, message] of wrong) {
      assert.throws(
        () => readScanOptions(scope({ [key]: { globalValue } })),
        (error) => error instanceof UserError && message.test(error.message),
      );
    }
  });
});

describe('readSeverity', () => {
  it('takes the setting, and the default for an unknown one', () => {
    assert.equal(readSeverity(scope({ severity: { workspaceValue: 'hint' } })), 'hint');
    assert.equal(readSeverity(scope({ severity: { workspaceValue: 'loud' } })), 'warning');
  });

  it('lets a workspace that is not trusted take nothing out of the Problems panel', () => {
    const severity = { workspaceValue: 'hint', globalValue: 'error' };
    assert.equal(readSeverity(scope({ severity }, { isTrusted: false })), 'error');
  });
});
