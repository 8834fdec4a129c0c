/** What a field holds: a whole number (varint), a float, or bytes, which may be text or another message. */
type Kind = 'integer' | 'float' | 'bytes';

interface Values {
  integer: number;
  float: number;
  bytes: Uint8Array;
}

const WIRE_TYPES: Record<Kind, number> = { integer: 0, bytes: 2, float: 5 };

/** Fields of one message: far more than LogCNN writes, and few enough that reading them costs little memory. */
const MAX_FIELDS = 4096;
/** Bytes of the longest varint. */
const LONGEST_VARINT = 10;

/** A field that a message may have. */
export interface Field {
  number: number;
  kind: Kind;
  isRepeated: boolean;
}

/** A field that comes at most once. */
export function once(number: number, kind: Kind): Field {
  return { number, kind, isRepeated: false };
}

/** A field that may come many times, each time with its tag (not packed). */
export function repeated(number: number, kind: Kind): Field {
  return { number, kind, isRepeated: true };
}

/** Bytes that are not in the protocol buffers format, or not the message that is wanted; the message says why. */
export class ProtobufError extends Error {}

/**
 * A message in the protocol buffers wire format, of which only the given fields are understood. Readers of this format
 * skip what they do not know and merge what comes twice; both would let another reader see another message, so here
 * both are faults.
 */
export class ProtobufMessage<Name extends string> {
  private readonly values = new Map<number, Values[Kind][]>();

  /**
   * @param name how to call the message in errors
   * @throws ProtobufError if the bytes are cut off or damaged, or have a field that is not among the given ones
   */
  constructor(
    bytes: Uint8Array,
    private readonly name: string,
    private readonly fields: Readonly<Record<Name, Field>>,
  ) {
    const known = new Map(Object.values<Field>(fields).map((field) => [field.number, field]));
    const reader = new Reader(bytes, name);
    for (let count = 0; !reader.isAtEnd; count++) {
      if (count === MAX_FIELDS) {
        throw new ProtobufError(`its ${name} has more than ${MAX_FIELDS} fields`);
      }
      const tag = reader.varint();
      const field = known.get(Math.floor(tag / 8));
      if (field === undefined || tag % 8 !== WIRE_TYPES[field.kind]) {
        throw new ProtobufError(`its ${name} has a field that LogCNN does not write (number ${Math.floor(tag / 8)})`);
      }
      const earlier = this.values.get(field.number);
      if (earlier !== undefined && !field.isRepeated) {
        throw new ProtobufError(`its ${name} has field ${field.number} twice`);
      }
      const value = reader.read(field.kind);
      if (earlier === undefined) {
        this.values.set(field.number, [value]);
      } else {
        earlier.push(value);
      }
    }
  }

  /** Whether the field is there. */
  has(field: Name): boolean {
    return this.values.has(this.fields[field].number);
  }

  /** The numbers of a repeated field. */
  integers(field: Name): number[] {
    return this.all(field) as number[];
  }

  /** @throws ProtobufError if it is not there */
  integer(field: Name): number {
    return this.only(field) as number;
  }

  /** @throws ProtobufError if it is not there */
  bytes(field: Name): Uint8Array {
    return this.only(field) as Uint8Array;
  }

  /** The bytes of a repeated field, each for itself. */
  manyBytes(field: Name): Uint8Array[] {
    return this.all(field) as Uint8Array[];
  }

  /** @throws ProtobufError if it is not there or not in UTF-8 */
  text(field: Name): string {
    return this.decode(this.bytes(field));
  }

  /** @throws ProtobufError if one of them is not in UTF-8 */
  texts(field: Name): string[] {
    return this.manyBytes(field).map((bytes) => this.decode(bytes));
  }

  private all(field: Name): Values[Kind][] {
    return this.values.get(this.fields[field].number) ?? [];
  }

  private only(field: Name): Values[Kind] {
    const [value] = this.all(field);
    if (value === undefined) {
      throw new ProtobufError(`its ${this.name} has no field ${this.fields[field].number}`);
    }
    return value;
  }

  private decode(bytes: Uint8Array): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new ProtobufError(`its ${this.name} has a name that is no text`);
    }
  }
}

class Reader {
  private readonly view: DataView;
  private offset = 0;

  constructor(
    private readonly data: Uint8Array,
    private readonly name: string,
  ) {
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  get isAtEnd(): boolean {
    return this.offset === this.data.length;
  }

  read(kind: Kind): Values[Kind] {
    switch (kind) {
      case 'integer':
        return this.varint();
      case 'bytes':
        return this.take(this.varint());
      case 'float':
        this.take(4);
        return this.view.getFloat32(this.offset - 4, true);
    }
  }

  /** A whole number below 2⁵³: nothing in a network is negative or larger. */
  varint(): number {
    let value = 0;
    for (let i = 0; i < LONGEST_VARINT; i++) {
      const [byte] = this.take(1);
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) {
          break;
        }
        return value;
      }
    }
    throw new ProtobufError(`its ${this.name} has a number that is negative or too large`);
  }

  private take(length: number): Uint8Array {
    if (length > this.data.length - this.offset) {
      throw new ProtobufError(`its ${this.name} is cut off`);
    }
    return this.data.subarray(this.offset, (this.offset += length));
  }
}
