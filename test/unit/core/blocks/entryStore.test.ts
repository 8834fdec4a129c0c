import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NO_BLOCK } from '../../../../src/core/blocks/blockTable';
import { distinctSequences } from '../../../../src/core/blocks/distinctSequences';
import { EntryStore } from '../../../../src/core/blocks/entryStore';

describe('EntryStore', () => {
  it('groups by block and keeps the order, over many segments', () => {
    const store = new EntryStore();
    for (let line = 1; line <= 200_000; line++) {
      const block = (line * line) % 7;
      store.add(block, line % 300, line);
    }
    const { offsets, events, lines } = store.group(8);
    assert.equal(offsets[8], 200_000);
    assert.equal(offsets[7], offsets[8], 'block 7 has no entries');
    for (let block = 0; block < 7; block++) {
      for (let i = offsets[block]; i < offsets[block + 1]; i++) {
        assert.equal((lines[i] * lines[i]) % 7, block);
        assert.equal(events[i], lines[i] % 300);
        assert.ok(i === offsets[block] || lines[i] > lines[i - 1]);
      }
    }
  });

  it('gives its entries away without room for more, and goes on empty', () => {
    const store = new EntryStore();
    for (let line = 1; line <= 70_000; line++) {
      store.add(line % 5, line % 7, line);
    }
    const segments = store.take();
    assert.equal(store.length, 0);
    assert.deepEqual(
      segments.map(({ length, blocks, lines, events }) => [length, blocks.length, lines.length, events.length]),
      [Array(4).fill(65_536), Array(4).fill(70_000 - 65_536)],
    );
    store.add(1, 2, 3);
    assert.deepEqual([store.length, store.blockOf(0), store.eventOf(0), store.lineOf(0)], [1, 1, 2, 3]);
  });

  it('keeps the first entries of some blocks, and their like of what comes, also of other stores', () => {
    const part = fc.record({ isOther: fc.boolean(), count: fc.constantFrom(0, 1, 5, 1000, 65_536, 70_000) });
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 4 }),
        fc.array(part, { maxLength: 3 }),
        fc.nat(6),
        (before, after, longest) => {
          const store = new EntryStore();
          let expected: number[][] = [];
          let lines = 0;
          const fill = (parts: typeof before, blocks: number, blockOf: Int32Array): void => {
            for (const { isOther, count } of parts) {
              const other = new EntryStore();
              for (let i = 1; i <= count; i++) {
                const block = (i * i) % blocks;
                if (isOther) {
                  other.add(block, i % 100, i);
                } else if (blockOf[block] !== NO_BLOCK) {
                  store.add(blockOf[block], i % 100, lines + i);
                }
                if (blockOf[block] !== NO_BLOCK) {
                  expected.push([blockOf[block], i % 100, lines + i]);
                }
              }
              if (isOther) {
                store.append(other.take(), blockOf, lines);
              }
              lines += count;
            }
          };
          const few = (): void => {
            const counts: number[] = [];
            expected = expected.filter(([block]) => (counts[block] = (counts[block] ?? 0) + 1) <= 1000 * longest);
          };
          fill(
            before,
            7,
            Int32Array.from({ length: 7 }, (_, block) => block),
          );
          const numberOf = Int32Array.of(0, NO_BLOCK, 1, NO_BLOCK, 2, NO_BLOCK, NO_BLOCK);
          expected = expected.flatMap(([block, ...rest]) => (numberOf[block] < 0 ? [] : [[numberOf[block], ...rest]]));
          store.retain(numberOf, 1000 * longest);
          few();
          assert.equal(store.length, expected.length);
          fill(after, 12, Int32Array.of(0, NO_BLOCK, 1, NO_BLOCK, 2, NO_BLOCK, NO_BLOCK, 3, 4, 5, 6, 7));
          few();
          assert.equal(store.length, expected.length);
          assert.equal(store.lastLine, expected.at(-1)?.[2] ?? 0);
          assert.deepEqual(
            store.lines,
            Uint32Array.from(expected, ([, , line]) => line),
          );
          const { offsets, events, lines: grouped } = store.group(8);
          const sorted = expected.sort(([a, , x], [b, , y]) => a - b || x - y);
          assert.equal(offsets[8], sorted.length);
          assert.deepEqual(
            events,
            Uint16Array.from(sorted, ([, event]) => event),
          );
          assert.deepEqual(
            grouped,
            Uint32Array.from(sorted, ([, , line]) => line),
          );
        },
      ),
      { seed: 27, numRuns: 15 },
    );
  });
});

describe('distinctSequences', () => {
  it('numbers equal sequences alike and leaves out events without a column', () => {
    const entry = fc.tuple(fc.nat(5), fc.nat(4));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        const store = new EntryStore();
        entries.forEach(([block, event], i) => store.add(block, event, i + 1));
        const columnOf = Int32Array.of(2, -1, 0, 1);
        const { count, columns, offsets, sequenceOf } = distinctSequences(store.group(6), columnOf);
        const texts = Array.from({ length: 6 }, (_, block) =>
          entries
            .filter(([b, event]) => b === block && event < 4 && columnOf[event] >= 0)
            .map(([, event]) => columnOf[event])
            .join(),
        );
        const different = [...new Set(texts)];
        const found = Array.from({ length: count }, (_, i) => columns.subarray(offsets[i], offsets[i + 1]).join());
        assert.deepEqual(found, different);
        assert.deepEqual(
          [...sequenceOf],
          texts.map((text) => different.indexOf(text)),
        );
        assert.equal(columns.length, offsets[count]);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('tells many sequences apart', () => {
    const store = new EntryStore();
    for (let block = 0; block < 20_000; block++) {
      for (let bit = 0; bit < 14; bit++) {
        store.add(block, (block >> bit) & 1, 1);
      }
    }
    const { count, columns, offsets } = distinctSequences(store.group(20_000), Int32Array.of(0, 1));
    assert.equal(count, 1 << 14);
    for (let sequence = 0; sequence < count; sequence++) {
      const bits = columns.subarray(offsets[sequence], offsets[sequence + 1]);
      assert.equal(
        bits.reduce((number, bit, i) => number + (bit << i), 0),
        sequence,
      );
    }
  });
});
