import type * as Ort from 'onnxruntime-node';

/** ONNX Runtime's native part could not be loaded; the message says what to do. */
export class OnnxRuntimeError extends Error {}

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
 * @throws OnnxRuntimeError if the native part cannot be loaded on this machine
 */
export function loadOnnxRuntime(): Promise<typeof Ort> {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  loaded ??= import('onnxruntime-node').catch((error: unknown) => {
    loaded = undefined;
    throw new OnnxRuntimeError(explain(error));
  });
  return loaded;
}

/** What an error says, in one line. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}

/** Why ONNX Runtime could not be loaded, and what to do. */
export function explain(error: unknown): string {
  const place = `on ${process.platform}-${process.arch}`;
  // Files are missing, of the package or of its native part: that says nothing about the system.
  if (error instanceof Error && 'code' in error && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code))) {
    return `ONNX Runtime, which runs the model, is not installed completely ${place}: install LogCNN again, or for this platform (${causeOf(error)}).`;
  }
  const remedy =
    process.platform === 'win32'
      ? 'install the Microsoft Visual C++ Redistributable (x64 or arm64, 2019 or later)'
      : process.platform === 'darwin'
        ? 'it needs a Mac with Apple silicon'
        : 'it needs a 64-bit Linux with glibc 2.28 or later';
  return `ONNX Runtime, which runs the model, cannot be loaded ${place}: ${remedy} (${causeOf(error)}).`;
}
