import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import type { Timeline } from '../../../../src/core/records/timeline';
import { TimelineView } from '../../../../src/extension/tree/timelineView';
import type { ShownTimeline, TimelineRequest } from '../../../../src/extension/tree/timelinePage';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

const MINUTE = 60_000;
const START = Date.UTC(2024, 4, 1, 8);
const timeline: Timeline = { start: START, width: MINUTE, counts: Array.from({ length: 400 }, (_, i) => i % 5) };

describe('the timeline', () => {
  const workbench = useWorkbench();
  let shown: ShownTimeline[];
  let send: (request: unknown) => void;
  let html: string;

  beforeEach(() => {
    const { store, t } = workbench();
    const view = workbench().own(new TimelineView(store, t));
    shown = [];
    const webview = {
      options: {},
      html: '',
      onDidReceiveMessage: (listener: (request: TimelineRequest) => void) => {
        send = listener as (request: unknown) => void;
      },
      postMessage: async (message: ShownTimeline) => shown.push(message),
    };
    const ignore = (): void => undefined;
    view.resolveWebviewView({ webview, visible: true, onDidChangeVisibility: ignore, onDidDispose: ignore } as never);
    ({ html } = webview);
  });

  const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString().slice(0, 19);
  const noted = (from: number): string => `${at(from)} to ${at(100)}`.replaceAll('T', ' ');
  const scan = (path: string) =>
    workbench().scanned(path, [finding([7], { firstTime: at(10) }), finding([9], { firstTime: at(90) })], {
      summary: { timeline },
    });

  it('runs nothing but its own script, and loads nothing', () => {
    const nonce = /script-src 'nonce-([\w-]{20,})'/.exec(html)?.[1];
    assert.ok(nonce !== undefined && html.includes(`<script nonce="${nonce}">`));
    assert.match(html, /default-src 'none'/);
    assert.doesNotMatch(html.replace(/<script[^]*<\/script>/, ''), /src=|href=|url\(| on\w+=/);
  });

  it('says that there is nothing to show, until a log with times has been scanned', async () => {
    assert.deepEqual([shown.at(-1)?.svg, shown.at(-1)?.note], ['', 'No log with times has been scanned.']);
    await workbench().scanned('/logs/b.log', [finding([1])]);
    assert.equal(shown.at(-1)?.svg, '');
    await scan('/logs/a.log');
    assert.equal(shown.at(-1)?.title, 'a.log');
    assert.equal(shown.at(-1)?.svg.match(/<a /g)?.length, 2);
  });

  it('shows the log of the active editor, else the one that was scanned last', async () => {
    await scan('/logs/a.log');
    await scan('/logs/b.log');
    assert.equal(shown.at(-1)?.title, 'b.log');
    fake.open(Uri.file('/logs/a.log'));
    assert.equal(shown.at(-1)?.title, 'a.log');
    workbench().store.remove(Uri.file('/logs/a.log'));
    assert.equal(shown.at(-1)?.title, 'b.log');
  });

  it('leads from a mark to its finding, and from nothing else anywhere', async () => {
    await scan('/logs/a.log');
    send({ type: 'open', target: '#1' });
    assert.deepEqual(fake.executed, [
      { command: 'logcnn.openFinding', args: [{ file: 'file:///logs/a.log', finding: 1 }] },
    ]);
    for (const target of ['#2', '#-1', 'command:x', 'https://a.b/', undefined, {}]) send({ type: 'open', target });
    assert.equal(fake.executed.length, 1);
  });

  it('shows a part of the time alone, in whole intervals, and all of it again', async () => {
    await scan('/logs/a.log');
    send({ type: 'zoom', from: 0.5, to: 1 });
    assert.equal(shown.at(-1)?.note, noted(50));
    assert.equal(shown.at(-1)?.svg.match(/<a /g)?.length, 1);
    for (let i = 0; i < 10; i++) send({ type: 'zoom', from: 0.99, to: 1 });
    assert.equal(shown.at(-1)?.note, noted(96));
    assert.equal(shown.at(-1)?.isZoomed, true);
    for (const wrong of [NaN, 'x', undefined]) {
      send({ type: 'zoom', from: 0.2, to: wrong });
      assert.equal(shown.at(-1)?.note, noted(0));
    }
  });

  it('is as wide as its page', async () => {
    await scan('/logs/a.log');
    send({ type: 'size', width: 612 });
    assert.match(shown.at(-1)!.svg, /viewBox="0 0 612 110"/);
    send({ type: 'size', width: Infinity });
    assert.match(shown.at(-1)!.svg, /viewBox="0 0 612 110"/);
  });
});
