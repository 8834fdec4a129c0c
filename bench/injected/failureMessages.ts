/**
 * What programs of many kinds say when something fails. The first list has a word of a plain list of words of trouble
 * (error, fail, exception, cannot, denied, refused …); the second has none.
 */
export const OUTSPOKEN_FAILURES: readonly string[] = [
  'could not write block 1187 of relation base/16384/2619: input/output error',
  'Failed to renew the lease of the session store, giving up leadership',
  'unable to obtain a connection from the pool within 30000 ms',
  'certificate verify failed: unable to get local issuer certificate',
  'Permission denied while opening /var/lib/app/state.db',
  'Connection refused by peer 10.20.4.7:5432',
  'Unhandled exception in worker thread, restarting it',
  'fatal: the write-ahead log is corrupt at offset 88123904',
  'Cannot allocate memory for the index buffer',
  'authentication failure for the service account of the backup agent',
  'error while reading the manifest of image registry.example/app:2.4.1',
  'I/O error, dev sdb, sector 7211234 op 0x0:(READ)',
  'Request to the payment provider failed with status 503 after 4 attempts',
  'Deadlock found when trying to get lock, transaction aborted',
  'the health check of node worker-3 has failed 5 times in a row',
  'invalid checksum in segment 00000042, refusing to start replication',
  'Consumer group rebalance failed, partition 7 has no owner',
  'Segmentation fault in module libcodec.so at address 0x00007f2a',
  'panic: runtime error: index out of range [5] with length 3',
  'Cannot resolve host name db-primary.internal',
];

/** See {@link OUTSPOKEN_FAILURES}. */
export const PLAIN_FAILURES: readonly string[] = [
  'No space left on device',
  'upstream prematurely closed connection while reading response header from upstream',
  'watchdog: soft lockup - CPU#3 stuck for 22s',
  'remaining connection slots are reserved for superusers',
  'Too many open files',
  'certificate has expired',
  'lost quorum, stepping down',
  'Broken pipe while sending the reply to the client',
  'Out of memory: Killed process 4321 (java)',
  'Connection reset by peer',
  'queue orders.in is full, dropping 512 messages',
  'temperature above threshold, cpu clock throttled',
  'No route to host',
  'Read-only file system',
  'link is down on eth1',
  'replica is 94211 ms behind its primary and is taken out of service',
  'account svc-deploy is locked after repeated attempts to log in',
  'Machine check events logged, bank 5: uncorrected ECC on DIMM_B2',
  'the broker has gone away, 3 of 3 brokers are down',
  'container exited with code 137',
];
