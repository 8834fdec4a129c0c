import assert from 'node:assert/strict';
import { RenamedSettings } from '../../../../src/extension/base/renamedSettings';

describe('RenamedSettings', () => {
  const text = (template: string, ...values: unknown[]): string =>
    template.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));

  it('tells each setting under its former name once, with the name of today', () => {
    const told: string[] = [];
    const renamed = new RenamedSettings((message) => told.push(message), text);
    const values: Record<string, object> = {
      sessionPattern: { globalValue: 'job-\\d+' },
      modelPath: { workspaceValue: '' },
      sessionKey: { globalValue: 'x' },
      maximumFindings: { defaultValue: 5000 },
    };
    const source = { inspect: (key: string) => values[key] };
    renamed.tell(source);
    renamed.tell(source);
    assert.deepEqual(told, [
      'The setting logcnn.sessionPattern is now called logcnn.sessionKey and is not used; rename it in your settings.',
      'The setting logcnn.modelPath is now called logcnn.model and is not used; rename it in your settings.',
    ]);
    values.maximumFindings = { workspaceFolderValue: 3 };
    renamed.tell(source);
    assert.match(told[2], /logcnn\.maximumFindings is now called logcnn\.maxFindings/);
  });
});
