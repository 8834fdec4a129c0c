import assert from 'node:assert/strict';
import { ByteDecoder } from '../../../../src/core/input/byteDecoder';
import { legacyEncoding } from '../../../../src/core/input/legacyEncoding';
import { utf8 } from '../../../support/bytes';

/** The bytes of a text in an encoding that has one byte or two for a character. */
function encoded(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number[]>();
  for (let first = 0x80; first <= 0xff; first++) {
    codes.set(decoder.decode(Uint8Array.of(first)), [first]);
    for (let second = 0x40; second <= 0xff; second++) {
      const pair = decoder.decode(Uint8Array.of(first, second));
      if (pair.length === 1) {
        codes.set(pair, [first, second]);
      }
    }
  }
  return Uint8Array.from([...text].flatMap((character) => codes.get(character) ?? [character.charCodeAt(0)]));
}

const TEXTS = {
  'windows-1251': 'Ошибка: не удалось открыть файл настроек\n',
  'koi8-r': 'Ошибка: не удалось открыть файл настроек\n',
  ibm866: 'Ошибка: не удалось открыть файл настроек\n',
  'windows-1252': 'Prüfung läuft über große Blöcke: Größe ungültig, Schlüssel für später\n',
  gbk: '错误：无法打开文件，连接被拒绝，请检查网络设置\n',
  'euc-kr': '오류: 파일을 열 수 없습니다. 연결이 거부되었습니다\n',
  shift_jis: 'エラー：ファイルを開くことができませんでした。接続が拒否されました\n',
  'euc-jp': 'エラー：ファイルを開くことができませんでした。接続が拒否されました\n',
};

describe('legacyEncoding', () => {
  for (const [encoding, line] of Object.entries(TEXTS)) {
    const text = `2024-05-01 10:00:00 INFO up\n2024-05-01 10:00:01 ${line}`.repeat(4);

    it(`tells ${encoding}`, () => {
      assert.equal(legacyEncoding(encoded(text, encoding)), encoding);
    });

    it(`has ${encoding} read as text, whatever the chunks`, () => {
      const bytes = encoded(text, encoding);
      let read = '';
      const decoder = new ByteDecoder((chunk) => (read += new TextDecoder().decode(chunk)));
      for (let i = 0; i < bytes.length; i += 7) {
        decoder.push(bytes.subarray(i, i + 7));
      }
      decoder.end();
      assert.equal(read, text);
    });
  }

  for (const encoding of ['windows-1251', 'koi8-r', 'ibm866'] as const) {
    it(`tells ${encoding} by its words, however often a level in capitals stands between them`, () => {
      const text = 'ИНФО cart opened\n'.repeat(300) + 'ОШИБКА нет связи с платежным шлюзом\n';
      assert.equal(legacyEncoding(encoded(text, encoding)), encoding);
    });
  }

  it('leaves UTF-8 as it is, with some broken bytes too', () => {
    const text = utf8(Object.values(TEXTS).join(''));
    assert.equal(legacyEncoding(text), undefined);
    assert.equal(legacyEncoding(Uint8Array.of(...text, ...Array<number>(10).fill(0xff))), undefined);
    assert.equal(legacyEncoding(utf8('only ASCII\n')), undefined);
  });

  it('finds none in what is no text', () => {
    assert.equal(legacyEncoding(Uint8Array.from({ length: 999 }, (_, i) => 0x80 + ((i * 37) % 128))), undefined);
  });
});
