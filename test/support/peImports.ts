/**
 * Names of the libraries that a Windows program or library needs to be loaded at all: its import table, not that of
 * delayed imports (Microsoft, "PE Format").
 */
export function peImports(file: Buffer): string[] {
  const header = file.readUInt32LE(0x3c);
  const sectionCount = file.readUInt16LE(header + 6);
  const optional = header + 24;
  const sections = optional + file.readUInt16LE(header + 20);
  const offsetOf = (address: number): number => {
    for (let i = 0; i < sectionCount; i++) {
      const [size, start, , raw] = [8, 12, 16, 20].map((at) => file.readUInt32LE(sections + 40 * i + at));
      if (address >= start && address < start + size) {
        return address - start + raw;
      }
    }
    throw new Error(`no section has the address ${address}`);
  };
  const names: string[] = [];
  // 64-bit images (magic 0x20b): the directories begin 112 bytes into the optional header, the second is that of imports.
  for (let entry = offsetOf(file.readUInt32LE(optional + 120)); ; entry += 20) {
    const name = file.readUInt32LE(entry + 12);
    if (name === 0) {
      return names;
    }
    const start = offsetOf(name);
    names.push(file.toString('latin1', start, file.indexOf(0, start)));
  }
}
