/** A line that a build tool writes to its console, whatever it builds. */
interface ConsoleMark {
  tool: string;
  /** Takes time in proportion to the line, whatever stands there: what is repeated ends at what follows it. */
  pattern: RegExp;
  /** Lines with it; these are its test. */
  examples: readonly string[];
}

/** Lines by which the console output of a run is known that no build service has marked; without escape sequences. */
export const CONSOLE_MARKS: readonly ConsoleMark[] = [
  {
    tool: 'Jenkins',
    pattern: /^(?:\[Pipeline\] |Started by |Finished: (?:SUCCESS|FAILURE|UNSTABLE|ABORTED|NOT_BUILT)$)/,
    examples: ['[Pipeline] sh', 'Started by user dev', 'Finished: FAILURE'],
  },
  {
    tool: 'Bazel',
    pattern:
      /^(?:\(?\d\d:\d\d:\d\d\)? )?(?:INFO: (?:Analyzed|Build completed|Elapsed time|Invocation ID|Found \d)|(?:ERROR|WARNING): \S+BUILD(?:\.bazel)?:\d+:\d+: |\[[\d,]+ \/ [\d,]+\] )/,
    examples: ['INFO: Analyzed target //shop:app (3 packages loaded).', '[12 / 2,041] Compiling stock.cc'],
  },
  {
    tool: 'npm',
    pattern:
      /^(?:npm (?:ERR!|error|WARN|warn|notice) |> @?[^\s@]+@\d\S* \S+|(?:added|changed|removed) \d+ packages?\b)/,
    examples: ['npm ERR! Test failed.', '> shop@1.2.0 test', '> @acme/shop@1.2.0 test', 'added 612 packages in 21s'],
  },
  {
    tool: 'yarn and pnpm',
    pattern: /^(?:yarn (?:run|install) v\d|\$ [a-z]|\[\d\/\d\] \S+ \w+ing |Done in \d|Progress: resolved \d)/,
    examples: ['yarn run v1.22.19', '$ jest --ci', 'Done in 4.11s.'],
  },
  {
    tool: 'JavaScript test runners',
    pattern:
      /^(?: ?(?:PASS|FAIL) +\S+\.\w+|Test Suites: \d| +\d+ (?:passing|failing|pending)\b| *[✓✔✗✖✘] |ℹ (?:pass|fail|tests) \d)/u,
    examples: [' PASS  src/a.test.tsx', '  60 passing (2s)', '    ✔ adds two numbers', 'ℹ fail 1'],
  },
  {
    tool: 'Gradle',
    pattern: /^(?:> Task :|> Configure project|BUILD (?:SUCCESSFUL|FAILED) in |\d+ actionable tasks?: )/,
    examples: ['> Task :core:compileJava UP-TO-DATE', 'BUILD FAILED in 41s'],
  },
  {
    tool: 'Maven',
    pattern:
      /^\[(?:INFO|ERROR|WARNING)\] (?:--- |-{20}|BUILD |Building |Compiling |Reactor |Scanning for projects|Tests run: |Total time: )/,
    examples: [
      '[INFO] --- compiler:3.11.0:compile (default) @ core ---',
      '[INFO] BUILD SUCCESS',
      '[INFO] Building core 1.2',
    ],
  },
  {
    tool: 'sbt',
    pattern:
      /^\[(?:info|success)\] (?:[Cc]ompiling |[Ll]oading |[Rr]esolving |set current project|Run completed|Total time: )/,
    examples: ['[info] compiling 12 Scala sources to /src/target ...', '[success] Total time: 4 s'],
  },
  {
    tool: 'cargo and rustc',
    pattern:
      /^(?: +(?:Compiling|Checking|Downloaded|Finished|Running|Updating) \S|(?:error\[E\d{4}\]|warning): |test \S+ \.\.\. )/,
    examples: ['   Compiling serde v1.0.188', 'error[E0308]: mismatched types', 'test adds ... ok'],
  },
  {
    tool: 'go',
    pattern: /^(?:(?:ok  |FAIL|\?   )\t|=== (?:RUN|CONT|PAUSE) |--- (?:PASS|FAIL|SKIP): |go: downloading )/,
    examples: ['ok  \texample.org/shop\t0.004s', '--- FAIL: TestReserve (0.00s)'],
  },
  {
    tool: 'make and compilers',
    pattern:
      /^(?:g?make(?:\[\d+\])?: |\S*(?:gcc|g\+\+|clang(?:\+\+)?|cc|c\+\+|ld|ar|libtool)(?: -| rc| --)|[^\s:]+:\d+:\d+: (?:fatal error|error|warning|note): |configure: |checking (?:for|whether|if|how) )/,
    examples: [
      'make: *** [Makefile:21: build/stock.o] Error 1',
      'cc -O2 -c -o stock.o stock.c',
      "src/stock.c:44:12: error: 'count' undeclared",
      'checking for stdint.h... yes',
    ],
  },
  {
    tool: 'make that shows a step a line',
    pattern: /^ {1,8}[A-Z][A-Z\d_+]{1,15}(?: \[[MU]\])? {2,9}[\w.]\S*[./]\S/,
    examples: ['  CC      drivers/net/tun.o', '  HOSTCC  scripts/sorttable', '  LD [M]  fs/fuse/fuse.ko'],
  },
  {
    tool: 'git, wget and curl',
    pattern:
      /^(?:Cloning into '|(?:remote: )?(?:Counting|Compressing|Receiving|Resolving|Enumerating) (?:objects|deltas): |HEAD is now at |--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--  \w+:\/\/| *\d+K [. ]{10,}|  % Total    % Received)/,
    examples: [
      "Cloning into 'shop'...",
      'remote: Counting objects: 100% (41/41), done.',
      '--2024-04-29 07:42:34--  https://example.org/shop.tar.gz',
      '  3450K .......... .......... .......... .......... ..........  1% 2.40M 90s',
    ],
  },
  {
    tool: 'shells that say what they run',
    pattern: /^\++ (?:[a-z_][\w.-]*(?: |$)|\S*\/\S+(?: |$)|[A-Z_]+=)/,
    examples: ['+ cd /tmp/build', '++ date +%s', '+ ./configure --prefix=/usr', '+ CC=clang'],
  },
  {
    tool: 'CMake and Ninja',
    pattern:
      /^(?:\[ *\d+(?:\/\d+|%)\] \S|-- (?:The \w+ compiler|Detecting|Configuring|Generating|Looking for|Found|Performing)|ninja: )/,
    examples: ['[12/92] Building CXX object m.o', '[ 14%] Built target shop', '-- Detecting C compiler ABI info'],
  },
  {
    tool: 'pytest and pip',
    pattern:
      /^(?:=+ .+ =+$|[^\s:]+\.py(?:::\S+)? (?:[.FEsxX]+|PASSED|FAILED|ERROR|SKIPPED)\s+\[ *\d+%\]$|(?:Collecting|Requirement already satisfied:|Successfully installed|Building wheel for) )/,
    examples: [
      '===== test session starts =====',
      'tests/test_a.py ....   [ 12%]',
      'tests/test_a.py::TestA::test_b[1] PASSED [ 12%]',
      'Collecting requests',
    ],
  },
  {
    tool: 'Docker',
    pattern:
      /^(?:#\d+ (?:\[(?:internal\]|(?:[\w.-]+ +)?\d+\/\d+\])|\d+\.\d+ |DONE |CACHED|ERROR|sha256:|exporting|transferring)|Step \d+\/\d+ : | ---> )/,
    examples: ['#12 [3/9] RUN npm ci', '#12 DONE 4.1s', 'Step 3/9 : RUN npm ci'],
  },
  {
    tool: 'package managers',
    pattern:
      /^(?:(?:Get|Hit|Ign|Err):\d+ https?:\/\/|(?:Setting up|Unpacking|Preparing to unpack|Selecting previously) |Reading package lists)/,
    examples: ['Get:4 http://deb.debian.org/debian bookworm/main amd64 libc6', 'Setting up libc6 (2.36-9) ...'],
  },
  {
    tool: '.NET',
    pattern: /^(?: *\S+\(\d+,\d+\): (?:error|warning) \w+\d+: | +\S+ -> \S+\.dll$|Build (?:succeeded|FAILED)\.)/,
    examples: ['Stock.cs(44,12): error CS0103: The name does not exist', 'Build FAILED.'],
  },
  {
    tool: 'Ansible and Terraform',
    pattern:
      /^(?:(?:TASK|PLAY|PLAY RECAP) (?:\[.*\] )?\*+$|(?:ok|changed|failed|skipping|fatal): \[|\S+: (?:Creating|Destroying|Modifying|Refreshing state)\.\.\.)/,
    examples: ['TASK [install nginx] ********', 'changed: [web1]', 'aws_instance.web: Creating...'],
  },
];

/** So many characters of a line are looked at: what a tool writes shows in its first words. */
const MARK_LENGTH = 256;

/** Whether a line, by its beginning, is one of {@link CONSOLE_MARKS}. */
export function isConsoleMark(line: string): boolean {
  const beginning = line.slice(0, MARK_LENGTH);
  return CONSOLE_MARKS.some(({ pattern }) => pattern.test(beginning));
}
