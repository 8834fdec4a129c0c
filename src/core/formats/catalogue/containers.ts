import type { FormatEntry } from '../formatEntry';

/** Container runtimes and the consoles of build services: what wraps the lines of others. */
export const CONTAINER_FORMATS: readonly FormatEntry[] = [
  {
    name: 'cri',
    title: 'Kubernetes (CRI)',
    patterns: ['<time:yyyy-MM-ddTHH:mm:ssfz> <stream:in stdout|stderr> <tag:in F|P>~<content>'],
    wraps: true,
    parts: 'tagged',
    examples: [
      {
        line: '2024-05-01T10:00:00.123456789+02:00 stderr F ERROR: disk full',
        content: 'ERROR: disk full',
        level: 'error',
        time: '2024-05-01T08:00:00.123',
      },
    ],
  },
  {
    name: 'kubectl',
    title: 'Kubernetes (kubectl logs with times)',
    patterns: ['<time:yyyy-MM-ddTHH:mm:ssfz> <pod:pod>~<content>', '<time:yyyy-MM-ddTHH:mm:ss.SSSSSSSSSz>~<content>'],
    wraps: true,
    examples: [
      {
        line: '2024-05-01T10:00:00.123456789Z shop-5c66d57d58-6mp2b [error] disk full',
        content: '[error] disk full',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
        source: 'shop-5c66d57d58-6mp2b',
      },
      {
        line: '2024-05-01T10:00:00.123456789Z Listening on 8080',
        content: 'Listening on 8080',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'gitlab-ci',
    title: 'GitLab CI job',
    patterns: [
      '<time:yyyy-MM-ddTHH:mm:ss.SSSSSSZ> <stream:hex>O{+} <content>',
      '<time:yyyy-MM-ddTHH:mm:ss.SSSSSSZ> <stream:hex>E{+} <content>',
      // The name of a section is no message: `upload_artifacts_on_failure` stands in every job.
      'section_<edge:in start|end>:<time:X>:<section> <content>',
    ],
    wraps: true,
    loose: true,
    examples: [
      {
        line: '2024-05-01T10:00:00.123456Z 01O Running with gitlab-runner',
        content: 'Running with gitlab-runner',
        time: '2024-05-01T10:00:00.123',
      },
      {
        line: 'section_start:1714557600:prepare_script',
        content: '',
        time: '2024-05-01T10:00:00',
      },
    ],
  },
  {
    name: 'github-actions',
    title: 'GitHub Actions',
    patterns: ['<time:yyyy-MM-ddTHH:mm:ss.SSSSSSSZ>~<content>'],
    wraps: true,
    loose: true,
    examples: [
      {
        line: '2024-05-01T10:00:00.1234567Z ##[error]Process completed with exit code 1.',
        content: '##[error]Process completed with exit code 1.',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'zuul',
    title: 'Zuul console',
    patterns: ['<time:yyyy-MM-dd HH:mm:ss.SSSSSS> |~<content>'],
    wraps: true,
    loose: true,
    examples: [
      {
        line: '2024-05-01 10:00:00.123456 | node1 | ok',
        content: 'node1 | ok',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'travis',
    title: 'Travis CI job',
    // The name of a fold is no message: `after_failure` says nothing of a failure.
    patterns: ['travis_<mark:in fold|time>:<place> <content>'],
    loose: true,
    examples: [{ line: 'travis_fold:start:git.checkout', content: '' }],
  },
  {
    name: 'jenkins',
    title: 'Jenkins console',
    patterns: [
      '[<time:yyyy-MM-ddTHH:mm:ss.SSSz>]~<content>',
      '[Pipeline] <content>',
      'Started by <content>',
      'Finished: <content>',
    ],
    wraps: true,
    loose: true,
    ambiguous: true,
    examples: [
      { line: '[Pipeline] sh', content: 'sh' },
      {
        line: '[2024-05-01T10:00:00.123Z] + make test',
        content: '+ make test',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'kubectl-prefix',
    title: 'Kubernetes (kubectl logs --prefix, stern)',
    patterns: ['[pod/<pod>/<container>]~<content>', '<pod:pod> <container:name>~<content>'],
    wraps: true,
    examples: [
      {
        line: '[pod/shop-5c66d57d58-6mp2b/web] ERROR disk full',
        content: 'ERROR disk full',
        level: 'error',
        source: 'shop-5c66d57d58-6mp2b',
      },
      {
        line: 'shop-5c66d57d58-6mp2b web warn: slow',
        content: 'warn: slow',
        level: 'warn',
        source: 'shop-5c66d57d58-6mp2b',
      },
    ],
  },
  {
    name: 'docker-compose',
    title: 'Docker Compose',
    patterns: ['<container:name> |~<content>'],
    wraps: true,
    examples: [
      {
        line: 'web-1  | WARNING: not for production',
        content: 'WARNING: not for production',
        level: 'warn',
        source: 'web-1',
      },
    ],
  },
];
