import { CLUSTER_FORMATS } from './catalogue/clusters';
import { CONTAINER_FORMATS } from './catalogue/containers';
import { DEVICE_FORMATS } from './catalogue/devices';
import { GENERAL_FORMATS } from './catalogue/general';
import { JVM_FORMATS } from './catalogue/jvm';
import { LANGUAGE_FORMATS } from './catalogue/languages';
import { OBJECT_FORMATS } from './catalogue/objects';
import { SERVER_FORMATS } from './catalogue/servers';
import { SYSLOG_FORMATS } from './catalogue/syslog';
import type { FormatEntry } from './formatEntry';

/** All formats known by name, from the specific to the general: of several that fit a log equally the first is taken. */
export const CATALOGUE: readonly FormatEntry[] = [
  ...OBJECT_FORMATS,
  ...CLUSTER_FORMATS,
  ...DEVICE_FORMATS,
  ...SERVER_FORMATS,
  ...JVM_FORMATS,
  ...LANGUAGE_FORMATS,
  ...CONTAINER_FORMATS,
  ...SYSLOG_FORMATS,
  ...GENERAL_FORMATS,
];
