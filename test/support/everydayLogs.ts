import { EPOCH, LogWriter, type ServiceLog } from './logWriter';

/**
 * What goes wrong in a log, once: an error with its stack trace, an error in one line, a message that the log never had
 * before and that calls itself normal, a step that is left out, or like records in a burst.
 */
export type Fault = 'trace' | 'error' | 'new message' | 'missing step' | 'burst';

/** A kind of log as it is written day by day. */
export interface EverydayLog {
  name: string;
  /** The faults that this kind of log can show. */
  faults: readonly Fault[];
  /**
   * The log of some healthy hours, or the same with one fault two thirds through.
   * @param fault none if left out
   */
  write(seed: number, fault?: Fault): ServiceLog;
}

/** Requests, jobs and the like in each log, and the one where the fault is. */
const STEPS = 300;
const FAULTY = 200;

/** Logs of many kinds that have nothing unusual but what starts once, or is done once a day. */
export const EVERYDAY_LOGS: readonly EverydayLog[] = [
  { name: 'spring-boot', faults: ['trace', 'error', 'new message', 'missing step'], write: springBoot },
  { name: 'nginx-access', faults: ['burst'], write: nginxAccess },
  { name: 'syslog', faults: ['error', 'burst'], write: syslog },
  { name: 'slog-json', faults: ['error', 'new message'], write: slogJson },
  { name: 'pino-json', faults: ['error', 'new message'], write: pinoJson },
  { name: 'python', faults: ['trace', 'error', 'new message', 'missing step'], write: pythonWorker },
  { name: 'kubernetes-cri', faults: ['error', 'burst'], write: kubernetesController },
  { name: 'postgresql', faults: ['error', 'burst'], write: postgresql },
];

