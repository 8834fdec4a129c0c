/** What is wrong with a model. */
export const MODEL_MESSAGES = {
  'next-event-network': 'the next-event network, which learns from the log,',
  'network-in-training': 'the network in training',
  'scan-in-parts': 'scan the log in parts, and report it',
  'train-otherwise': 'train with other data or another seed',
  'train-anew': 'train or copy the model anew',
  'part-of-program-damaged': '{path}, which belongs to LogCNN, is missing or damaged; install LogCNN again.',
  'no-bundled-models': '{path} holds none of the models that belong to LogCNN; install LogCNN again.',
  'model-part-missing': '{path} does not exist; a model bundle needs model.onnx and profile.json side by side.',
  'model-is-pytorch':
    '{path} is a PyTorch file, which cannot be used without Python; give a LogCNN bundle (a folder with model.onnx and profile.json), as train-model writes it.',
  'model-no-bundle': '{path} is no model; give a bundle folder or a .onnx file with its profile.json beside it.',
  'network-empty': '{path} is empty; restore the bundle or train the model anew.',
  'network-of-other-profile':
    '{path} is not a model that {profile} was written for; restore the bundle or train the model anew, or, if you exchanged the network knowingly, set "networkSha256" in the profile to "{hash}".',
  'network-unusable': '{path} is not a model that LogCNN can run ({why}); train or copy the model anew.',
  'network-values-missing':
    '{path} gives {length} values of type {type} where {count} of type float32 are expected; {remedy}.',
  'network-values-infinite':
    '{path} gives values that are not finite ({value}), so nothing can be judged by it; {remedy}.',
  'profile-no-json': '{path} is no valid JSON ({why}); restore the bundle or train the model anew.',
  'profile-version':
    '{path} has version {version}, but this program reads version {wanted}; train the model anew or update LogCNN.',
  'profile-without-network':
    '{path} does not name its network (field networkSha256, which earlier versions did not write); train the model anew, or add the SHA-256 of model.onnx to it if you know that they belong together.',
  'profile-invalid': '{path} is not a LogCNN profile ({why}); train the model anew.',
  'profile-contradiction': '{path} contradicts itself ({why}); train the model anew.',
  'model-does-not-fit':
    '{path}: the model {model} knows none of the first {lines} lines (it wants "{header}" and its own messages); give the model of this kind of log.',
} as const;
