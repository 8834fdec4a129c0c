/** What is wrong with an input or an output. */
export const FILE_MESSAGES = {
  'is-folder': '{path} is a folder; give a file.',
  missing: '{path} does not exist; check the path.',
  'parent-missing': '{path} does not exist: a part of the path is no folder; check the path.',
  'not-accessible': '{path} may not be accessed; check its permissions.',
  'unreadable-device': '{path} cannot be read because of a device error; check the disk.',
  'link-circle': '{path} cannot be read: its symbolic links lead round in a circle; name the file itself.',
  'name-too-long': '{beginning}… cannot be read: the name is too long; check the path.',
  'device-missing': '{path} is a socket or a device that is not there; give a file or a pipe.',
  'not-open': '{path} is not open for reading; check how it was redirected.',
  'too-many-open':
    '{path} cannot be read: too many files are open; raise the limit (ulimit -n) or close other programs.',
  'too-large-for-system': '{path} cannot be read: it is larger than the system can handle; give a part of it.',
  'replaced-on-server': '{path} cannot be read: the server has replaced or removed it; try again.',
  'drive-silent': '{path} cannot be read: its drive does not answer; check the connection and try again.',
  unreadable: '{path} cannot be read: {why} ({fault}); check the path, or copy the file and give the copy.',
  'not-text':
    '{path} is no text: too many of its first bytes are control characters; give a log in UTF-8 or UTF-16, or one that is compressed with gzip, zstd, xz, bzip2 or zip.',
  'not-text-file': '{path} is not a text file; choose a log.',
  'damaged-compression': '{path} is damaged {kind} ({why}); decompress it as far as it goes and scan that.',
  'too-dense':
    '{path} is {kind} that has become {times} times as large, more than {limit} GiB, which logs hardly do; decompress it and scan that.',
  'compressed-followed':
    '{path} is compressed ({kind}) and cannot be followed; follow the log that it is made of, or scan it as it is.',
  'zip-several': '{path} holds {count} logs ({names}); name one of them, such as {example}.',
  'zip-empty': '{path} is a zip archive without files; give a log.',
  'zip-member-missing': '{path} has no file {name}; check the name.',
  'zip-encrypted': '{path} is encrypted; decrypt it first and scan that.',
  'zip-method-unknown': '{path} is compressed by a method ({method}) that is not read; unpack it first and scan that.',
  'zip-too-many':
    '{path} has more than {limit} files, which collections of logs hardly do; unpack it first and scan some.',
  'zip-not-a-file': '{path} gives a zip archive, which is only read from a file; unpack it first and scan its logs.',
  'input-is-folder': '{path} is a folder; give a log file, or pipe a log into it.',
  'input-closed': '{path} is closed; give a log file, or pipe a log into it.',
  'not-a-file': '{path} is a pipe or a device; save what it gives to a file and give that.',
  'file-too-large':
    '{path} has more than {limit} bytes, the most that such a file may have; check that it is the right file.',
  replaced: '{path} was replaced by another file before it was read; scan again.',
  changed: '{path} has changed since it was scanned; scan it again.',
  'output-unnamed': 'The name of the output is empty; give a file.',
  'output-device-missing': '{path} cannot be written: there is no such device; choose another place.',
  'output-link-endless': '{path} is a link to a link without end; choose another place.',
  'output-is-input': '{path} is read by this run and cannot be its output; choose another place for the output.',
  'output-same-as-input':
    '{output} is the same file as {path}, which this run reads; choose another place for the output.',
  'not-writable': '{path} may not be written; check its permissions and those of its folder.',
  'output-parent-no-folder':
    '{path} cannot be written: a part of the path is no folder and cannot be made one; choose another place.',
  'disk-full': '{path} cannot be written because the disk is full; free some space and try again.',
  'quota-used-up': '{path} cannot be written because your disk quota is used up; free some space and try again.',
  'read-only': '{path} cannot be written because its file system is read-only; choose another place.',
  'unwritable-device': '{path} cannot be written because of a device error; check the disk.',
  unwritable: '{path} cannot be written: {why} ({fault}); choose another place.',
} as const;