/** A shop with Spring Boot: it starts, then answers one request after another, some of them at the same time. */
function springBoot(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (level: string, thread: string, logger: string, message: string): string =>
    `${writer.tick(400).toISOString().replace('Z', '+00:00')} ${level.padStart(5)} 4711 --- [shop] [${thread.padStart(15)}] ${logger.padEnd(40)} : ${message}`;
  const main = (logger: string, message: string, level = 'INFO'): void =>
    writer.add(line(level, 'main', logger, message));
  main(
    'o.example.shop.ShopApplication',
    'Starting ShopApplication v1.4.2 using Java 17.0.9 with PID 4711 (/app/shop.jar started by shop in /app)',
  );
  main('o.example.shop.ShopApplication', 'No active profile set, falling back to 1 default profile: "default"');
  main('.s.d.r.c.RepositoryConfigurationDelegate', 'Bootstrapping Spring Data JPA repositories in DEFAULT mode.');
  main(
    '.s.d.r.c.RepositoryConfigurationDelegate',
    'Finished Spring Data repository scanning in 88 ms. Found 4 JPA repository interfaces.',
  );
  main('o.s.b.w.embedded.tomcat.TomcatWebServer', 'Tomcat initialized with port 8080 (http)');
  main('o.apache.catalina.core.StandardService', 'Starting service [Tomcat]');
  main('o.apache.catalina.core.StandardEngine', 'Starting Servlet engine: [Apache Tomcat/10.1.16]');
  main('o.a.c.c.C.[Tomcat].[localhost].[/]', 'Initializing Spring embedded WebApplicationContext');
  main('w.s.c.ServletWebServerApplicationContext', 'Root WebApplicationContext: initialization completed in 1834 ms');
  main('o.hibernate.jpa.internal.util.LogHelper', 'HHH000204: Processing PersistenceUnitInfo [name: default]');
  main('org.hibernate.Version', 'HHH000412: Hibernate ORM core version 6.3.1.Final');
  main('o.h.c.internal.RegionFactoryInitiator', 'HHH000026: Second-level cache disabled');
  main('com.zaxxer.hikari.HikariDataSource', 'HikariPool-1 - Starting...');
  main(
    'com.zaxxer.hikari.pool.HikariPool',
    'HikariPool-1 - Added connection org.postgresql.jdbc.PgConnection@5b1f29fa',
  );
  main('com.zaxxer.hikari.HikariDataSource', 'HikariPool-1 - Start completed.');
  main(
    'o.h.e.t.j.p.i.JtaPlatformInitiator',
    'HHH000489: No JTA platform available (set hibernate.transaction.jta.platform to enable it)',
  );
  main(
    'j.LocalContainerEntityManagerFactoryBean',
    "Initialized JPA EntityManagerFactory for persistence unit 'default'",
  );
  main('o.s.b.a.e.web.EndpointLinksResolver', "Exposing 3 endpoints beneath base path '/actuator'");
  main('o.s.b.w.embedded.tomcat.TomcatWebServer', 'Tomcat started on port 8080 (http) with context path');
  main('o.example.shop.ShopApplication', 'Started ShopApplication in 5.317 seconds (process running for 6.01)');
  for (let request = 0; request < STEPS; request++) {
    const thread = `nio-8080-exec-${1 + random.below(8)}`;
    const own = (logger: string, message: string, level = 'INFO'): string => line(level, thread, logger, message);
    if (request === 0) {
      writer.add(
        own('o.a.c.c.C.[Tomcat].[localhost].[/]', "Initializing Spring DispatcherServlet 'dispatcherServlet'"),
        own('o.s.web.servlet.DispatcherServlet', "Initializing Servlet 'dispatcherServlet'"),
        own('o.s.web.servlet.DispatcherServlet', 'Completed initialization in 2 ms'),
      );
    }
    const cart = `cart-${10_000 + random.below(90_000)}`;
    const isFaulty = request === FAULTY;
    writer.add(
      own('o.example.shop.web.RequestLogger', `POST /api/orders from 10.2.${random.below(9)}.${random.below(250)}`),
    );
    if (random.next() < 0.2) {
      writer.add(
        own(
          'o.example.shop.stock.StockCache',
          `Refreshed ${random.below(400)} entries in ${random.below(30)} ms`,
          'DEBUG',
        ),
      );
    }
    writer.add(
      own('o.example.shop.order.OrderService', `Creating order for ${cart} with ${1 + random.below(6)} items`),
    );
    if (isFaulty && fault === 'new message') {
      writer.fail(own('o.e.shop.payment.PaymentGatewayClient', 'Switching to the gateway of the second provider'));
    }
    if (isFaulty && (fault === 'error' || fault === 'trace')) {
      writer.fail(
        own(
          'o.e.shop.payment.PaymentGatewayClient',
          `Payment of order ${request} was not accepted by the gateway`,
          'ERROR',
        ),
        ...(fault === 'error'
          ? []
          : [
              'org.example.shop.payment.GatewayException: gateway answered 502 after 3 attempts',
              '\tat org.example.shop.payment.PaymentGatewayClient.charge(PaymentGatewayClient.java:118) ~[classes/:na]',
              '\tat org.example.shop.order.OrderService.pay(OrderService.java:74) ~[classes/:na]',
              '\tat java.base/java.lang.Thread.run(Thread.java:1583) ~[na:na]',
            ]),
      );
      continue;
    }
    const charged = own(
      'o.e.shop.payment.PaymentGatewayClient',
      `Charged ${random.below(400)}.${10 + random.below(89)} EUR for order ${request}`,
    );
    const complete = own(
      'o.example.shop.order.OrderService',
      `Order ${request} is complete after ${20 + random.below(300)} ms`,
    );
    if (isFaulty && fault === 'missing step') {
      writer.fail(complete);
    } else {
      writer.add(charged, complete);
    }
  }
  return writer.log();
}

