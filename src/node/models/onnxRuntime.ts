import type * as Ort from 'onnxruntime-node';
import { messageOf } from '../../core/errors/messages';
import { RUNTIME_MESSAGES } from '../../core/errors/runtimeMessages';
import { isAmong, UserError } from '../../core/errors/userError';

/** One thread each: measured fastest per CPU-second, and it leaves the other cores to the editor. */
export const SESSION_OPTIONS: Ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

let loaded: Promise<typeof Ort> | undefined;

/**
 * Loads ONNX Runtime on first use, so that nothing else depends on its native part. Its telemetry, which writes files to
 * the temporary folder and knows a server, is switched off before: the native part reads that from the environment of the
 * process, so a worker thread must share it (`SHARE_ENV`).
 * @throws UserError, a {@link isRuntimeFault}, if the native part cannot be loaded on this machine
 */
export function loadOnnxRuntime(): Promise<typeof Ort> {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  loaded ??= import('onnxruntime-node').catch((error: unknown) => {
    loaded = undefined;
    throw explain(error);
  });
  return loaded;
}

/** What an error says, in one line. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}

/** Why ONNX Runtime could not be loaded, and what to do. */
export function explain(error: unknown): UserError {
  const system = `${process.platform}-${process.arch}`;
  const why = causeOf(error);
  // Files are missing, of the package or of its native part: that says nothing about the system.
  if (error instanceof Error && 'code' in error && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code))) {
    return new UserError('onnx-runtime-incomplete', { system, why });
  }
  const remedy =
    process.platform === 'win32'
      ? 'install-redistributable'
      : process.platform === 'darwin'
        ? 'needs-apple-silicon'
        : 'needs-glibc';
  return new UserError('onnx-runtime-unusable', { system, remedy: messageOf(remedy), why });
}

/** Whether an error says that ONNX Runtime cannot be loaded, so that nothing more can be judged by a network. */
export function isRuntimeFault(error: unknown): error is UserError {
  return isAmong(RUNTIME_MESSAGES, error);
}
