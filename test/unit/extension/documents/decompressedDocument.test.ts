import assert from 'node:assert/strict';
import { FilePermission, Uri } from 'vscode';
import { DecompressedDocuments } from '../../../../src/extension/documents/decompressedDocument';
import { fake } from '../../../support/fakeVscode';
import { useWorkbench } from '../workbench';

describe('the decompressed text of a log', () => {
  const workbench = useWorkbench();
  const document = Uri.from({ scheme: 'logcnn-gz', path: '/logs/a.log.gz' });
  let documents: DecompressedDocuments;

  beforeEach(() => {
    documents = workbench().own(new DecompressedDocuments(workbench().client, workbench().t));
    fake.write('/logs/a.log.gz', { size: 12, mtime: 34 });
  });

  it('is what the file holds, and says so where only its beginning is shown', async () => {
    const bytes = Buffer.from('one\ntwo\n');
    workbench().texts.set('/logs/a.log.gz', { bytes, truncated: false });
    assert.equal(Buffer.from(await documents.readFile(document)).toString(), 'one\ntwo\n');
    workbench().texts.set('/logs/a.log.gz', { bytes, truncated: true });
    const text = Buffer.from(await documents.readFile(document)).toString();
    assert.match(text, /^one\ntwo\n\[LogCNN shows the first 48 MB of the decompressed text\.\]$/);
  });

  it('has the time of the file, cannot be written, and is missing where the file is', async () => {
    const { size, mtime, permissions } = await documents.stat(document);
    assert.deepEqual([size, mtime, permissions], [12, 34, FilePermission.Readonly]);
    await assert.rejects(documents.stat(document.with({ path: '/logs/none.gz' })), /FileNotFound/);
    for (const write of ['writeFile', 'delete', 'rename', 'createDirectory'] as const) {
      assert.throws(() => documents[write](document), /NoPermissions/);
    }
    assert.throws(() => documents.readDirectory(), /FileNotADirectory/);
  });

  it('is read again when the file changes, as long as it is watched', () => {
    const changed: string[] = [];
    documents.onDidChangeFile((changes) => changed.push(...changes.map(({ uri }) => uri.toString())));
    const watch = documents.watch(document);
    fake.write('/logs/a.log.gz', { size: 13 });
    assert.deepEqual(changed, ['logcnn-gz:///logs/a.log.gz']);
    watch.dispose();
    fake.write('/logs/a.log.gz', { size: 14 });
    assert.equal(changed.length, 1);
  });
});
