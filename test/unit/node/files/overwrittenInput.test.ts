import assert from 'node:assert/strict';
import { closeSync, existsSync, linkSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { UserError } from '../../../../src/core/errors/userError';
import { refuseOverwrittenInputs } from '../../../../src/node/files/overwrittenInput';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('refuseOverwrittenInputs', () => {
  const at = temporaryFolder();
  const refused = async (output: string, message: RegExp): Promise<void> =>
    assert.rejects(
      refuseOverwrittenInputs([at('free.txt'), undefined, output], [at('other.log'), undefined, at('a.log')]),
      (error) => error instanceof UserError && message.test(error.message),
      output,
    );

  beforeEach(() => {
    writeFileSync(at('a.log'), 'x');
    writeFileSync(at('other.log'), 'x');
    mkdirSync(at('folder'));
  });

  it('refuses an input by whatever name it is called', async () => {
    symlinkSync('a.log', at('link'));
    symlinkSync(at('link'), at('folder', 'second link'));
    symlinkSync('.', at('here'));
    linkSync(at('a.log'), at('hard link'));
    await refused(at('a.log'), /a\.log is read by this run and cannot be its output; choose another place/);
    await refused(`${at()}/folder/../a.log`, /is the same file as .*a\.log, which this run reads/);
    await refused(at('link'), /link is the same file as .*a\.log, which this run reads; choose another place/);
    await refused(at('folder', 'second link'), /the same file/);
    await refused(at('here', 'a.log'), /the same file/);
    await refused(at('hard link'), /the same file/);
    if (existsSync(at('A.LOG'))) {
      await refused(at('A.LOG'), /the same file/);
    }
  });

  it('refuses an input that the output has open', async () => {
    const descriptor = openSync(at('a.log'), 'a');
    try {
      if (existsSync(`/dev/fd/${descriptor}`)) {
        await refused(`/dev/fd/${descriptor}`, /the same file/);
      }
    } finally {
      closeSync(descriptor);
    }
  });

  it('refuses a folder, and no name', async () => {
    await refused(at('folder'), /folder is a folder; give a file/);
    await refused(`${at('new')}/`, /new\/ is a folder; give a file/);
    await refused('', /name of the output is empty/);
  });

  it('allows what is new, what the run does not read, and devices and terminals at both ends', async () => {
    writeFileSync(at('earlier.txt'), 'x');
    symlinkSync('nothing', at('dangling'));
    await refuseOverwrittenInputs(
      [at('new', 'folder', 'out.txt'), at('earlier.txt'), at('dangling'), undefined],
      [at('a.log'), at('missing.log'), at('nothing'), undefined],
    );
    if (existsSync('/dev/null')) {
      await refuseOverwrittenInputs(['/dev/null'], ['/dev/null']);
    }
  });
});
