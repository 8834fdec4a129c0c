import assert from 'node:assert/strict';
import { isKernelAlarm } from '../../../../../src/core/detect/lexicon/kernelAlarm';

describe('isKernelAlarm', () => {
  for (const text of [
    'Kernel panic - not syncing: Attempted to kill init! exitcode=<*>',
    'BUG: unable to handle page fault for address: <*>',
    'watchdog: BUG: soft lockup - CPU#<*> stuck for <*>! [kworker/<*>]',
    'WARNING: CPU: <*> PID: <*> at net/core/dev.c:<*> skb_warn_bad_offload+<*>',
    'WARNING: possible circular locking dependency detected',
    'Internal error: Oops - undefined instruction: <*> [#<*>] SMP ARM',
    'BUG: KASAN: use-after-free in ext4_put_super+<*>',
    'UBSAN: shift-out-of-bounds in lib/math/reciprocal.c:<*>',
    'INFO: task jbd2/sda1:<*> blocked for more than <*> seconds.',
    'rcu: INFO: rcu_sched self-detected stall on CPU',
    'Out of memory: Killed process <*> (java) total-vm:<*>',
  ]) {
    it(`hears one in "${text}"`, () => assert.ok(isKernelAlarm(text)));
  }
  for (const text of [
    'WARNING: this driver is experimental',
    'debug: nothing to do',
    'Kernel command line: panic=<*> oops=panic',
    'KASAN is enabled',
    'rcu: Hierarchical RCU implementation.',
  ]) {
    it(`hears none in "${text}"`, () => assert.ok(!isKernelAlarm(text)));
  }
});
