import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BlockImager, imageSize, type ImageSpec } from '../../../../src/core/features/blockImage';

/** The image by the definition: one row a window, then averaging row by row. */
function slowImage(spec: ImageSpec, columns: number[]): number[][] {
  const { height, width } = imageSize(spec);
  const image = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  const count = (part: number[]): number[] =>
    spec.idf.map((idf, column) => idf * part.filter((event) => event === column).length);
  const windows = Array.from({ length: Math.max(1, columns.length - spec.window + 1) }, (_, w) =>
    count(columns.slice(w, w + spec.window)).map((value) => value / spec.window),
  );
  for (let row = 0; row < spec.rows; row++) {
    spec.idf.forEach((_, column) => {
      if (windows.length <= spec.rows) {
        image[row + 1][column + 1] = windows[row]?.[column] ?? 0;
        return;
      }
      const share = windows.length / spec.rows;
      windows.forEach((values, w) => {
        const overlap = Math.min(w + 1, (row + 1) * share) - Math.max(w, row * share);
        image[row + 1][column + 1] += (Math.max(0, overlap) / share) * values[column];
      });
    });
  }
  for (let row = 0; row < spec.countRows; row++) {
    count(columns).forEach((value, column) => (image[spec.rows + 1 + row][column + 1] = value));
  }
  return image;
}

const specs = fc
  .record({
    window: fc.integer({ min: 1, max: 8 }),
    rows: fc.integer({ min: 1, max: 9 }),
    countRows: fc.integer({ min: 0, max: 2 }),
    idf: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
  })
  .map((parts): ImageSpec => ({ ...parts, maximumLength: parts.rows + parts.window - 1 }));
const specAndBlock = specs.chain((spec) =>
  fc.tuple(fc.constant(spec), fc.array(fc.integer({ min: 0, max: spec.idf.length - 1 }), { maxLength: 40 })),
);

function draw(spec: ImageSpec, columns: number[]): Float32Array {
  const { height, width } = imageSize(spec);
  const target = new Float32Array(height * width);
  new BlockImager(spec).draw(columns, 0, columns.length, target, 0);
  return target;
}

describe('BlockImager', () => {
  it("shows each event's share of a window and count in the block, times idf, inside a border of zeros", () => {
    const spec: ImageSpec = { window: 2, maximumLength: 4, rows: 3, countRows: 1, idf: [1, 10] };
    assert.deepEqual(
      [...draw(spec, [0, 1, 1])],
      [
        [0, 0, 0, 0],
        [0, 0.5, 5, 0],
        [0, 0, 10, 0],
        [0, 0, 0, 0],
        [0, 1, 20, 0],
        [0, 0, 0, 0],
      ].flat(),
    );
  });

  it('shows a block shorter than a window as one row, and an empty one as nothing', () => {
    const spec: ImageSpec = { window: 16, maximumLength: 17, rows: 2, countRows: 0, idf: [1, 1] };
    assert.deepEqual([...draw(spec, [0])], [0, 0, 0, 0, 0, 1 / 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert.ok(draw(spec, []).every((value) => value === 0));
  });

  it('follows the definition for any block', () => {
    fc.assert(
      fc.property(specAndBlock, ([spec, columns]) => {
        const expected = slowImage(spec, columns).flat();
        const actual = draw(spec, columns);
        assert.equal(actual.length, expected.length);
        actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-4, `${value} for ${expected[i]}`));
      }),
    );
  });

  it('keeps the sum of a row that of one window when it shrinks a long block', () => {
    const spec: ImageSpec = { window: 4, maximumLength: 8, rows: 5, countRows: 0, idf: [1, 1, 1] };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 300 }), (columns) => {
        const image = draw(spec, columns);
        for (let row = 1; row <= spec.rows; row++) {
          const sum = image.subarray(row * 5, (row + 1) * 5).reduce((a, b) => a + b, 0);
          assert.ok(Math.abs(sum - 1) < 1e-3);
        }
      }),
    );
  });

  it('writes its image only, over whatever was there, and reads its part of the columns only', () => {
    fc.assert(
      fc.property(specAndBlock, fc.nat(5), fc.nat(5), ([spec, columns], before, offset) => {
        const { height, width } = imageSize(spec);
        const area = height * width;
        const target = new Float32Array(area + offset + 3).fill(7);
        const padded = Uint16Array.from([...new Array<number>(before).fill(0), ...columns, 0, 0]);
        const imager = new BlockImager(spec);
        imager.draw(padded, 0, padded.length, target, offset);
        imager.draw(padded, before, before + columns.length, target, offset);
        assert.deepEqual(target.slice(offset, offset + area), draw(spec, columns));
        assert.ok(target.subarray(0, offset).every((value) => value === 7));
        assert.ok(target.subarray(offset + area).every((value) => value === 7));
      }),
    );
  });
});