/** Requests to a web server: pages, pictures and an interface; some are not found, as everywhere. */
function nginxAccess(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const agents = [
    'Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36',
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  ];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const request = (
    client: string,
    what: string,
    status: number,
    size: number,
    agent = agents[random.below(3)],
  ): string => {
    const time = writer.tick(9000);
    const two = (value: number): string => String(value).padStart(2, '0');
    const at = `${two(time.getUTCDate())}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)}`;
    return `${client} - - [${at} +0000] "${what} HTTP/1.1" ${status} ${size} "-" "${agent}"`;
  };
  const pages = ['/', '/about', '/contact', '/blog/', '/products/', '/help/faq', '/login'];
  for (let step = 0; step < 4 * STEPS; step++) {
    const client = `198.51.${random.below(100)}.${random.below(250)}`;
    const draw = random.next();
    if (draw < 0.4) {
      writer.add(
        request(
          client,
          `GET ${pages[random.below(pages.length)]}`,
          random.next() < 0.2 ? 304 : 200,
          2000 + random.below(30_000),
        ),
      );
    } else if (draw < 0.75) {
      writer.add(
        request(
          client,
          `GET /static/${['app', 'vendor', 'style', 'logo'][random.below(4)]}.${['js', 'css', 'png'][random.below(3)]}`,
          random.next() < 0.5 ? 304 : 200,
          900 + random.below(90_000),
        ),
      );
    } else if (draw < 0.95) {
      writer.add(
        request(
          client,
          `${random.next() < 0.8 ? 'GET' : 'POST'} /api/items/${random.below(5000)}`,
          200,
          100 + random.below(900),
        ),
      );
    } else if (draw < 0.97) {
      writer.add(request(client, 'GET /old-blog', 301, 162));
    } else {
      writer.add(
        request(client, `GET ${['/favicon.ico', '/robots.txt', '/apple-touch-icon.png'][random.below(3)]}`, 404, 153),
      );
    }
    if (fault === 'burst' && step === 4 * FAULTY) {
      writer.fail(
        ...Array.from({ length: 30 }, () => request(client, `POST /api/items/${random.below(5000)}`, 502, 157)),
      );
    }
  }
  return writer.log();
}

/** A server's syslog: its timers, logins and leases, and what is done once a day. */
function syslog(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (program: string, message: string, longest = 240_000): string => {
    const time = writer.tick(longest);
    return `May ${String(time.getUTCDate()).padStart(2)} ${time.toISOString().slice(11, 19)} web1 ${program}: ${message}`;
  };
  let session = 100;
  for (let step = 0; step < STEPS; step++) {
    const pid = 1000 + random.below(30_000);
    const draw = random.next();
    if (draw < 0.4) {
      writer.add(
        line(`CRON[${pid}]`, 'pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)'),
        line(`CRON[${pid + 1}]`, '(root) CMD (   cd / && run-parts --report /etc/cron.hourly)', 5),
        line(`CRON[${pid}]`, 'pam_unix(cron:session): session closed for user root', 900),
      );
    } else if (draw < 0.6) {
      const id = session++;
      writer.add(
        line(
          `sshd[${pid}]`,
          `Accepted publickey for deploy from 192.0.2.${random.below(250)} port ${30_000 + random.below(30_000)} ssh2: ED25519 SHA256:3kYk0d0rj9`,
        ),
        line(`sshd[${pid}]`, 'pam_unix(sshd:session): session opened for user deploy(uid=1001) by (uid=0)', 20),
        line('systemd-logind[702]', `New session ${id} of user deploy.`, 20),
        line('systemd[1]', `Started session-${id}.scope - Session ${id} of User deploy.`, 20),
        line(`sshd[${pid}]`, 'pam_unix(sshd:session): session closed for user deploy', 90_000),
        line('systemd-logind[702]', `Session ${id} logged out. Waiting for processes to exit.`, 20),
        line('systemd-logind[702]', `Removed session ${id}.`, 20),
        line('systemd[1]', `session-${id}.scope: Deactivated successfully.`, 20),
      );
    } else if (draw < 0.8) {
      writer.add(
        line('systemd[1]', 'Starting sysstat-collect.service - system activity accounting tool...'),
        line('systemd[1]', 'sysstat-collect.service: Deactivated successfully.', 900),
        line('systemd[1]', 'Finished sysstat-collect.service - system activity accounting tool.', 20),
      );
    } else {
      writer.add(
        line('dhclient[655]', `DHCPREQUEST for 192.0.2.17 on eth0 to 192.0.2.1 port 67`),
        line('dhclient[655]', `DHCPACK of 192.0.2.17 from 192.0.2.1`, 20),
        line('dhclient[655]', `bound to 192.0.2.17 -- renewal in ${1000 + random.below(900)} seconds.`, 20),
      );
    }
    if (step === 90) {
      writer.add(
        line('systemd[1]', 'Starting logrotate.service - Rotate log files...'),
        line('systemd[1]', 'logrotate.service: Deactivated successfully.', 900),
        line('systemd[1]', 'Finished logrotate.service - Rotate log files.', 20),
      );
    }
    if (step === FAULTY && fault === 'error') {
      writer.fail(
        line(
          'kernel',
          '[812345.120034] EXT4-fs error (device sda1): ext4_find_entry:1455: inode #131: comm nginx: reading directory lblock 0',
        ),
      );
    }
    if (step === FAULTY && fault === 'burst') {
      writer.fail(
        ...Array.from({ length: 40 }, () =>
          line(
            `sshd[${pid}]`,
            `Failed password for invalid user admin from 203.0.113.9 port ${30_000 + random.below(30_000)} ssh2`,
            900,
          ),
        ),
      );
    }
  }
  return writer.log();
}

