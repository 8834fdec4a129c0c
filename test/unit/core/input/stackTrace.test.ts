import assert from 'node:assert/strict';
import { StackTrace, traceSignature } from '../../../../src/core/input/stackTrace';
import { utf8 } from '../../../support/bytes';

const TRACES: readonly (readonly [language: string, text: string, signature: string])[] = [
  [
    'Java',
    `java.lang.IllegalStateException: no order 17
\tat com.example.Shop.order(Shop.java:42)
\tat com.example.Shop$$Lambda$12/0x000000080.run(Unknown Source)
\tat java.base/java.lang.Thread.run(Thread.java:829) ~[?:?]
\tat java.base/java.lang.Other.run(Other.java:1)
Caused by: java.io.IOException: Connection reset
\tat com.example.Db.read(Db.java:7)
\t... 12 more`,
    'java.lang.IllegalStateException < java.io.IOException at com.example.Shop.order com.example.Shop$$Lambda$.run java.base/java.lang.Thread.run',
  ],
  [
    'Python',
    `Traceback (most recent call last):
  File "/srv/app/main.py", line 12, in <module>
    run()
  File "/srv/app/store.py", line 7, in run
    raise KeyError('x')
KeyError: 'x'`,
    'KeyError at store.py:run main.py:<module>',
  ],
  [
    'Python with a cause',
    `Traceback (most recent call last):
  File "a.py", line 1, in first
    x
ValueError: 1

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "b.py", line 2, in second
    y
requests.exceptions.Timeout: 2`,
    'ValueError < requests.exceptions.Timeout at b.py:second',
  ],
  [
    'JavaScript',
    `TypeError: Cannot read properties of undefined (reading 'id')
    at getUser (/app/src/user.js:10:15)
    at async /app/src/server.js:33:7
    at new Promise (<anonymous>)`,
    'TypeError at getUser server.js Promise',
  ],
  [
    'Go',
    `panic: runtime error: index out of range [5]

goroutine 12 [running]:
panic(0x45cb40, 0x47ad70)
\t/usr/local/go/src/runtime/panic.go:542 +0x46c
main.(*Store).read(0xc42, 0x5)
\t/src/store.go:6 +0x39
created by main.main
\t/src/main.go:5 +0x58`,
    'panic at main.(*Store).read',
  ],
  [
    'C#',
    `System.InvalidOperationException: outer ---> System.ArgumentException: inner
   at App.Store.Read(Int32 id) in c:/app/Store.cs:line 33
   --- End of inner exception stack trace ---
   at App.Program.Main(String[] args) in c:/app/Program.cs:line 11`,
    'System.InvalidOperationException < System.ArgumentException at App.Store.Read',
  ],
  [
    'Ruby',
    `app/store.rb:7:in \`read': no such id (KeyError)
\tfrom app/main.rb:3:in \`<main>'`,
    'KeyError at store.rb:read main.rb:<main>',
  ],
  [
    'PHP',
    `PHP Fatal error:  Uncaught RuntimeException: no in /srv/store.php:5
Stack trace:
#0 /srv/main.php(9): Store->read(5)
#1 {main}
  thrown in /srv/store.php on line 5`,
    'RuntimeException at Store->read {main}',
  ],
  [
    'Rust',
    `thread 'main' panicked at src/main.rs:4:5:
index out of bounds: the len is 3
stack backtrace:
   0: app::store::read::h0123456789abcdef
             at ./src/store.rs:7:5
   1: app::main
note: run with \`RUST_BACKTRACE=full\` for a verbose backtrace.`,
    'panic at app::store::read app::main',
  ],
  [
    'C++',
    `#0  0x00007f3a in raise () from /lib/libc.so.6
#1  0x000055d1 in Store::read (this=0x0, id=5) at store.cpp:12
#2  main () at main.cpp:3`,
    'at raise Store::read main',
  ],
  [
    'C++ that dies',
    `terminate called after throwing an instance of 'std::runtime_error'
  what():  no`,
    'std::runtime_error',
  ],
];

describe('traceSignature', () => {
  for (const [language, text, signature] of TRACES) {
    it(`names the cause and the top frames of ${language}`, () => {
      assert.equal(traceSignature(text), signature);
    });

    it(`does not depend on line numbers, addresses and messages of ${language}`, () => {
      const other = text
        .replace(/(:| line |\()\d+(?=[:,)\n]|$)/g, '$1999')
        .replace(/0x[0-9a-f]+/g, '0xdeadbeef')
        .replaceAll('Connection reset', 'Broken pipe');
      assert.equal(traceSignature(other), signature);
    });
  }

  for (const text of [
    '',
    'hello',
    'Meet me at noon (or later)',
    '  at 10:00 (UTC) the job ran',
    'Error: no frames',
    '{"at": 1}',
  ]) {
    it(`finds none in ${JSON.stringify(text)}`, () => {
      assert.equal(traceSignature(text), undefined);
    });
  }
});

describe('StackTrace', () => {
  it('reads each trace as if it were the first, whatever lines it has in common with those before', () => {
    const trace = new StackTrace();
    const read = (reader: StackTrace, text: string): unknown => {
      reader.clear();
      const taken = text.split('\n').map((line) => reader.add(utf8(line), 0, utf8(line).length));
      return { taken, length: reader.length, signature: reader.signature() };
    };
    const texts = TRACES.map(([, text]) => text);
    const [java] = texts;
    const frames = java.split('\n').slice(1).join('\n');
    for (const text of [...texts, frames, ...texts.map((text) => `${text}\n${frames}`), ...texts]) {
      assert.deepEqual(read(trace, text), read(new StackTrace(), text), text);
    }
  });
});
