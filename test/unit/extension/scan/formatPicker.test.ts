import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { ChosenFormats } from '../../../../src/extension/results/chosenFormats';
import { FormatPicker } from '../../../../src/extension/scan/formatPicker';
import { fake, type FakePickItem, type ShownPick } from '../../../support/fakeVscode';
import { useWorkbench } from '../workbench';

describe('choosing the format of a log', () => {
  const workbench = useWorkbench();
  const log = Uri.file('/logs/a.log');
  let formats: ChosenFormats;

  beforeEach(async () => {
    const memory = new Map<string, unknown>();
    formats = new ChosenFormats({
      get: <T>(key: string) => memory.get(key) as T | undefined,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    });
    workbench().own(new FormatPicker(workbench().store, formats, workbench().t));
    await workbench().scanned(log.path, []);
  });

  const choose =
    (label: string) =>
    ({ items }: ShownPick): FakePickItem[] =>
      items.filter((item) => item.label === label || item.description === label);
  const rescans = (): number => fake.executed.filter(({ command }) => command === 'logcnn.rescan').length;

  it('says how the log was read, keeps the choice and scans again', async () => {
    fake.pickAnswers.push(choose('syslog'));
    await fake.run('logcnn.chooseLogFormat');
    assert.equal(fake.picks[0].placeholder, 'Read as: Hadoop HDFS');
    assert.equal(formats.get(log), 'syslog');
    const { args } = fake.executed[0];
    assert.equal((args[0] as { results: { uri: Uri } }).results.uri.toString(), log.toString());
    fake.pickAnswers.push(choose('Detect automatically'));
    await fake.run('logcnn.chooseLogFormat');
    assert.equal(formats.get(log), '');
    assert.equal(rescans(), 2);
  });

  it('asks for a pattern, begins with the last one, and refuses one that does not say where the message is', async () => {
    for (const pattern of ['<Date> <Content>', undefined]) {
      fake.pickAnswers.push(choose('Give a pattern…'));
      fake.inputAnswers.push(pattern);
      await fake.run('logcnn.chooseLogFormat');
    }
    const [first, second] = fake.inputs;
    assert.equal(first.value, '<Date> <Time> <Level> <Component>: <Content>');
    assert.equal(second.value, '<Date> <Content>');
    for (const [text, isGood] of [
      ['<Date> <Content>', true],
      [String.raw`(?<content>.*)`, true],
      ['(?P<message>.*)', true],
      ['<Date> <Time>', false],
      ['(.*)', false],
    ] as const) {
      assert.equal(first.validateInput!(text) === undefined, isGood, text);
    }
    assert.equal(formats.get(log), '<Date> <Content>', 'giving up took the choice back');
    assert.equal(rescans(), 1);
  });

  it('does nothing when the user gives up, and asks nothing where nothing was scanned', async () => {
    fake.pickAnswers.push(() => undefined);
    await fake.run('logcnn.chooseLogFormat');
    workbench().store.remove(log);
    await fake.run('logcnn.chooseLogFormat');
    assert.deepEqual([fake.picks.length, rescans(), formats.get(log)], [1, 0, undefined]);
  });

  it('is for the row that the menu was opened on, else for the log in the editor, else for the first', async () => {
    const other = await workbench().scanned('/logs/b.log', []);
    fake.pickAnswers.push(choose('syslog'), choose('logcat'), choose('hdfs'));
    await fake.run('logcnn.chooseLogFormat');
    assert.equal(formats.get(log), 'syslog');
    fake.open(other.uri);
    await fake.run('logcnn.chooseLogFormat');
    assert.equal(formats.get(other.uri), 'logcat');
    await fake.run('logcnn.chooseLogFormat', { kind: 'file', results: workbench().store.get(log) });
    assert.equal(formats.get(log), 'hdfs');
  });
});