/** An interface in Go that logs JSON with slog. */
function slogJson(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (level: string, msg: string, fields: object = {}): string =>
    JSON.stringify({ time: writer.tick(500).toISOString().replace('Z', '123Z'), level, msg, ...fields });
  writer.add(
    line('INFO', 'starting', { version: '1.9.0', go: 'go1.22.2' }),
    line('INFO', 'configuration loaded', { path: '/etc/orders/config.yaml' }),
    line('INFO', 'connected to database', { host: 'db-1', pool: 10 }),
    line('INFO', 'migrations are up to date', { version: 42 }),
    line('INFO', 'listening', { address: ':8080' }),
  );
  for (let step = 0; step < 3 * STEPS; step++) {
    if (step === 3 * FAULTY && fault === 'error') {
      writer.fail(
        line('ERROR', 'write order', {
          order: random.below(90_000),
          err: 'pq: could not serialize access due to concurrent update',
        }),
      );
    }
    if (step === 3 * FAULTY && fault === 'new message') {
      writer.fail(line('INFO', 'leader changed', { from: 'orders-2', to: 'orders-0' }));
    }
    if (step % 60 === 59) {
      writer.add(line('INFO', 'metrics pushed', { series: 80 + random.below(20) }));
    }
    writer.add(
      line('INFO', 'request', {
        method: random.next() < 0.7 ? 'GET' : 'POST',
        path: `/v1/orders/${random.below(90_000)}`,
        status: 200,
        duration_ms: random.below(90),
      }),
    );
  }
  return writer.log();
}

/** An interface that logs with pino, whose levels are numbers; three records a request, always the same. */
function pinoJson(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (level: number, msg: string, fields: object = {}): string =>
    JSON.stringify({ level, time: writer.tick(400).getTime(), pid: 88, hostname: 'api-1', ...fields, msg });
  for (let step = 0; step < STEPS; step++) {
    const reqId = `req-${step.toString(36)}`;
    const url = ['/api/items', '/api/users', '/api/search'][random.below(3)];
    writer.add(line(30, 'incoming request', { reqId, req: { method: 'GET', url } }));
    writer.add(line(30, 'query done', { reqId, rows: random.below(50) }));
    if (step === FAULTY && fault === 'error') {
      writer.fail(line(50, 'cannot reach the search index', { reqId, retries: 3 }));
    }
    if (step === FAULTY && fault === 'new message') {
      writer.fail(line(30, 'rebuilding the search index', { reqId }));
    }
    writer.add(line(30, 'request completed', { reqId, res: { statusCode: 200 }, responseTime: random.below(90) }));
  }
  return writer.log();
}

