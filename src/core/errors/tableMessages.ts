/** What is wrong with features, labels, templates or sequences. */
export const TABLE_MESSAGES = {
  'features-shape':
    "{path} has the shape ({shape}), but the model wants {wanted}, or padded by 1; make the features with the model's own profile (detect-anomalies --save-features).",
  'features-empty': '{path} holds no images; the model wants {wanted}.',
  'features-too-large':
    '{path} announces {size} bytes, more than the {limit} that are read; give the features in several files.',
  'npy-cut-off':
    '{path} is damaged: its header announces {numbers} numbers of {width} bytes, but {length} bytes follow; write the file anew.',
  'npy-infinite': '{path} holds {value} at number {index}; features must be finite.',
  'npy-empty': '{path} is empty; write the features anew.',
  'npy-unknown': '{path} is no .npy file; write the features with numpy.save or detect-anomalies --save-features.',
  'npy-version': '{path} has .npy version {version}, but versions 1 to 3 can be read; save it with numpy.save.',
  'npy-header-cut-off': '{path} is damaged: it ends within its header; write the file anew.',
  'npy-header-damaged': '{path} is damaged: its header cannot be read; write the file anew.',
  'npy-type': '{path} holds {found}, but f2, f4, f8 or integers are wanted; convert it with astype("float32").',
  'labels-no-csv': '{path} is no valid CSV ({why}); give a CSV with the columns BlockId,Label.',
  'labels-empty': '{path} holds no labels; give a CSV with the columns BlockId,Label.',
  'labels-column-missing': '{place}: the columns BlockId and Label are needed; give a CSV with both.',
  'labels-value':
    '{place}: block "{block}" has the label "{label}"; give every row a block and the label Normal or Anomaly.',
  'labels-contradiction': '{place}: block {block} was labelled otherwise before; keep one of the labels.',
  'templates-no-csv': '{path} is no valid CSV ({why}); give a CSV with the columns EventId,Template.',
  'templates-empty': '{path} holds no templates; give a CSV with the columns EventId,Template.',
  'templates-value-missing': '{path}, row {row}: EventId or Template is missing; give a CSV with both columns.',
  'templates-event-twice': '{path} has two templates with the EventId {event}; keep one of them.',
  'sequences-empty': '{path} holds no session; expected a header and one row a session.',
  'sequences-row-too-long':
    '{path}, row {row}: more than {most} characters without a line end; give a CSV with one row a session.',
  'sequences-column-missing':
    '{path}, row 1: no column {column}; expected the header BlockId,Label,Sequence and optionally InRawDev.',
  'sequences-value': '{path}, row {row}: {why}; correct the row or remove it.',
} as const;
