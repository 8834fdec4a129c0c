import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { anchorsOf, codeSpans, proseOf, relativeLinks } from './markdown';

const ROOT_DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const documents = [...ROOT_DOCUMENTS, ...filesIn('docs', '.md'), ...filesIn('src', '.md')];
const sources = [...filesIn('src', '.ts'), 'package.json'].map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** A path from the root of the project. */
const NAMED_FILE = /^(src|test|docs|scripts|bench|fuzz|models|samples|media|notices|l10n)\/[\w./-]*$/;
/** A name of two words or more as code writes it, with a member perhaps, or a file of code. */
const CODE_NAME = /^([A-Za-z]\w*[a-z][A-Z]\w*(\.\w+)?|\w+\.ts)$/;

const WORDS_OF_README = 700;
const WORDS_A_SENTENCE = 20;
const WORDS_A_PARAGRAPH = 40;
const LONGEST_PARAGRAPH = 90;

describe('the documents', () => {
  it('introduce the project in few words', () => {
    const words = readFileSync('README.md', 'utf8').split(/\s+/).length;
    assert.ok(words <= WORDS_OF_README, `README.md has ${words} words`);
  });

  for (const file of documents) {
    const markdown = readFileSync(file, 'utf8');

    it(`are easy to read: ${file}`, () => {
      const { sentences, paragraphs } = proseOf(markdown);
      assert.ok(sentences.length > 0);
      assert.ok(mean(sentences) <= WORDS_A_SENTENCE, `${mean(sentences).toFixed(1)} words a sentence`);
      assert.ok(mean(paragraphs) <= WORDS_A_PARAGRAPH, `${mean(paragraphs).toFixed(1)} words a paragraph`);
      assert.ok(Math.max(...paragraphs) <= LONGEST_PARAGRAPH, `a paragraph of ${Math.max(...paragraphs)} words`);
    });

    it(`link to what is there: ${file}`, () => {
      const broken = relativeLinks(markdown).filter((link) => {
        const [target, anchor] = link.split('#');
        const linked = target === '' ? file : path.join(path.dirname(file), target);
        return !existsSync(linked) || (anchor && !anchorsOf(readFileSync(linked, 'utf8')).includes(anchor));
      });
      assert.deepEqual(broken, []);
    });

    it(`name files that are there: ${file}`, () => {
      const files = codeSpans(markdown).filter((code) => NAMED_FILE.test(code));
      assert.deepEqual(
        files.filter((name) => !existsSync(name)),
        [],
      );
    });
  }

  it('are there where code, tests and scripts name them', () => {
    const programs = ['src', 'test', 'scripts', 'bench', 'fuzz'].flatMap((folder) => filesIn(folder, '.ts', '.mjs'));
    const missing = programs.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bdocs\/[\w./-]+\.md\b/g)]
        .filter(([document]) => !existsSync(document))
        .map(([document]) => `${file} names ${document}`),
    );
    assert.deepEqual(missing, []);
  });

  const architecture = readFileSync('docs/ARCHITECTURE.md', 'utf8');

  for (const file of ['docs/ARCHITECTURE.md', 'docs/TERMS.md', ...filesIn('src', '.md')]) {
    it(`name functions, classes and files as the code does: ${file}`, () => {
      const isThere = (code: string): boolean => {
        if (code.endsWith('.ts')) {
          return sources.some((source) => path.basename(source.file) === code);
        }
        const names = code.split('.').map((name) => new RegExp(`\\b${name}\\b`));
        return sources.some(({ text }) => names.every((name) => name.test(text)));
      };
      const names = codeSpans(readFileSync(file, 'utf8')).filter((code) => CODE_NAME.test(code));
      assert.deepEqual(
        names.filter((code) => !isThere(code)),
        [],
      );
    });
  }

  it('show the folders of core in the order that lint keeps', () => {
    const rule = /const CORE = \[([^\]]*)\]/.exec(readFileSync('.dependency-cruiser.mjs', 'utf8'));
    const order = [...(rule?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, folder]) => folder);
    const shown = [...architecture.matchAll(/^#### `src\/core\/(\w+)\/`/gm)].map(([, folder]) => folder);
    assert.deepEqual(shown, order);
  });

  for (const layer of ['core', 'node', 'extension']) {
    it(`tell what each folder of src/${layer} is for`, () => {
      for (const { name } of readdirSync(`src/${layer}`, { withFileTypes: true }).filter((entry) =>
        entry.isDirectory(),
      )) {
        assert.ok(architecture.includes(`\`src/${layer}/${name}/\``), name);
        if (layer === 'core') {
          assert.ok(existsSync(`src/core/${name}/README.md`), `src/core/${name} has no README.md`);
        }
      }
    });
  }
});

function filesIn(folder: string, ...endings: string[]): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'node_modules' ? [] : filesIn(file, ...endings);
    }
    return endings.some((ending) => entry.name.endsWith(ending)) ? [file] : [];
  });
}

function mean(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}
