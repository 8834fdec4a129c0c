import assert from 'node:assert/strict';
import { templateText } from '../../../../src/core/findings/templateText';

describe('templateText', () => {
  for (const [template, expected] of [
    ['<*>writeBlock<*>received exception<*>', 'writeBlock <*> received exception'],
    ['<*>Received block<*>of size<*>from<*>', 'Received block <*> of size <*> from'],
    ['<*>:Exception writing block<*>to mirror<*>', 'Exception writing block <*> to mirror'],
    [
      '<*>BLOCK* NameSystem<*>addStoredBlock: blockMap updated:<*>is added to<*>size<*>',
      'BLOCK* NameSystem <*> addStoredBlock: blockMap updated: <*> is added to <*> size',
    ],
    ['<*>PacketResponder <*> for block <*> terminating<*>', 'PacketResponder <*> for block <*> terminating'],
    ['plain', 'plain'],
    ['<*>', '<*>'],
    ['<*> <*> <*>', '<*>'],
    ['a `tick`\tand\u0007 bell', 'a tick and bell'],
    ['x'.repeat(100), `${'x'.repeat(79)}…`],
  ] as const) {
    it(`shows ${template.slice(0, 60)}`, () => {
      assert.equal(templateText(template), expected);
    });
  }
});
