/**
 * How the Linux kernel reports that something went wrong in it, on lines without a level: panics, oopses, sanitizers, lock
 * and stall detectors, see "Bug hunting", "Kernel sanitizers" and "Lockdep" in the kernel's documentation.
 */
const ALARMS = [
  String.raw`^\W*(?:watchdog: )?BUG: \S`,
  String.raw`^\W*WARNING: (?:CPU: |\S+ at \S|(?:suspicious|possible|inconsistent|bad|held) )`,
  String.raw`\bkernel panic - `,
  String.raw`\bkernel BUG at `,
  String.raw`\bOops(?::| - )`,
  String.raw`\bunable to handle (?:kernel|page fault)\b`,
  String.raw`\bgeneral protection fault\b`,
  String.raw`\binvalid opcode:`,
  String.raw`\b(?:divide error|double fault|stack segment):`,
  String.raw`\bunhandled fault:`,
  String.raw`\b(?:KASAN|KCSAN|KMSAN|KFENCE|UBSAN): \S`,
  String.raw`\bINFO: task \S+ blocked for more than\b`,
  String.raw`\b(?:self-detected stall|detected stalls?) on\b`,
  String.raw`\b(?:soft lockup|hard lockup)\b`,
  String.raw`\bkernel stack overflow\b`,
  String.raw`\blist_(?:add|del) corruption\b`,
  String.raw`\bout of memory: kill`,
  String.raw`\binvoked oom-killer\b`,
];
const ALARM = new RegExp(ALARMS.join('|'), 'i');

/**
 * Whether a message is an alarm of the Linux kernel.
 * @param text a message or a template, without time and level
 */
export function isKernelAlarm(text: string): boolean {
  return ALARM.test(text);
}
