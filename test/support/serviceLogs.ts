import { EPOCH, LogWriter, type ServiceLog } from './logWriter';

/**
 * The log of a shop in the layout of Spring Boot: requests with a few messages each. Once, two thirds through, an order
 * cannot be paid: an ERROR with a stack trace.
 * @param isHealthy whether all orders are paid
 */
export function springBootLog(seed: number, isHealthy = false): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (level: string, thread: string, logger: string, message: string): string =>
    `${writer.tick(900).toISOString().replace('Z', '+00:00')} ${level.padStart(5)} 4711 --- [shop] [${thread.padStart(15)}] ${logger.padEnd(40)} : ${message}`;
  for (let request = 0; request < 150; request++) {
    const thread = `nio-8080-exec-${1 + random.below(8)}`;
    const cart = `cart-${10_000 + random.below(90_000)}`;
    writer.add(
      line(
        'INFO',
        thread,
        'o.example.shop.web.RequestLogger',
        `POST /api/orders from 10.2.${random.below(9)}.${random.below(250)}`,
      ),
    );
    writer.add(
      line(
        'INFO',
        thread,
        'o.example.shop.order.OrderService',
        `Creating order for ${cart} with ${1 + random.below(6)} items`,
      ),
    );
    if (random.next() < 0.3) {
      writer.add(
        line(
          'DEBUG',
          thread,
          'o.example.shop.stock.StockCache',
          `Refreshed ${random.below(400)} entries in ${random.below(30)} ms`,
        ),
      );
    }
    if (!isHealthy && request === 100) {
      writer.fail(
        line(
          'ERROR',
          thread,
          'o.e.shop.payment.PaymentGatewayClient',
          `Payment of order ${request} was not accepted by the gateway`,
        ),
        '',
        'org.example.shop.payment.GatewayException: gateway answered 502 after 3 attempts',
        '\tat org.example.shop.payment.PaymentGatewayClient.charge(PaymentGatewayClient.java:118) ~[classes/:na]',
        '\tat org.example.shop.order.OrderService.pay(OrderService.java:74) ~[classes/:na]',
        '\tat java.base/java.lang.Thread.run(Thread.java:1583) ~[na:na]',
        'Caused by: java.net.SocketTimeoutException: Read timed out',
        '\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278) ~[na:na]',
        '\t... 2 common frames omitted',
        '',
      );
      continue;
    }
    writer.add(
      line(
        'INFO',
        thread,
        'o.e.shop.payment.PaymentGatewayClient',
        `Charged ${random.below(400)}.${10 + random.below(89)} EUR for order ${request}`,
      ),
    );
    writer.add(
      line(
        'INFO',
        thread,
        'o.example.shop.order.OrderService',
        `Order ${request} is complete after ${20 + random.below(300)} ms`,
      ),
    );
  }
  return writer.log();
}

/** The log of an interface as JSON lines in the layout of pino. Once, a request ends in an error that nobody caught. */
export function jsonLog(seed: number): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (level: number, msg: string, fields: object): string =>
    JSON.stringify({ level, time: writer.tick(400).getTime(), pid: 88, hostname: 'api-1', ...fields, msg });
  for (let request = 0; request < 180; request++) {
    const reqId = `req-${random.below(0x10000).toString(36)}${request}`;
    const url = ['/api/items', '/api/users', '/api/search'][random.below(3)];
    writer.add(
      line(30, 'incoming request', { reqId, req: { method: 'GET', url, remotePort: 30_000 + random.below(30_000) } }),
    );
    writer.add(
      line(20, random.next() < 0.7 ? 'cache hit' : 'cache miss, asking the database', {
        reqId,
        key: `${url}:${random.below(500)}`,
      }),
    );
    if (request === 130) {
      const stack = 'TypeError: Cannot read properties of undefined\n    at toRow (/app/rows.js:31:19)';
      writer.fail(
        line(50, 'unhandled error while answering', {
          reqId,
          err: { type: 'TypeError', message: 'Cannot read properties of undefined', stack },
        }),
        line(30, 'request completed', { reqId, res: { statusCode: 500 }, responseTime: random.below(90) }),
      );
    } else {
      writer.add(line(30, 'request completed', { reqId, res: { statusCode: 200 }, responseTime: random.below(90) }));
    }
  }
  return writer.log();
}