/** A worker in Python that takes jobs from a queue. */
function pythonWorker(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (level: string, logger: string, message: string): string =>
    `${writer.tick(900).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')} ${level} ${logger}: ${message}`;
  writer.add(
    line('INFO', 'worker', 'worker 3.2.1 on python 3.11.4'),
    line('INFO', 'worker.config', 'reading settings from /etc/worker/settings.toml'),
    line('INFO', 'worker.broker', 'connected to amqp://broker:5672//'),
    line('INFO', 'worker.pool', 'spawned 4 processes'),
    line('INFO', 'worker', 'ready'),
  );
  for (let step = 0; step < STEPS; step++) {
    const job = `${random.below(0x10000).toString(16).padStart(4, '0')}-${step}`;
    const isFaulty = step === FAULTY;
    writer.add(
      line('INFO', 'worker.queue', `received job ${job} of kind ${['resize', 'convert', 'mail'][random.below(3)]}`),
    );
    writer.add(line('DEBUG', 'worker.store', `fetched ${random.below(90_000)} bytes for job ${job}`));
    if (random.next() < 0.05) {
      writer.add(line('INFO', 'worker.heartbeat', `alive, ${random.below(9)} jobs waiting`));
    }
    if (isFaulty && fault === 'trace') {
      writer.fail(
        line('ERROR', 'worker.pool', `job ${job} raised`),
        'Traceback (most recent call last):',
        '  File "/srv/worker/pool.py", line 88, in run',
        '    result = job.run()',
        '  File "/srv/worker/resize.py", line 31, in run',
        '    image = decode(data)',
        'ValueError: not enough image data',
      );
      continue;
    }
    if (isFaulty && fault === 'error') {
      writer.fail(line('ERROR', 'worker.store', `bucket thumbnails is over its quota, job ${job} postponed`));
      continue;
    }
    if (isFaulty && fault === 'new message') {
      writer.fail(line('INFO', 'worker.broker', 'moved to broker node 2'));
    }
    const stored = line('DEBUG', 'worker.store', `stored ${random.below(9000)} bytes of job ${job}`);
    const done = line('INFO', 'worker.queue', `job ${job} done in ${random.below(900)} ms`);
    if (isFaulty && fault === 'missing step') {
      writer.fail(done);
    } else {
      writer.add(stored, done);
    }
  }
  return writer.log();
}

/** A controller in Kubernetes, logged with klog and wrapped by the container runtime. */
function kubernetesController(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (level: string, place: string, message: string): string => {
    const time = writer.tick(1500).toISOString();
    return `${time.replace('Z', '456789Z')} stderr F ${level}0513 ${time.slice(11, 23)}456       1 ${place}] ${message}`;
  };
  writer.add(
    line('I', 'main.go:81', '"Starting controller" version="v0.14.2" commit="9f3c21a"'),
    line('I', 'leaderelection.go:250', 'attempting to acquire leader lease default/cert-controller...'),
    line('I', 'leaderelection.go:260', 'successfully acquired lease default/cert-controller'),
    line('I', 'shared_informer.go:311', 'Waiting for caches to sync for certificates'),
    line('I', 'shared_informer.go:318', 'Caches are synced for certificates'),
    line('I', 'controller.go:220', '"Starting workers" worker count=2'),
  );
  for (let step = 0; step < STEPS; step++) {
    const key = `default/cert-${random.below(40)}`;
    writer.add(
      line('I', 'controller.go:311', `"Reconciling certificate" key="${key}"`),
      line('I', 'issuer.go:97', `"Certificate is valid" key="${key}" days=${30 + random.below(60)}`),
      line('I', 'controller.go:345', `"Reconciled certificate" key="${key}" duration="${1 + random.below(40)}ms"`),
    );
    if (step % 40 === 39) {
      writer.add(
        line(
          'I',
          'reflector.go:790',
          `k8s.io/client-go/informers/factory.go:150: Watch close - *v1.Secret total ${5 + random.below(9)} items received`,
        ),
      );
    }
    if (step === FAULTY && fault === 'error') {
      writer.fail(line('E', 'issuer.go:142', `"Failed to renew certificate" err="acme: rate limited" key="${key}"`));
    }
    if (step === FAULTY && fault === 'burst') {
      writer.fail(
        ...Array.from({ length: 25 }, () =>
          line(
            'W',
            'reflector.go:547',
            'k8s.io/client-go/informers/factory.go:150: watch of *v1.Secret ended with: connection refused',
          ),
        ),
      );
    }
  }
  return writer.log();
}

