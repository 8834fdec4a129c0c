import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

describe('what a scan leaves behind', () => {
  const at = temporaryFolder();

  it('is nothing in the temporary folder: the telemetry of ONNX Runtime is off', () => {
    mkdirSync(at('tmp'));
    const log = resolve('samples', 'hdfs-small.log');
    const { code, stderr } = runProgram('detect-anomalies', ['-i', log], at(), '', { TMPDIR: at('tmp') });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /model hdfs/);
    assert.deepEqual(readdirSync(at('tmp')), []);
  });
});

/**
 * Notes what Node makes, in each of its threads, that reaches the network or another program: by whichever of its modules
 * that was asked for, each is a resource of its own. At the end it notes the sockets that are open, also those of native
 * libraries.
 */
const WATCH = `
const { createHook } = require('node:async_hooks');
const { appendFileSync, readdirSync, readlinkSync } = require('node:fs');
const note = (text) => appendFileSync(process.env.SEEN, text + '\\n');
note('watched');
createHook({
  init(id, type) {
    if (/^(TCP|UDP|TLS|DNS|PIPE|PROCESS|HTTP|GETADDRINFO|GETNAMEINFO|QUERY)/.test(type)) {
      note(type);
    }
  },
}).enable();
process.on('exit', () => {
  for (const fd of process.platform === 'linux' ? readdirSync('/proc/self/fd') : []) {
    try {
      if (readlinkSync('/proc/self/fd/' + fd).startsWith('socket:')) {
        note('an open socket');
      }
    } catch {}
  }
});
`;

const STRACE = '/usr/bin/strace';

describe('a scan from the command line', () => {
  const at = temporaryFolder();

  beforeEach(() => {
    writeFileSync(at('watch.cjs'), WATCH);
    writeFileSync(at('seen.txt'), '');
  });

  /** Runs Node under the watch; standard streams are files, for a pipe of Node is a socket. Gives what was seen. */
  function watched(
    args: readonly string[],
    before: readonly string[] = [],
  ): { code: number | null; seen: Set<string> } {
    const output = openSync(at('output.txt'), 'w');
    try {
      const [program, ...rest] = [...before, process.execPath, ...args];
      const { status } = spawnSync(program, rest, {
        cwd: at(),
        env: { ...process.env, NODE_OPTIONS: `--require ${at('watch.cjs')}`, SEEN: at('seen.txt') },
        stdio: ['ignore', output, output],
      });
      return { code: status, seen: new Set(readFileSync(at('seen.txt'), 'utf8').trim().split('\n')) };
    } finally {
      closeSync(output);
    }
  }

  /** Scans by the model, on several threads, and without labels. */
  const WAYS = {
    'a model': [resolve('samples/hdfs-small.log')],
    'a model on two threads': [resolve('samples/hdfs-small.log'), '--threads', '2'],
    'the log itself': [resolve('samples/hdfs-small.log'), '--unsupervised'],
  };
  const program = resolve('dist/cli/detect-anomalies.js');

  it('is seen to open a socket, look a name up or start a program where it does', () => {
    const doings: Record<string, string> = {
      TCPSERVERWRAP: `require('net').createServer().listen(0, '127.0.0.1', function () { this.close(); })`,
      UDPWRAP: `require('dgram').createSocket('udp4').close()`,
      GETADDRINFOREQWRAP: `require('dns').lookup('localhost', () => {})`,
      TCPWRAP: `require('https').get('https://127.0.0.1:1').on('error', () => {})`,
      PROCESSWRAP: `require('child_process').spawn(process.execPath, ['--version'])`,
      'an open socket': `require('net').createServer().listen(0, '127.0.0.1', () => process.exit())`,
      UDPWRAPinThread: `new (require('worker_threads').Worker)("require('dgram').createSocket('udp4').close()", { eval: true })`,
    };
    for (const [resource, doing] of Object.entries(doings)) {
      writeFileSync(at('seen.txt'), '');
      assert.ok(watched(['-e', doing]).seen.has(resource.replace('inThread', '')), resource);
    }
  });

  for (const [way, args] of Object.entries(WAYS)) {
    it(`opens no socket, looks no name up and starts no program: by ${way}`, () => {
      const { code, seen } = watched([program, '--no-config', '-o', 'found.txt', '-i', ...args]);
      assert.equal(code, 0, readFileSync(at('output.txt'), 'utf8'));
      assert.match(readFileSync(at('found.txt'), 'utf8'), /blk_/);
      assert.deepEqual([...seen], ['watched']);
    });

    if (existsSync(STRACE)) {
      it(`asks the system for none either, in native libraries: by ${way}`, () => {
        const trace = [
          STRACE,
          '-f',
          '--seccomp-bpf',
          '-qq',
          '-e',
          'trace=%network,execve',
          '-e',
          'signal=none',
          '-o',
          at('trace.txt'),
        ];
        const { code } = watched([program, '--no-config', '-o', 'found.txt', '-i', ...args], trace);
        assert.equal(code, 0, readFileSync(at('output.txt'), 'utf8'));
        const calls = readFileSync(at('trace.txt'), 'utf8').trim().split('\n');
        // The program itself.
        assert.equal(calls.length, 1, calls.join('\n'));
        assert.match(calls[0], /execve\(/);
      });
    }
  }
});