/** The raw log of a job of GitHub Actions with coloured words: many tests pass, and one near the end does not. */
export function ciLog(seed: number): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (text: string): string => `${writer.tick(90).toISOString().replace('Z', '1234Z')} ${text}`;
  const colour = (code: string, text: string): string => `\u001b[${code}m${text}\u001b[0m`;
  writer.add(
    ...['##[group]Run npm ci', colour('36;1', 'npm ci'), 'shell: /usr/bin/bash -e {0}', '##[endgroup]'].map(line),
    ...['added 612 packages in 21s', '##[group]Run npm test', colour('36;1', 'npm test'), '##[endgroup]'].map(line),
  );
  for (const name of ['core', 'parser', 'server', 'client', 'storage']) {
    writer.add(...[`> ${name}@1.0.0 test`, '> node --test', ''].map(line));
    for (let test = 0; test < 70; test++) {
      const time = colour('90', `(${random.below(90)}.${random.below(10)}ms)`);
      writer.add(line(`${colour('32', '✔')} ${name} handles request ${test} ${time}`));
    }
    if (name === 'storage') {
      writer.fail(
        ...[
          `${colour('31', '✖')} ${name} survives a full disk ${colour('90', '(5003.1ms)')}`,
          `  ${colour('31', 'AssertionError [ERR_ASSERTION]: expected 3 files but got 0')}`,
          '      at TestContext.<anonymous> (test/disk.test.js:58:12)',
          '      at async Test.run (node:internal/test_runner/test:632:9)',
          colour('34', 'ℹ fail 1'),
          '##[error]Process completed with exit code 1.',
        ].map(line),
      );
    } else {
      writer.add(line(colour('34', 'ℹ pass 70')));
    }
  }
  writer.add(
    ...['Post job cleanup.', '[command]/usr/bin/git version', 'git version 2.43.0', 'Cleaning up orphan processes'].map(
      line,
    ),
  );
  return writer.log();
}

/** What a build of a package wrote to its terminal, in colour and without any time: one test fails. */
export function terminalLog(seed: number): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const colour = (code: string, text: string): string => `\u001b[${code}m${text}\u001b[0m`;
  writer.add('', '> shop@1.2.0 test', '> eslint . && mocha', '', '', '  OrderService');
  for (let test = 0; test < 120; test++) {
    writer.add(`    ${colour('32', '✔')} handles case ${test} ${colour('90', `(${random.below(90)}ms)`)}`);
  }
  writer.fail(
    `    ${colour('31', '1) rejects an empty cart')}`,
    '',
    `  ${colour('32', '120 passing')} ${colour('90', '(2s)')}`,
    `  ${colour('31', '1 failing')}`,
    '',
    '  1) OrderService',
    '       rejects an empty cart:',
    `     ${colour('31', 'AssertionError [ERR_ASSERTION]: expected 400 but got 200')}`,
    '      at Context.<anonymous> (test/order.test.js:41:14)',
    '      at process.processImmediate (node:internal/timers:476:21)',
    '',
    `${colour('31', 'npm ERR!')} Test failed.  See above for more details.`,
  );
  return writer.log();
}

/** The log of a machine in a layout of its own, in which a pump stops once. */
export function unknownFormatLog(seed: number): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (unit: string, message: string): string => {
    const time = writer.tick(2000);
    return `#${String(time.getTime() - EPOCH).padStart(9, '0')}|${unit}|${message}`;
  };
  for (let cycle = 0; cycle < 120; cycle++) {
    writer.add(
      line('PLC', `cycle ${cycle} begin`),
      line('VALVE-A', `open ${20 + random.below(60)} pct`),
      line('PUMP-1', `pressure ${3 + random.next() * 0.4} bar`),
    );
    if (cycle === 80) {
      writer.fail(
        line('PUMP-1', 'emergency stop: motor current exceeded limit, drive failed'),
        line('PLC', 'cycle aborted, waiting for operator'),
      );
    } else {
      writer.add(line('VALVE-A', 'closed'), line('PLC', `cycle ${cycle} end`));
    }
  }
  return writer.log();
}