/** A server of PostgreSQL that logs slow statements, checkpoints and what it vacuums. */
function postgresql(seed: number, fault?: Fault): ServiceLog {
  const writer = new LogWriter(seed, EPOCH);
  const { random } = writer;
  const line = (pid: number, level: string, message: string): string =>
    `${writer.tick(20_000).toISOString().replace('T', ' ').replace('Z', ' UTC')} [${pid}] ${level}:  ${message}`;
  writer.add(
    line(1, 'LOG', 'starting PostgreSQL 15.6 on x86_64-pc-linux-gnu, compiled by gcc 12.2.0, 64-bit'),
    line(1, 'LOG', 'listening on IPv4 address "0.0.0.0", port 5432'),
    line(1, 'LOG', 'listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"'),
    line(29, 'LOG', 'database system was shut down at 2024-05-13 06:12:31 UTC'),
    line(1, 'LOG', 'database system is ready to accept connections'),
  );
  for (let step = 0; step < STEPS; step++) {
    const pid = 100 + random.below(4000);
    const client = `app=orders host=10.0.0.${random.below(20)}`;
    writer.add(
      line(pid, 'LOG', `connection received: host=10.0.0.${random.below(20)} port=${30_000 + random.below(30_000)}`),
      line(pid, 'LOG', 'connection authorized: user=orders database=orders application_name=orders'),
    );
    if (random.next() < 0.6) {
      writer.add(
        line(
          pid,
          'LOG',
          `duration: ${200 + random.below(900)}.${random.below(1000)} ms  execute <unnamed>: SELECT * FROM orders WHERE customer_id = $1`,
        ),
      );
    }
    writer.add(
      line(
        pid,
        'LOG',
        `disconnection: session time: 0:00:0${random.below(9)}.${100 + random.below(900)} user=orders database=orders ${client}`,
      ),
    );
    if (step % 20 === 10) {
      writer.add(
        line(27, 'LOG', 'checkpoint starting: time'),
        line(
          27,
          'LOG',
          `checkpoint complete: wrote ${random.below(900)} buffers (${random.below(5)}.${random.below(10)}%); 0 WAL file(s) added, 0 removed, ${random.below(3)} recycled; write=${random.below(90)}.117 s, sync=0.005 s, total=${random.below(90)}.140 s`,
        ),
      );
    }
    if (step % 50 === 49) {
      writer.add(line(900 + step, 'LOG', `automatic vacuum of table "orders.public.orders": index scans: 1`));
    }
    if (step === FAULTY && fault === 'error') {
      writer.fail(line(pid, 'ERROR', 'deadlock detected'));
    }
    if (step === FAULTY && fault === 'burst') {
      writer.fail(
        ...Array.from({ length: 30 }, () => line(100 + random.below(4000), 'FATAL', 'sorry, too many clients already')),
      );
    }
  }
  return writer.log();
}
