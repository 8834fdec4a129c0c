/** Why ONNX Runtime, which runs the models, cannot be loaded. */
export const RUNTIME_MESSAGES = {
  'onnx-runtime-incomplete':
    'ONNX Runtime, which runs the model, is not installed completely on {system}: install LogCNN again, or for this platform ({why}).',
  'onnx-runtime-unusable': 'ONNX Runtime, which runs the model, cannot be loaded on {system}: {remedy} ({why}).',
  'install-redistributable': 'install the Microsoft Visual C++ Redistributable (x64 or arm64, 2019 or later)',
  'needs-apple-silicon': 'it needs a Mac with Apple silicon',
  'needs-glibc': 'it needs a 64-bit Linux with glibc 2.28 or later',
} as const;
